package org.undersigned.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.undersigned.cli.Book;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
import org.undersigned.record.Instance;
import org.undersigned.record.Manifest;
import org.undersigned.record.recount.Recount;
import org.undersigned.record.recount.Report;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.count.roll.Codes;
import org.undersigned.server.count.roll.Issuers;
import org.undersigned.server.platform.PlatformModule;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.db.Database;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.db.PrivatePostgres;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Note;

/// A `serve` of its own with an invented campaign of two campuses: at one people draw books of ten boxes, at the other
/// entries are cast. They are apart because a recount checks that no roll has more signatures than books, and the
/// entries of the bench are made with the issuer's private key, without a draw. The bench reads that key, and the key
/// of the codes, in the data directory, as only the operator can.
final class LoadInstance implements AutoCloseable {
    static final String DRAWING = "drawing.example";
    static final int BOOK = 10;
    /// A public page that shows a count.
    static final String PAGE = "/p/drawing-0";

    private static final String CASTING = "casting.example";
    private static final String HOST = "bench.example";
    private static final int OPENING_SECONDS = 60;

    private final ServerProgram server;
    private final MasterKey masterKey;
    private final Database database;
    private final HttpSite site;

    private LoadInstance(ServerProgram server, MasterKey masterKey, Database database) {
        this.server = server;
        this.masterKey = masterKey;
        this.database = database;
        this.site = new HttpSite(URI.create("http://127.0.0.1:" + server.port()), HttpSite.client());
    }

