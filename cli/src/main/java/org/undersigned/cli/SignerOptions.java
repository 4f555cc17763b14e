package org.undersigned.cli;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Instance;
import org.undersigned.record.Promise;
import org.undersigned.record.Relay;
import org.undersigned.record.WrittenCode;
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

    @Option(
            names = "--direct",
            description = "send past the relay: the site then sees from which internet address this comes")
    private boolean direct;

    /// The relay to use; empty if the register names none, or the person wants none.
    Optional<Relay> relay(Signer signer, Terminal terminal) throws IOException {
        Optional<Relay> relay = direct ? Optional.empty() : signer.relay();
        relay.ifPresentOrElse(
                one -> terminal.say("goes through the relay of " + one.operator() + " ("
                        + one.url().getRawAuthority()
                        + "): this site does not see where it comes from, the relay does not see what it is"),
                () -> terminal.say("goes directly: this site can see from which internet address it comes"));
        return relay;
    }

    /// A request through a relay.
    interface Sending {
        Optional<Promise> send() throws IOException;
    }

    /// Sends through the relay; a failure says what the person can do.
    static Optional<Promise> through(Relay relay, Sending sending) throws IOException {
        try {
            return sending.send();
        } catch (RefusedException | UnverifiedException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "the relay of " + relay.operator() + " does not take it: " + e.getMessage()
                            + "; try again later, or send past it with --direct",
                    e);
        }
    }

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
            if (recover)
                secrets.recover(BookSecret.of(WrittenCode.RECOVERY.read(terminal.ask("Your recovery code: "))));
            return secrets;
        } catch (IOException | RuntimeException e) {
            secrets.close();
            throw e;
        }
    }
}
