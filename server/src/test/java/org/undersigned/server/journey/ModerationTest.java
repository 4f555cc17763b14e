package org.undersigned.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.undersigned.server.command.Moderating;
import org.undersigned.server.support.PrintedPaper;
import org.undersigned.server.support.Town;

/// J9: names and comments wait for a moderator; what is deleted never touches the count.
final class ModerationTest {
    private static final String NAMES = Town.TUFTS + "/names";
    private static final String PACKET = Town.TUFTS + "/packet.pdf";

    private static Town town;

    @BeforeAll
    static void start() {
        town = Town.start();
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    private static String page(String path) {
        return Town.text(town.get(path));
    }

    private static void await(String path, Condition<String> condition) {
        var end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.matches(page(path)) && System.nanoTime() < end) Thread.onSpinWait();
        assertThat(page(path)).is(condition);
    }

    private static Condition<String> with(String words) {
        return new Condition<>(text -> text.contains(words), "has " + words);
    }

    private static Condition<String> without(String words) {
        return new Condition<>(text -> !text.contains(words), "has no " + words);
    }

    private static String packet() {
        return new PrintedPaper(town.get(PACKET).body()).text();
    }

    @Test
    void whatSignersSayIsShownOnceAModeratorHasReadItAndIsGoneWhenTheyWithdraw() throws Exception {
        var ada = town.person().drawBook();
        ada.say("Ada <b>Example</b>", "For my roommate.\nAnd for me & you.", 1);
        town.person().drawBook().say("Zoë Beispiel", null, 0);
        town.person().drawBook().say(null, "Buy cheap lanterns at a place that is not here", 2);

        // Before its group is published not even a moderator reads it: when it came would be told.
        assertThat(town.moderate("")).contains("none");
        assertThat(town.moderate("", Town.TUFTS)).isEqualTo("Nothing waits.\n");
        town.crowd(7);
        town.published(10);

        for (var path : List.of(NAMES, Town.TUFTS)) assertThat(page(path)).doesNotContain("Beispiel", "roommate");
        assertThat(page(NAMES)).contains("No name and no comment is shown yet.");
        assertThat(packet()).doesNotContain("Beispiel", "Names and comments");
        assertThat(town.moderate("")).contains("3 waiting, 0 shown: " + Town.TUFTS);
        // At the end of what is typed, everything waits on.
        assertThat(town.moderate("l\nwhat?\n", Town.TUFTS)).contains("1 of 3", "2 of 3", "One letter, please.");
        assertThat(town.moderate("")).contains("3 waiting, 0 shown: " + Town.TUFTS);

        // They come in an order that tells nothing: each answer is to the one that stands there.
        for (var i = 0; i < 3; i++) {
            var first = town.moderate("", Town.TUFTS);
            town.moderate(first.contains("lanterns") ? "d\nback\nd\n4\n" : "s\n", Town.TUFTS, "--as", "Mo");
        }
        assertThat(town.moderate("")).contains("0 waiting, 2 shown: " + Town.TUFTS);
        await(NAMES, with("Zoë Beispiel"));
        assertThat(page(NAMES))
                .contains("Ada &lt;b&gt;Example&lt;/b&gt;</strong>, student", "For my roommate.\nAnd for me &amp; you.")
                .contains("<meta name=\"robots\" content=\"noindex\">")
                .doesNotContain("lanterns");
        assertThat(page(NAMES).indexOf("Ada")).isLessThan(page(NAMES).indexOf("Zoë"));
        assertThat(page(NAMES + "?lang=es")).contains("Nombres y comentarios", "</strong>, estudiante");
        assertThat(page(Town.TUFTS)).contains("In their own words", "Zoë Beispiel", "roommate", NAMES);
        // No search engine is to quote a name, nor to know the lists of them.
        assertThat(page(Town.TUFTS)).contains("<section aria-labelledby=\"names\" data-nosnippet>");
        assertThat(town.get(PACKET).headers().firstValue("X-Robots-Tag")).contains("noindex");
        assertThat(page("/sitemap.xml")).contains(Town.TUFTS + "<").doesNotContain(NAMES);
        assertThat(packet())
                .contains("Names and comments", "Ada <b>Example</b>", "And for me & you.", "Zoë Beispiel")
                .doesNotContain("lanterns");
        assertThat(town.get(NAMES + "?page=2").statusCode()).isEqualTo(404);
        assertThat(town.get(NAMES + "?page=0").statusCode()).isEqualTo(400);

        // Nothing of it touches the count, and the trail has no words.
        assertThat(town.shownCount()).isEqualTo(10);
        assertThat(town.recount().ok()).isTrue();
        var today = LocalDate.now(ZoneOffset.UTC).toString();
        assertThat(town.moderate("", Town.TUFTS, "--decisions").lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith(today) && line.contains("  by Mo  "))
                .anyMatch(line -> line.endsWith("deleted: advertising"))
                .noneMatch(line -> line.contains("lanterns") || line.contains("Ada"));

        // Whoever withdraws takes their words along at once; a moderator takes away what was shown by mistake.
        ada.withdraw();
        await(NAMES, without("Ada"));
        assertThat(town.moderate("d\n5\n", Town.TUFTS, "--shown"))
                .contains("Zoë Beispiel", "The signature stays and counts.");
        await(NAMES, without("Beispiel"));
        await(Town.TUFTS, without("In their own words"));
        assertThat(town.ask("SELECT count(*) FROM box.statement")).containsExactly("0");
        whatIsDeletedIsInNoTable();
    }

    /// PostgreSQL's log of changes apart, which is overwritten within hours (docs/THREATS.md).
    private static void whatIsDeletedIsInNoTable() throws IOException, SQLException {
        for (var attempt = 0; attempt < 300; attempt++) { // PostgreSQL counts what died a moment later
            if (town.ask("SELECT pg_stat_get_dead_tuples('box.statement'::regclass) > 0")
                    .contains("t")) break;
            Town.sleep(100);
        }
        town.runShuffle();
        try (var superuser = town.database("postgres");
                var statement = superuser.createStatement()) {
            statement.execute("CHECKPOINT");
        }
        for (var file : town.files()) {
            if (file.toString().contains("/pg_wal/") || file.toString().contains("/programs/")) continue;
            if (!Files.exists(file)) continue;
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain("cheap lanterns", "roommate", "Beispiel");
        }
    }

    @Test
    void theCommandSaysWhatIsWrong() {
        assertThatThrownBy(() -> town.moderate("", "/p/nothing")).hasMessage("nothing is signed at /p/nothing");
        assertThatThrownBy(() -> town.moderate("", "--all")).hasMessage("unknown option --all");
        for (var words : List.of(List.of("tufts"), List.of("/p/a", "/p/b"), List.of("--shown"))) {
            assertThatThrownBy(() -> town.moderate("", words.toArray(new String[0])))
                    .hasMessageStartingWith("moderate wants nothing, or a page");
        }
        assertThatThrownBy(() -> town.moderate("", Town.TUFTS, "--as", " ")).hasMessage("--as wants a name");
        assertThatThrownBy(() -> Moderating.run(
                        new String[] {"moderate", "--data", "nowhere-at-all"},
                        Map.of(),
                        new BufferedReader(new StringReader("")),
                        System.out))
                .hasMessage("there is no instance's data in nowhere-at-all");
    }
}
