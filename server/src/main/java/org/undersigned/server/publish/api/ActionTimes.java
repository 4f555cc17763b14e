package org.undersigned.server.publish.api;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;

/// Converts the local times of an action to instants.
final class ActionTimes {
    private ActionTimes() {}

    /// Returns null if the action has no time of day.
    static @Nullable Instant start(Action action, ZoneId zone) {
        return action.time() == null
                ? null
                : action.date().atTime(action.time()).atZone(zone).toInstant();
    }

    /// Returns null if the action has no time of day or no duration.
    static @Nullable Instant end(Action action, ZoneId zone) {
        var start = start(action, zone);
        return start == null || action.minutes() == null ? null : start.plusSeconds(60 * action.minutes());
    }
}
