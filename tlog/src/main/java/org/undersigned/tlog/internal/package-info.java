/// Code that several packages of this module use. Not exported.
@NullMarked
package org.undersigned.tlog.internal;

import org.jspecify.annotations.NullMarked;
