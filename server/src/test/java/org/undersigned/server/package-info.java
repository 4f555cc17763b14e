@NullMarked
package org.undersigned.server;

import org.jspecify.annotations.NullMarked;
