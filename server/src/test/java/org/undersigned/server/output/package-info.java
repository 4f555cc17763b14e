/// Every public output: pages, calendars, feeds, open data, API, paper, search engines.
@NullMarked
package org.undersigned.server.output;

import org.jspecify.annotations.NullMarked;
