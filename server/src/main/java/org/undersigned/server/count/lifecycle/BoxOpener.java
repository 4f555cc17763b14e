package org.undersigned.server.count.lifecycle;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.register.Register;
import org.undersigned.tlog.Hash;

/// Opens boxes: stores the text, generates the issuer keys, appends the manifest to the register, then lets the box
/// accept entries. If the page has an open box with other words, the same checkpoint supersedes it. A crash in
/// between leaves at most unused keys, or leaves of the register that the boxes obey from the next start on.
public final class BoxOpener {
    /// Makes an issuer key for each class of a box.
    public interface KeyMaker {
        /// @return the public keys, in the order of `classes`
        List<IssuerPublicKey> generate(BoxId box, List<String> classes);
    }

    /// How many boxes are opened under one checkpoint at most.
    private static final int AT_ONCE = 200;
    /// A box that would close sooner is not opened: making the keys of all boxes takes a while.
    private static final Duration SHORTEST = Duration.ofHours(1);

    private final Register register;
    private final KeyMaker keys;
    private final Boxes boxes;
    private final Function<String, Instant> latestClosing;
    private final SecureRandom random;
    private final Clock clock;

    public BoxOpener(
            Register register,
            KeyMaker keys,
            Boxes boxes,
            Function<String, Instant> latestClosing,
            SecureRandom random,
            Clock clock) {
        this.register = register;
        this.keys = keys;
        this.boxes = boxes;
        this.latestClosing = latestClosing;
        this.random = random;
        this.clock = clock;
    }

    /// A box to open: what it counts, for which campus and classes, and until when.
    ///
    /// @param text      the bytes with the subject's digest
    /// @param keepsText true for a text that may stay in its place if its box is open already
    /// @param campus   directory id, or "*" for every campus of the campaign
    /// @param campaign slug, or null
    public record Plan(
            Manifest.Subject subject,
            byte[] text,
            Predicate<byte[]> keepsText,
            String campus,
            @Nullable String campaign,
            List<String> classes,
            List<String> affiliations,
            Instant closes,
            Manifest.Publish publish) {}

    /// Makes the boxes obey the register, also where a crash came between.
    public void resume() {
        var offered = register.offered();
        boxes.obey(offered);
    }

    /// Makes a box for each of `plans` the current one of its page, unless it is already. If the words of a page
    /// become again what they were, their box becomes current again. A box closes before the roll-year of its
    /// campuses ends, even when its plan says later. All new boxes have the same opening moment.
    ///
    /// @return false if a box cannot open yet, because the roll-year of its campuses is about to end
    public boolean open(List<Plan> plans) {
        var offered = register.offered();
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var missing = plans.stream()
                .filter(plan -> !isCurrent(plan, offered))
                .filter(plan -> closing(plan).isAfter(now.plus(SHORTEST)))
                .toList();
        for (var first = 0; first < missing.size(); first += AT_ONCE) {
            var fresh = new LinkedHashMap<Plan, Manifest>();
            for (var plan : missing.subList(first, Math.min(missing.size(), first + AT_ONCE))) {
                fresh.put(plan, generate(plan, now));
            }
            register.withLock(appender -> makeCurrent(fresh, appender));
        }
        if (!missing.isEmpty()) resume();
        var opened = register.offered();
        return plans.stream()
                .filter(plan -> !isCurrent(plan, opened))
                .noneMatch(plan -> plan.closes().isAfter(now.plus(SHORTEST)));
    }

    private boolean isCurrent(Plan plan, OfferedBoxes offered) {
        return offered.current(plan.subject().path())
                .map(OfferedBoxes.Offer::manifest)
                .filter(this::isNotOver)
                .filter(one -> one.subject().equals(plan.subject())
                        || register.text(one.subject().textSha256())
                                .filter(plan.keepsText())
                                .isPresent())
                .isPresent();
    }

    private boolean isNotOver(Manifest manifest) {
        return clock.instant().isBefore(manifest.closes());
    }

    /// @param fresh for each plan a new box, which is not used if another node has made a box current meanwhile
    private void makeCurrent(Map<Plan, Manifest> fresh, Register.Appender appender) {
        var offered = appender.offered();
        var leaves = new ArrayList<RegisterLeaf>();
        fresh.forEach((plan, manifest) -> {
            if (!isCurrent(plan, offered)) leaves.addAll(leaves(plan, manifest, offered));
        });
        appender.append(leaves);
    }

    private List<RegisterLeaf> leaves(Plan plan, Manifest fresh, OfferedBoxes offered) {
        var former = offered.ofWords(plan.subject())
                .map(OfferedBoxes.Offer::manifest)
                .filter(this::isNotOver);
        var next = former.orElse(fresh);
        var leaves = new ArrayList<RegisterLeaf>();
        offered.current(plan.subject().path())
                .map(OfferedBoxes.Offer::manifest)
                .filter(old -> former.isPresent() || fresh.opens().isBefore(old.closes()))
                .ifPresent(old -> leaves.add(new RegisterLeaf.BoxSuperseded(
                        old.box(), next.box(), clock.instant().truncatedTo(ChronoUnit.SECONDS))));
        if (former.isEmpty()) leaves.add(new RegisterLeaf.BoxOpened(fresh));
        return leaves;
    }

    /// Every box that was ever opened, and which of them are current.
    OfferedBoxes offered() {
        return register.offered();
    }

    /// When the next current box of a page ends, after which its page may need another one.
    Instant nextEnd() {
        var now = clock.instant();
        var offered = register.offered();
        return offered.all().stream()
                .map(OfferedBoxes.Offer::manifest)
                .filter(one -> offered.isCurrent(one.box()) && one.closes().isAfter(now))
                .map(Manifest::closes)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private Instant closing(Plan plan) {
        var latest = latestClosing.apply(plan.campus());
        return plan.closes().isAfter(latest) ? latest : plan.closes();
    }

    private Manifest generate(Plan plan, Instant opens) {
        var closes = closing(plan).truncatedTo(ChronoUnit.SECONDS);
        register.storeText(plan.text());
        var id = BoxId.random(random);
        var host = register.key().host();
        return new Manifest(
                id,
                plan.subject(),
                plan.campus(),
                plan.campaign(),
                host + "/box/" + id.value(),
                host,
                issuerClasses(id, plan.classes()),
                plan.affiliations(),
                opens,
                closes,
                plan.publish());
    }

    private List<Manifest.IssuerClass> issuerClasses(BoxId box, List<String> names) {
        var generated = keys.generate(box, names);
        generated.forEach(register::storeKey);
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Manifest.IssuerClass(
                        names.get(i), Hash.of(generated.get(i).keyId())))
                .toList();
    }
}
