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
import org.undersigned.server.command.ModerateCommand;
import org.undersigned.server.support.PrintedPdf;
import org.undersigned.server.support.TestInstance;

/// J9: names and comments wait for a moderator; what is deleted never touches the count.
final class ModerationJourneyTest {
    private static final String NAMES = TestInstance.TUFTS + "/names";
    private static final String PACKET = TestInstance.TUFTS + "/packet.pdf";

    private static TestInstance instance;

    @BeforeAll
    static void start() {
        instance = TestInstance.start();
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    private static String page(String path) {
        return TestInstance.text(instance.get(path));
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
        return new PrintedPdf(instance.get(PACKET).body()).text();
    }

    @Test
    void whatSignersSayIsShownOnceAModeratorHasReadItAndIsGoneWhenTheyWithdraw() throws Exception {
        var ada = instance.person().drawBook();
        ada.say("Ada <b>Example</b>", "For my roommate.\nAnd for me & you.", 1);
        instance.person().drawBook().say("Zoë Beispiel", null, 0);
        instance.person().drawBook().say(null, "Buy cheap lanterns at a place that is not here", 2);

        // Before its group is published not even a moderator reads it: when it came would be told.
        assertThat(instance.moderate("")).contains("none");
        assertThat(instance.moderate("", TestInstance.TUFTS)).isEqualTo("Nothing waits.\n");
        instance.crowd(7);
        instance.published(10);

        for (var path : List.of(NAMES, TestInstance.TUFTS))
            assertThat(page(path)).doesNotContain("Beispiel", "roommate");
        assertThat(page(NAMES)).contains("No name and no comment is shown yet.");
        assertThat(packet()).doesNotContain("Beispiel", "Names and comments");
        assertThat(instance.moderate("")).contains("3 waiting, 0 shown: " + TestInstance.TUFTS);
        // At the end of what is typed, everything waits on.
        assertThat(instance.moderate("l\nwhat?\n", TestInstance.TUFTS))
                .contains("1 of 3", "2 of 3", "One letter, please.");
        assertThat(instance.moderate("")).contains("3 waiting, 0 shown: " + TestInstance.TUFTS);

        // They come in an order that tells nothing: each answer is to the one that stands there.
        for (var i = 0; i < 3; i++) {
            var first = instance.moderate("", TestInstance.TUFTS);
            instance.moderate(first.contains("lanterns") ? "d\nback\nd\n4\n" : "s\n", TestInstance.TUFTS, "--as", "Mo");
        }
        assertThat(instance.moderate("")).contains("0 waiting, 2 shown: " + TestInstance.TUFTS);
        await(NAMES, with("Zoë Beispiel"));
        assertThat(page(NAMES))
                .contains("Ada &lt;b&gt;Example&lt;/b&gt;</strong>, student", "For my roommate.\nAnd for me &amp; you.")
                .contains("<meta name=\"robots\" content=\"noindex\">")
                .doesNotContain("lanterns");
        assertThat(page(NAMES).indexOf("Ada")).isLessThan(page(NAMES).indexOf("Zoë"));
        assertThat(page(NAMES + "?lang=es")).contains("Nombres y comentarios", "</strong>, estudiante");
        assertThat(page(TestInstance.TUFTS)).contains("In their own words", "Zoë Beispiel", "roommate", NAMES);
        // No search engine is to quote a name, nor to know the lists of them.
        assertThat(page(TestInstance.TUFTS)).contains("<section aria-labelledby=\"names\" data-nosnippet>");
        assertThat(instance.get(PACKET).headers().firstValue("X-Robots-Tag")).contains("noindex");
        assertThat(page("/sitemap.xml")).contains(TestInstance.TUFTS + "<").doesNotContain(NAMES);
        assertThat(packet())
                .contains("Names and comments", "Ada <b>Example</b>", "And for me & you.", "Zoë Beispiel")
                .doesNotContain("lanterns");
        assertThat(instance.get(NAMES + "?page=2").statusCode()).isEqualTo(404);
        assertThat(instance.get(NAMES + "?page=0").statusCode()).isEqualTo(400);

        // Nothing of it touches the count, and the trail has no words.
        assertThat(instance.shownCount()).isEqualTo(10);
        assertThat(instance.recount().ok()).isTrue();
        var today = LocalDate.now(ZoneOffset.UTC).toString();
        assertThat(instance.moderate("", TestInstance.TUFTS, "--decisions").lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith(today) && line.contains("  by Mo  "))
                .anyMatch(line -> line.endsWith("deleted: advertising"))
                .noneMatch(line -> line.contains("lanterns") || line.contains("Ada"));

        // Whoever withdraws takes their words along at once; a moderator takes away what was shown by mistake.
        ada.withdraw();
        await(NAMES, without("Ada"));
        assertThat(instance.moderate("d\n5\n", TestInstance.TUFTS, "--shown"))
                .contains("Zoë Beispiel", "The signature stays and counts.");
        await(NAMES, without("Beispiel"));
        await(TestInstance.TUFTS, without("In their own words"));
        assertThat(instance.ask("SELECT count(*) FROM box.statement")).containsExactly("0");
        whatIsDeletedIsInNoTable();
    }

    /// PostgreSQL's log of changes apart, which is overwritten within hours (docs/THREATS.md).
    private static void whatIsDeletedIsInNoTable() throws IOException, SQLException {
        for (var attempt = 0; attempt < 300; attempt++) { // PostgreSQL counts what died a moment later
            if (instance.ask("SELECT pg_stat_get_dead_tuples('box.statement'::regclass) > 0")
                    .contains("t")) break;
            TestInstance.sleep(100);
        }
        instance.runShuffle();
        try (var superuser = instance.database("postgres");
                var statement = superuser.createStatement()) {
            statement.execute("CHECKPOINT");
        }
        for (var file : instance.files()) {
            if (file.toString().contains("/pg_wal/") || file.toString().contains("/programs/")) continue;
            if (!Files.exists(file)) continue;
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain("cheap lanterns", "roommate", "Beispiel");
        }
    }

    @Test
    void theCommandSaysWhatIsWrong() {
        assertThatThrownBy(() -> instance.moderate("", "/p/nothing")).hasMessage("nothing is signed at /p/nothing");
        assertThatThrownBy(() -> instance.moderate("", "--all")).hasMessage("unknown option --all");
        for (var words : List.of(List.of("tufts"), List.of("/p/a", "/p/b"), List.of("--shown"))) {
            assertThatThrownBy(() -> instance.moderate("", words.toArray(new String[0])))
                    .hasMessageStartingWith("moderate wants nothing, or a page");
        }
        assertThatThrownBy(() -> instance.moderate("", TestInstance.TUFTS, "--as", " "))
                .hasMessage("--as wants a name");
        assertThatThrownBy(() -> ModerateCommand.run(
                        new String[] {"moderate", "--data", "nowhere-at-all"},
                        Map.of(),
                        new BufferedReader(new StringReader("")),
                        System.out))
                .hasMessage("there is no instance's data in nowhere-at-all");
    }
}
