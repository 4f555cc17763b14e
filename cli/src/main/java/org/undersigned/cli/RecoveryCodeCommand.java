package org.undersigned.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.WrittenCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `recovery-code`: prints the code that gives this wallet's book again on another device. Sends nothing.
@Command(
        name = "recovery-code",
        mixinStandardHelpOptions = true,
        description = "Show the code that gives your book again, with a code from your mail. Whoever has it can see"
                + " what you sign, withdraw it, and use up the rest.")
final class RecoveryCodeCommand implements Callable<Integer> {
    @Mixin
    private WalletFile wallet = new WalletFile();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (Wallet secrets = wallet.open()) {
            var secret = secrets.secret()
                    .orElseThrow(() -> new IllegalArgumentException("this wallet has no book yet: sign first"));
            new Terminal(spec).say(WrittenCode.RECOVERY.write(secret.bytes()));
            return 0;
        }
    }
}
