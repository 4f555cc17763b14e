package org.undersigned.bench;

import java.io.IOException;
import java.util.regex.Pattern;

/// Runs `openssl speed`. The rates count the processor time that it reports, because other programs use the rest.
final class Openssl {
    private static final Pattern RSA = Pattern.compile("rsa +2048 bits +\\S+s +\\S+s +([0-9.]+) +([0-9.]+)");

    private Openssl() {}

    /// Private and public operations per second on one core.
    record Rsa(double sign, double verify) {}

    static Rsa rsa2048(int seconds) throws IOException, InterruptedException {
        var openssl = new ProcessBuilder("openssl", "speed", "-seconds", Integer.toString(seconds), "rsa2048")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        openssl.waitFor();
        var found = RSA.matcher(said);
        if (!found.find()) throw new IOException("openssl speed printed no result for rsa2048");
        return new Rsa(Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2)));
    }
}
