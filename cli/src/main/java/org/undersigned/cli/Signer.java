package org.undersigned.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.Client;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.privacypass.PendingToken;
import org.undersigned.privacypass.Token;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Entry;
import org.undersigned.record.Instance;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.Promise;
import org.undersigned.record.Statement;
import org.undersigned.record.Withdrawal;
import org.undersigned.record.recount.SignedHead;
import org.undersigned.record.recount.SiteTiles;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Ed25519;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogClient;
import org.undersigned.tlog.LogView;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Proofs;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.UnprovenException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// One person's side of the protocol: requests a code, draws a book, casts, withdraws (PROTOCOL §4, §5, §7). Calls
/// block; use one thread per signer, virtual or not. Signers share the site (one [java.net.http.HttpClient]), the
/// [Instance] and a verified [Book].
///
/// The signer stores everything in the wallet before sending it. So a repeated call after a failure sends the same
/// bytes, and the server sends the same response.
public final class Signer {
    private static final Pattern CAMPUS = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
    private static final String CLASS = "member";
    private static final int FULL = 256;
    private static final int HASH = 32;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpSite site;
    private final Instance instance;
    private final String campus;
    private final String address;
    private final Wallet wallet;
    private final SecureRandom random;

    /// A leaf's position in a box's log, proved from the log's tiles under a signed checkpoint.
    public record Published(long index, long size, Hash root) {}

    /// The ledger leaf that registers a checkpoint with an entry, and the witnesses that cosigned the ledger with it.
    public record Registered(long leaf, List<String> witnesses) {
        public Registered {
            witnesses = List.copyOf(witnesses);
        }
    }

    /// @param campus the directory id of the roll's campus, as in `/roll/{campus}`
    /// @param address where the server mails the code; never stored, never printed
    /// @throws IllegalArgumentException if `campus` is not a directory id
    public Signer(HttpSite site, Instance instance, String campus, String address, Wallet wallet, SecureRandom random) {
        if (!CAMPUS.matcher(campus).matches()) throw new IllegalArgumentException("not a campus: " + campus);
        this.site = site;
        this.instance = instance;
        this.campus = campus;
        this.address = address;
        this.wallet = wallet;
        this.random = random;
    }

    /// Reads the site's identity.
    ///
    /// @throws UnverifiedException if the file is malformed
    public static Instance instance(HttpSite site) throws IOException {
        try {
            return Instance.parse(site.read(Instance.PATH));
        } catch (IllegalArgumentException e) {
            throw new UnverifiedException(Instance.PATH + ": " + e.getMessage(), e);
        }
    }

    /// Requests a code by mail. The response reveals nothing about the address.
    public void requestCode() throws IOException {
        var json = JsonNodeFactory.instance.objectNode().put("address", address);
        post("/roll/" + campus + "/code", "application/json", MAPPER.writeValueAsBytes(json), 202);
    }

    /// Fetches the campus's book and verifies it, also against what the wallet knows of the register.
    ///
    /// @throws UnverifiedException if it does not verify
    /// @throws java.nio.file.NoSuchFileException if there is no such campus
    public Book fetchBook() throws IOException {
        return fetchBook(site, instance, campus, domainOf(address), wallet);
    }

    /// Like [#fetchBook()], for a book that many signers share.
    public static Book fetchBook(HttpSite site, Instance instance, String campus) throws IOException {
        return fetchBook(site, instance, campus, null, Wallet.inMemory());
    }

    /// Like [#fetchBook()].
    ///
    /// @param domain of the person's address; null if it is not known
    static Book fetchBook(HttpSite site, Instance instance, String campus, @Nullable String domain, Wallet wallet)
            throws IOException {
        try {
            return readBook(site, instance, campus, domain, wallet);
        } catch (UnverifiedException e) {
            return readBook(
                    site, instance, campus, domain, wallet); // a box may have opened or closed between the readings
        }
    }

