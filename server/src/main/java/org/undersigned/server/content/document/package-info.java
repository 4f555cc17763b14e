/// Reads JSON documents that people write by hand. Every fault is reported with its line and column.
@NullMarked
package org.undersigned.server.content.document;

import org.jspecify.annotations.NullMarked;
