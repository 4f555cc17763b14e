/// Answers and commitments of administrations, for each demand.
@NullMarked
package org.undersigned.server.content.answer;

import org.jspecify.annotations.NullMarked;
