/// Letter drives: letters to decision makers, composed, printed or mailed on the writer's own device. The server
/// never receives a letter.
@NullMarked
package org.undersigned.server.content.letter;

import org.jspecify.annotations.NullMarked;
