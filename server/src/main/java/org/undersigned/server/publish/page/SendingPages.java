package org.undersigned.server.publish.page;

import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.register.NamedRelay;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.HttpServer;
import org.undersigned.server.platform.http.Representation;

/// The pages that send what is cast. They may connect to the relay, and no browser stores them: the entity tag of a
/// stored page would tell at a later visit that it is the same device.
final class SendingPages {
    /// For a page that draws, and sends nothing that is cast.
    static final Representation UNSTORED = Representation.byLanguage("text/html; charset=utf-8", CachePolicy.NEVER);

    final Representation signing;
    final Representation mine;

    /// @param relay null if the instance has none
    SendingPages(@Nullable NamedRelay relay) {
        mine = UNSTORED.with(HttpServer.connectingTo(relay == null ? "" : relay.origin()));
        // unlike all others, this page may ask for the camera, to read a recovery code
        signing = mine.with(HttpServer.WITH_CAMERA);
    }
}
