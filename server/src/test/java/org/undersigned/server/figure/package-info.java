/// What is drawn, against numbers of other programs.
@NullMarked
package org.undersigned.server.figure;

import org.jspecify.annotations.NullMarked;
