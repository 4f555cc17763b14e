package org.undersigned.server.publish.activitypub;

import java.time.LocalDate;
import tools.jackson.databind.node.ObjectNode;

/// Something a campaign says, as other programs read it, before it is known when it was first said.
///
/// @param object its id within the campaign, as `events/evening-walk`; it stays when the words change
/// @param about  its day, for the order among what was published together
/// @param json   without `published` and `updated`
record OutgoingObject(String object, LocalDate about, ObjectNode json) {}
