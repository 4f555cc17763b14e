package org.undersigned.server.count.roll;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.Identity;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.mail.EmailAddress;
import org.undersigned.server.platform.mail.MailQueue;
import org.undersigned.tlog.Hash;

/// Checks who may sign, and issues a book to each person who may: one blind signature for every box open to their
/// campuses, all or none, so that a draw reveals only that some member came.
public final class Roll {
    private static final Duration YEAR = Duration.ofDays(366);
    private static final int SMALLEST_TALLY = 10;
    private static final DrawResult INCOMPLETE = new DrawResult.Refused(DrawResult.Reason.INCOMPLETE_BOOK);

    private final Jdbi jdbi;
    private final Register register;
    private final Issuers issuers;
    private final Cards cards;
    private final MasterKey masterKey;
    private final MailQueue mailQueue;
    private final Codes codes;
    private final CodeMail codeMail;
    private final SecureRandom random;
    private final Clock clock;
    private volatile @Nullable CurrentBoxes currentBoxes;
    private final AtomicBoolean drawn = new AtomicBoolean(true); // there may be draws from before this start

    public Roll(
            Jdbi jdbi,
            Register register,
            Issuers issuers,
            Cards cards,
            MasterKey masterKey,
            Codes codes,
            MailQueue mailQueue,
            CodeMail codeMail,
            SecureRandom random,
            Clock clock) {
        this.jdbi = jdbi;
        this.register = register;
        this.issuers = issuers;
        this.cards = cards;
        this.masterKey = masterKey;
        this.mailQueue = mailQueue;
        this.codes = codes;
        this.codeMail = codeMail;
        this.random = random;
        this.clock = clock;
    }

    /// Enrols all campuses of all campaigns. Campuses that share a domain share a roll; the first domain
    /// names a new roll. A domain that no campus lists any more does not count. What a roll folds, and
    /// whether people at a domain are apart, stays as it was when the roll or the domain was new: otherwise
    /// the same person could draw a second book.
    ///
    /// Registers the rules of each roll whose rules changed (PROTOCOL §9) before they hold. A crash in
    /// between registers them once more.
    public void enrol(List<MemberRules.Enrolment> campuses) {
        jdbi.useTransaction(transaction -> {
            var store = new RollStore(transaction);
            store.lockRules();
            var enrolled = store.enrolled();
            var listed = new HashSet<String>();
            for (var one : campuses) {
                enrol(store, enrolled, one);
                listed.addAll(one.rules().domains());
                listed.addAll(one.rules().separateDomains());
            }
            store.setListed(listed);
            for (var leaf : changedRules(enrolled, listed)) {
                register.append(leaf);
                store.setRegisteredRules(leaf.campus(), leaf.bytes());
            }
        });
    }

    /// Writes only what is new: an import of one campus does not write all others.
    private void enrol(RollStore store, RollStore.Enrolled enrolled, MemberRules.Enrolment one) {
        var rules = one.rules();
        var known = enrolled.rollOfCampus().get(one.campus());
        var roll = known != null
                ? known
                : Stream.of(rules.domains(), rules.separateDomains())
                        .flatMap(List::stream)
                        .map(enrolled.domains()::get)
                        .filter(Objects::nonNull)
                        .map(RollStore.DomainRow::roll)
                        .findFirst()
                        .orElse(rules.domains().getFirst());
        if (!enrolled.rolls().containsKey(roll)) {
            var row =
                    new RollStore.RollRow(roll, freshKey(roll), clock.instant().plus(YEAR), rules.folds());
            store.addRoll(row);
            enrolled.rolls().put(roll, row);
        }
        if (known == null) {
            store.addCampus(one.campus(), roll);
            enrolled.rollOfCampus().put(one.campus(), roll);
        }
        for (var domain : rules.domains()) addDomain(store, enrolled, domain, new RollStore.DomainRow(roll, false));
        for (var domain : rules.separateDomains()) {
            addDomain(store, enrolled, domain, new RollStore.DomainRow(roll, true));
        }
        var membership = new RollStore.InCampaign(one.campus(), one.campaign());
        if (enrolled.campaigns().add(membership)) store.addCampaign(membership);
    }

    private static void addDomain(
            RollStore store, RollStore.Enrolled enrolled, String domain, RollStore.DomainRow row) {
        if (enrolled.domains().putIfAbsent(domain, row) == null) store.addDomain(domain, row);
    }

