package org.undersigned.server.support;

import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;

/// A box that a dishonest operator opens beside another.
public final class SecondBox {
    private SecondBox() {}

    /// Like `box`, but with an id of its own, opened a second later, for `subject`.
    public static Manifest beside(Manifest box, Manifest.Subject subject) {
        var id = BoxId.of("a".repeat(26));
        return new Manifest(
                id,
                subject,
                box.campus(),
                box.campaign(),
                box.host() + "/box/" + id,
                box.issuer(),
                box.classes(),
                box.affiliations(),
                box.opens().plusSeconds(1),
                box.closes(),
                box.publish());
    }
}
