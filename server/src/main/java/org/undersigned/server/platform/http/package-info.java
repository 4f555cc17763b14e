/// The HTTP boundary: limits, headers, caching, problem details, static files, requests to other servers.
@NullMarked
package org.undersigned.server.platform.http;

import org.jspecify.annotations.NullMarked;
