package org.undersigned.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option of every command that uses a signer's secrets.
final class WalletFile {
    @Option(names = "--wallet", paramLabel = "FILE", description = "your secrets (default: ~/.undersigned/wallet.json)")
    private @Nullable Path file;

    /// @throws IOException if another program uses the wallet, or the file is not a wallet
    Wallet open() throws IOException {
        return Wallet.in(file != null ? file : Path.of(System.getProperty("user.home"), ".undersigned", "wallet.json"));
    }
}
