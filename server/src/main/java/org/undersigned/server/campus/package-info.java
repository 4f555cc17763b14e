/// The directory of campuses: reads the federal header file and a list of e-mail domains, joins them, keeps what
/// changed, finds a campus by name, place or mail domain. Public facts only; a chapter or a roll is made elsewhere.
@NullMarked
package org.undersigned.server.campus;

import org.jspecify.annotations.NullMarked;
