package org.undersigned.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.undersigned.server.support.CommandRun;
import org.undersigned.server.support.PrintedPdf;
import org.undersigned.server.support.TestInstance;

/// J9: names and comments wait for a moderator; deleting them never changes the count.
final class ModerationJourneyTest {
    private static final String NAMES = TestInstance.TUFTS + "/names";
    private static final String PACKET = TestInstance.TUFTS + "/packet.pdf";

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration().withOwnCluster();

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
        ada.castWithStatement("Ada <b>Example</b>", "For my roommate.\nAnd for me & you.", 1);
        instance.person().drawBook().castWithStatement("Zoë Beispiel", null, 0);
        instance.person().drawBook().castWithStatement(null, "Buy cheap lanterns at a place that is not here", 2);

        // A moderator cannot read a statement before its batch is published: that would reveal when it was cast.
        assertThat(instance.moderate("")).contains("none");
        assertThat(instance.moderate("", TestInstance.TUFTS)).isEqualTo("Nothing waits.\n");
        instance.crowd(7);
        instance.published(10);

        for (var path : List.of(NAMES, TestInstance.TUFTS))
            assertThat(page(path)).doesNotContain("Beispiel", "roommate");
        assertThat(page(NAMES)).contains("No name and no comment is shown yet.");
        assertThat(packet()).doesNotContain("Beispiel", "Names and comments");
        assertThat(instance.moderate("")).contains("3 waiting, 0 shown: " + TestInstance.TUFTS);
        // When the input ends, every undecided statement continues to wait.
        assertThat(instance.moderate("l\nwhat?\n", TestInstance.TUFTS))
                .contains("1 of 3", "2 of 3", "Type one of these letters.");
        assertThat(instance.moderate("")).contains("3 waiting, 0 shown: " + TestInstance.TUFTS);

        // Statements are sorted by nonce, so the order reveals nothing: the test reads one before it decides.
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
        // Search engines must not quote a name or index the lists of names.
        assertThat(page(TestInstance.TUFTS)).contains("<section aria-labelledby=\"names\" data-nosnippet>");
        assertThat(instance.get(PACKET).headers().firstValue("X-Robots-Tag")).contains("noindex");
        assertThat(page("/sitemap.xml")).contains(TestInstance.TUFTS + "<").doesNotContain(NAMES);
        assertThat(packet())
                .contains("Names and comments", "Ada <b>Example</b>", "And for me & you.", "Zoë Beispiel")
                .doesNotContain("lanterns");
        assertThat(instance.get(NAMES + "?page=2").statusCode()).isEqualTo(404);
        assertThat(instance.get(NAMES + "?page=0").statusCode()).isEqualTo(400);

        // Moderation does not change the count, and the list of decisions contains no words of a statement.
        assertThat(instance.shownCount()).isEqualTo(10);
        assertThat(instance.recount().ok()).isTrue();
        var today = LocalDate.now(ZoneOffset.UTC).toString();
        assertThat(instance.moderate("", TestInstance.TUFTS, "--decisions").lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith(today) && line.contains("  by Mo  "))
                .anyMatch(line -> line.endsWith("deleted: advertising"))
                .noneMatch(line -> line.contains("lanterns") || line.contains("Ada"));

        // A withdrawal removes the signer's statement at once; a moderator removes one that was shown by mistake.
        ada.withdraw();
        await(NAMES, without("Ada"));
        assertThat(instance.moderate("d\n5\n", TestInstance.TUFTS, "--shown"))
                .contains("Zoë Beispiel", "The signature stays and counts.");
        await(NAMES, without("Beispiel"));
        await(TestInstance.TUFTS, without("In their own words"));
        assertThat(instance.query("SELECT count(*) FROM box.statement")).containsExactly("0");
        whatIsDeletedIsInNoTable();
    }

    /// Searches every file of the instance except PostgreSQL's write-ahead log, which is overwritten within hours
    /// (docs/THREATS.md).
    private static void whatIsDeletedIsInNoTable() throws IOException, SQLException {
        for (var attempt = 0; attempt < 300; attempt++) { // PostgreSQL counts dead rows with a delay
            if (instance.query("SELECT pg_stat_get_dead_tuples('box.statement'::regclass) > 0")
                    .contains("t")) break;
            TestInstance.sleep(100);
        }
        instance.runShuffle();
        try (var superuser = instance.database();
                var statement = superuser.createStatement()) {
            statement.execute("CHECKPOINT");
        }
        for (var file : instance.files()) {
            if (file.toString().contains("/pg_wal/") || file.toString().contains("/programs/")) continue;
            assertThat(TestInstance.textOf(file))
                    .as(file.toString())
                    .doesNotContain("cheap lanterns", "roommate", "Beispiel");
        }
    }

    @Test
    void theCommandSaysWhatIsWrong() {
        instance.moderation("", "/p/nothing").isRefused("/p/nothing has nothing to sign");
        instance.moderation("", "--all").isRefused("--all", "./undersigned moderate --help");
        instance.moderation("", "tufts").isRefused("PAGE must begin with /");
        instance.moderation("", "/p/a", "/p/b").isRefused("/p/b", "./undersigned moderate --help");
        instance.moderation("", "--shown").isRefused("--shown and --decisions need a page");
        instance.moderation("", TestInstance.TUFTS, "--shown", "--decisions").isRefused("--shown", "--decisions");
        instance.moderation("", TestInstance.TUFTS, "--as", " ").isRefused("--as needs a name");
        CommandRun.of(Map.of(), "moderate", "--data", "nowhere-at-all")
                .isRefused("nowhere-at-all contains no data of an instance");
    }
}
