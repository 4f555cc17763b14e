package org.undersigned.server.count.roll;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.mail.EmailAddress;
import org.undersigned.server.platform.mail.MailQueue;
import org.undersigned.tlog.Hash;

/// Who may sign, and a book for whoever may: one blind signature for every box open to their campuses, all or
/// nothing, so that drawing tells no more than "a member came by".
public final class Roll {
    /// The class of everybody whose address belongs to the institution.
    static final String MEMBER = "member";

    private static final Duration YEAR = Duration.ofDays(366);
    private static final int SMALLEST_TALLY = 10;

    private final Jdbi jdbi;
    private final Register register;
    private final Issuers issuers;
    private final MasterKey masterKey;
    private final MailQueue mailQueue;
    private final Codes codes;
    private final CodeMail codeMail;
    private final SecureRandom random;
    private final Clock clock;
    private final AtomicBoolean drawn = new AtomicBoolean(true); // perhaps, before this start

    public Roll(
            Jdbi jdbi,
            Register register,
            Issuers issuers,
            MasterKey masterKey,
            MailQueue mailQueue,
            CodeMail codeMail,
            SecureRandom random,
            Clock clock) {
        this.jdbi = jdbi;
        this.register = register;
        this.issuers = issuers;
        this.masterKey = masterKey;
        this.mailQueue = mailQueue;
        this.codes = new Codes(jdbi, random, clock);
        this.codeMail = codeMail;
        this.random = random;
        this.clock = clock;
    }

    /// Enrols a campus with its e-mail domains, the first of which names it. Campuses that share a domain share a
    /// roll.
    public void enrol(String campus, List<String> domains, String campaign) {
        jdbi.useTransaction(transaction -> {
            var store = new RollStore(transaction);
            var roll = domains.stream()
                    .map(store::rollOfDomain)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElse(domains.getFirst());
            store.addRoll(
                    new RollStore.RollRow(roll, freshKey(roll), clock.instant().plus(YEAR)));
            store.addCampus(campus, roll, domains);
            store.addCampaign(campus, campaign);
        });
    }

    boolean knows(String campus) {
        return jdbi.withHandle(handle -> new RollStore(handle).rollOfCampus(campus))
                .isPresent();
    }

    /// Has a code mailed if `address` belongs to the campus; says nothing either way, and takes no longer either
    /// way.
    ///
    /// @return false if the mail queue is full: nothing will be sent, to anybody
    boolean requestCode(String campus, EmailAddress address) {
        return mailQueue.submit(() -> {
            var member = member(campus, address);
            if (member.isEmpty()) return;
            codes.make(member.get().key(), member.get().identity())
                    .ifPresent(code -> codeMail.send(mailQueue, address, code));
        });
    }

    /// Every box open to the campuses of this campus's roll, proven to be in the register.
    Register.ProvenManifests book(String campus) {
        return register.prove(openBoxes(campus).stream().map(Manifest::box).toList());
    }

