/// Open data for spreadsheets and researchers: what a campaign says in public as tables (CSV, JSON Lines) with their
/// dictionary (CSV on the Web), and as the one document that brings it to another instance.
@NullMarked
package org.undersigned.server.data;

import org.jspecify.annotations.NullMarked;