    /// Starts the server on an empty directory, and imports the campaign.
    ///
    /// @param serverClassPath class path of the server program
    static LoadInstance start(String serverClassPath, Path directory) throws IOException, InterruptedException {
        var data = directory.resolve("data");
        var settings = Map.of(
                "PUBLIC_URL",
                "http://" + HOST,
                "SMTP_HOST",
                "127.0.0.1", // no mail is sent
                "MAIL_FROM",
                "codes@" + HOST,
                "UNDERSIGNED_FEDERATION",
                "no");
        var server = ServerProgram.java(serverClassPath, directory, settings, "serve", "--data", data.toString());
        try {
            var masterKey = PlatformModule.masterKey(null, data, new SecureRandom());
            var url = PrivatePostgres.running(PlatformModule.privatePostgres(data.toAbsolutePath()))
                    .orElseThrow(() -> new IOException("the private PostgreSQL does not run"));
            var roles = List.of(DatabaseRole.ROLL, DatabaseRole.BOX, DatabaseRole.SITE);
            var database = PlatformModule.openBesidePrivate(url, masterKey, roles);
            var _ = new CampaignStore(database.as(DatabaseRole.SITE)).put(campaign(), true);
            return new LoadInstance(server, masterKey, database);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return server.port();
    }

    /// The book of a campus, when all its boxes are open.
    Book book() throws IOException, InterruptedException {
        return book(DRAWING, BOOK);
    }

    private Book book(String campus, int boxes) throws IOException, InterruptedException {
        for (var second = 0; ; second++) {
            try {
                var book = Signer.fetchBook(site, Signer.instance(site), campus);
                if (book.manifests().size() == boxes) return book;
            } catch (IOException e) {
                if (second == OPENING_SECONDS) throw e; // until then the campus may be unknown
            }
            if (second == OPENING_SECONDS) throw new IOException("the boxes did not open");
            Thread.sleep(1_000);
        }
    }

    /// What entries are cast into.
    enum Casts {
        SATURATED,
        CONNECTIONS,
        BURST;

        String slug() {
            return "casting-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /// A box, and who makes valid entries of it.
    record CastingBox(Manifest manifest, IssuerPublicKey issuer, EntryMaker maker) {
        BoxId id() {
            return manifest.box();
        }
    }

    CastingBox box(Casts casts) throws IOException, InterruptedException {
        var book = book(CASTING, Casts.values().length);
        var manifest = book.manifests().stream()
                .filter(one -> one.subject().path().equals("/p/" + casts.slug()))
                .findFirst()
                .orElseThrow();
        var issuer = book.key(manifest, member(manifest));
        var name = Issuers.sealName(manifest.box().value(), Manifest.MEMBER);
        var sealed = database.as(DatabaseRole.ROLL)
                .withHandle(handle -> handle.createQuery(
                                "SELECT private_key_sealed FROM roll.issuer_key WHERE box = :box AND class = :class")
                        .bind("box", manifest.box().value())
                        .bind("class", Manifest.MEMBER)
                        .mapTo(byte[].class)
                        .one());
        return new CastingBox(manifest, issuer, new EntryMaker(manifest, issuer, masterKey.open(name, sealed)));
    }

    static Manifest.IssuerClass member(Manifest manifest) {
        return manifest.classes().stream()
                .filter(one -> one.name().equals(Manifest.MEMBER))
                .findFirst()
                .orElseThrow();
    }

    /// Draws a book as a person does, and verifies every token.
    ///
    /// @throws IOException if one is wrong
    void drawBook() throws IOException, InterruptedException {
        var address = "person@" + DRAWING;
        var random = new SecureRandom();
        var signer = new Signer(site, Signer.instance(site), DRAWING, address, Wallet.inMemory(), random);
        signer.draw(book(), codes().current(Manifest.MEMBER, address));
    }

    /// The codes of PROTOCOL §4, which the server would mail.
    Codes codes() {
        return new Codes(masterKey, new SecureRandom(), Clock.systemUTC());
    }

    /// Entries in the newest public checkpoint of a box.
    long published(BoxId box) throws IOException {
        var note = Note.parse(site.read(Instance.boxPath(box) + "checkpoint"));
        return Math.max(Checkpoint.parse(note.text()).size() - 1, 0); // leaf 0 is the manifest
    }

    /// Entries of a box that wait for a batch.
    long waiting(BoxId box) {
        return database.as(DatabaseRole.BOX)
                .withHandle(
                        handle -> handle.createQuery("SELECT count(*) FROM box.leaf WHERE box = :box AND index IS NULL")
                                .bind("box", box.value())
                                .mapTo(Long.class)
                                .one());
    }

    Report recount(BoxId box) throws IOException {
        return Recount.run(site, box);
    }

    /// A campaign with no more than a campaign must have.
    private static String campaign() {
        var petitions = Stream.concat(
                        IntStream.range(0, BOOK).mapToObj(i -> petition("drawing-" + i, DRAWING)),
                        Stream.of(Casts.values()).map(casts -> petition(casts.slug(), CASTING)))
                .collect(Collectors.joining(","));
        return """
                {"slug": "bench", "hashtag": "#Bench", "name": %1$s, "conveners": [], "aim": %1$s, "aimFrom": [],
                 "call": %1$s, "callFrom": [], "context": %1$s, "contextFrom": [], "opens": null, "closes": null,
                 "languages": ["en", "es"], "sources": [], "demands": [], "templates": [], "updates": [],
                 "campuses": [%2$s, %3$s], "petitions": [%4$s], "actions": [], "letters": [], "answers": [],
                 "labels": [], "meetings": [], "figures": [], "statements": []}
                """.formatted(text("Bench"), campus(DRAWING), campus(CASTING), petitions);
    }

    private static String campus(String domain) {
        return """
                {"id": "%1$s", "name": "%1$s", "place": "Boston, Massachusetts", "state": "MA",
                 "zone": "America/New_York", "domains": ["%1$s"], "latitude": 42.4, "longitude": -71.1,
                 "system": null, "kind": "university"}
                """.formatted(domain);
    }

    private static String petition(String slug, String campus) {
        return """
                {"slug": "%s", "campus": "%s", "title": %3$s, "by": %4$s, "text": %4$s, "note": null,
                 "demands": [], "source": null}
                """.formatted(slug, campus, text(slug), text("Programs that measure speed"));
    }

    private static String text(String words) {
        return "{\"en\": \"%1$s\", \"es\": \"%1$s\"}".formatted(words);
    }

    @Override
    public void close() {
        database.close();
        server.close();
    }
}
