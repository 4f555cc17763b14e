/// Privacy Pass.
@NullMarked
package org.undersigned.privacypass;

import org.jspecify.annotations.NullMarked;
