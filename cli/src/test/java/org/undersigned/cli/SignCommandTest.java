package org.undersigned.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.record.WitnessPolicy;
import org.undersigned.record.recount.FakeSite;
import org.undersigned.tlog.Cosigner;

class SignCommandTest {
    @TempDir
    Path folder = Path.of("");

    private CliRun sign(FakeServer server, String... more) {
        return sign(server, FakeSite.PAGE, wallet(), FakeServer.CODE, more);
    }

    private static CliRun sign(FakeServer server, String page, Path wallet, String code, String... more) {
        var args = new ArrayList<>(List.of("sign", server.url(page), "--wallet", wallet.toString()));
        args.addAll(List.of("--address", "ada@lantern.edu", "--code", code));
        args.addAll(List.of(more));
        return CliRun.of(args.toArray(String[]::new));
    }

    private Path wallet() {
        return folder.resolve("secrets/wallet.json");
    }

    @Test
    void aSignatureIsPromisedPublishedAndProved() throws Exception {
        try (var server = new FakeServer(FakeSite.open())) {
            var running = CompletableFuture.supplyAsync(() -> sign(server, "--affiliation", "staff", "--wait"));
            while (!server.site.hasWaiting() && !running.isDone()) Thread.sleep(20);
            server.site.publish();
            var run = running.get();

            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .contains("1 boxes, as the whole register says; the instance names no witnesses")
                    .contains("publication is promised by 2030-01-01T00:00:00Z")
                    .contains("published as leaf 1 of 2")
                    .contains("its checkpoint is leaf 2 of the ledger, which nobody watches");
            assertThat(run.status()).isZero();
            assertThat(server.site.recount().count("member")).isEqualTo(1);
        }
    }

    @Test
    void aSubDomainOfACampusIsNotTheCampus() {
        try (var server = new FakeServer(FakeSite.open())) {
            var run = CliRun.of(
                    "sign",
                    server.url(FakeSite.PAGE),
                    "--wallet",
                    wallet().toString(),
                    "--address",
                    "ada@eng.lantern.edu",
                    "--code",
                    FakeServer.CODE);

            assertThat(run.status()).isNotZero();
            assertThat(run.err()).hasLineCount(1).contains("no campus of this instance is named eng.lantern.edu");
        }
    }

    @Test
    void whatIsSignedIsSaidBefore() {
        try (var server = new FakeServer(FakeSite.open())) {
            assertThat(sign(server).out()).contains(FakeSite.PAGE + ": ").contains("signed " + FakeSite.PAGE);
        }
    }

    @Test
    void aPageThatLeadsToAnotherPetitionIsNotSigned() {
        try (var server = new FakeServer(FakeSite.open())) {
            server.misleading = "/p/another";
            server.site.files.put("/p/another", server.site.files.get(FakeSite.PAGE));

            var run = sign(server, "/p/another", wallet(), FakeServer.CODE);

            assertThat(run.err())
                    .hasLineCount(1)
                    .contains("you asked for /p/another, but the site leads to the box of " + FakeSite.PAGE);
            assertThat(run.status()).isEqualTo(1);
            assertThat(server.posted).isEmpty();
        }
    }

