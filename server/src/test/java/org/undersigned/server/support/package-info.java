/// Helpers for several test packages: an instance, a browser, an example campaign, readers of our formats.
@NullMarked
package org.undersigned.server.support;

import org.jspecify.annotations.NullMarked;
