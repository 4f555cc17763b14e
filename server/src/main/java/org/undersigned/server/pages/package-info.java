/// The pages people read: one typed record a page, one template a record (src/main/jte), texts in
/// resources/messages.
@NullMarked
package org.undersigned.server.pages;

import org.jspecify.annotations.NullMarked;
