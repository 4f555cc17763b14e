package org.undersigned.record.recount;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.Client;
import org.undersigned.privacypass.Issuer;
import org.undersigned.privacypass.Token;
import org.undersigned.record.BoxId;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.CanonicalJson;
import org.undersigned.record.Entry;
import org.undersigned.record.Instance;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.Withdrawal;
import org.undersigned.record.WitnessPolicy;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.Ed25519;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogWriter;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.NoteSigner;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileStore;
import org.undersigned.tlog.Tree;
import tools.jackson.databind.node.JsonNodeFactory;

/// A valid instance in memory: a register and a box, real keys, every public file under its path. Everything it
/// publishes is correct. A test simulates a dishonest operator with [#cast(byte[])] (a bad leaf, properly hashed
/// and signed) or a faulty server with [#edit] (other bytes than were signed).
public final class FakeSite implements Site {
    public static final String HOST = "town.example";
    public static final String PAGE = "/p/lanterns";
    public static final List<String> CLASSES = List.of(Manifest.MEMBER, Manifest.IN_PERSON, "supporter");

    /// Shared by all tests, because generating RSA keys is slow.
    private static final Map<String, Issuer> ISSUERS = new HashMap<>();

    private static final byte[] LOG_SEED =
            Hash.sha256("the town's log key".getBytes(UTF_8)).bytes();

    /// The files that the site serves, by path.
    public final Map<String, byte[]> files = new ConcurrentHashMap<>();

    public final SecureRandom random = new SecureRandom();
    public final Manifest manifest;
    private final Log register = new Log("/log/register/", HOST + "/register");
    private final Log ledger = new Log("/log/ledger/", HOST + "/ledger");
    private final Log box;
    private @Nullable Cosigner witness;
    private boolean swapsKeys;
    private final List<byte[]> waiting = new CopyOnWriteArrayList<>();
    /// Runs when the page is read: simulates changes on a busy site between two reads.
    private Runnable onPage = () -> {};

    /// One log under a folder of [#files].
    private final class Log implements TileStore {
        private final String folder;
        private final String origin;
        private Tree tree;

        private Log(String folder, String origin) {
            this.folder = folder;
            this.origin = origin;
            this.tree = Tree.EMPTY;
        }

        @Override
        public byte[] read(Tile tile) throws IOException {
            return FakeSite.this.read(folder + tile.path());
        }

        @Override
        public void write(Tile tile, byte[] data) {
            files.put(folder + tile.path(), data.clone());
        }

        private void append(List<byte[]> leaves) {
            try {
                tree = LogWriter.open(this, tree).append(leaves);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var note = Note.parse(note(origin, tree.size(), tree.root()));
            if (witness != null && !folder.startsWith("/log/box/")) {
                note = note.with(List.of(witness.cosign(note, Instant.EPOCH)));
            }
            files.put(folder + "checkpoint", note.toString().getBytes(UTF_8));
        }
    }

    private FakeSite(String campus, @Nullable String campaign) {
        byte[] text = "{\"text\":\"More lanterns.\"}".getBytes(UTF_8);
        manifest = manifest(BoxId.random(random), campus, campaign, PAGE, Hash.sha256(text));
        box = new Log(Instance.boxPath(manifest.box()), manifest.origin());
        identify(WitnessPolicy.NONE);
        files.put(manifest.subject().textPath(), text);
        for (var one : manifest.classes())
            files.put(one.keyPath(), issuer(one).publicKey().spki());
        register(new RegisterLeaf.ClientReleased(
                "1.0", Map.of("sign-ABC.js", "ab".repeat(32)), Instant.parse("2016-11-01T00:00:00Z")));
        if (!campus.equals("*")) registerRules(Set.of(campus));
        registerRules(Set.of("other.edu"));
        var unknown = "{\"moon\":\"full\",\"type\":\"weather.noted\",\"v\":1}".getBytes(UTF_8);
        registerRaw(unknown);
        recordRaw(unknown);
        register(new RegisterLeaf.BoxOpened(
                manifest(BoxId.random(random), "other.edu", campaign, "/p/other", Hash.sha256(text))));
        register(new RegisterLeaf.BoxOpened(manifest));
        box.append(List.of(manifest.leafHash().bytes()));
        registerCheckpoint();
        showCounts(0, 0);
    }