    /// The domain of an address, in lower case.
    static String domainOf(String address) {
        return address.substring(address.lastIndexOf('@') + 1).strip().toLowerCase(Locale.ROOT);
    }

    private static Book readBook(
            HttpSite site, Instance instance, String campus, @Nullable String domain, Wallet wallet)
            throws IOException {
        byte[] book = site.read("/roll/" + campus + "/book");
        return Book.verify(book, instance, campus, domain, readRegister(site, instance, wallet), Instant.now());
    }

    private static RegisterContents readRegister(HttpSite site, Instance instance, Wallet wallet) throws IOException {
        var seen = wallet.seen(site.base().getAuthority());
        seen.requireSameKey(instance);
        var register = RegisterContents.read(site, instance, seen);
        wallet.remember(site.base().getAuthority(), SeenInstance.of(instance, register));
        return register;
    }

    /// Checks with the whole register that the box is the current one of its page.
    ///
    /// @throws UnverifiedException if it is not
    public void requireCurrent(Manifest box) throws IOException {
        if (!readRegister(site, instance, wallet).boxes().isCurrent(box.box())) {
            throw new UnverifiedException("box " + box.box() + " is not the current box of "
                    + box.subject().path() + ": its words were changed, or the site shows you another box");
        }
    }

    /// Draws a token for every box of `book`, whether the person will use it or not. Repeats the requests of
    /// an earlier draw with the same bytes. Leaves out the boxes whose tokens the person drew with another
    /// wallet.
    ///
    /// @param code the letters and digits from the mail
    /// @throws RefusedException with code `code-refused`, `key-already-issued` (all drawn before with another
    ///     wallet) or `incomplete-book` (a box opened meanwhile: fetch the book again)
    /// @throws UnverifiedException if the issuer's response does not verify
    public void draw(Book book, String code) throws IOException {
        List<BookPage> pages = pagesOf(book);
        wallet.put(pages);
        try {
            draw(book, code, pages);
        } catch (RefusedException e) {
            List<BookPage> rest = pages.stream()
                    .filter(bookPage -> !e.keys().contains(bookPage.key()))
                    .toList();
            if (e.keys().isEmpty() || rest.isEmpty()) throw e;
            draw(book, code, rest);
        }
    }

    private void draw(Book book, String code, List<BookPage> pages) throws IOException {
        var json = JsonNodeFactory.instance.objectNode().put("address", address).put("code", code);
        var requests = json.putArray("requests");
        for (BookPage bookPage : pages)
            requests.addObject().put("key", bookPage.key()).put("blinded", bookPage.blinded());
        byte[] answer = post("/roll/" + campus + "/draw", "application/json", MAPPER.writeValueAsBytes(json), 200);
        wallet.put(finished(book, pages, answer));
    }

    private List<BookPage> pagesOf(Book book) {
        var client = new Client(random);
        var pages = new ArrayList<BookPage>();
        for (Manifest manifest : book.manifests()) {
            manifest.classNamed(CLASS)
                    .ifPresent(one -> pages.add(
                            wallet.page(BookPage.encode(one.tokenKeyId().bytes()))
                                    .orElseGet(() -> newPage(client, manifest, one, book.key(manifest, one)))));
        }
        return pages;
    }

    private BookPage newPage(Client client, Manifest manifest, Manifest.IssuerClass one, IssuerPublicKey key) {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        byte[] nonce = Entry.nonceOf(Ed25519.publicKey(seed));
        PendingToken pending = client.blind(key, nonce, manifest.challengeDigest());
        return new BookPage(
                BookPage.encode(one.tokenKeyId().bytes()),
                manifest.box().value(),
                one.name(),
                BookPage.encode(manifest.leaf()),
                BookPage.encode(seed),
                BookPage.encode(pending.tokenInput()),
                BookPage.encode(pending.blinded()),
                BookPage.encode(pending.inverse()),
                null,
                null,
                null,
                null);
    }

