/// Not exported: what more than one package of this module needs.
@NullMarked
package org.undersigned.tlog.internal;

import org.jspecify.annotations.NullMarked;
