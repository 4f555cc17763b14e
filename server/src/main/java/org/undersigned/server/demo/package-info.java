/// The demonstration: sample content, an inbox anyone may read, signers that are programs.
@NullMarked
package org.undersigned.server.demo;

import org.jspecify.annotations.NullMarked;
