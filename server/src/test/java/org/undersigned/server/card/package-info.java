@NullMarked
package org.undersigned.server.card;

import org.jspecify.annotations.NullMarked;
