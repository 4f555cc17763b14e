@NullMarked
package org.undersigned.server.action;

import org.jspecify.annotations.NullMarked;
