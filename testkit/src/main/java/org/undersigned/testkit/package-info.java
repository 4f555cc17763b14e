/// Test code that the tests of several modules share.
@NullMarked
package org.undersigned.testkit;

import org.jspecify.annotations.NullMarked;
