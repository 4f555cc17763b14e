package org.undersigned.server.content.directory;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.undersigned.server.content.directory.InstitutionFacts.Control;
import org.undersigned.server.content.directory.InstitutionFacts.Coordinates;
import org.undersigned.server.content.directory.InstitutionFacts.Level;

/// Stores the directory of campuses in PostgreSQL; connects as the role `site`.
public final class DirectoryStore {
    private static final int BATCH = 500; // rows
    private static final int MAX_WORDS = 8; // words of one search
    private static final int MOST_FOUND = 100;
    /// The form that the database enforces; no query is sent for an id in another form.
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,120}");

    private final Jdbi jdbi;

    public DirectoryStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Writes the content of the file to the directory in one transaction: all of it or, after a crash or a
    /// refusal, nothing. A second import waits for the first.
    ///
    /// @param approve receives the changes; an exception that it throws rolls back the transaction
    DirectoryDiff replaceWith(List<DirectoryBuilder.Entry> listed, Consumer<DirectoryDiff> approve) {
        return jdbi.inTransaction(transaction -> {
            transaction.execute("LOCK TABLE site.directory IN SHARE ROW EXCLUSIVE MODE");
            var diff = DirectoryDiff.between(all(transaction), listed);
            approve.accept(diff);
            write(transaction, diff.added(), """
                    INSERT INTO site.directory (id, kind, unitid, name, aliases, city, state, zip, county, latitude,
                        longitude, control, level, system, web, domains, closed, closed_year, words)
                    VALUES (:id, :kind, :unitid, :name, :aliases, :city, :state, :zip, :county, :latitude,
                        :longitude, :control, :level, :system, :web, :domains, :closed, :closedYear, :words)
                    """);
            write(transaction, diff.changed(), """
                    UPDATE site.directory SET kind = :kind, unitid = :unitid, name = :name, aliases = :aliases,
                        city = :city, state = :state, zip = :zip, county = :county, latitude = :latitude,
                        longitude = :longitude, control = :control, level = :level, system = :system, web = :web,
                        domains = :domains, closed = :closed, closed_year = :closedYear, words = :words
                    WHERE id = :id
                    """);
            return diff;
        });
    }

    /// Finds campuses whose name, alias, city, county or state has words that begin with the words of the query
    /// ("univ mass"). Campuses whose name begins with the query come first.
    ///
    /// @param closedToo true to include, after the others, campuses where no chapter may be opened
    public List<DirectoryEntry> search(String words, boolean closedToo, int most) {
        var folded = SearchWords.of(words);
        if (folded.isEmpty()) return List.of();
        var query = Stream.of(folded.split(" "))
                .limit(MAX_WORDS)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM site.directory
                        WHERE to_tsvector('simple', words) @@ to_tsquery('simple', :query) AND (:closedToo OR NOT closed)
                        ORDER BY closed, NOT starts_with(words, :folded), name, id LIMIT :most
                        """)
                .bind("query", query)
                .bind("closedToo", closedToo)
                .bind("folded", folded)
                .bind("most", Math.clamp(most, 1, MOST_FOUND))
                .map((row, _) -> campus(row))
                .list());
    }

    /// Returns every campus, including closed ones, that has this mail domain or the nearest domain above it that
    /// any campus has: `cs.rutgers.edu` finds the three campuses of `rutgers.edu`.
    public List<DirectoryEntry> withDomain(MailDomain domain) {
        var above = domain.withParents();
        var found = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM site.directory WHERE domains && CAST(:domains AS text[]) ORDER BY closed, name, id
                        """)
                .bindArray(
                        "domains",
                        String.class,
                        above.stream().map(MailDomain::value).toList())
                .map((row, _) -> campus(row))
                .list());
        return above.stream()
                .map(one -> found.stream()
                        .filter(campus -> campus.domains().contains(one))
                        .toList())
                .filter(campuses -> !campuses.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /// @param id any text from a request
    public Optional<DirectoryEntry> campus(String id) {
        if (!ID.matcher(id).matches()) return Optional.empty();
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM site.directory WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> campus(row))
                .findOne());
    }

    private static List<DirectoryEntry> all(Handle transaction) {
        return transaction
                .createQuery("SELECT * FROM site.directory ORDER BY id")
                .map((row, _) -> campus(row))
                .list();
    }

    private static void write(Handle transaction, List<DirectoryEntry> campuses, String sql) {
        for (var from = 0; from < campuses.size(); from += BATCH) {
            var batch = transaction.prepareBatch(sql);
            for (var campus : campuses.subList(from, Math.min(from + BATCH, campuses.size()))) bind(batch, campus);
            batch.execute();
        }
    }

    private static void bind(PreparedBatch batch, DirectoryEntry campus) {
        var facts = campus.facts();
        var at = facts.at();
        var control = facts.control();
        var level = facts.level();
        var web = facts.web();
        batch.bind("id", campus.id())
                .bind("kind", campus.kind().word())
                .bind("unitid", campus.unitid())
                .bind("name", facts.name())
                .bindArray("aliases", String.class, facts.aliases())
                .bind("city", facts.city())
                .bind("state", facts.state())
                .bind("zip", facts.zip())
                .bind("county", facts.county())
                .bind("latitude", at == null ? null : at.latitude())
                .bind("longitude", at == null ? null : at.longitude())
                .bind("control", control == null ? null : control.word())
                .bind("level", level == null ? null : level.word())
                .bind("system", facts.system())
                .bind("web", web == null ? null : web.value())
                .bindArray(
                        "domains",
                        String.class,
                        campus.domains().stream().map(MailDomain::value).toList())
                .bind("closed", facts.closed())
                .bind("closedYear", facts.closedYear())
                .bind("words", words(facts))
                .add();
    }

    private static String words(InstitutionFacts facts) {
        var county = facts.county() == null ? "" : facts.county();
        return SearchWords.of(
                String.join(" ", facts.name(), String.join(" ", facts.aliases()), facts.city(), facts.state(), county));
    }

    private static DirectoryEntry campus(ResultSet row) throws SQLException {
        var latitude = row.getObject("latitude", Double.class);
        var longitude = row.getObject("longitude", Double.class);
        var control = row.getString("control");
        var level = row.getString("level");
        var web = row.getString("web");
        return new DirectoryEntry(
                row.getString("id"),
                InstitutionFacts.ofWord(DirectoryEntry.Kind.class, row.getString("kind")),
                row.getObject("unitid", Integer.class),
                new InstitutionFacts(
                        row.getString("name"),
                        texts(row.getArray("aliases")),
                        row.getString("city"),
                        row.getString("state"),
                        row.getString("zip"),
                        row.getString("county"),
                        latitude == null || longitude == null ? null : new Coordinates(latitude, longitude),
                        control == null ? null : InstitutionFacts.ofWord(Control.class, control),
                        level == null ? null : InstitutionFacts.ofWord(Level.class, level),
                        row.getString("system"),
                        web == null ? null : new MailDomain(web),
                        row.getBoolean("closed"),
                        row.getObject("closed_year", Integer.class)),
                texts(row.getArray("domains")).stream().map(MailDomain::new).toList());
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
