package org.undersigned.server.content.action;

import java.time.Instant;

/// How far what is said of an action has come.
///
/// @param sequence  what a calendar compares: rises with every change, and never falls (RFC 5546 §2.1.4)
/// @param published when it was first told of
/// @param updated   when something new of it was told last, never later than when this instance learned of it
/// @param changed   when a document last said something else of it
public record Revision(int sequence, Instant published, Instant updated, Instant changed) {}
