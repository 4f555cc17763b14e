package org.undersigned.server.content.action;

import java.time.Instant;

/// The version of an action's published facts.
///
/// @param sequence  the number that calendars compare: increases with every change and never decreases (RFC 5546
///     §2.1.4)
/// @param published when the action was first announced
/// @param updated   when something new was last announced, never later than when this instance learned of it
/// @param changed   when a document last changed the action's facts
public record Revision(int sequence, Instant published, Instant updated, Instant changed) {}
