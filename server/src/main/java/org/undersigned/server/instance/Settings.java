package org.undersigned.server.instance;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.platform.startup.StartupFailure;

/// The operator's settings, from the environment; a command's option replaces a setting. Immutable.
public final class Settings {
    private final Map<String, String> values;

    public Settings(Map<String, String> environment) {
        values = Map.copyOf(environment);
    }

    /// Returns these settings with `value` for `name`; unchanged if `value` is null.
    public Settings with(String name, @Nullable String value) {
        if (value == null) return this;
        var changed = new HashMap<>(values);
        changed.put(name, value);
        return new Settings(changed);
    }

    /// The value without surrounding space, or null if it is not set or blank.
    public @Nullable String find(String name) {
        var value = values.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    public String get(String name, String otherwise) {
        var value = find(name);
        return value == null ? otherwise : value;
    }

    /// True unless it is set to `no`.
    boolean isOn(String name) {
        return !get(name, "yes").equals("no");
    }

    /// @throws StartupFailure if it is not set
    String required(String name, String what) {
        var value = find(name);
        if (value == null) throw new StartupFailure("set " + name + ": " + what);
        return value;
    }

    /// @throws StartupFailure if it is not a port number
    public int port(String name, int otherwise) {
        var value = get(name, Integer.toString(otherwise));
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535) return Integer.parseInt(value);
        throw new StartupFailure(name + " must be a port number up to 65535");
    }
}