    /// Registers that members of these campuses, which share a roll, have addresses at the domains with their names.
    private void registerRules(Set<String> campuses) {
        List<String> names = campuses.stream().sorted().toList();
        register(new RegisterLeaf.RollRules(
                names.getFirst(),
                names,
                "member",
                names,
                List.of(),
                List.of("case", "plus-tag"),
                Instant.parse("2016-11-01T00:00:00Z")));
    }

    /// A site whose box is for one campus.
    public static FakeSite open() {
        return new FakeSite("lantern.edu", null);
    }

    /// A site whose box is for every campus of a campaign. The register contains one more campus of that campaign.
    public static FakeSite openToAll() {
        return new FakeSite("*", "lanterns");
    }

    /// A published site: 24 members (2 of them withdrew) and 5 supporters, in three batches, with tallies and page.
    public static FakeSite busy() {
        var site = open();
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            seeds.add(site.sign("member", i % 3));
            if (i == 11) site.publish();
        }
        for (int i = 0; i < 5; i++) site.sign("supporter", 0);
        site.publish();
        site.tally("member", 30);
        site.withdraw(seeds.get(3));
        site.withdraw(seeds.get(20));
        site.publish();
        site.showCounts(22, 5);
        return site;
    }

    private Manifest manifest(BoxId id, String campus, @Nullable String campaign, String path, Hash text) {
        return manifest(id, campus, campaign, path, text, Instant.parse("2016-11-09T05:00:00Z"));
    }

    private Manifest manifest(
            BoxId id, String campus, @Nullable String campaign, String path, Hash text, Instant opens) {
        return new Manifest(
                id,
                new Manifest.Subject("petition", path, text),
                campus,
                campaign,
                HOST + "/box/" + id,
                HOST,
                CLASSES.stream()
                        .map(name -> new Manifest.IssuerClass(
                                name,
                                Hash.of(issuer(name + campus + path).publicKey().keyId())))
                        .toList(),
                List.of("student", "staff"),
                opens,
                Instant.parse("2036-11-09T05:00:00Z"),
                new Manifest.Publish(10, 10, 60, 86_400));
    }

