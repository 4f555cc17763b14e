package org.undersigned.server.publish.activitypub;

import java.time.LocalDate;
import tools.jackson.databind.node.ObjectNode;

/// An object that a campaign publishes, as ActivityStreams JSON without the dates of its announcement.
///
/// @param object its id within the campaign, as `events/evening-walk`; it stays the same when the text changes
/// @param about  its day, to order objects that were published together
/// @param json   without `published` and `updated`
record OutgoingObject(String object, LocalDate about, ObjectNode json) {}
