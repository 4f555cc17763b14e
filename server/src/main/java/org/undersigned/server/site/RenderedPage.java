package org.undersigned.server.site;

import org.undersigned.server.platform.http.CachedResponses;

/// A public answer as it is sent.
///
/// @param language it is in
/// @param box      the id of the box a page counts, or empty
record RenderedPage(CachedResponses.Body body, String language, String box) {}