    private static List<BookPage> finished(Book book, List<BookPage> pages, byte[] answer) throws UnverifiedException {
        try {
            JsonNode responses = MAPPER.readTree(answer).path("responses");
            if (responses.size() != pages.size())
                throw new UnverifiedException(
                        "the roll returned " + responses.size() + " responses, not " + pages.size());
            var issuers = new HashMap<String, IssuerPublicKey>();
            for (Manifest manifest : book.manifests()) {
                manifest.classNamed(CLASS)
                        .ifPresent(one ->
                                issuers.put(BookPage.encode(one.tokenKeyId().bytes()), book.key(manifest, one)));
            }
            var drawn = new ArrayList<BookPage>();
            for (int i = 0; i < pages.size(); i++) {
                BookPage bookPage = pages.get(i);
                JsonNode response = responses.get(i);
                if (!bookPage.key().equals(response.path("key").stringValue(""))) {
                    throw new UnverifiedException("the roll returned the responses in another order");
                }
                String inverse = bookPage.inverse();
                if (inverse == null) continue; // already drawn
                PendingToken pending = PendingToken.restore(
                        BookPage.decode(bookPage.input()),
                        BookPage.decode(bookPage.blinded()),
                        BookPage.decode(inverse));
                IssuerPublicKey issuer = issuers.get(bookPage.key());
                if (issuer == null) throw new IllegalStateException("a page does not belong to this book");
                Token token = pending.finish(
                        issuer, BookPage.decode(response.path("blind_signature").stringValue("")));
                drawn.add(bookPage.withToken(token.encode()));
            }
            return drawn;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnverifiedException("the roll's signature does not verify", e);
        } catch (JacksonException e) {
            throw new UnverifiedException("the roll's response is not JSON", e);
        }
    }

    /// Casts the entry for a box. The first call fixes the content: later calls send the same bytes and ignore
    /// their other arguments.
    ///
    /// @param affiliation 0 for none given, else 1 + the index in the manifest's list
    /// @return the verified promise
    /// @throws IllegalStateException if the book was not drawn
    /// @throws RefusedException with the box's problem code
    /// @throws UnverifiedException if the promise does not verify
    public Promise cast(Manifest box, int affiliation, @Nullable Statement statement) throws IOException {
        BookPage bookPage = page(box);
        String token = bookPage.token();
        if (token == null) throw new IllegalStateException("no token for box " + box.box() + ": draw first");
        if (bookPage.cast() == null) {
            byte[] said = statement == null ? new byte[0] : statement.bytes();
            byte[] hash = statement == null ? new byte[32] : statement.hash();
            Entry entry = Entry.sign(
                    Token.parse(BookPage.decode(token)), BookPage.decode(bookPage.seed()), affiliation, hash);
            bookPage = bookPage.withCast(CastRequest.pad(entry, said));
            wallet.put(List.of(bookPage));
        }
        byte[] request = BookPage.decode(String.valueOf(bookPage.cast()));
        byte[] answer = post("/box/" + box.box() + "/entries", "application/octet-stream", request, 202);
        Promise promise =
                promise(answer, box, CastRequest.parse(request).entry().leafHash());
        wallet.put(List.of(bookPage.withPromise(new String(answer, UTF_8))));
        return promise;
    }

    /// Withdraws the published entry of a box. A repeated call sends the same bytes.
    ///
    /// @throws IllegalStateException if nothing was cast
    /// @throws RefusedException with code `entry-not-published` if the entry is not published yet
    public Promise withdraw(Manifest box) throws IOException {
        BookPage bookPage = page(box);
        if (bookPage.cast() == null) throw new IllegalStateException("nothing was cast in box " + box.box());
        if (bookPage.withdrawal() == null) {
            bookPage = bookPage.withWithdrawal(Withdrawal.sign(box.origin(), BookPage.decode(bookPage.seed()))
                    .bytes());
            wallet.put(List.of(bookPage));
        }
        byte[] request = BookPage.decode(String.valueOf(bookPage.withdrawal()));
        byte[] answer = post("/box/" + box.box() + "/withdrawals", "application/octet-stream", request, 202);
        return promise(answer, box, Withdrawal.parse(request).leafHash());
    }

