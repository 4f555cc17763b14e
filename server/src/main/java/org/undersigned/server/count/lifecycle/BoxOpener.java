package org.undersigned.server.count.lifecycle;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.server.count.register.Register;
import org.undersigned.tlog.Hash;

/// Opens boxes: stores the text, generates the issuer keys, appends the manifest to the register, then lets the box
/// accept entries. A crash in between leaves at most unused keys, or a manifest whose box opens at the next start.
public final class BoxOpener {
    /// Makes an issuer key for each class of a box.
    public interface KeyMaker {
        /// @return the public keys, in the order of `classes`
        List<IssuerPublicKey> generate(BoxId box, List<String> classes);
    }

    private final Register register;
    private final KeyMaker keys;
    private final Consumer<Manifest> box;
    private final Function<String, Instant> latestClosing;
    private final SecureRandom random;
    private final Clock clock;

    public BoxOpener(
            Register register,
            KeyMaker keys,
            Consumer<Manifest> box,
            Function<String, Instant> latestClosing,
            SecureRandom random,
            Clock clock) {
        this.register = register;
        this.keys = keys;
        this.box = box;
        this.latestClosing = latestClosing;
        this.random = random;
        this.clock = clock;
    }

    /// A box to open: what it counts, for which campus and classes, and for how long.
    ///
    /// @param text     the bytes with the subject's digest
    /// @param campus   directory id, or "*" for every campus of the campaign
    /// @param campaign slug, or null
    public record Plan(
            Manifest.Subject subject,
            byte[] text,
            String campus,
            @Nullable String campaign,
            List<String> classes,
            List<String> affiliations,
            Duration duration,
            Manifest.Publish publish) {}

    /// Opens every registered box whose opening a crash interrupted.
    public void resume() {
        register.manifests().forEach(box);
    }

    /// Opens a box for each of `plans` now, unless one is already open for the same subject. A box closes before
    /// the roll-year of its campuses ends, even when its plan says later.
    public void open(List<Plan> plans) {
        var now = clock.instant();
        var open = new HashMap<Manifest.Subject, Manifest>();
        for (var manifest : register.manifests()) {
            if (now.isBefore(manifest.closes())) open.putIfAbsent(manifest.subject(), manifest);
        }
        for (var plan : plans) box.accept(open.computeIfAbsent(plan.subject(), _ -> register(plan, now)));
    }

    private Manifest register(Plan plan, Instant now) {
        var latest = latestClosing.apply(plan.campus());
        Instant opens = now.truncatedTo(ChronoUnit.SECONDS);
        var closes = opens.plus(plan.duration());
        if (closes.isAfter(latest)) closes = latest.truncatedTo(ChronoUnit.SECONDS);
        register.storeText(plan.text());
        var id = BoxId.random(random);
        var host = register.key().host();
        var manifest = new Manifest(
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
        register.append(new RegisterLeaf.BoxOpened(manifest));
        return manifest;
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
