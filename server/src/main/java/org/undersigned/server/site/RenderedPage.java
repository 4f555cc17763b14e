package org.undersigned.server.site;

import org.undersigned.server.platform.http.CachedResponses;

/// A public response as it is sent.
///
/// @param language of the response
/// @param box      the id of the box whose counts the page shows, or empty
record RenderedPage(CachedResponses.Body body, String language, String box) {}
