package org.undersigned.server.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.undersigned.server.support.TestInstance.json;
import static org.undersigned.server.support.TestInstance.problem;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.privacypass.Client;
import org.undersigned.privacypass.PendingToken;
import org.undersigned.privacypass.Token;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Entry;
import org.undersigned.record.Manifest;
import org.undersigned.record.Withdrawal;
import org.undersigned.server.support.TestInstance;
import org.undersigned.tlog.Ed25519;
import tools.jackson.databind.json.JsonMapper;

/// Requests that violate the specification get the specified error, and the server stores nothing of them.
final class RefusalsTest {
    private static final String NO_CAMPUS = "/roll/nowhere.edu/code";
    private static final SecureRandom RANDOM = new SecureRandom();

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    private static Manifest box;

    @BeforeAll
    static void start() {
        box = instance.box();
    }

    /// After all refused requests of this class, no entry waits and the box holds only its first leaf.
    @AfterAll
    static void nothingWasKept() {
        assertThat(instance.query("SELECT nonce FROM box.leaf UNION ALL SELECT nonce FROM box.statement"))
                .isEmpty();
        assertThat(TestInstance.text(instance.get("/log/box/" + box.box().value() + "/checkpoint")))
                .contains("\n1\n");
        assertThat(instance.recount().ok()).isTrue();
    }

    // All addresses