    /// The rules of the rolls of which the register does not say them yet.
    private List<RegisterLeaf.RollRules> changedRules(RollStore.Enrolled enrolled, Set<String> listed) {
        var campuses = new HashMap<String, TreeSet<String>>();
        enrolled.rollOfCampus().forEach((campus, roll) -> add(campuses, roll, campus));
        var domains = new HashMap<String, TreeSet<String>>();
        var separateDomains = new HashMap<String, TreeSet<String>>();
        enrolled.domains().forEach((domain, row) -> {
            if (listed.contains(domain)) add(row.isSeparate() ? separateDomains : domains, row.roll(), domain);
        });
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var changed = new ArrayList<RegisterLeaf.RollRules>();
        for (var row : new TreeMap<>(enrolled.rolls()).values()) {
            var leaf = new RegisterLeaf.RollRules(
                    row.roll(),
                    sorted(campuses, row.roll()),
                    Manifest.MEMBER,
                    sorted(domains, row.roll()),
                    sorted(separateDomains, row.roll()),
                    List.copyOf(new TreeSet<>(row.folds())),
                    now);
            var registered = enrolled.rules().get(row.roll());
            var isRegistered = registered != null
                    && RegisterLeaf.parse(registered) instanceof RegisterLeaf.RollRules known
                    && leaf.saysTheSameAs(known);
            if (!isRegistered) changed.add(leaf);
        }
        return changed;
    }

    private static void add(Map<String, TreeSet<String>> lists, String roll, String value) {
        lists.computeIfAbsent(roll, _ -> new TreeSet<>()).add(value);
    }

    private static List<String> sorted(Map<String, TreeSet<String>> lists, String roll) {
        return List.copyOf(lists.getOrDefault(roll, new TreeSet<>()));
    }

    /// The roll of an enrolled campus; the campus itself if it is not enrolled.
    public String rollOf(String campus) {
        return jdbi.withHandle(handle -> new RollStore(handle).rollOfCampus(campus))
                .orElse(campus);
    }

    boolean knows(String campus) {
        return jdbi.withHandle(handle -> new RollStore(handle).rollOfCampus(campus))
                .isPresent();
    }

    /// An issuer key of an open box.
    ///
    /// @param number its number in the roll's tables
    private record OpenKey(IssuerPublicKey publicKey, int number) {}

    /// What became of a request for a code.
    enum CodeRequest {
        ACCEPTED,
        /// The mail queue is full.
        BUSY,
        /// The campus or the instance has used up its requests of this quarter of an hour.
        LIMITED
    }

    /// Sends a code by mail if `address` belongs to the campus. The result and the time are the same if it does
    /// not.
    CodeRequest requestCode(String campus, EmailAddress address) {
        // an address elsewhere gets no mail, and so costs the campus nothing
        if (person(campus, address).isMember() && !codes.mayRequest(campus)) return CodeRequest.LIMITED;
        var isQueued = mailQueue.submit(() -> {
            var person = person(campus, address);
            if (!person.isMember()) return;
            codes.toMail(Manifest.MEMBER, person.identity(), address.wire())
                    .ifPresent(code -> codeMail.send(mailQueue, address, code));
        });
        return isQueued ? CodeRequest.ACCEPTED : CodeRequest.BUSY;
    }

    /// The time until codes can be requested again after [CodeRequest#LIMITED].
    Duration untilMoreCodes() {
        return codes.untilNextQuarter();
    }

    /// The manifests of all boxes open to the campuses of this campus's roll.
    List<Manifest> book(String campus) {
        return openBoxes(rollOf(campus));
    }

    /// The issuer keys of a registered box.
    BoxKeys keysOf(Manifest manifest) {
        return register.keysOf(manifest);
    }

    /// Draws a book (PROTOCOL §4.4). The code is checked first, with the same work for a member, a person who
    /// drew before, and a stranger. Everything else is one transaction. A crash after its commit loses only
    /// the response: the same request again gets the same signatures.
    DrawResult draw(String campus, EmailAddress address, String code, List<DrawResult.SignatureRequest> wishes) {
        var person = person(campus, address);
        if (!(codes.isValid(Manifest.MEMBER, person.identity(), code) & person.isMember())) {
            return new DrawResult.Refused(DrawResult.Reason.CODE_REFUSED);
        }
        var roll = person.roll().roll();
        var keys = openKeys(roll, Manifest.MEMBER);
        var rollKey = RollKey.of(person.roll(), masterKey);
        var tag = rollKey.tag(Manifest.MEMBER, person.identity());
        var refused = jdbi.<Optional<DrawResult>, RuntimeException>inTransaction(transaction -> {
            var store = new RollStore(transaction);
            store.lockDraw(tag);
            var issued = store.issued(tag);
            if (!isComplete(keys, wishes, issued.keySet())) return Optional.of(INCOMPLETE);
            var outOfRange = outOfRange(keys, wishes);
            if (outOfRange.isPresent()) return outOfRange;
            var marks = marks(rollKey, keys, wishes);
            var others = Mark.keysOf(marks, mark -> issued.containsKey(mark.number()) && !mark.isIn(issued));
            if (!others.isEmpty()) return Optional.of(new DrawResult.AlreadyIssued(others));
            store.addBook(tag, roll, Manifest.MEMBER);
            issue(store, tag, issued, marks);
            return Optional.empty();
        });
        return refused.orElseGet(() -> signed(keys, wishes));
    }

