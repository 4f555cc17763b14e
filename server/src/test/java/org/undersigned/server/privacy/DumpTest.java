package org.undersigned.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.undersigned.server.support.TestInstance;

/// Searches everything an instance stores, as a subpoena would get it, for the data that docs/THREATS.md says is
/// not stored.
final class DumpTest {
    private static final List<String> SCHEMAS = List.of("roll", "box", "register", "site", "fediverse");

    @Test
    void nothingKeptNamesAnybodyOrLinksADrawToAnEntry() throws Exception {
        var printed = new ByteArrayOutputStream();
        var stdout = System.out;
        var stderr = System.err;
        try (var instance = TestInstance.ofDemonstration().withOwnCluster().start()) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
            var address = "beatriz.kowalczyk@tufts.edu";
            var nobody = "zygmunt.oyelaran@elsewhere.example";
            instance.postJson("/roll/tufts.edu/code", "{\"address\":\"" + nobody + "\"}");
            instance.postJson("/roll/tufts.edu/code", "{\"address\":\"" + nobody + " broken\"}");
            var person = instance.new Person(address).drawBook();
            var code = instance.code(address).toLowerCase(Locale.ROOT); // as the texts below
            person.castWithStatement("A lantern carrier", "For a neighbour called Quillfeather", 1);
            instance.crowd(9);
            instance.published(10);
            instance.moderate("s\n", TestInstance.TUFTS, "--as", "Mo");
            instance.get("/p/tufts-sanctuary?from=" + address, "User-Agent", "kowalczyk-browser/1.0");

            var secrets = List.of("kowalczyk", "oyelaran", code, code.substring(0, 4) + " " + code.substring(4));
            for (var file : instance.files()) {
                if (file.toString().contains("/programs/")) continue; // PostgreSQL's own programs
                var bytes = TestInstance.textOf(file).toLowerCase(Locale.ROOT);
                for (var secret : secrets) {
                    assertThat(bytes.contains(secret))
                            .as(file + " holds " + secret)
                            .isFalse();
                }
            }
            assertThat(printed.toString(StandardCharsets.UTF_8).toLowerCase(Locale.ROOT))
                    .doesNotContain(secrets)
                    .doesNotContain("quillfeather");
            nothingOfTheRollIsInTheBox(instance);
            whatASignerSaysIsInOneTable(instance);
            noColumnTellsATimeFinerThanAPromise(instance);
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
        }
    }

    @Test
    void theOrderOfDrawsAndEntriesIsNotStored() {
        try (var instance = TestInstance.ofDemonstration().withOwnCluster().start()) {
            instance.crowd(10);
            instance.published(10);
            instance.runShuffle();

            // One transaction wrote all rows, and they are stored in the order of their tags.
            for (var table : List.of("roll.book", "roll.issued", "box.leaf")) {
                assertThat(instance.query("SELECT DISTINCT xmin FROM " + table))
                        .as(table)
                        .hasSize(1);
            }
            assertThat(instance.query("SELECT encode(tag, 'hex') FROM roll.book ORDER BY ctid"))
                    .isSorted()
                    .hasSize(10);
            assertThat(instance.query("SELECT encode(leaf_hash, 'hex') FROM box.leaf ORDER BY ctid"))
                    .isSorted()
                    .hasSize(10);
            // Vacuum removed the deleted rows; the files of the roll are written anew (DiskImageTest reads them).
            assertThat(instance.query("SELECT pg_stat_get_vacuum_count('box.leaf'::regclass) > 0"))
                    .containsExactly("t");
            for (var table : List.of("roll.book", "roll.issued")) {
                assertThat(instance.query("SELECT pg_relation_filenode('" + table + "') <> '" + table
                                + "'::regclass::oid::bigint"))
                        .as(table + " was written to a new file")
                        .containsExactly("t");
            }
            var log = instance.files().stream()
                    .filter(file -> file.toString().endsWith(".log"))
                    .toList();
            assertThat(log)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("skipping"));
        }
    }

    /// Asserts that no value of 8 bytes or more is both in the roll and in the box or the register, except public
    /// key ids and box ids.
    private static void nothingOfTheRollIsInTheBox(TestInstance instance) {
        var public_ = dump(instance, "box") + dump(instance, "register");
        var private_ = new ArrayList<String>();
        for (var query :
                List.of("SELECT encode(tag, 'hex') FROM roll.book", "SELECT to_hex(unnest(marks)) FROM roll.issued")) {
            private_.addAll(instance.query(query));
        }
        assertThat(private_).hasSizeGreaterThanOrEqualTo(20);
        for (var value : private_) assertThat(public_).doesNotContain(value);
    }

    private static void whatASignerSaysIsInOneTable(TestInstance instance) {
        var asBytes = HexFormat.of().formatHex("Quillfeather".getBytes(StandardCharsets.UTF_8)); // as bytea output
        var tables = new ArrayList<String>();
        for (var schema : SCHEMAS) {
            for (var table : tables(instance, schema)) {
                var rows = rows(instance, table);
                if (rows.contains("Quillfeather") || rows.contains(asBytes)) tables.add(table);
            }
        }
        assertThat(tables).containsExactly("box.statement");
        assertThat(rows(instance, "box.decision")).contains(",Mo,");
    }

    private static void noColumnTellsATimeFinerThanAPromise(TestInstance instance) {
        var query = "SELECT DISTINCT extract(epoch FROM publish_by)::bigint % 3600 FROM box.leaf";
        assertThat(instance.query(query)).containsExactly("0");
        var timed = "SELECT table_schema || '.' || table_name || '.' || column_name FROM information_schema.columns"
                + " WHERE table_schema IN ('roll', 'box') AND data_type LIKE '%time%' ORDER BY 1";
        assertThat(instance.query(timed))
                .containsExactly(
                        "box.batch.published_at", // public: anyone who watches the checkpoint sees it
                        "box.box.closes",
                        "box.box.published_at",
                        "box.leaf.publish_by",
                        "roll.card_batch.until", // public: the ledger says it
                        "roll.roll.year_ends");
    }

    private static String dump(TestInstance instance, String schema) {
        var all = new StringBuilder();
        for (var table : tables(instance, schema)) all.append(rows(instance, table));
        assertThat(all).hasSizeGreaterThan(100);
        return all.toString();
    }

    private static List<String> tables(TestInstance instance, String schema) {
        return instance.query(
                "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema = '"
                        + schema + "'");
    }

    /// Returns all rows of a table as text, one line per row.
    private static String rows(TestInstance instance, String table) {
        return String.join("\n", instance.query("SELECT t::text FROM " + table + " t")) + "\n";
    }

    @Test
    void noRoleReadsAnothersSchema() throws Exception {
        try (var instance = TestInstance.ofDemonstration().withOwnCluster().start()) {
            for (var role : SCHEMAS) {
                try (var connection = instance.databaseAs(role)) {
                    for (var schema : SCHEMAS) {
                        var table = schema + "." + oneTable(schema);
                        if (schema.equals(role)) {
                            connection.createStatement().executeQuery("SELECT * FROM " + table);
                        } else {
                            assertThatThrownBy(
                                            () -> connection.createStatement().executeQuery("SELECT * FROM " + table))
                                    .as(role + " reads " + table)
                                    .hasMessageContaining("permission denied for schema " + schema);
                        }
                    }
                }
            }
        }
    }

    private static String oneTable(String schema) {
        return switch (schema) {
            case "roll" -> "book";
            case "box" -> "leaf";
            case "register" -> "log";
            case "fediverse" -> "follower";
            default -> "campaign";
        };
    }
}
