package org.undersigned.server.content.campaign;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.action.Revision;
import org.undersigned.server.content.document.InvalidDocument;
import org.undersigned.server.platform.db.ChangeNotifier;

/// Campaign documents, one row each, and one for each action that any of them told of.
public final class CampaignStore {
    private final Jdbi jdbi;
    /// The newest documents and what they say: reading one takes longer than asking for it.
    private final ConcurrentMap<String, Campaign> read = new ConcurrentHashMap<>();

    public CampaignStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Keeps a document, in place of an older one of the same campaign, and how far its actions have come.
    ///
    /// @throws IllegalArgumentException as {@link CampaignParser#parse}, or an address is another campaign's; then
    ///     nothing is kept
    public Campaign put(String document) {
        return jdbi.inTransaction(transaction -> {
            transaction.execute("LOCK TABLE site.campaign IN SHARE ROW EXCLUSIVE MODE"); // a second import waits
            var rows = rows(transaction);
            var campaign = CampaignParser.parse(document, besides(document, rows));
            var moment = moment(transaction);
            var before = rows.stream()
                    .filter(one -> one.slug().equals(campaign.slug()))
                    .findFirst();
            transaction
                    .createUpdate("""
                            INSERT INTO site.campaign (slug, document, changed) VALUES (:slug, :document, :moment)
                            ON CONFLICT (slug) DO UPDATE SET document = :document, changed = :moment
                            WHERE site.campaign.document <> :document
                            """)
                    .bind("slug", campaign.slug())
                    .bind("document", document)
                    .bind("moment", moment)
                    .execute();
            write(transaction, campaign.slug(), revisions(before, campaign, moment));
            ChangeNotifier.notifyOnCommit(transaction);
            return campaign;
        });
    }

    /// Now, and after whatever was kept so far, even if the clock has been set back since: who compares the dates
    /// of two forms takes the newer one for the newer.
    private static Instant moment(Handle transaction) {
        return transaction.createQuery("""
                        SELECT date_trunc('milliseconds', greatest( -- as readers of feeds take them
                            clock_timestamp(), -- now() is from before the wait
                            (SELECT max(changed) FROM site.campaign) + interval '1 ms',
                            (SELECT max(changed) FROM site.action) + interval '1 ms'))
                        """).mapTo(Instant.class).one();
    }

    /// Campaigns whose addresses a document must leave to them: none if it stands beside them as it is.
    private List<Campaign> besides(String document, List<Row> rows) {
        if (rows.stream().anyMatch(row -> row.document().equals(document))) return List.of();
        return rows.stream()
                .flatMap(row -> readable(row).stream())
                .map(StoredCampaign::campaign)
                .toList();
    }

    /// Revisions of the actions of a document that takes the place of `row`. Some of that may have none themselves,
    /// if an earlier version of this program kept it.
    private Map<String, Revision> revisions(Optional<Row> row, Campaign campaign, Instant moment) {
        var before = row.flatMap(this::readable);
        var known = before.map(StoredCampaign::revisions)
                .orElseGet(() -> row.map(Row::revisions).orElse(Map.of()));
        return before.isEmpty() && known.isEmpty()
                ? ActionRevisions.first(campaign, moment)
                : ActionRevisions.next(before.map(StoredCampaign::campaign), known, campaign, moment);
    }

    private static void write(Handle transaction, String campaign, Map<String, Revision> revisions) {
        if (revisions.isEmpty()) return;
        var batch = transaction.prepareBatch("""
                INSERT INTO site.action (campaign, slug, sequence, published, updated, changed)
                VALUES (:campaign, :slug, :sequence, :published, :updated, :changed)
                ON CONFLICT (campaign, slug) DO UPDATE
                SET sequence = :sequence, updated = :updated, changed = :changed
                """);
        revisions.forEach((slug, revision) -> batch.bind("campaign", campaign)
                .bind("slug", slug)
                .bindMethods(revision)
                .add());
        batch.execute();
    }

    /// A campaign, its document as it came, and when that last changed.
    ///
    /// @param revisions by the action's slug
    public record StoredCampaign(Campaign campaign, String document, Instant changed, Map<String, Revision> revisions) {
        public Revision revision(Action action) {
            return Objects.requireNonNull(revisions.get(action.slug()));
        }
    }

    /// Every campaign, by slug.
    public List<StoredCampaign> all() {
        var all = jdbi.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ, // both tables as of one moment
                transaction -> rows(transaction).stream().map(this::read).toList());
        read.keySet().retainAll(all.stream().map(StoredCampaign::document).collect(Collectors.toSet()));
        return all;
    }

    private record Row(String slug, String document, Instant changed, Map<String, Revision> revisions) {}

    private static List<Row> rows(Handle transaction) {
        var revisions = new HashMap<String, Map<String, Revision>>();
        transaction
                .createQuery("SELECT * FROM site.action")
                .map((row, _) -> revisions
                        .computeIfAbsent(row.getString("campaign"), _ -> new HashMap<>())
                        .put(
                                row.getString("slug"),
                                new Revision(
                                        row.getInt("sequence"),
                                        row.getTimestamp("published").toInstant(),
                                        row.getTimestamp("updated").toInstant(),
                                        row.getTimestamp("changed").toInstant())))
                .list();
        return transaction
                .createQuery("SELECT * FROM site.campaign ORDER BY slug")
                .map((row, _) -> new Row(
                        row.getString("slug"),
                        row.getString("document"),
                        row.getTimestamp("changed").toInstant(),
                        revisions.getOrDefault(row.getString("slug"), Map.of())))
                .list();
    }

    private StoredCampaign read(Row row) {
        var campaign = parsed(row.document());
        var revisions = ActionRevisions.first(campaign, row.changed()); // what has no row yet
        revisions.putAll(row.revisions());
        return new StoredCampaign(campaign, row.document(), row.changed(), Map.copyOf(revisions));
    }

    /// Empty if this version cannot read it.
    private Optional<StoredCampaign> readable(Row row) {
        try {
            return Optional.of(read(row));
        } catch (InvalidDocument _) {
            return Optional.empty();
        }
    }

    /// A campaign's document as it came, whether this version can read it or not.
    public Optional<String> document(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT document FROM site.campaign WHERE slug = :slug")
                .bind("slug", slug)
                .mapTo(String.class)
                .findOne());
    }

    private Campaign parsed(String document) {
        return read.computeIfAbsent(document, CampaignParser::parse);
    }
}
