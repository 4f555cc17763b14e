package org.undersigned.server.command;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.count.roll.Cards;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.db.DatabaseRole;

/// The cards of an instance, for a command.
final class CardsAccess {
    private CardsAccess() {}

    static <T> T with(Settings settings, Clock clock, Function<Cards, T> work) {
        return OfflineDatabase.withExistingDatabase(
                settings, List.of(DatabaseRole.ROLL, DatabaseRole.REGISTER), (database, masterKey) -> {
                    var register = Register.ofInstance(database.as(DatabaseRole.REGISTER), masterKey);
                    return work.apply(
                            new Cards(database.as(DatabaseRole.ROLL), register, masterKey, new SecureRandom(), clock));
                });
    }
}
