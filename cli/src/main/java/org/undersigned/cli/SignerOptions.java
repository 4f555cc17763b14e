package org.undersigned.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Instance;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of the commands that sign and withdraw.
final class SignerOptions {
    @Mixin
    private WalletFile wallet = new WalletFile();

    @Option(names = "--recover", description = "take the book of a recovery code, which is asked for")
    private boolean recover;

    @Option(names = "--key", paramLabel = "VKEY", description = "the register's key, if you know it")
    private @Nullable String key;

    /// The site's identity.
    ///
    /// @throws UnverifiedException if it has another key than the one given
    Instance instance(HttpSite site, Terminal terminal) throws IOException {
        Instance instance = Signer.instance(site);
        String vkey = instance.registerKey().vkey();
        if (key != null && !key.equals(vkey)) {
            throw new UnverifiedException("the site's key is " + vkey + ", not the key that you gave");
        }
        terminal.say("register key " + vkey + (key == null ? " (trusted because the site says so)" : ""));
        return instance;
    }

    /// Opens the wallet, and asks for the recovery code if wanted.
    ///
    /// @throws IllegalArgumentException if what is typed is no recovery code, or the wallet has another book
    Wallet wallet(Terminal terminal) throws IOException {
        Wallet secrets = wallet.open();
        try {
            if (recover) secrets.recover(RecoveryCode.parse(terminal.ask("Your recovery code: ")));
            return secrets;
        } catch (IOException | RuntimeException e) {
            secrets.close();
            throw e;
        }
    }
}
