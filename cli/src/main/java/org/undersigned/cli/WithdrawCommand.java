package org.undersigned.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Objects;
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

/// `withdraw URL`: withdraws what the wallet's book signed, on this device or another with the same book. A repeated
/// call sends the same bytes.
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        description = "Withdraw your published signature; this is final.")
final class WithdrawCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "a petition's page, its record page, or a /log/box/…/ address")
    private String url = "";

    @Mixin
    private WalletFile wallet = new WalletFile();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RecordUrl at = RecordUrl.of(url);
        Instance instance = Signer.instance(at.site());
        try (Wallet secrets = wallet.open()) {
            if (secrets.secret().isEmpty()) {
                throw new IllegalArgumentException("this wallet has no book: nothing was signed with it");
            }
            var signer = new Signer(at.site(), instance, "none", "", secrets, new SecureRandom());
            Manifest box = signer.manifest(at.box());
            at.requirePageOf(box);
            Promise promise = signer.withdraw(box);
            var out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println("withdrew " + box.subject().path() + "; publication is promised by " + promise.publishBy());
            out.flush();
            return 0;
        }
    }
}
