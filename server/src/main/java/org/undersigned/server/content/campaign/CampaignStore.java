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
import org.undersigned.server.platform.db.ChangeNotifier.Change;

/// Stores campaign documents, one row each, and one row for each action that appeared in any of them.
public final class CampaignStore {
    private final Jdbi jdbi;
    /// Parsed campaigns by document text: parsing a document takes longer than loading it.
    private final ConcurrentMap<String, Campaign> read = new ConcurrentHashMap<>();

    public CampaignStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Stores a document, replaces an older one of the same campaign, and updates the revisions of its actions.
    ///
    /// @param opensNow true if what is new in it opens at once, and not at the next opening day
    /// @throws IllegalArgumentException as [CampaignParser#parse], or if another campaign uses an address; then
    ///     nothing is stored
    public Campaign put(String document, boolean opensNow) {
        return jdbi.inTransaction(transaction -> {
            transaction.execute("LOCK TABLE site.campaign IN SHARE ROW EXCLUSIVE MODE"); // a second import waits
            var rows = rows(transaction);
            var campaign = CampaignParser.parse(document, campaignsToAvoid(document, rows));
            var moment = moment(transaction);
            var before = rows.stream()
                    .filter(one -> one.slug().equals(campaign.slug()))
                    .findFirst();
            transaction
                    .createUpdate("""
                            INSERT INTO site.campaign AS old (slug, document, changed, opens_now)
                            VALUES (:slug, :document, :moment, :now)
                            ON CONFLICT (slug) DO UPDATE SET document = :document, opens_now = :now,
                                changed = CASE WHEN old.document = :document THEN old.changed ELSE :moment END
                            """)
                    .bind("slug", campaign.slug())
                    .bind("document", document)
                    .bind("moment", moment)
                    .bind("now", opensNow)
                    .execute();
            write(transaction, campaign.slug(), revisions(before, campaign, moment));
            ChangeNotifier.notifyOnCommit(transaction, Change.CAMPAIGN);
            return campaign;
        });
    }

    /// The current time, but always later than every stored time, even if the clock was set back: readers that
    /// compare the dates of two versions take the later date for the newer version.
    private static Instant moment(Handle transaction) {
        return transaction.createQuery("""
                        SELECT date_trunc('milliseconds', greatest( -- as readers of feeds take them
                            clock_timestamp(), -- now() is from before the wait
                            (SELECT max(changed) FROM site.campaign) + interval '1 ms',
                            (SELECT max(changed) FROM site.action) + interval '1 ms'))
                        """).mapTo(Instant.class).one();
    }

    /// Campaigns whose addresses a document must not use; none if exactly this document is stored already.
    private List<Campaign> campaignsToAvoid(String document, List<Row> rows) {
        if (rows.stream().anyMatch(row -> row.document().equals(document))) return List.of();
        return rows.stream()
                .flatMap(row -> readable(row).stream())
                .map(StoredCampaign::campaign)
                .toList();
    }

    /// Revisions of the actions of a document that replaces `row`. Some actions of `row` may have no revision, if
    /// an earlier version of this program stored it.
    private Map<String, Revision> revisions(Optional<Row> row, Campaign campaign, Instant moment) {
        var before = row.flatMap(this::readable);
        var known = before.map(StoredCampaign::revisions)
                .orElseGet(() -> row.map(Row::revisions).orElse(Map.of()));
        return before.isEmpty() && known.isEmpty()
                ? ActionRevisions.ofFirstDocument(campaign, moment)
                : ActionRevisions.ofLaterDocument(before.map(StoredCampaign::campaign), known, campaign, moment);
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

    /// A campaign, its original document, and when the document last changed.
    ///
    /// @param opensNow  true if what is new in it opens at once
    /// @param revisions by slug of the action
    public record StoredCampaign(
            Campaign campaign, String document, Instant changed, boolean opensNow, Map<String, Revision> revisions) {
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

    private record Row(
            String slug, String document, Instant changed, boolean opensNow, Map<String, Revision> revisions) {}

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
                        row.getBoolean("opens_now"),
                        revisions.getOrDefault(row.getString("slug"), Map.of())))
                .list();
    }

    private StoredCampaign read(Row row) {
        var campaign = parsed(row.document());
        var revisions = ActionRevisions.ofFirstDocument(campaign, row.changed()); // for actions without a row
        revisions.putAll(row.revisions());
        return new StoredCampaign(campaign, row.document(), row.changed(), row.opensNow(), Map.copyOf(revisions));
    }

    /// Empty if this version cannot parse it.
    private Optional<StoredCampaign> readable(Row row) {
        try {
            return Optional.of(read(row));
        } catch (InvalidDocument _) {
            return Optional.empty();
        }
    }

    /// A campaign's original document, even if this version cannot parse it.
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
