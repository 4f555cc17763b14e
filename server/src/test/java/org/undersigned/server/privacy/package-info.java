/// What an instance keeps, and what nobody can learn from it.
@NullMarked
package org.undersigned.server.privacy;

import org.jspecify.annotations.NullMarked;
