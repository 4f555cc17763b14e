/// What a campaign says in public: aims, demands, campuses, petitions, actions, reported figures with their
/// sources.
@NullMarked
package org.undersigned.server.campaign;

import org.jspecify.annotations.NullMarked;
