package org.undersigned.server.content.coverage;

import java.util.Locale;

/// What a figure counts. Figures of different measures are never compared: "nearly 80" planned and "more
/// than 100" held are both true.
public enum Measure {
    PLANNED,
    HELD,
    SIGNED,
    ATTENDED,
    ESTIMATED;

    /// The name in a campaign document, for example `attended`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if `key` is none of the five
    public static Measure of(String key) {
        for (var measure : values()) {
            if (measure.key().equals(key)) return measure;
        }
        throw new IllegalArgumentException("unknown measure");
    }
}
