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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestInstance;
import org.undersigned.tlog.Ed25519;
import tools.jackson.databind.json.JsonMapper;

/// People with real tokens, at a campus with several boxes: a whole book or none, a nonce once, an entry back once.
final class CastingTest {
    private static final String CAMPUS = "lantern.example";
    private static final SecureRandom RANDOM = new SecureRandom();

    private static TestInstance instance;
    private static List<Manifest> book;

    @BeforeAll
    static void start() throws Exception {
        instance = TestInstance.start();
        ExampleCampaign.importInto(instance);
        var site = new HttpSite(instance.url("/"), new CheckedClient());
        book = Signer.fetchBook(site, Signer.instance(site), CAMPUS).manifests();
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    /// What a person has of one box: a seed and, blinded under it, a token to come.
    private record Wish(Manifest box, byte[] seed, PendingToken pending) {
        private static Wish of(Manifest box) {
            var seed = new byte[32];
            RANDOM.nextBytes(seed);
            var nonce = Entry.nonceOf(Ed25519.publicKey(seed));
            return new Wish(box, seed, new Client(RANDOM).blind(key(box), nonce, box.challengeDigest()));
        }

        private Map<String, String> request() {
            return Map.of("key", base64(key(box).keyId()), "blinded", base64(pending.blinded()));
        }

        private static IssuerPublicKey key(Manifest box) {
            return box.classes().getFirst().key();
        }
    }

    /// A token for one box.
    private record Ticket(Manifest box, byte[] seed, Token token) {
        private HttpResponse<byte[]> cast() {
            return castInto(box, 0);
        }

        /// @param affiliation 0 for not said
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

    private static HttpResponse<byte[]> draw(String address, List<Wish> wishes) {
        assertThat(instance.postJson("/roll/" + CAMPUS + "/code", "{\"address\":\"" + address + "\"}")
                        .statusCode())
                .isEqualTo(202);
        var body = new LinkedHashMap<String, Object>();
        body.put("address", address);
        body.put("code", instance.code(address));
        body.put("requests", wishes.stream().map(Wish::request).toList());
        return instance.postJson("/roll/" + CAMPUS + "/draw", new JsonMapper().writeValueAsString(body));
    }

    /// The whole book of somebody new, in the book's order.
    private static List<Ticket> tickets() throws Exception {
        var wishes = book.stream().map(Wish::of).toList();
        var responses = json(draw(address(), wishes)).get("responses");
        var tickets = new ArrayList<Ticket>();
        for (var i = 0; i < wishes.size(); i++) {
            var wish = wishes.get(i);
            var signed = Base64.getDecoder()
                    .decode(responses.get(i).get("blind_signature").stringValue());
            tickets.add(new Ticket(wish.box(), wish.seed(), wish.pending().finish(Wish.key(wish.box()), signed)));
        }
        return tickets;
    }

    @Test
    void oneKeyLessThanTheWholeBookIsRefusedWhicheverIsMissing() {
        assertThat(book).hasSizeGreaterThan(2);
        for (var missing = 0; missing < book.size(); missing++) {
            var wishes = new ArrayList<>(book.stream().map(Wish::of).toList());
            wishes.remove(missing);

            var refused = draw(address(), wishes);

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(problem(refused)).isEqualTo("incomplete-book");
        }
    }

    @Test
    void aTokenOfAnotherOpenBoxIsOfNoUseHere() throws Exception {
        var tickets = tickets();

        var refused = tickets.getFirst().castInto(tickets.getLast().box(), 0);

        assertThat(refused.statusCode()).isBetween(400, 422);
        assertThat(problem(refused)).isEqualTo("unknown-key");
    }

    @Test
    void aSecondEntryUnderTheSameNonceIsRefusedAndTheSameOneIsAnsweredAsBefore() throws Exception {
        var ticket = tickets().getFirst();
        var first = ticket.cast();
        assertThat(first.statusCode()).isEqualTo(202);

        var other = ticket.castInto(ticket.box(), 1);

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(problem(other)).isEqualTo("nonce-used");
        assertThat(ticket.cast().body()).isEqualTo(first.body());
    }

    @Test
    void anEntryIsTakenBackOnceItIsPublishedAndOnceOnly() throws Exception {
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
        assertThat(instance.ask("SELECT count(*) FROM box.leaf WHERE kind = 2")).containsExactly("1");
    }

    /// The withdrawal's answer, once the entry is published.
    private static HttpResponse<byte[]> published(Ticket ticket) {
        for (var attempt = 0; attempt < 1200; attempt++) {
            var answer = ticket.withdraw();
            if (answer.statusCode() != 409) return answer;
            TestInstance.sleep(50);
        }
        throw new AssertionError("not published");
    }
}