    @Test
    void aTextThatIsNotTheManifestsIsNotSigned() {
        try (var server = new FakeServer(FakeSite.open())) {
            server.site.files.put(
                    server.site.manifest.subject().textPath(), "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

            var run = sign(server);

            assertThat(run.err()).hasLineCount(1).contains("is not the text this box was opened for");
            assertThat(run.status()).isEqualTo(1);
            assertThat(server.posted).isEmpty();
        }
    }

    @Test
    void theCodeMayBeTypedAsTheMailShowsIt() {
        try (var server = new FakeServer(FakeSite.open())) {
            var run = sign(server, FakeSite.PAGE, wallet(), "1234 5678");

            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
        }
    }

    @Test
    void theWalletIsItsOwnersOnly() throws IOException {
        try (var server = new FakeServer(FakeSite.open())) {
            assertThat(sign(server).status()).isZero();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(wallet())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
                    .isEqualTo("rwx------");
            assertThat(Files.readString(wallet()))
                    .doesNotContain("lantern.edu\"")
                    .doesNotContain("ada");
        }
    }

    @Test
    void aWalletInUseIsRefusedBeforeAnythingIsSent() throws Exception {
        try (var server = new FakeServer(FakeSite.open());
                var _ = Wallet.in(wallet())) {
            var run = sign(server);

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("is in use by another program");
            assertThat(server.posted).isEmpty();
        }
    }

    @Test
    void aRetrySendsTheSameBytes() {
        try (var server = new FakeServer(FakeSite.open())) {
            String draw = "/roll/lantern.edu/draw";
            String entries = "/box/" + server.site.manifest.box() + "/entries";
            server.outages.put(draw, 1); // the server accepts the request, but the response is lost
            server.outages.put(entries, 1);

            assertThat(sign(server).status()).isEqualTo(2);
            var second = sign(server);
            assertThat(second.status()).isEqualTo(2);
            assertThat(second.err()).hasLineCount(1).contains("503");
            assertThat(sign(server, "--affiliation", "staff").status()).isZero(); // fixed by the first call

            assertThat(bodies(server, draw))
                    .hasSize(2)
                    .containsOnly(bodies(server, draw).getFirst());
            assertThat(bodies(server, entries))
                    .hasSize(2)
                    .containsOnly(bodies(server, entries).getFirst());
            server.site.publish();
            assertThat(server.site.recount().count("member")).isEqualTo(1);
        }
    }

    @Test
    void aSecondWalletGetsNoSecondVote() {
        try (var server = new FakeServer(FakeSite.open())) {
            assertThat(sign(server).status()).isZero();
            var run = sign(server, FakeSite.PAGE, folder.resolve("other.json"), FakeServer.CODE);

            assertThat(run.err()).hasLineCount(1).contains("409 key-already-issued");
            assertThat(run.status()).isEqualTo(2);
        }
    }

    private Path secondDevice() {
        return folder.resolve("second/wallet.json");
    }

    private CliRun recover(FakeServer server, String code, String... more) {
        var args = new ArrayList<>(List.of("sign", server.url(FakeSite.PAGE), "--recover"));
        args.addAll(List.of("--wallet", secondDevice().toString(), "--address", "ada@lantern.edu"));
        args.addAll(List.of("--code", FakeServer.CODE));
        args.addAll(List.of(more));
        return CliRun.typing(code + "\n", args.toArray(String[]::new));
    }

    private static String recoveryCode(Path wallet) {
        var run = CliRun.of("recovery-code", "--wallet", wallet.toString());
        assertThat(run.status()).isZero();
        return run.out().strip();
    }

    private static CliRun signWithCard(FakeServer server, Path wallet, String typed) {
        return CliRun.typing(typed + "\n", "sign", server.url(FakeSite.PAGE), "--wallet", wallet.toString(), "--card");
    }

    /// J1 with a card: no address, no code from the mail, and a count of its own.
    @Test
    void whoHasACardSignsWithoutAnAddress() {
        try (var server = new FakeServer(FakeSite.open())) {
            server.site.makeCards("abcd2345", 10);
            var typed = FakeServer.CARD.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');

            var run = signWithCard(server, wallet(), typed);

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("drew 1 token", "signed /p/lanterns");
            assertThat(server.posted).noneMatch(one -> one.path.endsWith("/code"));
            server.site.publish();
            assertThat(server.site.recount().ok()).isTrue();
            assertThat(server.site.recount().count("in-person")).isEqualTo(1);
            assertThat(server.site.recount().count("member")).isZero();

            assertThat(signWithCard(server, wallet(), FakeServer.CARD).status()).isZero(); // the same entry
            var found = recover(server, recoveryCode(wallet()));
            assertThat(found.out()).contains("has signed /p/lanterns already, on another device: leaf 1 of");
        }
    }

    @Test
    void aCardThatIsUsedOrMistypedIsRefused() {
        try (var server = new FakeServer(FakeSite.open())) {
            var mistyped = signWithCard(server, wallet(), FakeServer.CARD.replaceFirst("0", "1"));
            assertThat(mistyped.err()).hasLineCount(1).contains("a letter or digit of this card's code is wrong");
            assertThat(signWithCard(server, wallet(), FakeServer.CARD).status()).isZero();

            var second = signWithCard(server, secondDevice(), FakeServer.CARD);
            assertThat(second.status()).isNotZero();
            assertThat(second.err()).hasLineCount(1).contains("card-used");
        }
    }

    /// J2 after a device is lost: the recovery code gives the same book, and a signature is withdrawn with it.
    @Test
    void aSecondDeviceFindsAndWithdrawsWhatTheFirstSigned() {
        try (var server = new FakeServer(FakeSite.open())) {
            assertThat(sign(server).status()).isZero();
            server.site.publish();

            var found = recover(server, recoveryCode(wallet()).toLowerCase(java.util.Locale.ROOT));

            assertThat(found.err()).isEmpty();
            assertThat(found.out()).contains("has signed /p/lanterns already, on another device: leaf 1 of");
            assertThat(server.posted).hasSize(2);
            var withdrawn = CliRun.of(
                    "withdraw",
                    server.url(FakeSite.PAGE),
                    "--wallet",
                    secondDevice().toString());
            assertThat(withdrawn.err()).isEmpty();
            assertThat(withdrawn.out()).contains("withdrew leaf 1 of /p/lanterns, box");
            server.site.publish();
            assertThat(server.site.recount().count("member")).isZero();
            assertThat(CliRun.of(
                                    "withdraw",
                                    server.url(FakeSite.PAGE),
                                    "--wallet",
                                    secondDevice().toString())
                            .out())
                    .contains("is withdrawn already, by leaf 2");
        }
    }

    @Test
    void aSecondDeviceSignsWithTheSameBookOnce() {
        try (var server = new FakeServer(FakeSite.open())) {
            server.outages.put("/roll/lantern.edu/draw", 1); // the first device never gets its tokens
            assertThat(sign(server).status()).isEqualTo(2);

            var second = recover(server, recoveryCode(wallet()));

            assertThat(second.err()).isEmpty();
            assertThat(second.out()).contains("drew 1 token").contains("signed /p/lanterns");
            var draws = bodies(server, "/roll/lantern.edu/draw");
            assertThat(draws).hasSize(2).containsOnly(draws.getFirst());
            assertThat(sign(server).status()).isZero(); // the same entry again
            server.site.publish();
            assertThat(server.site.recount().count("member")).isEqualTo(1);
        }
    }

    @Test
    void aWrongRecoveryCodeOrAWalletWithAnotherBookIsRefused() {
        try (var server = new FakeServer(FakeSite.open())) {
            var wrong = recover(server, "0000 0000 0000 0000 0000 0000 0000");
            assertThat(wrong.status()).isEqualTo(2);
            assertThat(wrong.err()).hasLineCount(1).contains("a letter or digit of this recovery code is wrong");
            assertThat(server.posted).isEmpty();

            assertThat(sign(server).status()).isZero();
            assertThat(recover(server, recoveryCode(wallet())).status()).isZero();
            var other = recover(server, "000G 40R4 0M30 E209 185G R38E 1Z5N");
            assertThat(other.status()).isEqualTo(2);
            assertThat(other.err()).hasLineCount(1).contains("this wallet has another book");
        }
    }

    /// A withdrawal that is signed before its entry could be kept and used against it.
    @Test
    void whatIsNotPublishedIsNotWithdrawn() {
        try (var server = new FakeServer(FakeSite.open())) {
            assertThat(sign(server).status()).isZero();
            server.posted.clear();

            var run = CliRun.of("withdraw", server.url(FakeSite.PAGE), "--wallet", wallet().toString());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .hasLineCount(1)
                    .contains("no published signature of this book that can be withdrawn is at /p/lanterns");
            assertThat(server.posted).isEmpty();
        }
    }

    @Test
    void aWalletWithoutABookHasNoRecoveryCode() {
        var run = CliRun.of(
                "recovery-code", "--wallet", folder.resolve("typo.json").toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains("this wallet has no book yet");
    }

    @Test
    void withoutABookThereIsNothingToWithdraw() {
        try (var server = new FakeServer(FakeSite.open())) {
            var run = CliRun.of("withdraw", server.url(FakeSite.PAGE), "--wallet", wallet().toString());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("this wallet has no book");
        }
    }

    @Test
    void aWrongCodeIsRefused() {
        try (var server = new FakeServer(FakeSite.open())) {
            var run = sign(server, FakeSite.PAGE, wallet(), "00000000");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("code-refused");
        }
    }

    @Test
    void whatIsNoCodeIsNotSent() {
        try (var server = new FakeServer(FakeSite.open())) {
            var run = sign(server, FakeSite.PAGE, wallet(), "1");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("the code must have 8 letters and digits");
            assertThat(server.posted).isEmpty();
        }
    }

    @Test
    void aForgedPromiseIsAMismatch() {
        try (var server = new FakeServer(FakeSite.open())) {
            server.forgesPromises = true;
            var run = sign(server);

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("promise's signature does not verify");
        }
    }

    /// The attacks of an operator on one person: each is found before anything is sent, and names what is wrong.
    @Test
    void aBookThatIsNotTheRegistersIsNotDrawn() {
        isNotDrawn(site -> site.flip(site.registerFile("checkpoint"), FakeSite.HOST.length() + 12), "the register");
        isNotDrawn(
                site -> site.flip(site.registerFile("tile/entries/000.p/" + site.registerSize()), 99), "the register");
        isNotDrawn(site -> site.openAnother(FakeSite.PAGE, site.manifest.opens()), "is a second box for /p/lanterns");
        isNotDrawn(FakeSite::supersede, "is not the current box of /p/lanterns");
        isNotDrawn(
                site -> site.openAnother("/p/hidden", site.manifest.opens()),
                "of /p/hidden (register leaf 6) is missing");
        isNotDrawn(FakeSite::swapKeys, "a key is not a key of box");
    }

    private static final Cosigner WITNESS = Cosigner.ed25519("witness.example", new byte[32]);

    @Test
    void aRegisterThatTheWitnessesConfirmIsSignedUnder() {
        try (var server = new FakeServer(FakeSite.open())) {
            server.site.nameWitness(WITNESS);
            var run = sign(server);

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("confirmed by 1 of witness.example");
            assertThat(run.status()).isZero();
        }
    }

    /// The operator shows one person another register than the witnesses see, at the first visit already.
    @Test
    void aRegisterThatTheWitnessesDoNotConfirmIsRefused() {
        isNotDrawn(
                site -> {
                    site.nameWitness(WITNESS);
                    site.loseWitness();
                    site.supersede();
                },
                "cosigned by 0 known witnesses, not by 1");
        isNotDrawn(
                site -> {
                    site.nameWitness(WITNESS);
                    site.identify(WitnessPolicy.NONE);
                },
                "the register names 1 of witness.example, but");
    }

    @Test
    void whoSignedBeforeIsShownTheSameHistoryAndTheSameWitnesses() {
        try (var server = new FakeServer(FakeSite.open())) {
            server.site.nameWitness(WITNESS);
            assertThat(sign(server).status()).isZero();

            server.site = FakeSite.open();
            server.site.nameWitness(Cosigner.ed25519("friend.example", new byte[32]));
            isRefused(sign(server), "cosigned by 0 known witnesses, not by 1");
        }
        try (var server = new FakeServer(FakeSite.open())) {
            assertThat(sign(server, FakeSite.PAGE, folder.resolve("another"), FakeServer.CODE)
                            .status())
                    .isZero();

            server.site = FakeSite.open();
            isRefused(
                    sign(server, FakeSite.PAGE, folder.resolve("another"), FakeServer.CODE),
                    "the register has two histories");
            server.site.identify("another.example");
            isRefused(
                    sign(server, FakeSite.PAGE, folder.resolve("another"), FakeServer.CODE),
                    "the register's key is another.example/register");
        }
    }

    private static void isRefused(CliRun run, String why) {
        assertThat(run.err()).hasLineCount(1).contains(why);
        assertThat(run.status()).isEqualTo(1);
    }

    private void isNotDrawn(Consumer<FakeSite> attack, String why) {
        try (var server = new FakeServer(FakeSite.open())) {
            attack.accept(server.site);
            var run = sign(server, FakeSite.PAGE, folder.resolve(why.replace('/', '-')), FakeServer.CODE);

            assertThat(run.err()).hasLineCount(1).contains(why);
            assertThat(run.status()).isEqualTo(1);
            assertThat(server.posted).isEmpty();
        }
    }

    @Test
    void anUnknownAffiliationOrCampusIsWrongUsage() {
        try (var server = new FakeServer(FakeSite.open())) {
            var run = sign(server, "--affiliation", "wizard");
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("student, staff");
            assertThat(CliRun.of(
                                    "sign",
                                    server.url(FakeSite.PAGE),
                                    "--wallet",
                                    wallet().toString(),
                                    "--address",
                                    "a@x.example")
                            .err())
                    .contains("no campus of this instance");
            assertThat(server.posted).isEmpty();
        }
    }

    private static List<String> bodies(FakeServer server, String path) {
        return server.posted.stream()
                .filter(one -> one.path.equals(path))
                .map(one -> BookPage.encode(one.body))
                .toList();
    }
}
