/// All public content as JSON under `/api/v1` and in the shapes of OSDI 1.2 under `/osdi/v1`. Every member is
/// written explicitly, so that no field is published by accident.
@NullMarked
package org.undersigned.server.publish.api;

import org.jspecify.annotations.NullMarked;
