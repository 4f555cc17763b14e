/// The wall towards HTTP: bounds, headers, problem details, static files.
@NullMarked
package org.undersigned.server.http;

import org.jspecify.annotations.NullMarked;
