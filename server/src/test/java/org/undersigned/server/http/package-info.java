/// Tests of the wall to the network.
@org.jspecify.annotations.NullMarked
package org.undersigned.server.http;