    /// PROTOCOL §4.4. The code is judged first and its tries are counted whatever follows; everything else is one
    /// transaction. A crash after its commit loses only the answer: the same request again gets the same
    /// signatures.
    DrawResult draw(String campus, EmailAddress address, String code, List<DrawResult.Wish> wishes) {
        var member = member(campus, address).orElse(null);
        if (member == null) return new DrawResult.Refused(DrawResult.Reason.CODE_REFUSED);
        var typed = codes.check(member.key(), member.identity(), code);
        if (typed == Codes.CodeCheck.WRONG) return new DrawResult.Refused(DrawResult.Reason.CODE_REFUSED);
        var keys = openKeys(campus);
        if (!isComplete(keys, wishes)) return new DrawResult.Refused(DrawResult.Reason.INCOMPLETE_BOOK);
        for (var i = 0; i < wishes.size(); i++) { // before anything is kept: what cannot be signed must not be issued
            var wish = wishes.get(i);
            var modulus = modulus(keys, wish.keyId());
            if (new BigInteger(1, wish.blinded()).compareTo(modulus) >= 0) return new DrawResult.OutOfRange(i);
        }
        var tag = member.key().tag(MEMBER, member.identity());
        var refusal = jdbi.inTransaction(transaction -> {
            var store = new RollStore(transaction);
            var repeated = true;
            store.addBook(tag, member.roll(), MEMBER);
            for (var wish : sortedByKey(wishes)) { // one order for all, so that two draws cannot deadlock
                var hash = Hash.sha256(wish.blinded()).bytes();
                if (typed == Codes.CodeCheck.USED) repeated &= store.isIssued(tag, wish.keyId(), hash);
                if (!repeated || !MessageDigest.isEqual(hash, store.issue(tag, wish.keyId(), hash))) {
                    transaction.rollback();
                    return Optional.of(
                            repeated ? DrawResult.Reason.KEY_ALREADY_ISSUED : DrawResult.Reason.CODE_REFUSED);
                }
            }
            codes.markUsed(transaction, member.key(), member.identity());
            return Optional.<DrawResult.Reason>empty();
        });
        if (refusal.isPresent()) return new DrawResult.Refused(refusal.get());
        drawn.set(true);
        var signed = new ArrayList<DrawResult.Signed>();
        for (var wish : wishes) {
            var key = keys.get(Hash.of(wish.keyId()));
            if (key == null) throw new IllegalStateException("a wish outside a complete book");
            signed.add(new DrawResult.Signed(key, issuers.sign(key, wish.blinded())));
        }
        return new DrawResult.Book(signed);
    }

    /// A person of a roll, for the length of a request.
    private record Member(String roll, RollKey key, String identity) {
        @Override
        public String toString() {
            return "Member(hidden)";
        }
    }

    private Optional<Member> member(String campus, EmailAddress address) {
        return jdbi.withHandle(handle -> {
            var store = new RollStore(handle);
            var roll = store.rollOfCampus(campus);
            var exact = store.rollOfDomain(address.domain());
            var own = exact.isPresent() ? exact : rollAbove(store, address.domain());
            if (roll.isEmpty() || !roll.equals(own)) return Optional.empty();
            var row = store.roll(roll.get()).orElseThrow();
            return Optional.of(new Member(
                    row.roll(),
                    new RollKey(masterKey.open(sealName(row.roll()), row.sealedKey())),
                    Identity.of(address, exact.isPresent(), row.roll())));
        });
    }

    private static Optional<String> rollAbove(RollStore store, String domain) {
        var dot = domain.indexOf('.');
        if (dot < 0) return Optional.empty();
        var parent = domain.substring(dot + 1);
        var roll = store.rollOfDomain(parent);
        return roll.isPresent() ? roll : rollAbove(store, parent);
    }

    private List<Manifest> openBoxes(String campus) {
        record Served(List<String> campuses, Set<String> campaigns) {}
        var served = jdbi.withHandle(handle -> {
            var store = new RollStore(handle);
            return store.rollOfCampus(campus)
                    .map(roll -> new Served(store.campusesOf(roll), store.campaignsOf(roll)))
                    .orElse(new Served(List.of(), Set.of()));
        });
        var now = clock.instant();
        return register.manifests().stream()
                .filter(manifest -> manifest.isOpenAt(now))
                .filter(manifest -> manifest.campus().equals("*")
                        ? manifest.campaign() != null && served.campaigns().contains(manifest.campaign())
                        : served.campuses().contains(manifest.campus()))
                .toList();
    }

    private Map<Hash, IssuerPublicKey> openKeys(String campus) {
        var keys = new HashMap<Hash, IssuerPublicKey>();
        for (var manifest : openBoxes(campus)) {
            for (var cls : manifest.classes()) {
                if (cls.name().equals(MEMBER)) keys.put(Hash.of(cls.key().keyId()), cls.key());
            }
        }
        return keys;
    }

    private static BigInteger modulus(Map<Hash, IssuerPublicKey> keys, byte[] keyId) {
        var key = keys.get(Hash.of(keyId));
        if (key == null) throw new IllegalStateException("a wish outside a complete book");
        return key.rsa().getModulus();
    }