    /// Draws a book with a card, once (PROTOCOL §4.4). Everything is one transaction, as in [#draw]. The
    /// card's row is only read: a changed row would show when it was used.
    ///
    /// A card that was used is answered like one that was not, for all requests but two: the same bytes as
    /// before are signed again, and a complete request is refused, which would have used up an unused card.
    /// So somebody who knows the code of a card cannot ask whether it was used.
    ///
    /// @param code the card's 16 bytes
    DrawResult drawWithCard(String campus, byte[] code, List<DrawResult.SignatureRequest> wishes) {
        var row = jdbi.withHandle(handle -> new RollStore(handle).rollWith(campus))
                .orElseThrow();
        var roll = row.roll();
        var keys = openKeys(roll, Manifest.IN_PERSON);
        var rollKey = RollKey.of(row, masterKey);
        var tag = Cards.tag(rollKey, code);
        var ids = keyIds(wishes);
        var areOpen = !wishes.isEmpty()
                && ids.size() == wishes.size()
                && keys.keySet().containsAll(ids);
        var marks = areOpen ? marks(rollKey, keys, wishes) : List.<Mark>of();
        if (areOpen && wasSigned(tag, marks)) return signed(keys, wishes); // an answer was lost
        if (!isUsable(tag)) return new DrawResult.Refused(DrawResult.Reason.CARD_REFUSED);
        if (!areOpen || !ids.equals(keys.keySet())) return INCOMPLETE;
        var outOfRange = outOfRange(keys, wishes);
        if (outOfRange.isPresent()) return outOfRange.get();
        var refused = jdbi.<Optional<DrawResult>, RuntimeException>inTransaction(transaction -> {
            var cards = new CardStore(transaction);
            var store = new RollStore(transaction);
            cards.lockEnds();
            store.lockDraw(tag);
            if (cards.batchOf(tag, clock.instant()).isEmpty()) { // it ended a moment ago
                return Optional.of(new DrawResult.Refused(DrawResult.Reason.CARD_REFUSED));
            }
            var issued = store.issued(tag);
            if (store.addBook(tag, roll, Manifest.IN_PERSON)) {
                issue(store, tag, issued, marks);
                return Optional.empty();
            }
            var others = Mark.keysOf(marks, mark -> !mark.isIn(issued));
            return others.isEmpty() ? Optional.empty() : Optional.of(new DrawResult.CardUsed(others));
        });
        return refused.orElseGet(() -> signed(keys, wishes));
    }

    private boolean wasSigned(byte[] tag, List<Mark> marks) {
        var issued = jdbi.withHandle(handle -> new RollStore(handle).issued(tag));
        return marks.stream().allMatch(mark -> mark.isIn(issued));
    }

    private boolean isUsable(byte[] tag) {
        return jdbi.withHandle(handle -> new CardStore(handle).batchOf(tag, clock.instant()))
                .filter(cards::isRegistered)
                .isPresent();
    }

    /// @param mark [RollKey#mark] of the bytes to sign
    private record Mark(Hash keyId, int number, long mark) {
        private boolean isIn(Map<Integer, Long> issued) {
            var before = issued.get(number);
            return before != null && before == mark;
        }

        private static List<Hash> keysOf(List<Mark> marks, Predicate<Mark> which) {
            return marks.stream().filter(which).map(Mark::keyId).toList();
        }
    }

    private static List<Mark> marks(
            RollKey rollKey, Map<Hash, OpenKey> keys, List<DrawResult.SignatureRequest> wishes) {
        return wishes.stream()
                .map(wish -> new Mark(
                        Hash.of(wish.keyId()),
                        openKey(keys, wish).number(),
                        rollKey.mark(wish.keyId(), wish.blinded())))
                .toList();
    }

