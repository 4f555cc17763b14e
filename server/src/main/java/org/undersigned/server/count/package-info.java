/// The count (docs/PROTOCOL.md), from the check that a person may sign to the public register.
@NullMarked
package org.undersigned.server.count;

import org.jspecify.annotations.NullMarked;
