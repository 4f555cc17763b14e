package org.undersigned.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import org.undersigned.cli.Book;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.record.Manifest;
import org.undersigned.record.recount.Recount;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.json.JsonMapper;

/// Somebody at Tufts who signs at a demonstration, in any process, with the command line's wallet: it repeats the same
/// bytes.
public final class RemotePerson {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HttpSite site;
    private final String address = "member" + Long.toString(RANDOM.nextLong(1L << 40), 36) + "@tufts.edu";
    private final Book book;
    private final Signer signer;

    public RemotePerson(HttpSite site) throws IOException {
        this.site = site;
        var instance = Signer.instance(site);
        book = Signer.fetchBook(site, instance, "tufts.edu");
        signer = new Signer(site, instance, "tufts.edu", address, Wallet.inMemory(), RANDOM);
    }

    public Manifest box() {
        return book.manifests().getFirst();
    }

    /// Requests a code and returns it.
    public String code() throws IOException, InterruptedException {
        signer.requestCode();
        for (var attempt = 0; attempt < 200; attempt++) {
            var mails = new JsonMapper().readTree(site.read("/demo/inbox.json?to=" + address));
            if (!mails.isEmpty()) {
                var subject = mails.get(0).get("subject").stringValue();
                return subject.replaceAll(".*: ", "").replace(" ", "");
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no code arrived");
    }

    public void draw(String code) throws IOException {
        signer.draw(book, code);
    }

    /// Casts an entry, the same one each time; returns the hash of its leaf.
    public Hash cast() throws IOException {
        return signer.cast(box(), 0, null).leafHash();
    }

    /// Does all that signing needs.
    public Hash sign() throws IOException, InterruptedException {
        draw(code());
        return cast();
    }

    /// Waits until a recount of the box finds `count` members; every recount must pass.
    public void awaitCount(long count) throws Exception {
        for (var attempt = 0; attempt < 100; attempt++) {
            var report = Recount.run(site, box().box());
            assertThat(report.ok()).as(report.checks().toString()).isTrue();
            if (report.count("member") == count) return;
            Thread.sleep(200);
        }
        throw new AssertionError("not published");
    }

    public void withdraw() throws IOException {
        var _ = signer.withdraw(box());
    }
}