    /// Waits until a leaf is in the box's log, and proves it from the log's tiles.
    ///
    /// @param from index of the first leaf to search ([#sizeOf] before casting, or 0)
    /// @throws UnverifiedException if the log does not verify
    /// @throws RefusedException with code `not-published` if it is not there after `atMost`
    public Published awaitPublication(Manifest box, Hash leaf, long from, Duration atMost) throws IOException {
        Instant deadline = Instant.now().plus(atMost);
        var tiles = new SiteTiles(site, Instance.boxPath(box.box()));
        long looked = from;
        while (true) {
            Checkpoint head = head(box);
            long index = find(tiles, leaf, looked, head.size());
            if (index >= 0) {
                List<Hash> proof = Proofs.inclusion(tiles, head.size(), index);
                if (!Proofs.verifyInclusion(leaf, index, head.size(), proof, head.root())) {
                    throw new UnverifiedException(
                            "box leaf " + index + ": the tiles do not prove that it is in the log");
                }
                return new Published(index, head.size(), head.root());
            }
            looked = Math.max(looked, head.size());
            if (!Instant.now().isBefore(deadline)) {
                throw new RefusedException(
                        0, "not-published", "not yet in the box's log of " + head.size() + " leaves");
            }
            HttpSite.pause(Duration.ofSeconds(1));
        }
    }

    /// Waits until the ledger has a checkpoint of the box with the leaf, and a quorum of the instance's
    /// witnesses has cosigned the ledger with it. Proves entry, box checkpoint, ledger checkpoint and
    /// cosignatures one by the other.
    ///
    /// @return the index of the ledger's leaf and the names of the witnesses; none if the instance names none
    /// @throws UnverifiedException if a log does not verify
    /// @throws RefusedException with code `not-registered` if it is not so after `atMost`
    public Registered awaitWitnesses(Manifest box, Hash leaf, long index, Duration atMost) throws IOException {
        Instant deadline = Instant.now().plus(atMost);
        var folder = instance.ledgerPath();
        var key = instance.ledgerKey();
        while (true) {
            try {
                var ledger = new LogClient(
                                instance.policy().of(key),
                                () -> Note.parse(site.read(folder + "checkpoint")),
                                new SiteTiles(site, folder))
                        .latest();
                long at = findCheckpoint(ledger, box, leaf, index);
                if (at >= 0) {
                    return new Registered(
                            at,
                            instance.policy().witnesses().stream()
                                    .filter(witness -> witness.verify(ledger.note()))
                                    .map(CosignatureVerifier::name)
                                    .toList());
                }
            } catch (UnprovenException e) {
                if (!Instant.now().isBefore(deadline)) throw new UnverifiedException("ledger: " + e.getMessage(), e);
            }
            if (!Instant.now().isBefore(deadline)) {
                throw new RefusedException(0, "not-registered", "the ledger has no checkpoint with this entry yet");
            }
            HttpSite.pause(Duration.ofSeconds(1));
        }
    }

    /// The newest ledger leaf that registers a checkpoint of the box with the leaf at `index`; -1 if there is none.
    private long findCheckpoint(LogView ledger, Manifest box, Hash leaf, long index) throws IOException {
        var tiles = new SiteTiles(site, Instance.boxPath(box.box()));
        for (long at = ledger.size() - 1; at >= 0; at--) {
            if (!(LedgerLeaf.parse(ledger.entry(at)) instanceof LedgerLeaf.BoxCheckpoint(var id, var note))) continue;
            if (!id.equals(box.box())) continue;
            Checkpoint head = SignedHead.read(note, instance.boxKey(box.box()));
            if (head.size() <= index) return -1; // the older ones are smaller
            List<Hash> proof = Proofs.inclusion(tiles, head.size(), index);
            if (Proofs.verifyInclusion(leaf, index, head.size(), proof, head.root())) return at;
            throw new UnverifiedException("ledger leaf " + at + ": its checkpoint of the box does not have the entry");
        }
        return -1;
    }

