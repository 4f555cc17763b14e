package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.undersigned.cli.Refused;
import org.undersigned.record.Manifest;
import org.undersigned.server.support.Lanterns;
import org.undersigned.server.support.MovableClock;
import org.undersigned.server.support.Town;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Tile;

/// What time does: codes run out, promises are kept even by small batches, boxes close for good, tallies wait
/// for ten.
final class TimeTest {
    private final MovableClock clock = new MovableClock();

    @Test
    void aCodeRunsOutAfterFifteenMinutes() throws Exception {
        try (var town = Town.start(clock)) {
            var late = town.new Person("late@tufts.edu");
            late.requestCode();
            var code = town.code("late@tufts.edu");
            clock.forward(Duration.ofMinutes(15));

            assertThatThrownBy(() -> late.draw(code))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("code");
        }
    }

    @Test
    void aFewWaitUntilTheLongestDelayAndAreThenPublished() {
        try (var town = Town.start(clock)) {
            town.crowd(3);
            Town.sleep(2_000);
            assertThat(size(town)).isEqualTo(1); // fewer than ten wait

            clock.forward(Duration.ofHours(24));

            for (var attempt = 0; attempt < 600 && size(town) < 4; attempt++) Town.sleep(100);
            assertThat(size(town)).isEqualTo(4);
            assertThat(town.shownCount()).isZero(); // three could point at someone
            assertThat(Town.text(town.get(Town.TUFTS))).contains("Fewer than 10");
            assertThat(town.recount().ok()).isTrue();
        }
    }

    @Test
    void aClockThatIsSetBackHoldsNothingUp() throws Exception {
        try (var town = Town.start(clock)) {
            clock.forward(Duration.ofHours(2));
            town.crowd(10);
            town.published(10);
            assertThat(town.shownCount()).isEqualTo(10);

            clock.forward(Duration.ofHours(-2));
            town.crowd(10);
            town.published(20);

            for (var attempt = 0; attempt < 600 && town.shownCount() < 20; attempt++) Town.sleep(100);
            assertThat(town.shownCount()).isEqualTo(20);
            var box = Town.json(town.get("/api/v1/boxes/" + town.box().box().value()));
            assertThat(box.get("growth").get(0).get("points").valueStream())
                    .extracting(point -> Instant.parse(point.get("at").stringValue()))
                    .hasSize(2)
                    .isSorted();
            assertThat(town.recount().ok()).isTrue();
        }
    }

    @Test
    void aBoxClosesForGoodWithItsKeysDestroyedAndWhatWaitedPublished() throws Exception {
        try (var town = Town.start(clock)) {
            town.crowd(4);
            var box = town.box();
            var stranded = town.person().drawBook();

            clock.forward(Duration.ofDays(300));

            assertThatThrownBy(() -> stranded.castOrThrow(box)).isInstanceOf(Refused.class);
            for (var attempt = 0; attempt < 600 && size(town, box.box().value()) < 5; attempt++) Town.sleep(100);
            assertThat(size(town, box.box().value())).isEqualTo(5);

            clock.forward(Duration.ofMinutes(2));
            for (var attempt = 0; attempt < 600 && closings(town, box).isEmpty(); attempt++) {
                town.runClosing(); // not before the register has heard of the last batch
                Town.sleep(100);
            }

            var keyId = Base64.getEncoder()
                    .encodeToString(box.classes().getFirst().key().keyId());
            assertThat(closings(town, box)).anyMatch(leaf -> leaf.contains(keyId));
            assertThat(town.recountOf(box.box()).ok()).isTrue();
        }
    }

    private static List<String> closings(Town town, Manifest box) throws Exception {
        return registerLeaves(town)
                .lines()
                .filter(leaf -> leaf.contains("\"box.closed\"")
                        && leaf.contains(box.box().value()))
                .toList();
    }

    @Test
    void aClosedBoxGivesNothingBack() {
        try (var town = Town.start(clock)) {
            var leaver = town.person().drawBook();
            leaver.cast(0);
            town.crowd(9);
            town.published(10);

            clock.forward(Duration.ofDays(300));

            assertThatThrownBy(leaver::withdraw)
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.code()).isEqualTo("box-closed"));
        }
    }

    @Test
    void aTallySettledButNeverToldIsCountedAnew() throws Exception {
        try (var town = Town.start(clock)) {
            town.crowd(10);
            town.runTally();
            assertThat(registerLeaves(town)).contains("\"books\":10");
            town.crowd(10);
            clock.forward(Duration.ofDays(1));
            // a crash after the number was settled and before its leaf was told
            try (var superuser = town.database("postgres");
                    var statement = superuser.createStatement()) {
                statement.execute("UPDATE roll.tallied SET telling = 11, day = day + 1 WHERE books = 10");
            }
            town.crowd(5);
            town.published(20); // of the last five, however many came in time for that batch

            town.runTally();

            assertThat(registerLeaves(town)).contains("\"books\":15").doesNotContain("\"books\":11");
            town.runTally();
            assertThat(registerLeaves(town).lines().filter(leaf -> leaf.contains("roll.tally")))
                    .hasSize(2);
            assertThat(town.recount().ok()).isTrue();
        }
    }

    @Test
    void readingAllThatIsPublicTakesTheSameFewStatementsHoweverMuchThereIs() {
        try (var town = Town.start(clock)) {
            var few = statementsOfAReading(town);
            Lanterns.importInto(town);
            town.crowd(10);
            town.published(10);

            var more = statementsOfAReading(town);

            System.out.println("reading all that is public takes " + more + " statements");
            assertThat(more).isLessThanOrEqualTo(few).isLessThanOrEqualTo(10);
        }
    }

    /// Of one page when nothing that was read before is fresh; the least of some, since jobs ask meanwhile too.
    private long statementsOfAReading(Town town) {
        var least = Long.MAX_VALUE;
        for (var i = 0; i < 40; i++) {
            clock.forward(Duration.ofSeconds(11));
            var before = town.statements();
            assertThat(town.get("/k/sanctuary-campus").statusCode()).isEqualTo(200);
            least = Math.min(least, town.statements() - before);
        }
        assertThat(least).isPositive();
        return least;
    }

    private static long size(Town town) {
        return size(town, town.box().box().value());
    }

    private static long size(Town town, String box) {
        var note = Note.parse(Town.text(town.get("/log/box/" + box + "/checkpoint")));
        return Checkpoint.parse(note.text()).size();
    }

    private static String registerLeaves(Town town) throws IOException {
        var note = Note.parse(Town.text(town.get("/log/register/checkpoint")));
        var size = (int) Checkpoint.parse(note.text()).size();
        var bundle = town.get("/log/register/" + new Tile(Tile.ENTRIES, 0, size).path())
                .body();
        var leaves = new StringBuilder();
        for (var leaf : EntryBundle.parse(bundle, size)) {
            leaves.append(new String(leaf, StandardCharsets.UTF_8)).append('\n');
        }
        return leaves.toString();
    }
}
