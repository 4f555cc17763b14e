package org.undersigned.server.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.undersigned.server.support.TestInstance.problem;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.undersigned.cli.Book;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.RefusedException;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.privacypass.Client;
import org.undersigned.record.Manifest;
import org.undersigned.record.WrittenCode;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.count.roll.Cards;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.DatabaseRows;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.MovableClock;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/// Draws with cards: each card draws one whole book, at its campus and in its time, and counts in a class of its own.
final class CardsTest {
    private static final String CAMPUS = "lantern.example";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final MovableClock CLOCK = new MovableClock();

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample().at(CLOCK);

    @AfterEach
    void cancelAll() {
        instance.cards().usable().forEach(one -> instance.cards().cancel(one.batch()));
    }

    @Test
    void aCardDrawsAWholeBookAndItsSignatureIsCountedApart() throws IOException {
        var card = make().codes().getFirst();
        var signer = signer(card, Wallet.inMemory());
        var book = signer.fetchBook();

        assertThat(signer.draw(book, "")).isEqualTo(book.manifests().size()).isGreaterThan(2);
        var lights = box(book);
        var before = instance.recountOf(lights.box());
        var promise = signer.cast(lights, 0, null);
        CLOCK.forward(Duration.ofHours(25)); // alone, it waits for a day
        signer.awaitPublication(lights, promise.leafHash(), 0, Duration.ofMinutes(1));

        var report = instance.recountOf(lights.box());
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.count(Manifest.IN_PERSON)).isEqualTo(before.count(Manifest.IN_PERSON) + 1);
        assertThat(report.count(Manifest.MEMBER)).isEqualTo(before.count(Manifest.MEMBER));
        assertThat(report.toString()).contains("cards made in");
    }

    @Test
    void aCardDrawsOnce() throws IOException {
        var card = make().codes().getFirst();
        var wallet = Wallet.inMemory();
        var signer = signer(card, wallet);
        var book = signer.fetchBook();
        signer.draw(book, "");

        refused("card-used", () -> signer(card, Wallet.inMemory()).draw(book, ""));
        assertThat(signer.draw(book, "")).isZero(); // the wallet has all
        assertThat(instance.cards().usable()).singleElement().matches(one -> one.drawnAtMost() == 10);
    }

    @Test
    void aWalletHoldsBooksOfOneClassOnly() throws IOException {
        var address = instance.freshAddress().replace("tufts.edu", CAMPUS);
        var wallet = Wallet.inMemory();
        var site = new HttpSite(instance.url("/"), new CheckedClient());
        var byMail = new Signer(site, Signer.instance(site), CAMPUS, address, wallet, RANDOM);
        var book = byMail.fetchBook();
        byMail.requestCode();
        byMail.draw(book, instance.code(address));

        var card = make().codes().getFirst();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer(card, wallet).draw(book, ""))
                .withMessageContaining("this wallet's book was drawn by e-mail");
        assertThat(signer(card, Wallet.inMemory()).draw(book, "")).isPositive(); // the card was not used up
    }

    @Test
    void aLostAnswerIsGivenAgainAndNothingElse() throws IOException {
        var card = make().codes().getFirst();
        var book = signer(card, Wallet.inMemory()).fetchBook();
        var wishes = wishes(book);

        assertThat(draw(card, wishes.subList(1, wishes.size()))).isEqualTo("incomplete-book");
        assertThat(draw(card, List.of())).isEqualTo("incomplete-book");
        assertThat(draw(card, wishes)).isEqualTo("200"); // the refusals did not use it up
        assertThat(draw(card, wishes)).isEqualTo("200");
        assertThat(draw(card, wishes.subList(1, wishes.size()))).isEqualTo("200");
        var other = new ArrayList<>(wishes);
        other.set(0, wishes(book).getFirst());
        assertThat(draw(card, other)).isEqualTo("card-used");
        instance.cards().usable().forEach(one -> instance.cards().cancel(one.batch()));
        assertThat(draw(card, wishes)).isEqualTo("200"); // also after the others are cancelled
    }

    /// Somebody who photographed a card before it was handed out asks whether it was used.
    @Test
    void whoKnowsACardCannotAskWhetherItWasUsed() throws IOException {
        var codes = make().codes();
        var book = anyBook();
        var used = codes.get(0);
        var unused = codes.get(1);
        assertThat(draw(used, wishes(book))).isEqualTo("200");
        var wishes = wishes(book);
        var twice = new ArrayList<>(wishes);
        twice.add(wishes.getFirst());

        for (var question : List.of(
                List.<Map<String, String>>of(), wishes.subList(0, 1), wishes.subList(1, wishes.size()), twice)) {
            assertThat(draw(used, question)).isEqualTo("incomplete-book").isEqualTo(draw(unused, question));
        }
        instance.cards().usable().forEach(one -> instance.cards().cancel(one.batch()));
        for (var question : List.of(List.<Map<String, String>>of(), wishes)) {
            assertThat(draw(used, question)).isEqualTo("card-refused").isEqualTo(draw(unused, question));
        }
    }

    @Test
    void onlyCardsOfTheCampusInTheirTimeAreTaken() throws IOException {
        var made = make();
        var book = signer(made.codes().getFirst(), Wallet.inMemory()).fetchBook();

        refused("card-refused", () -> signer(new byte[16], Wallet.inMemory()).draw(book, ""));
        var elsewhere = new HttpSite(instance.url("/"), new CheckedClient());
        var harbor = Signer.withCard(
                elsewhere,
                Signer.instance(elsewhere),
                "harbor.example",
                made.codes().getFirst(),
                Wallet.inMemory(),
                RANDOM);
        refused("card-refused", () -> harbor.draw(harbor.fetchBook(), ""));
        CLOCK.forward(Duration.ofHours(25));
        refused(
                "card-refused",
                () -> signer(made.codes().getFirst(), Wallet.inMemory()).draw(book, ""));
        instance.cards().cancelEnded();

        assertThat(batch(made).drawnAtMost()).isEqualTo(10); // also where nobody came
        assertThat(instance.query("SELECT count(*) FROM roll.card")).containsExactly("0");
    }

    @Test
    void unusedCardsAreCancelledInPublic() throws IOException {
        var made = make();
        var card = made.codes().getFirst();
        var signer = signer(card, Wallet.inMemory());
        var book = signer.fetchBook();
        signer.draw(book, "");
        assertThat(batch(made).drawnAtMost()).isNull();
        assertThat(batch(made).cards()).isEqualTo(10);

        assertThat(instance.cards().cancel(made.batch())).isTrue();
        assertThat(instance.cards().cancel(made.batch())).isFalse();
        instance.cards().cancelEnded(); // says it once

        assertThat(batch(made).drawnAtMost()).isEqualTo(10); // one drew; it is not said how few
        refused(
                "card-refused",
                () -> signer(made.codes().get(1), Wallet.inMemory()).draw(book, ""));
        var _ = signer.cast(box(book), 0, null); // the drawn book stays
        var report = instance.recountOf(box(book).box());
        assertThat(report.ok()).as(report.toString()).isTrue();
    }

    @Test
    void cardsThatWereNotPrintedCanNeverBeUsed() throws IOException {
        var known = instance.register().cards().size();
        var lost = new ArrayList<byte[]>();

        assertThatThrownBy(() -> instance.cards()
                        .make(CAMPUS, 10, CLOCK.instant().plusSeconds(60), made -> {
                            lost.addAll(made.codes());
                            throw new IllegalStateException("no paper");
                        }))
                .hasMessage("no paper");

        refused("card-refused", () -> signer(lost.getFirst(), Wallet.inMemory()).draw(anyBook(), ""));
        assertThat(instance.register().cards()).hasSize(known);
    }

    /// As a crash between the two commits of [Cards#make] leaves it.
    @Test
    void cardsThatTheLedgerDoesNotHaveAreDeleted() throws IOException {
        var rows = new DatabaseRows(instance);
        var made = make();
        rows.execute("DELETE FROM register.card_batch WHERE batch = '" + made.batch() + "'");

        refused(
                "card-refused",
                () -> signer(made.codes().getFirst(), Wallet.inMemory()).draw(anyBook(), ""));
        instance.cards().cancelEnded();

        assertThat(rows.of("SELECT batch FROM roll.card_batch")).isEmpty();
        assertThat(instance.register().cards()).noneMatch(one -> one.batch().equals(made.batch()));
    }

    @Test
    void theNumberOfCardsHasBounds() {
        var tomorrow = CLOCK.instant().plus(Duration.ofDays(1));
        for (var wrong : List.of(9, 2_001)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> instance.cards().make(CAMPUS, wrong, tomorrow, _ -> {}))
                    .withMessage("the number of cards must be from 10 to 2000");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> instance.cards().make(CAMPUS, 10, CLOCK.instant(), _ -> {}));
        assertThat(instance.cards().make("nowhere.example", 10, tomorrow, _ -> {}))
                .isEmpty();
    }

    @Test
    void aCardDoesNotOutliveTheRollYear() {
        var made = instance.cards()
                .make(CAMPUS, 10, CLOCK.instant().plus(Duration.ofDays(4_000)), _ -> {})
                .orElseThrow();

        assertThat(made.until()).isBefore(CLOCK.instant().plus(Duration.ofDays(367)));
    }

    @Test
    void noFileHasACode() throws IOException {
        try (var own = TestInstance.ofDemonstration().withOwnCluster().start()) {
            var codes = own.makeCards("tufts.edu", 10);
            var site = new HttpSite(own.url("/"), new CheckedClient());
            var signer = Signer.withCard(
                    site, Signer.instance(site), "tufts.edu", codes.getFirst(), Wallet.inMemory(), RANDOM);
            signer.draw(signer.fetchBook(), "");
            own.flush();

            assertThat(own.files()).isNotEmpty();
            for (var file : own.files()) {
                var content = TestInstance.textOf(file);
                for (var code : codes) {
                    assertThat(content.contains(new String(code, ISO_8859_1)))
                            .as(file.toString())
                            .isFalse();
                    assertThat(content.contains(WrittenCode.CARD.symbols(code)))
                            .as(file.toString())
                            .isFalse();
                }
            }
            // a draw changes no row of the cards, whose version would show it
            assertThat(own.query("SELECT DISTINCT xmax::text FROM roll.card")).containsExactly("0");
        }
    }

    private static Cards.Made make() {
        return instance.cards()
                .make(CAMPUS, 10, CLOCK.instant().plus(Duration.ofDays(1)), _ -> {})
                .orElseThrow();
    }

    private static Register.CardBatch batch(Cards.Made made) {
        return instance.register().cards().stream()
                .filter(one -> one.batch().equals(made.batch()))
                .findFirst()
                .orElseThrow();
    }

    private static void refused(String code, ThrowingCallable draw) {
        assertThatThrownBy(draw)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static Signer signer(byte[] card, Wallet wallet) throws IOException {
        var site = new HttpSite(instance.url("/"), new CheckedClient());
        return Signer.withCard(site, Signer.instance(site), CAMPUS, card, wallet, RANDOM);
    }

    private static Book anyBook() throws IOException {
        return signer(new byte[16], Wallet.inMemory()).fetchBook();
    }

    private static Manifest box(Book book) {
        return book.manifests().stream()
                .filter(manifest -> manifest.subject().path().equals(ExampleCampaign.LIGHTS))
                .findFirst()
                .orElseThrow();
    }

    /// @return `200`, or the problem's code
    private static String draw(byte[] card, List<Map<String, String>> wishes) {
        var body = Map.of("card", WrittenCode.CARD.write(card), "requests", wishes);
        var response = instance.postJson("/roll/" + CAMPUS + "/draw/card", new JsonMapper().writeValueAsString(body));
        return response.statusCode() == 200 ? "200" : problem(response);
    }

    private static List<Map<String, String>> wishes(Book book) {
        var base64 = Base64.getEncoder();
        return book.manifests().stream()
                .map(manifest -> {
                    var key = book.key(
                            manifest, manifest.classNamed(Manifest.IN_PERSON).orElseThrow());
                    var blinded = new Client(RANDOM)
                            .blind(key, new byte[32], manifest.challengeDigest())
                            .blinded();
                    return Map.of("key", base64.encodeToString(key.keyId()), "blinded", base64.encodeToString(blinded));
                })
                .toList();
    }
}
