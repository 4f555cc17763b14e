/// Letter drives: letters to decision makers. People write, print or mail them on their own device; the server
/// never receives a letter.
@NullMarked
package org.undersigned.server.content.letter;

import org.jspecify.annotations.NullMarked;
