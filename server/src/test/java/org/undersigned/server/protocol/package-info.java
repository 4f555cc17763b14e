/// Tests of the count protocol over HTTP: accepted requests, refused requests, and what a server that lies can do.
@NullMarked
package org.undersigned.server.protocol;

import org.jspecify.annotations.NullMarked;
