package org.undersigned.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.TokenChallenge;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Merkle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The definition of a box, unchanged for its whole life (PROTOCOL §3). It is a register leaf in canonical JSON
/// (RFC 8785), at most 65,535 bytes.
/// ```
/// {"affiliations":["student"],"box":"…","campaign":null,"campus":"tufts.edu",
///  "classes":[{"name":"member","token_key_id":"<hex>"}],"closes":"2016-12-19T05:00:00Z","issuer":"<host>","opens":"…",
///  "origin":"<host>/box/<box>","publish":{"hold_back":10,"interval_s":60,"max_delay_s":86400,"min_batch":10},
///  "subject":{"kind":"petition","path":"/p/…","text_sha256":"<hex>"},"type":"box.opened","v":1}
/// ```
/// This is a class and not a record because every entry check needs the challenge and the keys: the constructor
/// computes them once.
public final class Manifest {
    /// The class of everybody whose address belongs to the campus.
    public static final String MEMBER = "member";
    /// The class of everybody who drew with a card.
    public static final String IN_PERSON = "in-person";

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*){1,8}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+([_-][a-z0-9]+)*");
    private static final int MAX_CLASSES = 16;
    private static final int MAX_NAME = 255;
    /// An entry stores its affiliation in one byte, and 0 means none given.
    private static final int MAX_AFFILIATIONS = 255;

    private final BoxId box;
    private final Subject subject;
    private final String campus;
    private final @Nullable String campaign;
    private final String origin;
    private final String issuer;
    private final List<IssuerClass> classes;
    private final List<String> affiliations;
    private final Instant opens;
    private final Instant closes;
    private final Publish publish;

    private final byte[] leaf;
    private final Hash leafHash;
    private final TokenChallenge challenge;
    private final byte[] challengeDigest;
    private final Map<Hash, IssuerClass> byKeyId;

    /// What people sign: `kind` is petition, pledge or question; `path` is the path of its page; `textSha256` is
    /// the hash of the text, which is served at [#textPath] for ever.
    public record Subject(String kind, String path, Hash textSha256) {
        public Subject {
            require(List.of("petition", "pledge", "question").contains(kind), "subject.kind is unknown: " + kind);
            require(path.length() <= MAX_NAME && PATH.matcher(path).matches(), "subject.path is not a plain path");
        }

        /// The path of the signed text: `/text/<SHA-256 in hex>.json`.
        public String textPath() {
            return "/text/" + textSha256.hex() + ".json";
        }

        /// True if `address` is the path of this page, of its record page or of its signing page.
        public boolean isAt(String address) {
            return address.equals(path) || address.equals(path + "/record") || address.equals(path + "/sign");
        }
    }

    /// A kind of membership (`member`, `in-person`, `supporter`) and the id of the key that signs its tokens for
    /// this box only. The manifest holds the id and not the key, so that a reader can have the manifests of all
    /// boxes: [BoxKeys] are the keys.
    ///
    /// @param tokenKeyId SHA-256 of the key's SPKI (RFC 9578 §6.5)
    public record IssuerClass(String name, Hash tokenKeyId) {
        public IssuerClass {
            require(name.length() <= 32 && WORD.matcher(name).matches(), "class name is not a plain word: " + name);
        }

        /// The path of the key, an SPKI of 342 bytes: `/key/<id in hex>`.
        public String keyPath() {
            return "/key/" + tokenKeyId.hex();
        }
    }

    /// When the box publishes waiting entries: at least `minBatch` of them after `intervalSeconds`, while
    /// `holdBack` others, chosen at random, go on waiting; or all after `maxDelaySeconds`.
    public record Publish(int minBatch, int holdBack, int intervalSeconds, int maxDelaySeconds) {
        public Publish {
            require(minBatch >= 1, "publish.min_batch is less than 1");
            require(holdBack >= 0, "publish.hold_back is negative");
            require(intervalSeconds >= 0, "publish.interval_s is negative");
            require(maxDelaySeconds >= intervalSeconds, "publish.max_delay_s is less than interval_s");
        }
    }

    /// @param campus the directory id of a campus, or `*` for every campus of the campaign
    /// @param opens in whole seconds, like `closes`
    /// @throws IllegalArgumentException for anything that PROTOCOL §3 does not allow
    public Manifest(
            BoxId box,
            Subject subject,
            String campus,
            @Nullable String campaign,
            String origin,
            String issuer,
            List<IssuerClass> classes,
            List<String> affiliations,
            Instant opens,
            Instant closes,
            Publish publish) {
        this.box = box;
        this.subject = subject;
        this.campus = campus;
        this.campaign = campaign;
        this.origin = origin;
        this.issuer = issuer;
        this.classes = List.copyOf(classes);
        this.affiliations = List.copyOf(affiliations);
        this.opens = opens;
        this.closes = closes;
        this.publish = publish;
        this.byKeyId = checked();
        this.leaf = CanonicalJson.write(json());
        this.leafHash = Merkle.leaf(leaf);
        this.challenge = new TokenChallenge(issuer, Hash.sha256(leaf).bytes(), List.of(host()));
        this.challengeDigest = challenge.digest();
    }

    private Map<Hash, IssuerClass> checked() {
        require(campus.equals("*") || isName(campus), "campus is not a directory id or *");
        require(
                campaign == null
                        || (campaign.length() <= MAX_NAME
                                && WORD.matcher(campaign).matches()),
                "campaign is not a slug");
        require(isName(issuer), "issuer is not a host");
        String suffix = "/box/" + box;
        require(origin.endsWith(suffix) && isName(host()), "origin is not <host>/box/<box>");
        require(
                !classes.isEmpty() && classes.size() <= MAX_CLASSES,
                "the number of classes must be 1 to " + MAX_CLASSES);
        require(affiliations.size() <= MAX_AFFILIATIONS, "affiliations: more than " + MAX_AFFILIATIONS);
        require(new HashSet<>(affiliations).size() == affiliations.size(), "an affiliation appears twice");
        for (String one : affiliations)
            require(!one.isBlank() && one.length() <= MAX_NAME, "an affiliation is empty or too long");
        require(wholeSeconds(opens) && wholeSeconds(closes), "opens and closes must be whole seconds");
        require(opens.isBefore(closes), "closes is not after opens");
        var names = new HashSet<String>();
        var keys = new HashMap<Hash, IssuerClass>();
        for (IssuerClass one : classes) {
            require(names.add(one.name()), "class " + one.name() + " appears twice");
            require(keys.put(one.tokenKeyId(), one) == null, "class " + one.name() + " has the key of another class");
        }
        return Map.copyOf(keys);
    }

    private static boolean wholeSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).equals(time);
    }

    private static boolean isName(String text) {
        return text.length() <= MAX_NAME && NAME.matcher(text).matches();
    }

    private static void require(boolean good, String otherwise) {
        if (!good) throw new IllegalArgumentException(otherwise);
    }

    /// Parses a register leaf of type `box.opened`; [#leaf] returns the same bytes.
    ///
    /// @throws IllegalArgumentException if it is not canonical, not of this type and version, or breaks a rule; the
    ///     message names the rule
    public static Manifest parse(byte[] leaf) {
        return parse(CanonicalJson.parse(leaf));
    }

    static Manifest parse(JsonNode json) {
        var fields = Fields.of(json, "manifest");
        fields.literal("type", "box.opened");
        if (fields.integer("v", 1) != 1) throw fields.wrong("v", "is not 1");
        var subject = fields.object("subject");
        var publish = fields.object("publish");
        var classes = new ArrayList<IssuerClass>();
        for (JsonNode item : fields.list("classes", MAX_CLASSES)) {
            var one = Fields.of(item, "manifest.classes");
            classes.add(new IssuerClass(
                    one.text("name"), Fields.sha256Hex(one.text("token_key_id"), "manifest.classes.token_key_id")));
            one.end();
        }
        var manifest = new Manifest(
                BoxId.of(fields.text("box")),
                new Subject(
                        subject.text("kind"),
                        subject.text("path"),
                        Fields.sha256Hex(subject.text("text_sha256"), "manifest.subject.text_sha256")),
                fields.text("campus"),
                fields.textOrNull("campaign"),
                fields.text("origin"),
                fields.text("issuer"),
                classes,
                fields.texts("affiliations", MAX_AFFILIATIONS),
                fields.instant("opens"),
                fields.instant("closes"),
                new Publish(
                        publish.integer("min_batch", 1),
                        publish.integer("hold_back", 0),
                        publish.integer("interval_s", 0),
                        publish.integer("max_delay_s", 0)));
        fields.end();
        subject.end();
        publish.end();
        return manifest;
    }

    private JsonNode json() {
        var nodes = JsonNodeFactory.instance;
        var json = nodes.objectNode();
        json.put("type", "box.opened").put("v", 1).put("box", box.value());
        json.putObject("subject")
                .put("kind", subject.kind())
                .put("path", subject.path())
                .put("text_sha256", subject.textSha256().hex());
        json.put("campus", campus)
                .put("campaign", campaign)
                .put("origin", origin)
                .put("issuer", issuer);
        var list = json.putArray("classes");
        for (IssuerClass one : classes) {
            list.addObject()
                    .put("name", one.name())
                    .put("token_key_id", one.tokenKeyId().hex());
        }
        var said = json.putArray("affiliations");
        affiliations.forEach(said::add);
        json.put("opens", opens.toString()).put("closes", closes.toString());
        json.putObject("publish")
                .put("min_batch", publish.minBatch())
                .put("hold_back", publish.holdBack())
                .put("interval_s", publish.intervalSeconds())
                .put("max_delay_s", publish.maxDelaySeconds());
        return json;
    }

    public BoxId box() {
        return box;
    }

    public Subject subject() {
        return subject;
    }

    public String campus() {
        return campus;
    }

    public @Nullable String campaign() {
        return campaign;
    }

    public String origin() {
        return origin;
    }

    public String issuer() {
        return issuer;
    }

    public List<IssuerClass> classes() {
        return classes;
    }

    public List<String> affiliations() {
        return affiliations;
    }

    public Instant opens() {
        return opens;
    }

    public Instant closes() {
        return closes;
    }

    public Publish publish() {
        return publish;
    }

    /// The bytes of the register leaf.
    public byte[] leaf() {
        return leaf.clone();
    }

    /// The RFC 6962 leaf hash of [#leaf]. It is also the content of leaf 0 of the box's log.
    public Hash leafHash() {
        return leafHash;
    }

    /// The RFC 9577 §2.1 challenge of every token for this box.
    public TokenChallenge challenge() {
        return challenge;
    }

    /// SHA-256 of the encoded [#challenge], 32 bytes.
    public byte[] challengeDigest() {
        return challengeDigest.clone();
    }

    /// The class whose key has this id (32 bytes), or empty.
    public Optional<IssuerClass> classOf(byte[] tokenKeyId) {
        return tokenKeyId.length == 32 ? Optional.ofNullable(byKeyId.get(Hash.of(tokenKeyId))) : Optional.empty();
    }

    /// The class with this name, or empty.
    public Optional<IssuerClass> classNamed(String name) {
        return classes.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /// Half-open: a box that closes at noon accepts nothing at noon.
    public boolean isOpenAt(Instant now) {
        return !now.isBefore(opens) && now.isBefore(closes);
    }

    /// The instance's name: [#origin] without `/box/<box>`.
    public String host() {
        return origin.substring(
                0, Math.max(0, origin.length() - "/box/".length() - box.value().length()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Manifest that && Arrays.equals(leaf, that.leaf);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(leaf);
    }

    @Override
    public String toString() {
        return "Manifest(" + origin + ")";
    }
}
