package org.undersigned.server.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.roll.Cards;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.startup.StartupFailure;
import org.undersigned.server.publish.paper.CardPrinter;
import org.undersigned.server.publish.paper.PaperSize;
import org.undersigned.server.site.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cards make CAMPUS COUNT FILE`: makes cards and prints them into a PDF. The codes are in that file and nowhere else.
@Command(
        name = "make",
        mixinStandardHelpOptions = true,
        description = "Make cards for a campus, and register their number in the public ledger.")
final class MakeCardsCommand extends DataCommand {
    private static final int USABLE_DAYS = 7;
    /// A day ends here last on earth (UTC−12).
    private static final ZoneOffset LAST = ZoneOffset.ofHours(-12);

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    @Parameters(index = "0", paramLabel = "CAMPUS", description = "the campus's id, as in /c/CAMPUS")
    private String campus = "";

    @Parameters(index = "1", paramLabel = "COUNT", description = "how many cards: from " + Cards.FEWEST + " to 2000")
    private int count;

    @Parameters(index = "2", paramLabel = "FILE", description = "the PDF to write; print it, then delete it")
    private Path file = Path.of("");

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "the last day on which they can be used (default: a week from today)")
    private @Nullable LocalDate until;

    @Option(names = "--paper", paramLabel = "SIZE", description = "letter (default) or a4")
    private String paper = "letter";

    @Option(names = "--language", paramLabel = "CODE", description = "en (default) or es")
    private String language = "en";

    MakeCardsCommand(Settings environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        var size = size();
        if (!Messages.LANGUAGES.contains(language)) throw new StartupFailure("--language must be en or es");
        var lastDay = until == null ? LocalDate.now(LAST).plusDays(USABLE_DAYS) : until;
        if (lastDay.isBefore(LocalDate.now(LAST))) throw new StartupFailure("--until must not be over");
        var printer = new CardPrinter(publicUrl().toString(), language, size);
        var made = CardsAccess.with(settings(), Clock.systemUTC(), cards -> make(cards, printer, lastDay));
        out().println(count + " cards for " + campus + " are in " + file + " and nowhere else. Batch " + made.batch()
                + ", usable until " + made.until() + ".");
        out().println("Print it, cut and fold the cards with the print inside, close them with tape, and mix them."
                + " Then delete the file.");
        return 0;
    }

    private Cards.Made make(Cards cards, CardPrinter printer, LocalDate lastDay) {
        var end = lastDay.plusDays(1).atTime(LocalTime.MIDNIGHT).toInstant(LAST);
        var isWritten = new boolean[1];
        try {
            return cards.make(campus, count, end, made -> {
                        var lastMoment = made.until().isBefore(end) ? dayOf(made.until()) : lastDay;
                        write(printer.print(campus, made.codes(), lastMoment, Instant.now()));
                        isWritten[0] = true;
                    })
                    .orElseThrow(() -> new StartupFailure("this instance has no campus " + campus
                            + "; its campuses have the ids that are in the addresses /c/…"));
        } catch (RuntimeException e) {
            if (isWritten[0]) delete(); // if the ledger does have them after all, they are cancelled when they end
            if (e instanceof IllegalArgumentException) throw new StartupFailure(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static LocalDate dayOf(Instant end) {
        return LocalDate.ofInstant(end, LAST).minusDays(1);
    }

    /// Writes a new file that only its owner can read, durably.
    private void write(byte[] pdf) {
        var isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        var owner = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel = FileChannel.open(file, NEW, owner)) {
            var bytes = ByteBuffer.wrap(pdf);
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new StartupFailure(file + " exists already; nothing was made");
        } catch (IOException e) {
            delete(); // part of it may be there
            throw new StartupFailure(file + " cannot be written; nothing was made");
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PaperSize size() {
        for (var one : PaperSize.values()) {
            if (one.word().equals(paper.toLowerCase(Locale.ROOT))) return one;
        }
        throw new StartupFailure("--paper must be letter or a4");
    }

    private URI publicUrl() {
        return Config.publicUrl(settings());
    }
}
