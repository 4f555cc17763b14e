package org.undersigned.server.campaign;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Campaign documents, one row each.
public final class CampaignStore {
    private final Jdbi jdbi;

    public CampaignStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Keeps a document, in place of an older one of the same campaign.
    ///
    /// @throws IllegalArgumentException as {@link CampaignFile#parse}; nothing is kept then
    public Campaign put(String document) {
        var campaign = CampaignFile.parse(document);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO site.campaign (slug, document) VALUES (:slug, :document)
                        ON CONFLICT (slug) DO UPDATE SET document = :document
                        """)
                .bind("slug", campaign.slug())
                .bind("document", document)
                .execute());
        return campaign;
    }

    /// Every campaign, by slug.
    public List<Campaign> all() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT document FROM site.campaign ORDER BY slug")
                .mapTo(String.class)
                .map(CampaignFile::parse)
                .list());
    }
}
