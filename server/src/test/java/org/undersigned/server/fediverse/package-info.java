/// Tests of what no other room may touch.
@org.jspecify.annotations.NullMarked
package org.undersigned.server.fediverse;
