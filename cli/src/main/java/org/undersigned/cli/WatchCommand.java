package org.undersigned.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `undersigned watch URL`: one look at an instance, from its own state; made for cron. Prints each finding on a
/// line and exits with 1; prints nothing with `--quiet` if nothing is wrong.
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Look whether an instance still is what it was: run it regularly.")
final class WatchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "an instance's address, or a page of it")
    private String url = "";

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "what was seen before (default: ~/.undersigned/watch/HOST.json)")
    private @Nullable Path file;

    @Option(names = "--quiet", description = "print nothing if nothing is wrong")
    private boolean quiet;

    @Option(names = "--at", paramLabel = "TIME", hidden = true, description = "the time of the look")
    private @Nullable String at;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var address = URI.create(url);
        var site = new HttpSite(address, HttpSite.client());
        var path = file != null ? file : standard(site.base());
        var state = WatchState.read(path);
        var watch = new Watch(site, state, now());
        var findings = watch.look();
        if (!findings.isEmpty()) { // something may have opened or closed during the look: look again
            state = WatchState.read(path);
            watch = new Watch(site, state, now());
            findings = watch.look();
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        findings.forEach(finding -> out.println("✗ " + finding));
        if (findings.isEmpty()) {
            state.write(path);
            if (!quiet) out.println("✓ " + watch.summary() + ": as before, and as the register says");
        }
        out.flush();
        return findings.isEmpty() ? 0 : Main.MISMATCH;
    }

    private Instant now() {
        return at == null ? Instant.now() : Instant.parse(at);
    }

    private static Path standard(URI base) {
        var name = base.getAuthority().replace(':', '-') + ".json";
        return Path.of(System.getProperty("user.home"), ".undersigned", "watch", name);
    }
}
