package org.undersigned.server.publish.api;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;

/// When an action is on everybody's clock.
final class ActionTimes {
    private ActionTimes() {}

    /// Null when nobody said the hour.
    static @Nullable Instant start(Action action, ZoneId zone) {
        return action.time() == null
                ? null
                : action.date().atTime(action.time()).atZone(zone).toInstant();
    }

    /// Null when nobody said the hour, or how long.
    static @Nullable Instant end(Action action, ZoneId zone) {
        var start = start(action, zone);
        return start == null || action.minutes() == null ? null : start.plusSeconds(60 * action.minutes());
    }
}
