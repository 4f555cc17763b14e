/// Reads JSON documents that people write by hand. Every error has a line and column.
@NullMarked
package org.undersigned.server.content.document;

import org.jspecify.annotations.NullMarked;
