/// Serves all public content as JSON under `/api/v1` and in the formats of OSDI 1.2 under `/osdi/v1`. The code
/// writes every member explicitly, so that no field is published by accident.
@NullMarked
package org.undersigned.server.publish.api;

import org.jspecify.annotations.NullMarked;
