package org.undersigned.server.demo;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Statement;
import org.undersigned.server.count.moderation.Moderation;

/// Statements of a few demonstration signers, and a moderator that shows them. All people and names are invented.
public final class DemoStatements {
    private record Sample(@Nullable String name, @Nullable String comment) {}

    private static final List<Sample> ALL = List.of(
            new Sample("Marisol Ejemplo", "Por mi compañera de cuarto, que no puede poner su nombre."),
            new Sample("Sam Specimen", "I teach here. My students should not have to be afraid of their own school."),
            new Sample("Ngọc Placeholder", null),
            new Sample(null, "I cannot say who I am. I can say that I am here."),
            new Sample("Åsa Sampleworth", "A written protocol costs nothing. Not having one costs somebody."),
            new Sample("José Muestra Inventada", "Firmo para que la respuesta quede por escrito."));

    /// One signer in this many makes a statement.
    private static final int EVERY = 401; // not a multiple of five, so that they are not all of one affiliation

    private static final int FIRST = 3;

    private DemoStatements() {}

    /// The statement of the demonstration signer with this number; null for most, who make no statement.
    static @Nullable Statement of(int number, SecureRandom random) {
        if (number % EVERY != FIRST) return null;
        var said = ALL.get(number / EVERY % ALL.size());
        var salt = new byte[16];
        random.nextBytes(salt);
        return new Statement(
                said.name(),
                said.comment(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(salt));
    }

    /// Shows the demonstration's waiting statements, and no statement of a visitor.
    public static void moderate(Moderation moderation) {
        for (var queue : moderation.queues()) {
            if (queue.waiting() == 0) continue;
            for (var one : moderation.waiting(queue.manifest().box())) {
                var said = new Sample(one.statement().name(), one.statement().comment());
                if (ALL.contains(said)) {
                    var _ = moderation.show(one, "demonstration");
                }
            }
        }
    }
}