    /// Records what is signed, unless it was before.
    private static void issue(RollStore store, byte[] tag, SortedMap<Integer, Long> issued, List<Mark> marks) {
        var all = new TreeMap<>(issued);
        for (var mark : marks) all.put(mark.number(), mark.mark());
        if (!all.equals(issued)) store.setIssued(tag, all);
    }

    /// Checked before anything is stored: a request that cannot be signed must not be recorded.
    private static Optional<DrawResult> outOfRange(Map<Hash, OpenKey> keys, List<DrawResult.SignatureRequest> wishes) {
        for (var i = 0; i < wishes.size(); i++) {
            var wish = wishes.get(i);
            var modulus = openKey(keys, wish).publicKey().rsa().getModulus();
            if (new BigInteger(1, wish.blinded()).compareTo(modulus) >= 0)
                return Optional.of(new DrawResult.OutOfRange(i));
        }
        return Optional.empty();
    }

    private DrawResult signed(Map<Hash, OpenKey> keys, List<DrawResult.SignatureRequest> wishes) {
        drawn.set(true);
        var signed = new ArrayList<DrawResult.Signed>();
        for (var wish : wishes) {
            var key = openKey(keys, wish).publicKey();
            signed.add(new DrawResult.Signed(key, issuers.sign(key, wish.blinded())));
        }
        return new DrawResult.Book(signed);
    }

    /// Who an address is at a roll; exists only during a request.
    ///
    /// @param isMember false if the address does not belong to the roll; then `identity` belongs to nobody
    private record Person(RollStore.RollRow roll, String identity, boolean isMember) {
        @Override
        public String toString() {
            return "Person(hidden)";
        }
    }

    private Person person(String campus, EmailAddress address) {
        return jdbi.withHandle(handle -> {
            var store = new RollStore(handle);
            var roll = store.rollWith(campus).orElseThrow();
            var domain = store.domain(address.domain()).orElse(RollStore.DomainRow.NONE);
            var isMember = roll.roll().equals(domain.roll());
            var at = isMember && !domain.isSeparate() ? roll.roll() : address.domain();
            return new Person(roll, Identity.of(address.local(), roll.folds(), at), isMember);
        });
    }

    private List<Manifest> openBoxes(String roll) {
        var served = jdbi.withHandle(handle -> new RollStore(handle).served(roll));
        var now = clock.instant();
        return currentBoxes()
                .of(served.campuses(), served.campaigns())
                .filter(manifest -> manifest.isOpenAt(now))
                .toList();
    }

    /// The current boxes by campus, and by campaign for those of all campuses: a draw does not look at the others.
    ///
    /// @param offered what it was read from
    private record CurrentBoxes(
            OfferedBoxes offered, Map<String, List<Manifest>> byCampus, Map<String, List<Manifest>> byCampaign) {
        private static CurrentBoxes of(OfferedBoxes offered) {
            var boxes = new CurrentBoxes(offered, new HashMap<>(), new HashMap<>());
            for (var offer : offered.all()) {
                var manifest = offer.manifest();
                if (!offered.isCurrent(manifest.box())) continue;
                var isJoint = manifest.campus().equals("*");
                (isJoint ? boxes.byCampaign : boxes.byCampus)
                        .computeIfAbsent(
                                isJoint ? String.valueOf(manifest.campaign()) : manifest.campus(),
                                _ -> new ArrayList<>())
                        .add(manifest);
            }
            return boxes;
        }

        private Stream<Manifest> of(Collection<String> campuses, Collection<String> campaigns) {
            return Stream.concat(
                    campuses.stream().flatMap(campus -> byCampus.getOrDefault(campus, List.of()).stream()),
                    campaigns.stream().flatMap(campaign -> byCampaign.getOrDefault(campaign, List.of()).stream()));
        }
    }

    private CurrentBoxes currentBoxes() {
        var offered = register.offered(); // the same object until the register grows
        var known = currentBoxes;
        if (known != null && known.offered() == offered) return known;
        var read = CurrentBoxes.of(offered);
        currentBoxes = read;
        return read;
    }

    private Map<Hash, OpenKey> openKeys(String roll, String className) {
        var keys = new HashMap<Hash, OpenKey>();
        for (var manifest : openBoxes(roll)) {
            for (var cls : manifest.classes()) {
                if (!cls.name().equals(className)) continue;
                var id = cls.tokenKeyId();
                keys.put(id, new OpenKey(register.keysOf(manifest).key(cls), issuers.number(id)));
            }
        }
        return keys;
    }

    private static OpenKey openKey(Map<Hash, OpenKey> keys, DrawResult.SignatureRequest wish) {
        var key = keys.get(Hash.of(wish.keyId()));
        if (key == null) throw new IllegalStateException("a requested key is not in the book");
        return key;
    }

