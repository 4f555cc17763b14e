/// What administrations answer and commit to, demand by demand, and what came of it.
@NullMarked
package org.undersigned.server.response;

import org.jspecify.annotations.NullMarked;
