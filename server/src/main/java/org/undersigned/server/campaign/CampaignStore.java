package org.undersigned.server.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.server.db.Changes;

/// Campaign documents, one row each.
public final class CampaignStore {
    private static final int MOST_READ = 100;

    private final Jdbi jdbi;
    /// The newest documents and what they say: reading one takes longer than asking for it.
    private final ConcurrentMap<String, Campaign> read = new ConcurrentHashMap<>();

    public CampaignStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Keeps a document, in place of an older one of the same campaign.
    ///
    /// @throws IllegalArgumentException as {@link CampaignFile#parse}; nothing is kept then
    public Campaign put(String document) {
        var campaign = CampaignFile.parse(document);
        jdbi.useTransaction(transaction -> {
            transaction
                    .createUpdate("""
                            INSERT INTO site.campaign (slug, document) VALUES (:slug, :document)
                            ON CONFLICT (slug) DO UPDATE SET document = :document, changed = now()
                            WHERE site.campaign.document <> :document
                            """)
                    .bind("slug", campaign.slug())
                    .bind("document", document)
                    .execute();
            Changes.tell(transaction);
        });
        return campaign;
    }

    /// A campaign, its document as it came, and when that last changed.
    public record Kept(Campaign campaign, String document, Instant changed) {}

    /// Every campaign, by slug.
    public List<Kept> all() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT document, changed FROM site.campaign ORDER BY slug")
                .map((row, _) -> new Kept(
                        parsed(row.getString("document")),
                        row.getString("document"),
                        row.getTimestamp("changed").toInstant()))
                .list());
    }

    /// A campaign's document as it came, whether this version can read it or not.
    public Optional<String> document(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT document FROM site.campaign WHERE slug = :slug")
                .bind("slug", slug)
                .mapTo(String.class)
                .findOne());
    }

    private Campaign parsed(String document) {
        if (read.size() > MOST_READ) read.clear();
        return read.computeIfAbsent(document, CampaignFile::parse);
    }
}
