/// What programs read: everything that is said in public, as JSON under `/api/v1` and in the shapes of OSDI under
/// `/osdi/v1`, written out member by member, so that nothing is told that nobody decided to tell.
@NullMarked
package org.undersigned.server.api;

import org.jspecify.annotations.NullMarked;
