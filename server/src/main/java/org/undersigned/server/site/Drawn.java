package org.undersigned.server.site;

import org.undersigned.server.platform.http.Answers;

/// A public answer as it is sent.
///
/// @param language it is in
/// @param box      the id of the box a page counts, or empty
record Drawn(Answers.Body body, String language, String box) {}