    /// True if the wallet has a token for the box.
    public boolean hasToken(Manifest box) {
        return page(box).token() != null;
    }

    /// True if this wallet contains an entry for the box; the entry may not be sent yet.
    public boolean hasCast(Manifest box) {
        return page(box).cast() != null;
    }

    /// The current number of leaves in the box's log, from its verified checkpoint.
    public long sizeOf(Manifest box) throws IOException {
        return head(box).size();
    }

    private Checkpoint head(Manifest box) throws IOException {
        byte[] note = site.read(Instance.boxPath(box.box()) + "checkpoint");
        try {
            return SignedHead.read(new String(note, UTF_8), instance.boxKey(box.box()));
        } catch (IllegalArgumentException e) {
            throw new UnverifiedException("box checkpoint: " + e.getMessage(), e);
        }
    }

    private static long find(SiteTiles tiles, Hash leaf, long from, long size) throws IOException {
        byte[] wanted = leaf.bytes();
        for (long tile = from / FULL; tile * FULL < size; tile++) {
            int width = (int) Math.min(FULL, size - tile * FULL);
            byte[] hashes = tiles.read(new Tile(0, tile, width));
            for (int i = 0; i < width; i++) {
                if (Arrays.equals(hashes, i * HASH, (i + 1) * HASH, wanted, 0, HASH)) return tile * FULL + i;
            }
        }
        return -1;
    }

    private BookPage page(Manifest box) {
        return box.classNamed(CLASS)
                .flatMap(one -> wallet.page(BookPage.encode(one.tokenKeyId().bytes())))
                .orElseThrow(() -> new IllegalStateException("no page for box " + box.box() + ": draw first"));
    }

    private Promise promise(byte[] answer, Manifest box, Hash leaf) throws UnverifiedException {
        try {
            Note note = Note.parse(answer);
            if (!instance.promiseKey().verify(note))
                throw new UnverifiedException("the promise's signature does not verify");
            Promise promise = Promise.parse(note);
            if (!promise.origin().equals(box.origin()) || !promise.leafHash().equals(leaf)) {
                throw new UnverifiedException("the promise is for another box or leaf");
            }
            return promise;
        } catch (IllegalArgumentException e) {
            throw new UnverifiedException("the promise is malformed: " + e.getMessage(), e);
        }
    }

    private byte[] post(String path, String contentType, byte[] body, int want) throws IOException {
        HttpSite.Answer answer = site.post(path, contentType, body);
        if (answer.status() == want) return answer.body();
        String code = "";
        String said = "";
        var keys = new ArrayList<String>();
        try {
            JsonNode problem = MAPPER.readTree(answer.body());
            String type = problem.path("type").asString("");
            code = type.substring(type.lastIndexOf(':') + 1);
            String field = problem.path("field").asString("");
            said = problem.path("detail").asString(problem.path("title").asString(""))
                    + (field.isEmpty() ? "" : " (" + field + ")");
            for (JsonNode key : problem.path("keys")) keys.add(key.asString(""));
        } catch (JacksonException e) {
            // not a problem document: report the status only
        }
        throw new RefusedException(
                answer.status(),
                code,
                "the server refused (" + answer.status() + (code.isEmpty() ? "" : " " + code) + ")"
                        + (said.isEmpty() ? "" : ": " + said.replaceAll("\\p{Cntrl}", " ")),
                keys);
    }

    @Override
    public String toString() {
        return "Signer(hidden)";
    }
}
