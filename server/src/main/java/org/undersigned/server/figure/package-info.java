/// Figures: what is drawn, computed here; how, in the templates. Each has its numbers as text beside it.
@NullMarked
package org.undersigned.server.figure;

import org.jspecify.annotations.NullMarked;
