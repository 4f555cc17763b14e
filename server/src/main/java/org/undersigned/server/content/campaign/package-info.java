/// The content of a campaign's document: aims, demands, campuses, petitions, actions, reported figures with
/// sources.
@NullMarked
package org.undersigned.server.content.campaign;

import org.jspecify.annotations.NullMarked;
