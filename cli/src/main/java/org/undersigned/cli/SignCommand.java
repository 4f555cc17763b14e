package org.undersigned.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Instance;
import org.undersigned.record.Manifest;
import org.undersigned.record.Promise;
import org.undersigned.record.Relay;
import org.undersigned.record.WrittenCode;
import org.undersigned.tlog.Hash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `sign URL`: signs without a browser, and so without trusting the site's scripts. After a failure, the same
/// command continues where it stopped and sends the same bytes.
@Command(name = "sign", mixinStandardHelpOptions = true, description = "Sign a petition without a browser.")
final class SignCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ASK_AGAIN = Duration.ofSeconds(20);

    @Parameters(paramLabel = "URL", description = "a petition's page, its record page, or a /log/box/…/ address")
    private String url = "";

    @Option(names = "--address", description = "your campus e-mail address; asked for if absent")
    private @Nullable String address;

    @Option(names = "--code", description = "the code from the mail; asked for, after requesting one, if absent")
    private @Nullable String code;

    @Option(
            names = "--card",
            description = "draw with a card that you were handed, without an address; its code is asked for")
    private boolean hasCard;

    @Option(names = "--affiliation", description = "your affiliation, in the petition's words; none if absent")
    private @Nullable String affiliation;

    @Option(
            names = "--campus",
            description = "the campus whose roll you are on; guessed from the address, or the page, if absent")
    private @Nullable String campus;

    @Mixin
    private SignerOptions options = new SignerOptions();

    @Option(
            names = "--wait",
            description = "wait until it is published, and prove it; the site sees that this address looks for it")
    private boolean wait;

    @Option(names = "--wait-seconds", hidden = true, description = "how long at most")
    private long waitSeconds = Duration.ofDays(1).toSeconds();

    @Spec
    private @Nullable CommandSpec spec;

    private @Nullable Terminal terminal;

    @Override
    public Integer call() throws IOException {
        terminal = new Terminal(spec);
        RecordUrl at = RecordUrl.of(url);
        Instance instance = options.instance(at.site(), terminal);
        try (Wallet secrets = options.wallet(terminal)) {
            if (secrets.isRecovered() && isSignedElsewhere(at, instance, secrets)) return 0;
            return sign(at, instance, secrets);
        }
    }

    /// True if the box has an entry of this book that another device cast.
    private boolean isSignedElsewhere(RecordUrl at, Instance instance, Wallet secrets) throws IOException {
        if (secrets.pageFor(at.box()).filter(page -> page.cast() != null).isPresent()) return false;
        var signer = new Signer(at.site(), instance, "none", "", secrets, new SecureRandom());
        Manifest box = signer.manifest(at.box());
        at.requirePageOf(box);
        return saySignedElsewhere(signer, box);
    }

    private boolean saySignedElsewhere(Signer signer, Manifest box) throws IOException {
        Signer.Own own = signer.findOwn(box);
        if (own.entry() < 0) return false;
        say("this book has signed " + box.subject().path() + " already, on another device: leaf " + own.entry()
                + " of the box's log" + (own.isWithdrawn() ? "; withdrawn by leaf " + own.withdrawal() : ""));
        return true;
    }

    private int sign(RecordUrl at, Instance instance, Wallet secrets) throws IOException {
        Optional<BookPage> before = secrets.pageFor(at.box()).filter(bookPage -> bookPage.token() != null);
        Signer signer;
        Manifest box;
        if (before.isPresent()) {
            say("a token for this box is in the wallet already");
            box = before.get().parsedManifest();
            show(at, box);
            signer = new Signer(at.site(), instance, "none", "", secrets, new SecureRandom());
            if (!signer.hasCast(box)) signer.requireCurrent(box);
        } else {
            var drawer = hasCard ? withCard(at, instance, secrets) : byMail(at.site(), instance, secrets);
            signer = drawer.signer();
            box = drawer.book()
                    .box(at.box())
                    .orElseThrow(
                            () -> new RefusedException(0, "not-in-book", "this box is not open to " + drawer.campus()));
            say("book of " + drawer.campus() + ": " + drawer.book().manifests().size()
                    + " boxes, as the whole register says; "
                    + (instance.policy().witnesses().isEmpty()
                            ? "the instance names no witnesses"
                            : "confirmed by " + instance.policy()));
            affiliationNumber(box); // refuse a misspelt affiliation before sending anything
            show(at, box);
            draw(signer, drawer.book());
            if (!signer.hasToken(box) && hasCard) {
                throw new RefusedException(
                        409,
                        "card-used",
                        "the server refused (409 card-used): this page opened after the card was used, and a card draws"
                                + " once");
            }
            if (!signer.hasToken(box)) {
                throw new RefusedException(
                        409,
                        "key-already-issued",
                        "the server refused (409 key-already-issued): this address got its token for this page before,"
                                + " with another wallet or on another device; its recovery code gives it again"
                                + " (--recover)");
            }
        }
        return cast(signer, box);
    }

    /// A person about to draw a book.
    private record Drawer(String campus, Book book, Signer signer) {}

    private Drawer byMail(HttpSite site, Instance instance, Wallet secrets) throws IOException {
        String mail = address != null ? address : ask("Your campus e-mail address: ");
        String domain = Signer.domainOf(mail);
        if (!mail.contains("@") || !domain.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
            throw new IllegalArgumentException("this is not an e-mail address");
        }
        String roll = campus != null ? campus : domain;
        var signer = new Signer(site, instance, roll, mail, secrets, new SecureRandom());
        try {
            return new Drawer(roll, signer.fetchBook(), signer);
        } catch (NoSuchFileException e) {
            if (campus != null) throw e;
            throw new RefusedException(
                    404, "no-campus", "no campus of this instance is named " + domain + "; say which with --campus");
        }
    }

    private Drawer withCard(RecordUrl at, Instance instance, Wallet secrets) throws IOException {
        byte[] card = WrittenCode.CARD.read(ask("The code on your card: "));
        String roll = campus;
        if (roll == null) {
            var reader = new Signer(at.site(), instance, "none", "", secrets, new SecureRandom());
            roll = reader.manifest(at.box()).campus();
            if (roll.equals("*")) throw new IllegalArgumentException("say with --campus for which campus your card is");
        }
        var signer = Signer.withCard(at.site(), instance, roll, card, secrets, new SecureRandom());
        return new Drawer(roll, signer.fetchBook(), signer);
    }

    private void draw(Signer signer, Book book) throws IOException {
        String typed = hasCard ? "" : codeFromMail(signer);
        int drawn = signer.draw(book, typed);
        say("drew " + drawn + (drawn == 1 ? " token" : " tokens"));
    }

    private String codeFromMail(Signer signer) throws IOException {
        String typed = code;
        if (typed == null) {
            signer.requestCode();
            typed = ask("The code from the mail: ");
        }
        typed = typed.replaceAll("[\\s-]", ""); // the mail prints the code in groups
        if (!typed.matches("[0-9A-Za-z]{8}")) {
            throw new IllegalArgumentException("the code must have 8 letters and digits");
        }
        return typed;
    }

    /// Prints the text to sign, after checking that its hash is the one in the manifest.
    private void show(RecordUrl at, Manifest box) throws IOException {
        var subject = box.subject();
        at.requirePageOf(box);
        byte[] text = at.site().read(subject.textPath());
        if (!Hash.sha256(text).equals(subject.textSha256())) {
            throw new UnverifiedException(subject.textPath() + " is not the text this box was opened for");
        }
        JsonNode words = JSON.readTree(text);
        String language = Locale.getDefault().getLanguage().equals("es") ? "es" : "en";
        say(subject.path() + ": " + plain(words.path("title"), language));
        say(plain(words.path("text"), language));
        for (JsonNode demand : words.path("demands")) say("- " + plain(demand.path("text"), language));
    }

    /// Replaces control characters, because a terminal must show text only.
    private static String plain(JsonNode text, String language) {
        JsonNode own = text.isObject() ? text.path(language) : text;
        return own.asString("").replaceAll("\\p{Cntrl}", " ");
    }

    private int cast(Signer signer, Manifest box) throws IOException {
        Optional<Relay> relay = options.relay(signer, Objects.requireNonNull(terminal));
        // an entry that was sent before may be older than today's checkpoint: then search from the first leaf.
        // With a relay the site is asked for nothing now.
        long from = signer.hasCast(box) || relay.isPresent() ? 0 : signer.sizeOf(box);
        Optional<Promise> answer;
        try {
            answer = send(signer, relay, box);
        } catch (RefusedException e) {
            if (!e.code().equals("nonce-used")) throw e;
            if (!saySignedElsewhere(signer, box)) {
                say("another device with this book has signed " + box.subject().path() + "; it is not published yet");
            }
            return 0;
        }
        if (answer.isEmpty()) {
            say("the relay keeps your signature and sends it on with others, within about an hour; run the same command"
                    + " again later for the site's promise");
            return 0;
        }
        Promise promise = answer.get();
        say("signed " + box.subject().path() + "; publication is promised by " + promise.publishBy());
        if (!wait) return 0;
        Signer.Published published =
                signer.awaitPublication(box, promise.leafHash(), from, Duration.ofSeconds(waitSeconds));
        say("published as leaf " + published.index() + " of " + published.size()
                + ", proved from the log's tiles; root " + published.root().base64());
        Signer.Registered registered =
                signer.awaitWitnesses(box, promise.leafHash(), published.index(), Duration.ofSeconds(waitSeconds));
        say("its checkpoint is leaf " + registered.leaf() + " of the ledger, "
                + (registered.witnesses().isEmpty()
                        ? "which nobody watches: the instance names no witnesses"
                        : "cosigned by " + String.join(", ", registered.witnesses())));
        return 0;
    }

    /// Sends the entry as the person wants it to be sent.
    ///
    /// @return the promise; empty while the relay holds the entry
    private Optional<Promise> send(Signer signer, Optional<Relay> relay, Manifest box) throws IOException {
        if (relay.isEmpty()) return Optional.of(signer.cast(box, affiliationNumber(box), null));
        Instant deadline = Instant.now().plusSeconds(wait ? waitSeconds : 0);
        while (true) {
            Optional<Promise> answer = SignerOptions.through(
                    relay.get(), () -> signer.castThrough(relay.get(), box, affiliationNumber(box), null));
            if (answer.isPresent() || !Instant.now().isBefore(deadline)) return answer;
            HttpSite.pause(ASK_AGAIN);
        }
    }

    private int affiliationNumber(Manifest box) {
        if (affiliation == null) return 0;
        int index = box.affiliations().indexOf(affiliation);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "the affiliation must be one of: " + String.join(", ", box.affiliations()));
        }
        return index + 1;
    }

    private void say(String line) {
        Objects.requireNonNull(terminal).say(line);
    }

    private String ask(String prompt) throws IOException {
        return Objects.requireNonNull(terminal).ask(prompt);
    }
}
