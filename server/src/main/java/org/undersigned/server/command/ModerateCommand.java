package org.undersigned.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.moderation.DeletionReason;
import org.undersigned.server.count.moderation.Moderation;
import org.undersigned.server.instance.Config;
import org.undersigned.server.platform.StartupFailure;
import org.undersigned.server.platform.db.DatabaseRole;

/// `moderate`: how many names and comments wait where. `moderate /p/PETITION`: reads them to a moderator one by
/// one, who shows each or deletes it. `--shown`: the same with those that stand on the page. `--decisions`: what
/// was decided. While the instance runs or not; a running one shows it at once.
public final class ModerateCommand {
    private static final String USAGE =
            "moderate wants nothing, or a page such as /p/PETITION [--shown | --decisions]; and --as NAME, --data DIR";

    private final Config.Settings settings;
    private final BufferedReader in;
    private final PrintStream out;
    private String page = "";
    private String moderator = System.getProperty("user.name");
    private String what = "--waiting";

    private ModerateCommand(String[] arguments, Map<String, String> environment, BufferedReader in, PrintStream out) {
        settings = new Config.Settings(environment);
        this.in = in;
        this.out = out;
        for (var i = 1; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--data" -> settings.put("UNDERSIGNED_DATA", Config.value(arguments, ++i));
                case "--as" -> moderator = Config.value(arguments, ++i);
                case "--shown", "--decisions" -> what = arguments[i];
                default -> {
                    if (arguments[i].startsWith("--")) throw new StartupFailure("unknown option " + arguments[i]);
                    if (!page.isEmpty() || !arguments[i].startsWith("/")) throw new StartupFailure(USAGE);
                    page = arguments[i];
                }
            }
        }
        if (page.isEmpty() && !what.equals("--waiting")) throw new StartupFailure(USAGE);
        if (moderator.isBlank() || moderator.length() > 100) throw new StartupFailure("--as wants a name");
    }

    /// @param in  the moderator's answers; at its end whatever is left waits on
    /// @throws StartupFailure in one line what is wrong
    public static void run(String[] arguments, Map<String, String> environment, BufferedReader in, PrintStream out) {
        var command = new ModerateCommand(arguments, environment, in, out);
        var _ = OfflineDatabase.withExistingDatabase(command.settings, DatabaseRole.BOX, jdbi -> {
            try {
                command.run(new Moderation(jdbi, Clock.systemUTC()));
            } catch (IOException e) {
                throw new StartupFailure("what you type cannot be read", e);
            }
            return command;
        });
    }

    private void run(Moderation moderation) throws IOException {
        var desks = moderation.queues();
        if (page.isEmpty()) {
            overview(desks);
            return;
        }
        var here = desks.stream()
                .filter(queue -> queue.manifest().subject().path().equals(page))
                .toList();
        if (here.isEmpty()) throw new StartupFailure("nothing is signed at " + page);
        for (var queue : here) {
            switch (what) {
                case "--decisions" ->
                    decisions(moderation.decisions(queue.manifest().box()));
                case "--shown" ->
                    read(moderation, queue, moderation.shown(queue.manifest().box()));
                default ->
                    read(moderation, queue, moderation.waiting(queue.manifest().box()));
            }
        }
    }

    private void overview(List<Moderation.StatementQueue> desks) {
        out.println("Names and comments, waiting and shown:");
        for (var queue : desks) {
            if (queue.waiting() + queue.shown() == 0) continue;
            out.printf(
                    Locale.ROOT,
                    "  %d waiting, %d shown: %s%n",
                    queue.waiting(),
                    queue.shown(),
                    queue.manifest().subject().path());
        }
        if (desks.stream().allMatch(queue -> queue.waiting() + queue.shown() == 0)) out.println("  none");
    }

    private void decisions(List<Moderation.Decision> decisions) {
        if (decisions.isEmpty()) out.println("Nothing was decided.");
        for (var one : decisions) {
            var done =
                    one.reason() == null ? "shown" : "deleted: " + one.reason().meaning();
            out.println(one.day() + "  " + one.statement().base64() + "  by " + one.moderator() + "  " + done);
        }
    }

    private void read(Moderation moderation, Moderation.StatementQueue queue, List<Moderation.Case> cases)
            throws IOException {
        if (cases.isEmpty()) out.println("Nothing " + (what.equals("--shown") ? "is shown." : "waits."));
        for (var i = 0; i < cases.size(); i++) {
            var one = cases.get(i);
            out.printf(Locale.ROOT, "%n%d of %d%n", i + 1, cases.size());
            say("Name", one.statement().name());
            if (one.affiliation() > 0) {
                say("Is", queue.manifest().affiliations().get(one.affiliation() - 1));
            }
            say("Says", one.statement().comment());
            if (!decide(moderation, one)) return;
        }
    }

    private void say(String what, @Nullable String words) {
        if (words == null) return;
        out.println("  " + what + ": " + words.replace("\n", "\n    "));
    }

    /// @return whether to go on
    private boolean decide(Moderation moderation, Moderation.Case one) throws IOException {
        while (true) {
            switch (ask(
                    what.equals("--shown")
                            ? "[l]eave it, [d]elete it, [q]uit"
                            : "[s]how it, [d]elete it, [l]ater, [q]uit")) {
                case "s" -> {
                    if (what.equals("--shown")) continue;
                    tell(moderation.show(one, moderator), "Shown.");
                    return true;
                }
                case "d" -> {
                    var reason = why();
                    if (reason.isEmpty()) continue;
                    tell(moderation.delete(one, reason.get(), moderator), "Deleted. The signature stays and counts.");
                    return true;
                }
                case "l" -> {
                    return true;
                }
                case "q" -> {
                    return false;
                }
                default -> out.println("One letter, please.");
            }
        }
    }

    private void tell(boolean done, String words) {
        out.println(done ? words : "It is no longer there: withdrawn, or decided by somebody else meanwhile.");
    }

    private Optional<DeletionReason> why() throws IOException {
        out.println("Why? It is deleted for good.");
        for (var reason : DeletionReason.values()) out.println("  " + (reason.ordinal() + 1) + "  " + reason.meaning());
        var answer = ask("a number, or anything else to go back");
        return List.of(DeletionReason.values()).stream()
                .filter(reason -> answer.equals(Integer.toString(reason.ordinal() + 1)))
                .findFirst();
    }

    /// `q` at the end of what is typed.
    private String ask(String question) throws IOException {
        out.print(question + ": ");
        out.flush();
        var line = in.readLine();
        return line == null ? "q" : line.strip().toLowerCase(Locale.ROOT);
    }
}
