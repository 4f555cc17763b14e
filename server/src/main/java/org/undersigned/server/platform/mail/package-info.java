/// The mail boundary: sends codes; receives and stores nothing.
@NullMarked
package org.undersigned.server.platform.mail;

import org.jspecify.annotations.NullMarked;
