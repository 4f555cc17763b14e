package org.undersigned.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.recount.Check;
import org.undersigned.record.recount.Progress;
import org.undersigned.record.recount.Recount;
import org.undersigned.record.recount.Report;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.NoteVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `recount URL`: step 6 on the reader's own machine.
@Command(
        name = "recount",
        mixinStandardHelpOptions = true,
        description = "Count a petition again from its public record.")
final class RecountCommand implements Callable<Integer> {
    /// In bytes; a checkpoint with a few signatures has a few hundred.
    private static final int MAX_NOTE = 100_000;

    @Parameters(paramLabel = "URL", description = "a petition's page, its record page, or a /log/box/…/ address")
    private String url = "";

    @Option(names = "--json", description = "print the report as JSON")
    private boolean json;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "the register's key; without it, the key that the site publishes is trusted and printed")
    private @Nullable String key;

    @Option(
            names = "--witness",
            paramLabel = "VKEY",
            description = "a witness whose cosignature the register's checkpoint must have; more than one may be given")
    private List<String> witnesses = List.of();

    @Option(
            names = "--at",
            paramLabel = "SIZE",
            description = "count only the first SIZE entries, as on an older paper; all entries are still checked")
    private @Nullable Long at;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "a checkpoint of an earlier recount of yours: signatures before it are not verified again")
    private @Nullable Path since;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "the file to store the checkpoint in for a later --since, if the recount succeeds")
    private @Nullable Path save;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (at != null && at < 1) throw new IllegalArgumentException("--at must be at least 1, not " + at);
        NoteVerifier pinned = key == null ? null : NoteVerifier.parse(key);
        RecordUrl address = RecordUrl.of(url);
        long start = System.nanoTime();
        Progress progress = ProgressBar.onTerminal();
        Report report = Recount.run(
                address.site(),
                address.box(),
                new Recount.Options(
                        pinned,
                        since == null ? null : earlier(since),
                        at,
                        address.path(),
                        witnesses.stream().map(CosignatureVerifier::parse).toList(),
                        progress));
        double seconds = (System.nanoTime() - start) / 1e9;
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (save != null && report.ok()) Files.writeString(save, report.checkpoint());
        if (json) {
            out.println(
                    new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(toJson(report, at, seconds)));
        } else {
            print(report, at, seconds, out);
        }
        out.flush();
        return report.ok() ? 0 : Main.MISMATCH;
    }

    private static String earlier(Path file) throws IOException {
        if (!Files.isRegularFile(file))
            throw new IllegalArgumentException("--since: the file " + file + " does not exist");
        if (Files.size(file) > MAX_NOTE)
            throw new IllegalArgumentException("--since: the file is too long for a checkpoint");
        return Files.readString(file);
    }

    private static void print(Report report, @Nullable Long at, double seconds, PrintWriter out) {
        for (Check check : report.checks()) out.println(check);
        out.println();
        if (at != null)
            out.printf(Locale.ROOT, "At %,d of %,d leaves:%n", at, report.log().size());
        for (Report.ClassCount one : report.counts()) {
            out.printf(
                    Locale.ROOT,
                    "%,10d  %s (%,d entries, %,d withdrawn)%n",
                    one.count(),
                    one.name(),
                    one.entries(),
                    one.withdrawals());
        }
        out.println();
        report.totals().forEach(out::println);
        out.printf(Locale.ROOT, "%.1f seconds%n", seconds);
        out.println(report.ok() ? "The record passes the recount." : "THE RECORD FAILS THE RECOUNT. See ✗ above.");
    }

    private static ObjectNode toJson(Report report, @Nullable Long at, double seconds) {
        var json = JsonNodeFactory.instance.objectNode().put("v", 1).put("ok", report.ok());
        json.put("host", report.host()).put("box", report.box().value()).put("path", report.path());
        json.put("register_key", report.registerKey());
        log(json.putObject("register"), report.register());
        log(json.putObject("ledger"), report.ledger());
        log(json.putObject("log"), report.log());
        if (at != null) json.put("at", at);
        var counts = json.putArray("counts");
        for (Report.ClassCount one : report.counts()) {
            counts.addObject()
                    .put("class", one.name())
                    .put("count", one.count())
                    .put("entries", one.entries())
                    .put("withdrawals", one.withdrawals());
        }
        var checks = json.putArray("checks");
        for (Check check : report.checks()) {
            checks.addObject().put("name", check.name()).put("ok", check.ok()).put("detail", check.detail());
        }
        var totals = json.putArray("totals");
        report.totals().forEach(totals::add);
        return json.put("milliseconds", Math.round(seconds * 1000));
    }

    private static void log(ObjectNode json, Report.Log log) {
        Hash root = log.root();
        json.put("size", log.size()).put("root", root == null ? null : root.base64());
    }
}
