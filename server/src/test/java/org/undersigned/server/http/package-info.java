@NullMarked
package org.undersigned.server.http;

import org.jspecify.annotations.NullMarked;
