package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.undersigned.server.support.TestInstance.json;
import static org.undersigned.server.support.TestInstance.problem;

import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.Signer;
import org.undersigned.privacypass.Client;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.privacypass.PendingToken;
import org.undersigned.privacypass.Token;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Entry;
import org.undersigned.record.Manifest;
import org.undersigned.record.Withdrawal;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.TestInstance;
import org.undersigned.tlog.Ed25519;
import tools.jackson.databind.json.JsonMapper;

/// Draws, casts and withdraws with real tokens at a campus with several boxes: an incomplete draw is refused, each
/// nonce is used once, each entry is withdrawn once.
final class CastingTest {
    private static final String CAMPUS = "lantern.example";
    private static final SecureRandom RANDOM = new SecureRandom();

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    private static List<Manifest> book;

    @BeforeAll
    static void start() throws Exception {
        var site = new HttpSite(instance.url("/"), new CheckedClient());
        book = Signer.fetchBook(site, Signer.instance(site), CAMPUS).manifests();
    }

    /// A person's request for one box: the seed and the blinded token, before the server signs it.
    private record BlindedRequest(Manifest box, byte[] seed, PendingToken pending) {
        private static BlindedRequest of(Manifest box) {
            var seed = new byte[32];
            RANDOM.nextBytes(seed);
            var nonce = Entry.nonceOf(Ed25519.publicKey(seed));
            return new BlindedRequest(box, seed, new Client(RANDOM).blind(key(box), nonce, box.challengeDigest()));
        }

        private Map<String, String> request() {
            return Map.of("key", base64(key(box).keyId()), "blinded", base64(pending.blinded()));
        }

        private static IssuerPublicKey key(Manifest box) {
            return instance.keyOf(box);
        }
    }

    /// A token for one box.
    private record BoxToken(Manifest box, byte[] seed, Token token) {
        private HttpResponse<byte[]> cast() {
            return castInto(box, 0);
        }

        /// @param affiliation 0 if the signer declares none
        private HttpResponse<byte[]> castInto(Manifest any, int affiliation) {
            var entry = Entry.sign(token, seed, affiliation, new byte[32]);
            return post(any, "entries", CastRequest.pad(entry, new byte[0]));
        }

        private HttpResponse<byte[]> withdraw() {
            return post(box, "withdrawals", Withdrawal.sign(box.origin(), seed).bytes());
        }
    }

    private static HttpResponse<byte[]> post(Manifest box, String what, byte[] body) {
        return instance.postBytes("/box/" + box.box() + "/" + what, body);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String address() {
        return "member" + Long.toString(RANDOM.nextLong(1L << 40), 36) + "@" + CAMPUS;
    }

    private static HttpResponse<byte[]> draw(String address, List<BlindedRequest> wishes) {
        assertThat(instance.postJson("/roll/" + CAMPUS + "/code", "{\"address\":\"" + address + "\"}")
                        .statusCode())
                .isEqualTo(202);
        var body = new LinkedHashMap<String, Object>();
        body.put("address", address);
        body.put("code", instance.code(address));
        body.put("requests", wishes.stream().map(BlindedRequest::request).toList());
        return instance.postJson("/roll/" + CAMPUS + "/draw", new JsonMapper().writeValueAsString(body));
    }

    /// Draws the whole book for a new address; returns its tickets in the order of the book.
    private static List<BoxToken> tickets() throws Exception {
        var wishes = book.stream().map(BlindedRequest::of).toList();
        var responses = json(draw(address(), wishes)).get("responses");
        var tickets = new ArrayList<BoxToken>();
        for (var i = 0; i < wishes.size(); i++) {
            var wish = wishes.get(i);
            var signed = Base64.getDecoder()
                    .decode(responses.get(i).get("blind_signature").stringValue());
            tickets.add(new BoxToken(
                    wish.box(), wish.seed(), wish.pending().finish(BlindedRequest.key(wish.box()), signed)));
        }
        return tickets;
    }

    @Test
    void oneKeyLessThanTheWholeBookIsRefusedWhicheverIsMissing() {
        assertThat(book).hasSizeGreaterThan(2);
        for (var missing = 0; missing < book.size(); missing++) {
            var wishes = new ArrayList<>(book.stream().map(BlindedRequest::of).toList());
            wishes.remove(missing);

            var refused = draw(address(), wishes);

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(problem(refused)).isEqualTo("incomplete-book");
        }
    }

    @Test
    void aTokenOfAnotherOpenBoxIsRefused() throws Exception {
        var tickets = tickets();

        var refused = tickets.getFirst().castInto(tickets.getLast().box(), 0);

        assertThat(refused.statusCode()).isBetween(400, 422);
        assertThat(problem(refused)).isEqualTo("unknown-key");
    }

    @Test
    void anotherEntryWithAUsedNonceIsRefusedAndTheSameEntryGetsTheSamePromise() throws Exception {
        var ticket = tickets().getFirst();
        var first = ticket.cast();
        assertThat(first.statusCode()).isEqualTo(202);

        var other = ticket.castInto(ticket.box(), 1);

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(problem(other)).isEqualTo("nonce-used");
        assertThat(ticket.cast().body()).isEqualTo(first.body());
    }

    @Test
    void anEntryCanBeWithdrawnOnlyAfterPublicationAndOnlyOnce() throws Exception {
        var ticket = tickets().getFirst();
        assertThat(ticket.cast().statusCode()).isEqualTo(202);
        assertThat(problem(ticket.withdraw())).isEqualTo("entry-not-published");
        for (var i = 0; i < 9; i++)
            assertThat(tickets().getFirst().cast().statusCode()).isEqualTo(202);

        var first = published(ticket);
        var again = ticket.withdraw();

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(instance.query("SELECT count(*) FROM box.leaf WHERE kind = 2"))
                .containsExactly("1");
    }

    /// Repeats the withdrawal until the entry is published; returns the response.
    private static HttpResponse<byte[]> published(BoxToken ticket) {
        for (var attempt = 0; attempt < 1200; attempt++) {
            var answer = ticket.withdraw();
            if (answer.statusCode() != 409) return answer;
            TestInstance.sleep(50);
        }
        throw new AssertionError("not published");
    }
}
