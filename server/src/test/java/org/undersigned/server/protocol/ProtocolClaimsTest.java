package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Each claim of docs/PROTOCOL.md §10, and of the table in docs/THREATS.md, names tests, and these tests exist.
final class ProtocolClaimsTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]*Test)\\.([a-zA-Z]+)`");

    @Test
    void everyTestThatAClaimNamesExists() throws IOException {
        var tests = tests();
        var claims = Files.readString(Path.of("../docs/PROTOCOL.md")) + Files.readString(Path.of("../docs/THREATS.md"));
        var named = NAMED.matcher(claims).results().toList();

        assertThat(named).hasSizeGreaterThan(50);
        for (MatchResult one : named) {
            assertThat(tests).as(one.group()).containsKey(one.group(1));
            assertThat(tests.get(one.group(1))).as(one.group()).contains("void " + one.group(2) + "(");
        }
    }

    /// The source of each test class of the project, by its name.
    private static Map<String, String> tests() throws IOException {
        var tests = new HashMap<String, String>();
        for (var module : new String[] {"record", "cli", "server", "tlog"}) {
            try (var files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                for (var file : files.filter(one -> one.toString().endsWith("Test.java"))
                        .toList()) {
                    var name = file.getFileName().toString();
                    tests.merge(
                            name.substring(0, name.length() - ".java".length()),
                            Files.readString(file),
                            String::concat);
                }
            }
        }
        return tests;
    }
}
