/// For tests only: what more than one module's tests need.
@NullMarked
package org.undersigned.testkit;

import org.jspecify.annotations.NullMarked;
