package org.undersigned.server.demo;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.undersigned.cli.Book;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.record.Instance;
import org.undersigned.record.Manifest;
import org.undersigned.record.Relay;

/// Programs that sign: each requests a code, reads it in the demo inbox, draws a book and casts an entry
/// through the relay, over HTTP, as a browser does. They run in the background and can be stopped at any
/// time. A later start continues from what is published, with new addresses: entries that still waited when
/// the program was killed come in addition.
public final class DemoSigners implements AutoCloseable {
    /// The prefix of every demonstration signer's address.
    static final String LOCAL_PREFIX = "demonstration-signer-";

    private static final int AT_ONCE = 8;

    private final URI site;
    private final DemoInbox inbox;
    private final SecureRandom random;
    private final Consumer<String> progress;
    private volatile boolean stopping;
    private final AtomicInteger gaveUp = new AtomicInteger();

    /// A number of signers for one petition.
    ///
    /// @param counted entries that the petition's box has already published, from earlier starts
    public record Crowd(String campus, String path, int signers, long counted) {}

    public DemoSigners(URI site, DemoInbox inbox, SecureRandom random, Consumer<String> progress) {
        this.site = site;
        this.inbox = inbox;
        this.random = random;
        this.progress = progress;
    }

    /// Lets every crowd sign.
    ///
    /// @return true if every crowd is done; false if the signers were stopped or failed before
    public boolean sign(List<Crowd> crowds) {
        for (var crowd : crowds) {
            if (stopping || crowd.counted() >= crowd.signers()) continue;
            try {
                sign(crowd);
            } catch (IOException e) {
                if (!stopping) progress.accept("Demonstration signers stopped: " + e.getMessage());
                return false;
            }
        }
        if (stopping) return false;
        progress.accept(
                gaveUp.get() == 0
                        ? "Demonstration signers: all have signed."
                        : "Demonstration signers: all but " + gaveUp.get() + " have signed.");
        return true;
    }

    private void sign(Crowd crowd) throws IOException {
        var http = new HttpSite(site, HttpSite.client());
        var instance = Signer.instance(http);
        var book = Signer.fetchBook(http, instance, crowd.campus());
        var box = book.manifests().stream()
                .filter(manifest -> manifest.subject().path().equals(crowd.path()))
                .findFirst()
                .orElseThrow(() -> new IOException("no open box for " + crowd.path()));
        var relay = Signer.relay(http, instance).orElse(null);
        var done = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("demonstration-", 0).factory())) {
            for (var n = (int) crowd.counted() + 1; n <= crowd.signers(); n++) {
                var number = n;
                threads.execute(() -> {
                    if (stopping) return;
                    signOne(new Signing(http, instance, book, box, relay), crowd, number);
                    var count = done.incrementAndGet();
                    if (count % 200 == 0) {
                        progress.accept(String.format(
                                Locale.ROOT,
                                "Demonstration signers at %s: %d of %d",
                                crowd.campus(),
                                crowd.counted() + count,
                                crowd.signers()));
                    }
                });
            }
        }
    }

    /// What all signers of a crowd share.
    ///
    /// @param relay null if the instance has none
    private record Signing(
            HttpSite http,
            Instance instance,
            Book book,
            Manifest box,
            @Nullable Relay relay) {}

    private void signOne(Signing signing, Crowd crowd, int number) {
        // The address is random, because the signers of an earlier start have drawn their books already.
        var address = LOCAL_PREFIX + Long.toString(random.nextLong(1L << 40), 36) + "@" + crowd.campus();
        try {
            var wallet = Wallet.inMemory();
            var signer = new Signer(signing.http(), signing.instance(), crowd.campus(), address, wallet, random);
            signer.requestCode();
            signer.draw(signing.book(), code(address));
            var statement = DemoStatements.of(number, random);
            if (signing.relay() == null) {
                var _ = signer.cast(signing.box(), number % 5, statement);
            } else {
                var _ = signer.castThrough(signing.relay(), signing.box(), number % 5, statement);
            }
        } catch (IOException | InterruptedException e) {
            gaveUp.incrementAndGet();
            if (!stopping) progress.accept("A demonstration signer gave up: " + e.getMessage());
        }
    }

    /// The code's eight letters and digits from the newest mail. Waits up to ten seconds for the mail.
    private String code(String address) throws IOException, InterruptedException {
        for (var attempt = 0; attempt < 400 && !stopping; attempt++) {
            var mails = inbox.to(address);
            if (!mails.isEmpty()) return mails.getFirst().code();
            TimeUnit.MILLISECONDS.sleep(25);
        }
        throw new IOException("no code arrived");
    }

    /// Stops the signers; those under way finish first.
    @Override
    public void close() {
        stopping = true;
    }
}
