package org.undersigned.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Instance;
import org.undersigned.record.Manifest;
import org.undersigned.record.Promise;
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
            Manifest box = signer.manifest(at.box());
            at.requirePageOf(box);
            boolean isFound = false;
            for (Manifest one : signer.boxesOf(box.subject().path())) isFound |= withdraw(signer, one, terminal);
            if (!isFound) {
                throw new RefusedException(
                        0,
                        "entry-not-published",
                        "no published signature of this book is at "
                                + box.subject().path() + "; one that waits can be withdrawn when it is published");
            }
            return 0;
        }
    }

    /// Withdraws the book's entry in one box. Sends nothing if there is none: a withdrawal that is signed before its
    /// entry could be used against it.
    private static boolean withdraw(Signer signer, Manifest box, Terminal terminal) throws IOException {
        Signer.Own own = signer.findOwn(box);
        if (own.entry() < 0) return false;
        String what = box.subject().path() + ", leaf " + own.entry() + " of box " + box.box();
        if (own.isWithdrawn()) {
            terminal.say(what + " is withdrawn already, by leaf " + own.withdrawal());
            return true;
        }
        Promise promise = signer.withdraw(box);
        terminal.say("withdrew " + what + "; publication is promised by " + promise.publishBy());
        return true;
    }
}