    /// True if there is exactly one request for each open key, apart from keys under which the person was given a
    /// signature before. A smaller draw would reveal what the person wants to sign.
    ///
    /// @param issued the numbers of these keys
    private static boolean isComplete(
            Map<Hash, OpenKey> keys, List<DrawResult.SignatureRequest> wishes, Set<Integer> issued) {
        var wished = keyIds(wishes);
        return wished.size() == wishes.size()
                && keys.keySet().containsAll(wished)
                && keys.entrySet().stream()
                        .allMatch(key -> wished.contains(key.getKey())
                                || issued.contains(key.getValue().number()));
    }

    private static Set<Hash> keyIds(List<DrawResult.SignatureRequest> wishes) {
        return wishes.stream().map(wish -> Hash.of(wish.keyId())).collect(Collectors.toCollection(HashSet::new));
    }

    /// Publishes in the register how many books were drawn since the last tally, for each roll and class with at
    /// least ten, at most once a day (PROTOCOL §9). The register is locked meanwhile, so that no checkpoint of a
    /// box comes between the count and its leaf: a recount checks that the signatures registered before a tally do
    /// not exceed its books. A crash in between leaves a fixed number; the next run first checks whether the
    /// register contains its leaf.
    public void tally() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        register.withLock(telling -> {
            for (var left : jdbi.withHandle(handle -> new RollStore(handle).pendingTallies())) {
                var told = telling.contains(leaf(left));
                jdbi.useTransaction(tx -> {
                    if (told) new RollStore(tx).markPublished(left);
                    else new RollStore(tx).releaseTally(left);
                });
            }
            for (var settled : jdbi.inTransaction(tx -> new RollStore(tx).fixPendingTallies(SMALLEST_TALLY, today))) {
                telling.append(leaf(settled));
            }
        });
        for (var settled : jdbi.withHandle(handle -> new RollStore(handle).pendingTallies())) {
            jdbi.useTransaction(tx -> new RollStore(tx).markPublished(settled));
        }
    }

    /// True if the tallies of the campus's roll, or of all rolls for `*`, leave fewer than ten books out.
    public boolean isTallied(String campus) {
        return jdbi.withHandle(handle -> {
            var store = new RollStore(handle);
            var rolls = campus.equals("*")
                    ? store.rolls().stream().map(RollStore.RollRow::roll).toList()
                    : store.rollOfCampus(campus).stream().toList();
            return rolls.stream().allMatch(roll -> store.untallied(roll) < SMALLEST_TALLY);
        });
    }

    private LedgerLeaf leaf(RollStore.PendingTally tally) {
        var campuses = jdbi.withHandle(handle -> new RollStore(handle).campusesOf(tally.roll()));
        return new LedgerLeaf.RollTally(tally.roll(), campuses, tally.cls(), tally.day(), tally.books());
    }

    /// Returns true if somebody may have drawn since the last call: then the order and the time of the draws are to be
    /// removed from the database's files.
    public boolean takeDrawn() {
        return drawn.getAndSet(false);
    }

    /// Deletes the keys of roll-years that have ended, with everything that was made with them.
    public void deleteExpired() {
        jdbi.useTransaction(transaction -> {
            var store = new RollStore(transaction);
            var now = clock.instant();
            for (var roll : store.rolls()) {
                if (now.isBefore(roll.yearEnds())) continue;
                // the cards of the year end with it, and are first cancelled in public
                if (new CardStore(transaction)
                        .batches().stream().anyMatch(one -> one.roll().equals(roll.roll()))) continue;
                // the books of the year are first tallied: they bound the counts of boxes that close now
                if (store.untallied(roll.roll()) >= SMALLEST_TALLY) continue;
                store.startNewYear(
                        new RollStore.RollRow(roll.roll(), freshKey(roll.roll()), now.plus(YEAR), roll.folds()));
            }
        });
    }

    /// The moment before which a box open to `campus` must close: with a new roll key the same person would look
    /// like a new person.
    public Instant latestClosing(String campus) {
        return jdbi.withHandle(handle -> {
            var store = new RollStore(handle);
            var rolls = campus.equals("*") ? store.rolls().stream() : store.rollWith(campus).stream();
            return rolls.map(RollStore.RollRow::yearEnds)
                    .min(Instant::compareTo)
                    .orElse(Instant.MIN);
        });
    }

    private byte[] freshKey(String roll) {
        var key = new byte[32];
        random.nextBytes(key);
        return masterKey.seal(RollKey.sealName(roll), key);
    }
}
