package org.undersigned.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.undersigned.ohttp.BinaryResponse;
import org.undersigned.ohttp.MalformedException;
import org.undersigned.ohttp.NotOpenedException;
import org.undersigned.ohttp.SealedRequest;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.privacypass.PendingToken;
import org.undersigned.privacypass.Token;
import org.undersigned.record.BoxId;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Entry;
import org.undersigned.record.Instance;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.Promise;
import org.undersigned.record.Relay;
import org.undersigned.record.RelayedRequest;
import org.undersigned.record.Statement;
import org.undersigned.record.Withdrawal;
import org.undersigned.record.WrittenCode;
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
    /// The classes whose tokens people draw.
    private static final List<String> DRAWN = List.of(Manifest.MEMBER, Manifest.IN_PERSON);

    private static final int FULL = 256;
    private static final int HASH = 32;
    private static final JsonMapper MAPPER = new JsonMapper();
    /// Of all signers: another connection than that to the site.
    private static final HttpClient RELAY_CLIENT = HttpSite.client();

    private final HttpSite site;
    private final Instance instance;
    private final String campus;
    private final String address;
    /// The 16 bytes of the card with which the person draws; null if they draw by e-mail.
    private final byte @Nullable [] card;
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
        this(site, instance, campus, address, null, wallet, random);
    }

    /// A person who draws with a card, without an address.
    ///
    /// @param card the 16 bytes of the card's code
    /// @throws IllegalArgumentException if `campus` is not a directory id
    public static Signer withCard(
            HttpSite site, Instance instance, String campus, byte[] card, Wallet wallet, SecureRandom random) {
        return new Signer(site, instance, campus, "", card, wallet, random);
    }

    private Signer(
            HttpSite site,
            Instance instance,
            String campus,
            String address,
            byte @Nullable [] card,
            Wallet wallet,
            SecureRandom random) {
        if (!CAMPUS.matcher(campus).matches()) throw new IllegalArgumentException("not a campus: " + campus);
        this.site = site;
        this.instance = instance;
        this.campus = campus;
        this.address = address;
        this.card = card;
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
        return fetchBook(site, instance, campus, card == null ? domainOf(address) : null, wallet);
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

    /// What is before the `@` of an address.
    private static String localPartOf(String address) {
        return address.strip().replaceAll("@[^@]*$", "");
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

    /// Reads the whole register and verifies it, also against what the wallet knows of it.
    private RegisterContents readRegister() throws IOException {
        return readRegister(site, instance, wallet);
    }

    /// The manifest of a box, from the whole register.
    ///
    /// @throws UnverifiedException if the register does not verify or has no such box
    Manifest manifest(BoxId box) throws IOException {
        return readRegister()
                .boxes()
                .offer(box)
                .orElseThrow(() -> new UnverifiedException("box " + box + " is not in the register"))
                .manifest();
    }

    /// All boxes that a page ever had.
    List<Manifest> boxesOf(String path) throws IOException {
        return readRegister().boxes().all().stream()
                .map(OfferedBoxes.Offer::manifest)
                .filter(manifest -> manifest.subject().path().equals(path))
                .toList();
    }

    /// Checks with the whole register that the box is the current one of its page.
    ///
    /// @throws UnverifiedException if it is not
    public void requireCurrent(Manifest box) throws IOException {
        if (!readRegister().boxes().isCurrent(box.box())) {
            throw new UnverifiedException("box " + box.box() + " is not the current box of "
                    + box.subject().path() + ": its words were changed, or the site shows you another box");
        }
    }

    /// A box of a book whose token this wallet does not have, and the request for it.
    private record Wish(BookPage page, IssuerPublicKey issuer, PendingToken pending) {}

    /// Draws a token for every box of `book` whose token is not in the wallet, whether the person will use it
    /// or not. The requests come from the wallet's secret, so a repeated draw sends the same bytes. Leaves
    /// out the boxes whose tokens the person drew with another secret.
    ///
    /// @param code the letters and digits from the mail; not used with a card
    /// @return the number of tokens that were drawn
    /// @throws IllegalArgumentException if the wallet's book was drawn in the other way: it is counted there
    /// @throws RefusedException with code `code-refused`, `card-refused`, `card-used`, `key-already-issued`
    ///     (all drawn before with another secret) or `incomplete-book` (a box opened meanwhile, or the book
    ///     in the wallet was drawn with another address)
    /// @throws UnverifiedException if the issuer's response does not verify
    public int draw(Book book, String code) throws IOException {
        wallet.requireClass(className());
        var secret = wallet.secret(random);
        var wishes = new ArrayList<Wish>();
        for (Manifest manifest : book.manifests()) {
            manifest.classNamed(className())
                    .filter(one -> !isDrawn(one))
                    .ifPresent(one -> wishes.add(wish(secret, book, manifest, one)));
        }
        if (wishes.isEmpty()) return 0;
        try {
            return draw(code, wishes);
        } catch (RefusedException e) {
            List<Wish> rest = wishes.stream()
                    .filter(wish -> !e.keys().contains(wish.page().key()))
                    .toList();
            if (e.keys().isEmpty() || rest.isEmpty()) throw e;
            return draw(code, rest);
        }
    }

    private String className() {
        return card == null ? Manifest.MEMBER : Manifest.IN_PERSON;
    }

    private boolean isDrawn(Manifest.IssuerClass one) {
        return wallet.page(BookPage.encode(one.tokenKeyId().bytes()))
                .filter(bookPage -> bookPage.token() != null)
                .isPresent();
    }

    private Wish wish(BookSecret secret, Book book, Manifest manifest, Manifest.IssuerClass one) {
        var issuer = book.key(manifest, one);
        var identity = card == null
                ? book.roll().identityOf(localPartOf(address), domainOf(address))
                : WrittenCode.CARD.symbols(card);
        var page = BookPage.of(manifest, one, secret.seed(manifest, one));
        return new Wish(page, issuer, secret.request(manifest, one, issuer, identity));
    }

    private int draw(String code, List<Wish> wishes) throws IOException {
        var json = JsonNodeFactory.instance.objectNode();
        if (card == null) json.put("address", address).put("code", code);
        else json.put("card", WrittenCode.CARD.symbols(card));
        var requests = json.putArray("requests");
        for (Wish wish : wishes) {
            requests.addObject()
                    .put("key", wish.page().key())
                    .put("blinded", BookPage.encode(wish.pending().blinded()));
        }
        String path = "/roll/" + campus + (card == null ? "/draw" : "/draw/card");
        byte[] answer = post(path, "application/json", MAPPER.writeValueAsBytes(json), 200);
        wallet.put(finished(wishes, answer));
        return wishes.size();
    }

    private List<BookPage> finished(List<Wish> wishes, byte[] answer) throws UnverifiedException {
        try {
            JsonNode responses = MAPPER.readTree(answer).path("responses");
            if (responses.size() != wishes.size())
                throw new UnverifiedException(
                        "the roll returned " + responses.size() + " responses, not " + wishes.size());
            var drawn = new ArrayList<BookPage>();
            for (int i = 0; i < wishes.size(); i++) {
                Wish wish = wishes.get(i);
                JsonNode response = responses.get(i);
                if (!wish.page().key().equals(response.path("key").stringValue(""))) {
                    throw new UnverifiedException("the roll returned the responses in another order");
                }
                Token token = wish.pending()
                        .finish(
                                wish.issuer(),
                                BookPage.decode(response.path("blind_signature").stringValue("")));
                drawn.add(wallet.page(wish.page().key()).orElse(wish.page()).withToken(token.encode()));
            }
            return drawn;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnverifiedException("the roll's signature does not verify", e);
        } catch (JacksonException e) {
            throw new UnverifiedException("the roll's response is not JSON", e);
        }
    }

    /// Casts the entry for a box, directly: the site sees from where it comes. The first call fixes the content: later
    /// calls send the same bytes and ignore their other arguments.
    ///
    /// @param affiliation 0 for none given, else 1 + the index in the manifest's list
    /// @return the verified promise
    /// @throws IllegalStateException if the book was not drawn
    /// @throws RefusedException with the box's problem code
    /// @throws UnverifiedException if the promise does not verify
    public Promise cast(Manifest box, int affiliation, @Nullable Statement statement) throws IOException {
        byte[] request = entry(box, affiliation, statement);
        byte[] answer = post("/box/" + box.box() + "/entries", "application/octet-stream", request, 202);
        return promised(box, request, answer);
    }

    /// Casts the entry for a box through a relay, like [#cast]. Ask again later with the same call.
    ///
    /// @return the verified promise; empty while the relay holds the entry, durably
    /// @throws RefusedException with the box's problem code, or the relay's
    public Optional<Promise> castThrough(Relay relay, Manifest box, int affiliation, @Nullable Statement statement)
            throws IOException {
        byte[] request = entry(box, affiliation, statement);
        String promised = page(box).promise();
        if (promised != null) return Optional.of(promised(box, request, promised.getBytes(UTF_8)));
        Optional<byte[]> answer = sendThrough(relay, box, RelayedRequest.Kind.ENTRIES, request);
        return answer.isEmpty() ? Optional.empty() : Optional.of(promised(box, request, answer.get()));
    }

    /// The bytes of the entry's request, stored.
    private byte[] entry(Manifest box, int affiliation, @Nullable Statement statement) throws IOException {
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
        return BookPage.decode(String.valueOf(bookPage.cast()));
    }

    private Promise promised(Manifest box, byte[] request, byte[] answer) throws IOException {
        Promise promise =
                promise(answer, box, CastRequest.parse(request).entry().leafHash());
        wallet.put(List.of(page(box).withPromise(new String(answer, UTF_8))));
        return promise;
    }

    /// Withdraws the published entry of a box, directly, also one that was cast on another device with the same secret.
    /// A repeated call sends the same bytes.
    ///
    /// @throws IllegalStateException if the wallet has no secret
    /// @throws RefusedException with code `entry-not-published` if the entry is not published yet
    public Promise withdraw(Manifest box) throws IOException {
        byte[] request = withdrawal(box);
        byte[] answer = post("/box/" + box.box() + "/withdrawals", "application/octet-stream", request, 202);
        return promise(answer, box, Withdrawal.parse(request).leafHash());
    }

    /// Withdraws through a relay, like [#withdraw]. Ask again later with the same call.
    ///
    /// @return the verified promise; empty while the relay holds the withdrawal, durably
    public Optional<Promise> withdrawThrough(Relay relay, Manifest box) throws IOException {
        byte[] request = withdrawal(box);
        Optional<byte[]> answer = sendThrough(relay, box, RelayedRequest.Kind.WITHDRAWALS, request);
        if (answer.isEmpty()) return Optional.empty();
        return Optional.of(promise(answer.get(), box, Withdrawal.parse(request).leafHash()));
    }

    private byte[] withdrawal(Manifest box) throws IOException {
        BookPage bookPage = page(box);
        if (bookPage.withdrawal() == null) {
            bookPage = bookPage.withWithdrawal(Withdrawal.sign(box.origin(), BookPage.decode(bookPage.seed()))
                    .bytes());
            wallet.put(List.of(bookPage));
        }
        return BookPage.decode(String.valueOf(bookPage.withdrawal()));
    }

    /// The relay that the register names.
    public Optional<Relay> relay() throws IOException {
        return readRegister().relay();
    }

    /// Like [#relay()], for many signers.
    public static Optional<Relay> relay(HttpSite site, Instance instance) throws IOException {
        return readRegister(site, instance, Wallet.inMemory()).relay();
    }

    /// Sends a request through the relay, or asks for the answer to the one that is on its way.
    ///
    /// @return the box's answer; empty while there is none
    private Optional<byte[]> sendThrough(Relay relay, Manifest box, RelayedRequest.Kind kind, byte[] body)
            throws IOException {
        SealedRequest sealed = page(box).sealedRequest(kind);
        if (sealed == null) sealed = seal(relay, box, kind, body);
        HttpSite.Answer answer = toRelay(relay, sealed);
        if (answer.status() == 400 || answer.status() == 410) { // the key is another now, or the answer is deleted
            sealed = seal(relay, box, kind, body);
            answer = toRelay(relay, sealed);
        }
        if (answer.status() == 202) return Optional.empty();
        if (answer.status() != 200) throw new IOException("status " + answer.status()); // not the box's word
        BinaryResponse response = open(sealed, answer.body());
        wallet.put(List.of(page(box).withoutSealed()));
        if (response.status() != 202) throw refusal(response.status(), response.content());
        return Optional.of(response.content());
    }

    /// Seals a request anew, and stores it.
    private SealedRequest seal(Relay relay, Manifest box, RelayedRequest.Kind kind, byte[] body) throws IOException {
        byte[] request = new RelayedRequest(instance.host(), box.box(), kind, body).encode();
        SealedRequest sealed = SealedRequest.seal(relay.key(), request, random);
        wallet.put(List.of(page(box).withSealed(kind, sealed)));
        return sealed;
    }

    private static HttpSite.Answer toRelay(Relay relay, SealedRequest sealed) throws IOException {
        var relaySite = new HttpSite(relay.url(), RELAY_CLIENT);
        return relaySite.post(relay.url().getRawPath(), SealedRequest.MEDIA_TYPE, sealed.encode());
    }

    private static BinaryResponse open(SealedRequest sealed, byte[] answer) throws UnverifiedException {
        try {
            return BinaryResponse.parse(sealed.open(answer));
        } catch (NotOpenedException | MalformedException e) {
            throw new UnverifiedException("the relay's answer does not come from this instance", e);
        }
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

    /// True if people who drew a book can sign in the box.
    boolean isDrawn(Manifest box) {
        return DRAWN.stream().anyMatch(one -> box.classNamed(one).isPresent());
    }

    /// True if the wallet has a token for the box.
    public boolean hasToken(Manifest box) {
        return page(box).token() != null;
    }

    /// True if this wallet contains an entry for the box; the entry may not be sent yet.
    public boolean hasCast(Manifest box) {
        return page(box).cast() != null;
    }

    /// The leaves of a box's log that were cast with the wallet's book, on this device or another; -1 for none.
    record Own(long entry, long withdrawal) {
        boolean isWithdrawn() {
            return withdrawal >= 0;
        }
    }

    /// Looks for what was cast with the wallet's book. Reads the whole box, so that the server does not learn
    /// which leaf is looked for.
    ///
    /// @throws UnverifiedException if the log does not verify, or has a leaf with this book's nonce and
    ///     another's signature
    Own findOwn(Manifest box) throws IOException {
        Optional<BookPage> known = wallet.pageFor(box.box());
        if (known.isPresent()) return findOwn(box, known.get());
        var secret = wallet.secret().orElseThrow(Signer::noBook);
        for (String name : DRAWN) { // a recovery code does not say how its book was drawn
            Optional<Manifest.IssuerClass> one = box.classNamed(name);
            if (one.isEmpty()) continue;
            BookPage page = BookPage.of(box, one.get(), secret.seed(box, one.get()));
            Own own = findOwn(box, page);
            if (own.entry() < 0) continue;
            wallet.put(List.of(page));
            return own;
        }
        return new Own(-1, -1);
    }

    private Own findOwn(Manifest box, BookPage page) throws IOException {
        byte[] nonce = Entry.nonceOf(Ed25519.publicKey(BookPage.decode(page.seed())));
        long[] found = {-1, -1};
        try {
            LogView view = BoxLog.latest(site, instance, box.box());
            view.entries(1, view.size(), (index, leaf) -> {
                if (leaf.length == Entry.SIZE) {
                    var entry = Entry.parse(leaf);
                    if (Arrays.equals(entry.nonce(), nonce)) keep(found, 0, index, entry.isSigned());
                } else if (leaf.length == Withdrawal.SIZE) {
                    var withdrawal = Withdrawal.parse(leaf);
                    if (Arrays.equals(withdrawal.nonce(), nonce)) keep(found, 1, index, withdrawal.check(box.origin()));
                }
            });
        } catch (UnprovenException | IllegalArgumentException e) {
            throw new UnverifiedException("the log of box " + box.box() + ": " + e.getMessage(), e);
        }
        return new Own(found[0], found[1]);
    }

    private static void keep(long[] found, int at, long index, boolean isSigned) {
        if (!isSigned) throw new IllegalArgumentException("leaf " + index + " has this book's nonce and is not signed");
        if (found[at] < 0) found[at] = index;
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

    /// The box's page in the wallet, or a new one.
    private BookPage page(Manifest box) {
        return wallet.pageFor(box.box()).orElseGet(() -> {
            var one = box.classNamed(className())
                    .orElseThrow(() -> new IllegalStateException("box " + box.box() + " has no class " + className()));
            return BookPage.of(
                    box, one, wallet.secret().orElseThrow(Signer::noBook).seed(box, one));
        });
    }

    private static IllegalStateException noBook() {
        return new IllegalStateException("no book: draw first");
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
        throw refusal(answer.status(), answer.body());
    }

    private static RefusedException refusal(int status, byte[] body) {
        String code = "";
        String said = "";
        var keys = new ArrayList<String>();
        try {
            JsonNode problem = MAPPER.readTree(body);
            String type = problem.path("type").asString("");
            code = type.substring(type.lastIndexOf(':') + 1);
            String field = problem.path("field").asString("");
            said = problem.path("detail").asString(problem.path("title").asString(""))
                    + (field.isEmpty() ? "" : " (" + field + ")");
            for (JsonNode key : problem.path("keys")) keys.add(key.asString(""));
        } catch (JacksonException e) {
            // not a problem document: report the status only
        }
        return new RefusedException(
                status,
                code,
                "the server refused (" + status + (code.isEmpty() ? "" : " " + code) + ")"
                        + (said.isEmpty() ? "" : ": " + said.replaceAll("\\p{Cntrl}", " ")),
                keys);
    }

    @Override
    public String toString() {
        return "Signer(hidden)";
    }
}
