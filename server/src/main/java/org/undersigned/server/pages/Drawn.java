package org.undersigned.server.pages;

import org.undersigned.server.http.Answers;

/// A page as it is sent: its bytes, and those compressed.
///
/// @param box the id of the box the page counts, or empty
record Drawn(Answers.Body body, String language, String box) {}
