/// Tests that the stored data of an instance identifies no signer.
@NullMarked
package org.undersigned.server.privacy;

import org.jspecify.annotations.NullMarked;
