/// The HTML pages of campaigns, campuses, boxes and the directory.
@NullMarked
package org.undersigned.server.publish.page;

import org.jspecify.annotations.NullMarked;
