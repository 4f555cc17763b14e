package org.undersigned.server.site;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/// The texts of one language, from `messages/<language>.properties` (UTF-8).
public final class Messages {
    public static final List<String> LANGUAGES = List.of("en", "es");

    private final Properties texts = new Properties();

    public Messages(String language) {
        try (var in = Messages.class.getResourceAsStream("/messages/" + language + ".properties")) {
            if (in == null) throw new IllegalArgumentException("there are no texts in the language " + language);
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalArgumentException if no text has this key: the text that a template names is missing
    String get(String key, Object... places) {
        var text = texts.getProperty(key);
        if (text == null) throw new IllegalArgumentException("there is no text with the key " + key);
        for (var i = 0; i < places.length; i++) text = text.replace("{" + i + "}", String.valueOf(places[i]));
        return text;
    }

    boolean knows(String key) {
        return texts.getProperty(key) != null;
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }
}
