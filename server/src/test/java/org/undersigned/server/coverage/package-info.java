@NullMarked
package org.undersigned.server.coverage;

import org.jspecify.annotations.NullMarked;