    private static synchronized Issuer issuer(String name) {
        return ISSUERS.computeIfAbsent(name, _ -> {
            try {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return Issuer.of((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /// The issuer keys of the box.
    public BoxKeys keys() {
        return BoxKeys.of(
                manifest,
                manifest.classes().stream().map(one -> issuer(one).publicKey()).toList());
    }

    /// The issuer of a class of the box.
    public Issuer issuer(Manifest.IssuerClass one) {
        return issuer(one.name() + manifest.campus() + PAGE);
    }

    /// Returns the signer for one of the instance's key names.
    public NoteSigner signer(String name) {
        return NoteSigner.ed25519(name, LOG_SEED);
    }

    public String note(String origin, long size, Hash root) {
        return signer(origin)
                .sign(new Checkpoint(origin, size, root, List.of()).text())
                .toString();
    }

    /// Adds a member's entry to the waiting ones; returns its seed.
    public byte[] sign(String className, int affiliation) {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        cast(entry(className, seed, affiliation).bytes());
        return seed;
    }

    public Entry entry(String className, byte[] seed, int affiliation) {
        return Entry.sign(token(manifest, className, seed), seed, affiliation, new byte[32]);
    }

    /// A token of the box's issuer for the key of `seed` and the challenge of `challenger`.
    public Token token(Manifest challenger, String className, byte[] seed) {
        var one = manifest.classNamed(className).orElseThrow();
        byte[] nonce = Entry.nonceOf(Ed25519.publicKey(seed));
        var key = issuer(one).publicKey();
        var pending = new Client(random).blind(key, nonce, challenger.challengeDigest());
        try {
            return pending.finish(key, issuer(one).sign(pending.blinded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Adds any leaf to the waiting ones, unchecked.
    public void cast(byte[] leaf) {
        waiting.add(leaf);
    }

    /// Like [#cast], unless the same leaf is waiting already: simulates the server's handling of a retry.
    public void castOnce(byte[] leaf) {
        if (waiting.stream().noneMatch(one -> Arrays.equals(one, leaf))) cast(leaf);
    }

    public boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    public void withdraw(byte[] seed) {
        cast(Withdrawal.sign(manifest.origin(), seed).bytes());
    }

    /// Publishes the waiting leaves, in the order of leaf hashes, and registers the checkpoint.
    public void publish() {
        var batch = new ArrayList<>(waiting);
        batch.sort((a, b) ->
                Arrays.compareUnsigned(Merkle.leaf(a).bytes(), Merkle.leaf(b).bytes()));
        waiting.clear();
        box.append(batch);
        registerCheckpoint();
    }

    /// Like [#publish], but without registering the checkpoint.
    public void publishUnregistered() {
        box.append(List.copyOf(waiting));
        waiting.clear();
    }

    /// Like [#publish], but in the order in which they were cast.
    public void publishUnsorted() {
        publishUnregistered();
        registerCheckpoint();
    }

    public void registerCheckpoint() {
        record(new LedgerLeaf.BoxCheckpoint(manifest.box(), note(manifest.origin(), box.tree.size(), box.tree.root())));
    }

    /// Closes the box with the leaves it has; the keys are said to be destroyed.
    public void close() {
        var keys =
                manifest.classes().stream().map(one -> one.tokenKeyId().hex()).toList();
        record(new LedgerLeaf.BoxClosed(
                manifest.box(), note(manifest.origin(), box.tree.size(), box.tree.root()), keys));
    }

    public void tally(String className, int books) {
        tally("lantern.edu", className, books);
    }

    public void tally(String campus, String className, int books) {
        record(new LedgerLeaf.RollTally(campus, List.of(campus), className, LocalDate.parse("2016-11-23"), books));
    }

    /// Records that cards were made for lantern.edu.
    public void makeCards(String batch, int cards) {
        makeCards(batch, "lantern.edu", cards);
    }

    public void makeCards(String batch, String campus, int cards) {
        record(new LedgerLeaf.CardsMade(
                batch,
                campus,
                List.of(campus),
                cards,
                LocalDate.parse("2016-11-22"),
                Instant.parse("2016-11-24T12:00:00Z")));
    }

    public void cancelCards(String batch, int drawnAtMost) {
        record(new LedgerLeaf.CardsCancelled(batch, LocalDate.parse("2016-11-24"), drawnAtMost));
    }

    public void register(RegisterLeaf leaf) {
        registerRaw(leaf.bytes());
    }

    public void registerRaw(byte[] leaf) {
        register.append(List.of(leaf));
    }

    public void record(LedgerLeaf leaf) {
        recordRaw(leaf.bytes());
    }

    public void recordRaw(byte[] leaf) {
        ledger.append(List.of(leaf));
    }

    /// Supersedes the box by a new one for the same page, which takes nothing; returns it.
    public Manifest supersede() {
        var next = manifest(
                BoxId.random(random),
                manifest.campus(),
                manifest.campaign(),
                PAGE,
                Hash.sha256("other words".getBytes(UTF_8)),
                manifest.opens().plusSeconds(60));
        register(new RegisterLeaf.BoxSuperseded(manifest.box(), next.box(), next.opens()));
        register(new RegisterLeaf.BoxOpened(next));
        return next;
    }

    /// Writes the file that names this instance, with these witnesses.
    public void identify(WitnessPolicy policy) {
        var json = JsonNodeFactory.instance.objectNode().put("v", 1).put("host", HOST);
        json.put("register_key", signer(HOST + "/register").verifier().vkey());
        json.put("register", "/log/register/").put("ledger", "/log/ledger/").put("quorum", policy.quorum());
        policy.vkeys().forEach(json.putArray("witnesses")::add);
        files.put(Instance.PATH, CanonicalJson.write(json));
    }

    /// Claims another name, with the same key under it.
    public void identify(String host) {
        var own = new String(file(Instance.PATH), UTF_8);
        var vkey = signer(host + "/register").verifier().vkey();
        files.put(
                Instance.PATH,
                own.replace(signer(HOST + "/register").verifier().vkey(), vkey)
                        .replace("\"host\":\"" + HOST + "\"", "\"host\":\"" + host + "\"")
                        .getBytes(UTF_8));
    }

    /// From now on names this witness, which cosigns register and ledger.
    public void nameWitness(Cosigner witness) {
        this.witness = witness;
        var policy = new WitnessPolicy(List.of(witness.verifier()), 1);
        identify(policy);
        register(new RegisterLeaf.WitnessesNamed(policy, Instant.parse("2016-11-24T00:00:00Z")));
        ledger.append(List.of());
    }

    /// From now on the witness cosigns nothing more.
    public void loseWitness() {
        witness = null;
    }

    /// Makes the book give keys that the manifest does not name.
    public void swapKeys() {
        swapsKeys = true;
    }

    /// Opens another box for the page `path`, as the register says; it takes nothing.
    public Manifest openAnother(String path, Instant opens) {
        var manifest = manifest(
                BoxId.random(random),
                this.manifest.campus(),
                this.manifest.campaign(),
                path,
                Hash.sha256("other words".getBytes(UTF_8)),
                opens);
        register(new RegisterLeaf.BoxOpened(manifest));
        return manifest;
    }

    /// Makes the page show these numbers, at the current size of the box.
    public void showCounts(long members, long supporters) {
        files.put(PAGE, page("member", Long.toString(members), "supporter", Long.toString(supporters)));
    }

    private byte[] page(String... classThenValue) {
        var html = new StringBuilder("<!doctype html><title>Lanterns</title><main>");
        for (int i = 0; i < classThenValue.length; i += 2) {
            html.append(
                    "<data class=\"count\" data-box=\"%s\" data-class=\"%s\" data-size=\"%d\" value=\"%s\">%s</data>"
                            .formatted(
                                    manifest.box(),
                                    classThenValue[i],
                                    box.tree.size(),
                                    classThenValue[i + 1],
                                    classThenValue[i + 1].replace("<", "&lt;")));
        }
        return html.append("</main>").toString().getBytes(UTF_8);
    }

    public void onPage(Runnable action) {
        onPage = action;
    }

    public String boxFile(String name) {
        return box.folder + name;
    }

    public String registerFile(String name) {
        return register.folder + name;
    }

    public String ledgerFile(String name) {
        return ledger.folder + name;
    }

    public long boxSize() {
        return box.tree.size();
    }

    public Hash boxRoot() {
        return box.tree.root();
    }

    public long ledgerSize() {
        return ledger.tree.size();
    }

    public long registerSize() {
        return register.tree.size();
    }

    /// The path of the box's newest bundle or hash tile; level -1 means the bundle.
    public String boxTile(int level) {
        return boxFile(new Tile(level, 0, (int) boxSize()).path());
    }

    /// The leaves of the box; requires fewer than 256.
    public List<byte[]> boxLeaves() {
        return EntryBundle.parse(file(boxTile(-1)), (int) boxSize());
    }

    /// Changes the bytes that the site serves.
    public void edit(String path, UnaryOperator<byte[]> change) {
        files.put(path, change.apply(file(path)));
    }

    /// Flips one bit of the byte at `at` in a served file.
    public void flip(String path, int at) {
        edit(path, bytes -> flipped(bytes, at));
    }

    public static byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= 1;
        return copy;
    }

    /// The book of a roll with this one box, in the server's format (SPEC, HTTP).
    public byte[] book() {
        var json = JsonNodeFactory.instance.objectNode().put("v", 1);
        var one = json.putArray("boxes").addObject().put("box", manifest.box().value());
        var keys = one.putArray("keys");
        for (var cls : manifest.classes()) {
            var issuer = swapsKeys ? issuer("nobody's") : issuer(cls);
            keys.add(Base64.getEncoder().encodeToString(issuer.publicKey().spki()));
        }
        return CanonicalJson.write(json);
    }

    /// Recounts this site's box.
    public Report recount() {
        return recount(this);
    }

    /// Recounts this site's box, reading through `site`.
    Report recount(Site site) {
        try {
            return Recount.run(site, manifest.box());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] read(String path) throws NoSuchFileException {
        byte[] bytes = files.get(path);
        if (bytes == null) throw new NoSuchFileException(path);
        if (path.equals(PAGE)) {
            Runnable action = onPage;
            onPage = () -> {};
            action.run();
        }
        return bytes.clone();
    }

    byte[] file(String path) {
        try {
            return read(path);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(e);
        }
    }
}
