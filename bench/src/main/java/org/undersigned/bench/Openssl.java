package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Runs `openssl speed`.
final class Openssl {
    private static final Pattern RSA = Pattern.compile("rsa +2048 bits +\\S+s +\\S+s +([0-9.]+) +([0-9.]+)");

    private Openssl() {}

    /// Private and public operations per second.
    record Rsa(double sign, double verify) {}

    /// On one core. The rates count the processor time that openssl reports, because other programs use the rest.
    static Rsa rsa2048(int seconds) throws IOException, InterruptedException {
        return run(seconds, List.of());
    }

    /// Signatures on all cores at once: two threads of one core are slower than twice one.
    static Rate signOnAllCores(int seconds) throws IOException, InterruptedException {
        var cores = Integer.toString(Runtime.getRuntime().availableProcessors());
        var inRealTime = run(seconds, List.of("-elapsed", "-multi", cores)).sign();
        return new Rate(inRealTime, run(seconds, List.of("-multi", cores)).sign());
    }

    private static Rsa run(int seconds, List<String> options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl", "speed", "-seconds", Integer.toString(seconds)));
        command.addAll(options);
        command.add("rsa2048");
        var openssl = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(openssl.getInputStream().readAllBytes(), US_ASCII);
        openssl.waitFor();
        var found = RSA.matcher(said);
        if (!found.find()) throw new IOException("openssl speed printed no result for rsa2048");
        return new Rsa(Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2)));
    }
}