    static Stream<Arguments> addresses() {
        var methods = new TreeMap<String, TreeSet<String>>();
        for (var route : instance.routes()) {
            var path = route.path().replaceAll("\\{\\+?[a-z]+}", "x");
            methods.computeIfAbsent(path, _ -> new TreeSet<>()).add(route.method());
        }
        return methods.entrySet().stream().map(one -> Arguments.of(one.getKey(), String.join(", ", one.getValue())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html                                                | text/html",
                "TEXT/HTML                                                | text/html",
                "text/html;q=0, application/problem+json                  | application/problem+json",
                "text/html;q=0.4, application/json;q=0.5                  | application/problem+json",
                "application/problem+json;q=0.1, text/html;level=1;q=0.2  | text/html",
                "application/xhtml+xml, text/html;q=0.9, */*;q=0.8        | text/html",
                "text/htmlish                                             | application/problem+json",
                "*/*                                                      | application/problem+json",
            })
    void anErrorIsHtmlIfTheClientPrefersItAndIsNeverCached(String accept, String type) {
        var response = instance.get("/k/none", "Accept", accept);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }

    /// The server rejects a malformed request line with the same headers and body type as every other refusal.
    @ParameterizedTest
    @ValueSource(strings = {"GET /k/% HTTP/1.1", "GET /?lang=% HTTP/1.1", "GET /\u0001 HTTP/1.1"})
    void aMalformedRequestLineIsRefusedWithTheUsualHeaders(String line) throws Exception {
        try (var socket = new Socket("localhost", instance.url("/").getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8).toLowerCase(Locale.ROOT);

            assertThat(answer).startsWith("http/1.1 4").contains("content-type: application/problem+json");
            assertThat(answer).contains("cache-control: no-store", "content-security-policy: default-src 'none'");
            assertThat(answer).contains("urn:undersigned:problem:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/k/none/feed.atom", "/a/none/action.ics", "/embed/p/none", "/oembed", "/p/none/card.png"})
    void errorsOfCrossOriginResourcesAreReadableCrossOrigin(String path) {
        assertThat(instance.get(path).headers().firstValue("Access-Control-Allow-Origin"))
                .contains("*");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void anUnsupportedMethodGets405WithTheAllowedMethods(String path, String allowed) {
        for (var method : List.of("PUT", "DELETE", allowed.contains("POST") ? "GET" : "POST")) {
            var response = instance.send(method, path);

            assertThat(response.statusCode()).as(method).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).as(method).contains(allowed);
            assertThat(problem(response)).as(method).isEqualTo("method-not-allowed");
        }
    }

    @Test
    void aPersonWithABrowserIsShownAPage() {
        var absent = instance.get("/nowhere", "Accept", "text/html");
        var refused = instance.send("DELETE", "/", "Accept", "text/html");

        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(TestInstance.text(absent)).contains("<h1>There is no such page.</h1>");
        assertThat(TestInstance.text(instance.get("/nowhere", "Accept", "text/*")))
                .contains("<h1>There is no such page.</h1>");
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(TestInstance.text(refused)).contains("<h1>This address does something else</h1>");
    }

    @Test
    void invalidJsonIsRefusedWithItsPositionAndWithoutItsContent() {
        var refused = instance.postJson("/roll/tufts.edu/code", "{\"address\":\n zoe.quill@tufts.edu}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).get("detail").stringValue())
                .startsWith("The body is not one JSON object; reading ended at line 2, column ")
                .doesNotContain("zoe", "quill");
    }

    // The roll

    @Test
    void aCodeRequestGetsTheSameResponseForMembersAndStrangers() {
        var member = instance.postJson("/roll/tufts.edu/code", "{\"address\":\"ada@tufts.edu\"}");
        var stranger = instance.postJson("/roll/tufts.edu/code", "{\"address\":\"eve@elsewhere.example\"}");

        assertThat(member.statusCode()).isEqualTo(202);
        assertThat(stranger.statusCode()).isEqualTo(202);
        assertThat(stranger.body()).isEqualTo(member.body());
        assertThat(json(instance.get("/demo/inbox.json?to=eve@elsewhere.example"))
                        .isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json at all | body",
                "[] | body",
                "{} | address",
                "{\"address\":7} | address",
                "{\"address\":\"\"} | address",
                "{\"address\":\"ada\"} | address",
                "{\"address\":\"ada@\"} | address",
                "{\"address\":\"@tufts.edu\"} | address",
                "{\"address\":\"a b@tufts.edu\"} | address",
                "{\"address\":\"a\\nbcc:x@tufts.edu\"} | address",
                "{\"address\":\"ada@tufts.edu\",\"more\":1} | body",
                "{\"address\":\"ada@tufts.edu\",\"address\":\"eve@tufts.edu\"} | body",
                "{\"address\":\"ada@tufts.edu\"} {} | body",
            })
    void aMalformedCodeRequestIsRefusedNamingTheField(String body, String field) {
        var response = instance.postJson("/roll/tufts.edu/code", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem(response)).isEqualTo("malformed");
        assertThat(json(response).get("field").stringValue()).isEqualTo(field);
        assertThat(TestInstance.text(response)).doesNotContain("ada").doesNotContain("bcc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json at all | body",
                "{\"address\":\"ada@tufts.edu\",\"code\":\"00000000\",\"requests\":[],\"more\":1} | body",
                "{\"address\":\"ada@tufts.edu\",\"code\":\"00000000\",\"code\":\"1\",\"requests\":[]} | body",
                "{\"address\":\"ada@tufts.edu\",\"code\":\"00000000\",\"requests\":[]} {} | body",
                "{\"address\":\"ada@tufts.edu\",\"code\":7,\"requests\":[]} | code",
                "{\"address\":\"ada@tufts.edu\",\"code\":\"00000000\",\"requests\":7} | requests",
                "{\"address\":\"ada@tufts.edu\",\"code\":\"00000000\",\"requests\":[7]} | requests[0]",
            })
    void aMalformedDrawIsRefusedNamingTheField(String body, String field) {
        var response = instance.postJson("/roll/tufts.edu/draw", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("field").stringValue()).isEqualTo(field);
        assertThat(TestInstance.text(response)).doesNotContain("ada");
    }

    @Test
    void anUnknownCampusIsNotFound() {
        assertThat(instance.postJson(NO_CAMPUS, "{\"address\":\"a@b.example\"}").statusCode())
                .isEqualTo(404);
        assertThat(instance.get("/roll/nowhere.edu/book").statusCode()).isEqualTo(404);
    }

    @Test
    void aWrongCodeIsRefused() {
        assertThat(problem(draw("ada@tufts.edu", "00000000", wishes()))).isEqualTo("code-refused");
    }

    @Test
    void wrongTriesByAStrangerTakeNothingFromTheRightCode() {
        var address = instance.freshAddress();
        var code = codeFor(address);
        var shouted = address.toUpperCase(Locale.ROOT);
        for (var i = 0; i < 20; i++) {
            assertThat(draw(i % 2 == 0 ? address : shouted, "0000000" + i % 10, wishes())
                            .statusCode())
                    .isEqualTo(403);
        }

        assertThat(draw(address, code, wishes()).statusCode()).isEqualTo(200);
    }

    @Test
    void aCodeIsAcceptedAsItIsTypedOrPasted() {
        var address = instance.freshAddress();
        var code = codeFor(address);
        var wishes = wishes();
        var mailed = code.substring(0, 4) + " " + code.substring(4);
        for (var typed : List.of(
                code,
                "    " + mailed + "\n",
                code.toLowerCase(Locale.ROOT),
                code.replace('0', 'o').replace('1', 'l'))) {
            assertThat(draw(address, typed, wishes).statusCode()).as(typed).isEqualTo(200);
        }
        for (var typed : List.of(code + "0", code.substring(1), "UUUUUUUU", mailed + "?")) {
            var refused = draw(address, typed, wishes);
            assertThat(refused.statusCode()).as(typed).isEqualTo(400);
            assertThat(json(refused).get("field").stringValue()).isEqualTo("code");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, cross-site, 403, other-site",
        "application/json, same-site, 403, other-site",
        "text/plain, same-origin, 415, not-json",
        "application/x-www-form-urlencoded, cross-site, 415, not-json",
    })
    void aPageOfAnotherSiteSendsNoMail(String type, String site, int status, String problem) {
        var address = instance.freshAddress();
        for (var path : List.of("/roll/tufts.edu/code", "/roll/tufts.edu/draw")) {
            var body = "{\"address\":\"" + address + "\"}";
            var refused = instance.postBytes(path, body.getBytes(UTF_8), "Content-Type", type, "Sec-Fetch-Site", site);

            assertThat(refused.statusCode()).isEqualTo(status);
            assertThat(problem(refused)).isEqualTo(problem);
        }
        waitForTheQueue();
        assertThat(json(instance.get("/demo/inbox.json?to=" + address)).isEmpty())
                .isTrue();
    }

    @Test
    void aCodeOfAnotherAddressIsRefused() {
        var code = codeFor(instance.freshAddress());

        assertThat(draw(instance.freshAddress(), code, wishes()).statusCode()).isEqualTo(403);
    }

    @Test
    void anAnsweredDrawMayBeRepeatedByteForByte() {
        var address = instance.freshAddress();
        var code = codeFor(address);
        var wishes = wishes();
        var first = draw(address, code, wishes);
        assertThat(first.statusCode()).isEqualTo(200);

        var again = draw(address, code, wishes);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void otherBlindedBytesForAKeyAlreadyIssuedAreRefused() {
        var address = instance.freshAddress();
        var code = codeFor(address);
        assertThat(draw(address, code, wishes()).statusCode()).isEqualTo(200);

        var second = draw(address, code, wishes());

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(problem(second)).isEqualTo("key-already-issued");
    }

    @Test
    void anAddressWithATagIsTheSamePerson() {
        var address = instance.freshAddress();
        assertThat(draw(address, codeFor(address), wishes()).statusCode()).isEqualTo(200);
        var tagged = address.replace("@", "+again@").toUpperCase(java.util.Locale.ROOT);

        assertThat(draw(tagged, codeFor(tagged), wishes()).statusCode()).isEqualTo(409);
    }

    @Test
    void allSpellingsOfAnAddressGetTheSameCodeAndAtMostFiveMails() {
        var address = instance.freshAddress();
        var name = address.substring(0, address.indexOf('@'));
        var spellings = List.of(
                address,
                name + "+a@tufts.edu",
                name.toUpperCase(Locale.ROOT) + "@tufts.edu",
                name + "+b@TUFTS.edu",
                name + "+@tufts.edu");
        for (var i = 0; i < 9; i++) {
            var to = spellings.get(i % spellings.size());
            instance.postJson("/roll/tufts.edu/code", "{\"address\":\"" + to + "\"}");
        }
        waitForTheQueue();

        var mails = mails(address); // without a tag, and the inbox ignores case
        // a new quarter of an hour may have begun meanwhile; the code of the one before is valid, too
        assertThat(new HashSet<>(mails)).hasSizeBetween(1, 2);
        assertThat(mails).hasSizeBetween(5, 9);
        for (var mail : new HashSet<>(mails))
            assertThat(Collections.frequency(mails, mail)).isLessThanOrEqualTo(5);
        var wishes = wishes();
        for (var mail : new HashSet<>(mails)) {
            var code = mail.substring(mail.lastIndexOf(':') + 1);
            assertThat(draw(address, code, wishes).statusCode()).isEqualTo(200);
        }
    }

    /// A mail server with default settings delivered the first seven to one person (measured with Postfix).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob%lantern.example@tufts.edu",
                "lantern.example!bob@tufts.edu",
                "bob%localhost@tufts.edu",
                "localhost!bob@tufts.edu",
                "bob%localhost%lantern.example@tufts.edu",
                "lantern.example!localhost!bob@tufts.edu",
                "lantern.example!bob%localhost@tufts.edu",
                "\\\"bob\\\"@tufts.edu",
                "bob(a)@tufts.edu",
                "bob=a@tufts.edu",
                "bob/a@tufts.edu",
                "bob+a+b@tufts.edu",
                "bób@tufts.edu",
                "@a.example:bob@tufts.edu",
                "bob..a@tufts.edu",
                ".bob@tufts.edu",
                "bob.@tufts.edu",
                "bob.+a@tufts.edu",
                "bob@[192.0.2.1]",
                "bob@tufts.edu.",
            })
    void aFormThatMailServersReadDifferentlyIsRefusedWithTheReason(String address) {
        var refused = instance.postJson("/roll/tufts.edu/code", "{\"address\":\"" + address + "\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).get("field").stringValue()).isEqualTo("address");
        assertThat(json(refused).get("detail").stringValue())
                .containsAnyOf("Before the @", "After the @")
                .doesNotContain("bob");
    }

    @Test
    void anAddressAtASubDomainIsNobodyAtTheCampus() {
        for (var domain : List.of("alumni.tufts.edu", "lists.tufts.edu", "any.thing.tufts.edu", "xtufts.edu")) {
            var address = instance.freshAddress().replace("tufts.edu", domain);
            var body = "{\"address\":\"" + address + "\"}";
            assertThat(instance.postJson("/roll/tufts.edu/code", body).statusCode())
                    .isEqualTo(202);

            waitForTheQueue();
            assertThat(json(instance.get("/demo/inbox.json?to=" + address)).isEmpty())
                    .isTrue();
        }
    }

    /// Returns the subjects of the mails that arrived at an address.
    private static List<String> mails(String address) {
        return json(instance.get("/demo/inbox.json?to=" + address))
                .valueStream()
                .map(mail -> mail.get("subject").stringValue())
                .toList();
    }

    @Test
    void bytesThatCannotBeSignedAreRefusedBeforeAnythingIsKept() {
        var address = instance.freshAddress();
        var code = codeFor(address);
        var kept = "SELECT count(*) FROM roll.issued UNION ALL SELECT count(*) FROM roll.book";
        var before = instance.query(kept);
        var much = new byte[256];
        java.util.Arrays.fill(much, (byte) 0xff);
        var wish = Map.of("key", base64(box.classes().getFirst().tokenKeyId().bytes()), "blinded", base64(much));

        var refused = draw(address, code, List.of(wish));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).get("field").stringValue()).isEqualTo("requests[0].blinded");
        assertThat(instance.query(kept)).isEqualTo(before);
        assertThat(draw(address, code, wishes()).statusCode()).isEqualTo(200);
    }

    @Test
    void anInvalidCampusNameIsNotFound() {
        assertThat(instance.get("/roll/a%00b/book").statusCode()).isEqualTo(404);
        assertThat(instance.get("/roll/%27/book").statusCode()).isEqualTo(404);
    }

    @Test
    void anIncompleteBookIsRefused() {
        var address = instance.freshAddress();

        var response = draw(address, codeFor(address), List.of());

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(problem(response)).isEqualTo("incomplete-book");
    }

    @Test
    void aBookWithAKeyTwiceOrAForeignKeyIsRefused() {
        var address = instance.freshAddress();
        var code = codeFor(address);
        var twice = new ArrayList<>(wishes());
        twice.addAll(wishes());
        var foreign = new ArrayList<>(wishes());
        foreign.add(Map.of("key", base64(new byte[32]), "blinded", base64(new byte[256])));

        assertThat(problem(draw(address, code, twice))).isEqualTo("incomplete-book");
        assertThat(problem(draw(address, code, foreign))).isEqualTo("incomplete-book");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 255, 257})
    void blindedBytesOfAnotherLengthAreRefused(int length) {
        var wish = Map.of(
                "key", base64(box.classes().getFirst().tokenKeyId().bytes()), "blinded", base64(new byte[length]));

        var response = draw("ada@tufts.edu", "00000000", List.of(wish));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("field").stringValue()).isEqualTo("requests[0].blinded");
    }

    // The box

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 484, 1023, 1025, 4096})
    void anEntryOfAnotherLengthIsRefused(int length) {
        var response = cast(new byte[length]);

        assertThat(response.statusCode()).isIn(400, 413);
        assertThat(problem(response)).isIn("malformed", "too-large");
    }

    @RepeatedTest(20) // the response must arrive although the client is still sending
    void twoMebibytesAreRefused() {
        assertThat(cast(new byte[2 << 20]).statusCode()).isEqualTo(413);
        assertThat(instance.postJson("/roll/tufts.edu/code", " ".repeat(2 << 20))
                        .statusCode())
                .isEqualTo(413);
        assertThat(instance.postJson("/roll/tufts.edu/draw", " ".repeat(2 << 20))
                        .statusCode())
                .isEqualTo(413);
        assertThat(instance.postBytes("/box/" + box.box() + "/withdrawals", new byte[2 << 20])
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cookie", "Authorization"})
    void aRequestThatIdentifiesSomeoneIsRefused(String header) {
        var request = CastRequest.pad(forged(1).entry(), new byte[0]);

        var response = instance.postBytes("/box/" + box.box() + "/entries", request, header, "a=b");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(problem(response)).isEqualTo("identified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cookie", "Authorization"})
    void aWithdrawalThatIdentifiesSomeoneIsRefused(String header) {
        var bytes = Withdrawal.sign(box.origin(), seed(1)).bytes();

        var response = instance.postBytes("/box/" + box.box() + "/withdrawals", bytes, header, "a=b");

        assertThat(problem(response)).isEqualTo("identified");
    }

    @Test
    void aWithdrawalAtAnUnknownBoxIsNotFound() {
        var bytes = Withdrawal.sign(box.origin(), seed(1)).bytes();

        assertThat(problem(instance.postBytes("/box/aaaaaaaaaaaaaaaaaaaaaaaaaa/withdrawals", bytes)))
                .isEqualTo("no-such-box");
    }

    @Test
    void anUnknownBoxIsNotFound() {
        var request = CastRequest.pad(forged(1).entry(), new byte[0]);

        assertThat(problem(instance.postBytes("/box/aaaaaaaaaaaaaaaaaaaaaaaaaa/entries", request)))
                .isEqualTo("no-such-box");
        assertThat(problem(instance.postBytes("/box/x/entries", request))).isEqualTo("no-such-box");
    }

    @Test
    void aForgedTokenIsRefused() {
        assertThat(problem(cast(forged(1)))).isEqualTo("wrong-token");
    }

    @Test
    void aKeyThatIsNotTheBoxsIsRefused() {
        var entry = sign(new byte[32], box.challengeDigest(), new byte[32], 0);

        assertThat(problem(cast(entry))).isEqualTo("unknown-key");
    }

    @Test
    void aTokenOfAnotherBoxIsRefused() {
        var entry = sign(
                seed(1), new byte[32], box.classes().getFirst().tokenKeyId().bytes(), 0);

        assertThat(problem(cast(entry))).isEqualTo("wrong-challenge");
    }

    @Test
    void aNonceThatIsNotThePublicKeysIsRefused() {
        var token = token(
                new byte[32],
                box.challengeDigest(),
                box.classes().getFirst().tokenKeyId().bytes());

        assertThat(problem(cast(Entry.sign(token, seed(1), 0, new byte[32])))).isEqualTo("wrong-nonce");
    }

    @Test
    void aFlippedSignatureBitIsRefused() {
        var bytes = CastRequest.pad(forged(1).entry(), new byte[0]);
        bytes[Entry.SIZE - 1] ^= 1;

        assertThat(problem(cast(bytes))).isEqualTo("wrong-signature");
    }

    @Test
    void paddingThatIsNotZeroIsRefused() {
        var bytes = CastRequest.pad(forged(1).entry(), new byte[0]);
        bytes[CastRequest.SIZE - 1] = 1;

        assertThat(problem(cast(bytes))).isEqualTo("malformed");
    }

    @Test
    void aStatementThatIsNotTheEntrysIsRefused() {
        var bytes = CastRequest.pad(forged(1).entry(), new byte[0]);
        bytes[Entry.SIZE + 1] = 2;
        bytes[Entry.SIZE + 2] = '{';
        bytes[Entry.SIZE + 3] = '}';

        assertThat(problem(cast(bytes))).isEqualTo("statement-mismatch");
    }

    @Test
    void aWithdrawalOfAnUnpublishedEntryIsRefused() {
        var withdrawal = Withdrawal.sign(box.origin(), seed(1));

        var response = instance.postBytes("/box/" + box.box() + "/withdrawals", withdrawal.bytes());

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(problem(response)).isEqualTo("entry-not-published");
    }

    @Test
    void aWithdrawalWithAWrongSignatureOrLengthIsRefused() {
        var bytes = Withdrawal.sign(box.origin(), seed(1)).bytes();
        bytes[Withdrawal.SIZE - 1] ^= 1;

        assertThat(problem(instance.postBytes("/box/" + box.box() + "/withdrawals", bytes)))
                .isEqualTo("wrong-signature");
        assertThat(problem(instance.postBytes("/box/" + box.box() + "/withdrawals", new byte[128])))
                .isEqualTo("malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/000",
                "tile/0/000.p/2",
                "tile/0/000.p/0",
                "tile/0/0",
                "tile/0/x000/000",
                "tile/6/000",
                "tile/entries/001",
                "tile/0/..%2f..%2fcheckpoint",
                "tile/0/000.p/256"
            })
    void aTileNoCheckpointCoversIsNotServed(String tile) {
        assertThat(instance.get("/log/box/" + box.box() + "/" + tile).statusCode())
                .isIn(400, 404);
    }

    // Helpers

    private static byte[] seed(int n) {
        var seed = new byte[32];
        seed[0] = (byte) n;
        return seed;
    }

    private static Token token(byte[] nonce, byte[] challengeDigest, byte[] keyId) {
        var input = Token.input(nonce, challengeDigest, keyId);
        return Token.parse(java.nio.ByteBuffer.allocate(Token.SIZE).put(input).array());
    }

    private static CastRequest sign(byte[] seed, byte[] challengeDigest, byte[] keyId, int affiliation) {
        var token = token(Entry.nonceOf(Ed25519.publicKey(seed)), challengeDigest, keyId);
        return CastRequest.parse(CastRequest.pad(Entry.sign(token, seed, affiliation, new byte[32]), new byte[0]));
    }

    /// Returns a cast request that is valid except for the issuer's signature.
    private static CastRequest forged(int n) {
        return sign(
                seed(n),
                box.challengeDigest(),
                box.classes().getFirst().tokenKeyId().bytes(),
                0);
    }

    private static HttpResponse<byte[]> cast(CastRequest request) {
        return cast(request.entry());
    }

    private static HttpResponse<byte[]> cast(Entry entry) {
        return cast(CastRequest.pad(entry, new byte[0]));
    }

    private static HttpResponse<byte[]> cast(byte[] body) {
        return instance.postBytes("/box/" + box.box() + "/entries", body);
    }

    /// Waits until the mail queue has done what was requested before: its threads take the newest and the
    /// oldest work in turn, and each piece of work takes some milliseconds.
    private static void waitForTheQueue() {
        for (var i = 0; i < 4; i++) codeFor(instance.freshAddress());
        TestInstance.sleep(250);
    }

    private static String codeFor(String address) {
        assertThat(instance.postJson("/roll/tufts.edu/code", "{\"address\":\"" + address + "\"}")
                        .statusCode())
                .isEqualTo(202);
        return instance.code(address);
    }

    private static List<Map<String, String>> wishes() {
        var wishes = new ArrayList<Map<String, String>>();
        for (var manifest : List.of(box)) {
            var key = instance.keyOf(manifest);
            PendingToken pending = new Client(RANDOM).blind(key, new byte[32], manifest.challengeDigest());
            wishes.add(Map.of("key", base64(key.keyId()), "blinded", base64(pending.blinded())));
        }
        return wishes;
    }

    private static HttpResponse<byte[]> draw(String address, String code, List<Map<String, String>> wishes) {
        var body = new LinkedHashMap<String, Object>();
        body.put("address", address);
        body.put("code", code);
        body.put("requests", wishes);
        return instance.postJson("/roll/tufts.edu/draw", new JsonMapper().writeValueAsString(body));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
