/// What administrations answer and commit to, for each demand.
@NullMarked
package org.undersigned.server.content.answer;

import org.jspecify.annotations.NullMarked;
