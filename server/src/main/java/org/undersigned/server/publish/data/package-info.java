/// Open data: a campaign as tables (CSV, JSON Lines) with their dictionary (CSV on the Web), and as its document.
@NullMarked
package org.undersigned.server.publish.data;

import org.jspecify.annotations.NullMarked;