    /// Exactly one wish for each open key: a smaller draw would tell what the person came for.
    private static boolean isComplete(Map<Hash, IssuerPublicKey> keys, List<DrawResult.Wish> wishes) {
        var wished = new HashSet<Hash>();
        for (var wish : wishes) wished.add(Hash.of(wish.keyId()));
        return wished.size() == wishes.size() && wished.equals(keys.keySet());
    }

    private static List<DrawResult.Wish> sortedByKey(List<DrawResult.Wish> wishes) {
        var sorted = new ArrayList<>(wishes);
        sorted.sort((a, b) -> Arrays.compareUnsigned(a.keyId(), b.keyId()));
        return sorted;
    }

    /// Tells the register how many books were drawn since the last tally, where there are at least ten, at most
    /// once a day (PROTOCOL §9). Counted while nothing else is told, so that no checkpoint of a box comes
    /// between the count and its leaf: a recount holds the signatures registered before a tally against its
    /// books. A crash between leaves a number settled; whether its leaf was told is asked first.
    public void tally() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        register.alone(telling -> {
            for (var left : jdbi.withHandle(handle -> new RollStore(handle).pendingTallies())) {
                var told = telling.isTold(leaf(left));
                jdbi.useTransaction(tx -> {
                    if (told) new RollStore(tx).markPublished(left);
                    else new RollStore(tx).releaseTally(left);
                });
            }
            for (var settled : jdbi.inTransaction(tx -> new RollStore(tx).fixTallies(SMALLEST_TALLY, today))) {
                telling.append(leaf(settled));
            }
        });
        for (var settled : jdbi.withHandle(handle -> new RollStore(handle).pendingTallies())) {
            jdbi.useTransaction(tx -> new RollStore(tx).markPublished(settled));
        }
    }

    private RegisterLeaf leaf(RollStore.PendingTally tally) {
        var campuses = jdbi.withHandle(handle -> new RollStore(handle).campusesOf(tally.roll()));
        return new RegisterLeaf.RollTally(tally.roll(), campuses, tally.cls(), tally.day(), tally.books());
    }

    /// Writes what was drawn anew in the order of the tags, so that neither the order of the draws nor the moment
    /// of any can be read from the database's pages; only that it was before this. Nothing new, nothing done.
    ///
    /// @return whether rows were written: their old ones want to be swept up
    public boolean shuffle() {
        if (!drawn.getAndSet(false)) return false;
        for (var roll : jdbi.withHandle(handle -> new RollStore(handle).rolls())) {
            jdbi.useTransaction(transaction -> new RollStore(transaction).shuffle(roll.roll()));
        }
        return true;
    }

    /// Deletes codes whose time is over, and the keys of roll-years that have ended with all that was made with
    /// them.
    public void forget() {
        jdbi.useTransaction(transaction -> {
            var store = new RollStore(transaction);
            var now = clock.instant();
            store.forgetCodes(now);
            for (var roll : store.rolls()) {
                if (now.isBefore(roll.yearEnds())) continue;
                store.turnYear(new RollStore.RollRow(roll.roll(), freshKey(roll.roll()), now.plus(YEAR)));
            }
        });
    }

    /// A box open to these campuses must close before this: with a new roll key the same person would look new.
    public Instant latestClosing(String campus) {
        return jdbi.withHandle(handle -> new RollStore(handle)
                .rolls().stream()
                        .filter(roll -> campus.equals("*")
                                || new RollStore(handle).campusesOf(roll.roll()).contains(campus))
                        .map(RollStore.RollRow::yearEnds)
                        .min(Instant::compareTo)
                        .orElse(Instant.MIN));
    }

    private byte[] freshKey(String roll) {
        var key = new byte[32];
        random.nextBytes(key);
        return masterKey.seal(sealName(roll), key);
    }

    private static String sealName(String roll) {
        return "roll/" + roll;
    }
}
