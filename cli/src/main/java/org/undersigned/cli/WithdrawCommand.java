package org.undersigned.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Instance;
import org.undersigned.record.Manifest;
import org.undersigned.record.Promise;
import org.undersigned.record.Relay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `withdraw URL`: withdraws what the wallet's book signed at a page, under any words that it had, on this device or
/// another with the same book. A repeated call sends the same bytes.
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        description = "Withdraw your published signature; this is final.")
final class WithdrawCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "a petition's page, its record page, or a /log/box/…/ address")
    private String url = "";

    @Mixin
    private SignerOptions options = new SignerOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var terminal = new Terminal(spec);
        RecordUrl at = RecordUrl.of(url);
        Instance instance = options.instance(at.site(), terminal);
        try (Wallet secrets = options.wallet(terminal)) {
            if (secrets.secret().isEmpty()) {
                throw new IllegalArgumentException("this wallet has no book: nothing was signed with it");
            }
            var signer = new Signer(at.site(), instance, "none", "", secrets, new SecureRandom());
            Manifest named = signer.manifest(at.box());
            at.requirePageOf(named);
            List<Manifest> boxes = at.path() == null
                    ? List.of(named)
                    : signer.boxesOf(named.subject().path());
            boolean isFound = false;
            Optional<Relay> relay = options.relay(signer, terminal);
            for (Manifest box : boxes) isFound |= withdraw(signer, relay, box, terminal);
            if (!isFound) {
                throw new RefusedException(
                        0,
                        "entry-not-published",
                        "no published signature of this book that can be withdrawn is at "
                                + named.subject().path() + "; one that waits can be withdrawn when it is published");
            }
            return 0;
        }
    }

    /// Withdraws the book's entry in one box, and says so. Sends nothing if there is none: a withdrawal that is signed
    /// before its entry could be used against it.
    ///
    /// @return false if there is none, or the box is closed
    private static boolean withdraw(Signer signer, Optional<Relay> relay, Manifest box, Terminal terminal)
            throws IOException {
        if (!signer.isDrawn(box)) return false;
        Signer.Own own = signer.findOwn(box);
        String what = box.subject().path() + ", box " + box.box();
        if (own.entry() < 0) {
            if (signer.hasCast(box)) terminal.say(what + ": your signature waits; withdraw it when it is published");
            return false;
        }
        if (own.isWithdrawn()) {
            terminal.say(what + ": leaf " + own.entry() + " is withdrawn already, by leaf " + own.withdrawal());
            return true;
        }
        try {
            Optional<Promise> promise = relay.isEmpty()
                    ? Optional.of(signer.withdraw(box))
                    : SignerOptions.through(relay.get(), () -> signer.withdrawThrough(relay.get(), box));
            terminal.say(
                    promise.isEmpty()
                            ? "the relay keeps the withdrawal of leaf " + own.entry() + " of " + what
                                    + " and sends it on within about an hour; run the same command again to see it"
                                    + " published"
                            : "withdrew leaf " + own.entry() + " of " + what + "; publication is promised by "
                                    + promise.get().publishBy());
            return true;
        } catch (RefusedException e) {
            if (!e.code().equals("box-closed")) throw e;
            terminal.say(what + ": leaf " + own.entry() + " stays, because the box is closed");
            return false;
        }
    }
}
