@NullMarked
package org.undersigned.server.feed;

import org.jspecify.annotations.NullMarked;
