/// What all publishing handlers share: the current snapshot, the counts that may be shown, the reader's language
/// and texts, the renderer of templates.
@NullMarked
package org.undersigned.server.site;

import org.jspecify.annotations.NullMarked;
