package org.undersigned.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.moderation.DeletionReason;
import org.undersigned.server.count.moderation.Moderation;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.startup.StartupFailure;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `moderate`: lists how many names and comments wait on which page. `moderate /p/PETITION`: presents them one by
/// one to a moderator, who shows or deletes each. `--shown`: does the same for those that are shown. `--decisions`:
/// lists the decisions. Works whether the instance runs or not; a running instance shows the result at once.
@Command(
        name = "moderate",
        mixinStandardHelpOptions = true,
        description = "Read the waiting names and comments; show or delete each.")
final class ModerateCommand extends DataCommand {
    private static final int MAX_NAME = 100;

    @Parameters(arity = "0..1", paramLabel = "PAGE", description = "a page, such as /p/PETITION")
    private String page = "";

    @ArgGroup(exclusive = true)
    private Choice choice = new Choice();

    @Option(
            names = "--as",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "the moderator's name in the record of decisions (default: the login name)")
    private String moderator = "";

    private final BufferedReader in;

    /// Selects statements of the page; if neither option is given, those that wait.
    private static final class Choice {
        @Option(names = "--shown", description = "read those that are shown")
        private boolean shown;

        @Option(names = "--decisions", description = "list the decisions")
        private boolean decisions;
    }

    /// @param in the moderator's input; when it ends, the remaining statements continue to wait
    ModerateCommand(Settings environment, BufferedReader in) {
        super(environment);
        this.in = in;
    }

    @Override
    public Integer call() {
        if (!page.isEmpty() && !page.startsWith("/")) {
            throw new ParameterException(commandLine(), "PAGE must begin with /, as in /p/PETITION");
        }
        if (page.isEmpty() && (choice.shown || choice.decisions)) {
            throw new ParameterException(commandLine(), "--shown and --decisions need a page, such as /p/PETITION");
        }
        if (moderator.isBlank() || moderator.length() > MAX_NAME) {
            throw new ParameterException(commandLine(), "--as needs a name of at most " + MAX_NAME + " characters");
        }
        var _ = OfflineDatabase.withExistingDatabase(settings(), DatabaseRole.BOX, jdbi -> {
            try {
                moderate(new Moderation(jdbi, Clock.systemUTC()));
            } catch (IOException e) {
                throw new StartupFailure("standard input cannot be read", e);
            }
            return this;
        });
        return 0;
    }

    private void moderate(Moderation moderation) throws IOException {
        var queues = moderation.queues();
        if (page.isEmpty()) {
            overview(queues);
            return;
        }
        var here = queues.stream()
                .filter(queue -> queue.manifest().subject().path().equals(page))
                .toList();
        if (here.isEmpty()) throw new StartupFailure(page + " has nothing to sign");
        for (var queue : here) {
            var box = queue.manifest().box();
            if (choice.decisions) decisions(moderation.decisions(box));
            else read(moderation, queue, choice.shown ? moderation.shown(box) : moderation.waiting(box));
        }
    }

    private void overview(List<Moderation.StatementQueue> queues) {
        out().println("Names and comments, waiting and shown:");
        for (var queue : queues) {
            if (queue.waiting() + queue.shown() == 0) continue;
            out().printf(
                            Locale.ROOT,
                            "  %d waiting, %d shown: %s%n",
                            queue.waiting(),
                            queue.shown(),
                            queue.manifest().subject().path());
        }
        if (queues.stream().allMatch(queue -> queue.waiting() + queue.shown() == 0)) out().println("  none");
    }

    private void decisions(List<Moderation.Decision> decisions) {
        if (decisions.isEmpty()) out().println("There are no decisions.");
        for (var one : decisions) {
            var done =
                    one.reason() == null ? "shown" : "deleted: " + one.reason().meaning();
            out().println(one.day() + "  " + one.statement().base64() + "  by " + one.moderator() + "  " + done);
        }
    }

    private void read(Moderation moderation, Moderation.StatementQueue queue, List<Moderation.PendingStatement> cases)
            throws IOException {
        if (cases.isEmpty()) out().println("Nothing " + (choice.shown ? "is shown." : "waits."));
        for (var i = 0; i < cases.size(); i++) {
            var one = cases.get(i);
            out().printf(Locale.ROOT, "%n%d of %d%n", i + 1, cases.size());
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
        out().println("  " + what + ": " + words.replace("\n", "\n    "));
    }

    /// @return false if the moderator quits
    private boolean decide(Moderation moderation, Moderation.PendingStatement one) throws IOException {
        while (true) {
            switch (ask(choice.shown ? "[l]eave it, [d]elete it, [q]uit" : "[s]how it, [d]elete it, [l]ater, [q]uit")) {
                case "s" -> {
                    if (choice.shown) continue;
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
                default -> out().println("Type one of these letters.");
            }
        }
    }

    private void tell(boolean done, String words) {
        out().println(done ? words : "It no longer exists: it was withdrawn, or another moderator decided.");
    }

    private Optional<DeletionReason> why() throws IOException {
        out().println("Why? The deletion is final.");
        for (var reason : DeletionReason.values())
            out().println("  " + (reason.ordinal() + 1) + "  " + reason.meaning());
        var answer = ask("a number, or anything else to go back");
        return List.of(DeletionReason.values()).stream()
                .filter(reason -> answer.equals(Integer.toString(reason.ordinal() + 1)))
                .findFirst();
    }

    /// Returns the moderator's input in lower case; `q` at the end of the input.
    private String ask(String question) throws IOException {
        out().print(question + ": ");
        out().flush();
        var line = in.readLine();
        return line == null ? "q" : line.strip().toLowerCase(Locale.ROOT);
    }
}
