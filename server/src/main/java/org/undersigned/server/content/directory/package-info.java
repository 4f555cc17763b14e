/// The directory of campuses: reads the federal header file and a list of mail domains, joins them, stores the
/// changes, and finds a campus by name, place or mail domain. Contains public facts only.
@NullMarked
package org.undersigned.server.content.directory;

import org.jspecify.annotations.NullMarked;
