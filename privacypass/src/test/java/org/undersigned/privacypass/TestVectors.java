package org.undersigned.privacypass;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reads published test vectors from a text format of this project: `name=value` lines, an empty line between
/// vectors, # before comments.
public final class TestVectors {
    private TestVectors() {}

    public static List<Map<String, String>> read(String name) {
        var vectors = new ArrayList<Map<String, String>>();
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TestVectors.class.getResourceAsStream("/" + name)), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("#")) continue;
                if (line.isEmpty()) {
                    vectors.add(new LinkedHashMap<>());
                } else {
                    vectors.getLast().put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return vectors;
    }
}
