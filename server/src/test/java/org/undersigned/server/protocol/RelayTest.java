package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.RefusedException;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.record.Manifest;
import org.undersigned.record.Promise;
import org.undersigned.record.Relay;
import org.undersigned.record.RelayedRequest;
import org.undersigned.server.relay.RelaySettings;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.MovableClock;
import org.undersigned.server.support.TestInstance;
import org.undersigned.server.support.TestRelay;

/// Entries and withdrawals through a relay, with a tap on either side: whoever reads everything before the
/// relay sees no box and no content, whoever reads everything behind it sees no address and no order.
final class RelayTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TestRelay RELAY =
            new TestRelay(new RelaySettings.Mixing(6, Duration.ofSeconds(3), Duration.ofMillis(200)));

    private static final MovableClock CLOCK = new MovableClock();

    @RegisterExtension
    static final TestInstance instance =
            TestInstance.ofDemonstration().at(CLOCK).relayedBy(RELAY);

    /// A person with a book; everything that they cast goes through the relay.
    private static final class Person {
        private final Signer signer;
        private final Manifest box;
        private final Relay relay;

        private Person() throws Exception {
            var site = new HttpSite(instance.url("/"), new CheckedClient());
            var address = instance.freshAddress();
            signer = new Signer(site, Signer.instance(site), "tufts.edu", address, Wallet.inMemory(), RANDOM);
            var book = signer.fetchBook();
            signer.requestCode();
            signer.draw(book, instance.code(address));
            box = book.manifests().stream()
                    .filter(one -> one.subject().isAt(TestInstance.TUFTS))
                    .findFirst()
                    .orElseThrow();
            relay = signer.relay().orElseThrow();
        }

        private Optional<Promise> cast() throws Exception {
            return signer.castThrough(relay, box, 0, null);
        }

        private Optional<Promise> withdraw() throws Exception {
            return signer.withdrawThrough(relay, box);
        }
    }

    private interface Asking {
        Optional<Promise> ask() throws Exception;
    }

    private static Promise awaitAnswer(Asking asking) throws Exception {
        for (var attempt = 0; attempt < 600; attempt++) {
            var answer = asking.ask();
            if (answer.isPresent()) return answer.get();
            TestInstance.sleep(100);
        }
        throw new AssertionError("the relay never answered");
    }

    @Test
    void theRegisterNamesTheRelayAndTheGatewaysKey() throws Exception {
        var site = new HttpSite(instance.url("/"), new CheckedClient());
        var signer = new Signer(site, Signer.instance(site), "none", "", Wallet.inMemory(), RANDOM);
        var relay = signer.relay().orElseThrow();
        assertThat(relay.operator()).isEqualTo(TestRelay.OPERATOR);
        assertThat(relay.url().getPort()).isEqualTo(RELAY.toRelay().port());
    }

    @Test
    void neitherSideSeesWhoSignedWhat() throws Exception {
        var people = new ArrayList<Person>();
        for (var i = 0; i < 24; i++) people.add(new Person());
        var before = RELAY.toGateway().chunks().size();
        var answeredBefore = RELAY.toRelay().answered().length();
        var sealed = new ArrayList<String>();
        for (var person : people) {
            var from = RELAY.toRelay().said().length();
            assertThat(person.cast()).isEmpty(); // accepted, and on its way
            sealed.addAll(bodies(RELAY.toRelay().said().substring(from)));
        }
        for (var person : people) awaitAnswer(person::cast);
        assertThat(sealed).hasSize(24);

        // before the relay: no box, no nonce, no name of a page, and one length
        var box = people.getFirst().box.box().value();
        var toRelay = RELAY.toRelay().said();
        assertThat(toRelay).doesNotContain(box).doesNotContain("tufts").doesNotContain("entries");
        assertThat(bodies(toRelay)).allSatisfy(body -> assertThat(body).hasSize(RelayedRequest.SEALED_SIZE));

        // behind the relay: nothing but the sealed bytes, in another order
        var arrived = new ArrayList<String>();
        var open = new HashMap<Integer, String>(); // what each connection has sent of its request
        for (var chunk : RELAY.toGateway()
                .chunks()
                .subList(before, RELAY.toGateway().chunks().size())) {
            var request = open.merge(chunk.connection(), chunk.text(), String::concat);
            if (bodies(request).isEmpty()) continue;
            arrived.addAll(bodies(request));
            assertThat(headerNames(request))
                    .isSubsetOf("connection", "content-length", "content-type", "host", "user-agent", "accept");
            open.remove(chunk.connection());
        }
        var order = sealed.stream().map(arrived::indexOf).toList();
        assertThat(order).doesNotContain(-1);
        assertThat(new HashSet<>(order)).hasSize(24);
        // by chance one of 4,000 runs is above; the casts of half a second go on within three
        assertThat(Math.abs(rankCorrelation(order))).isLessThan(0.75);

        // what clients get back has one length too
        var answers = responseLengths(RELAY.toRelay().answered().substring(answeredBefore));
        assertThat(answers).isSubsetOf("0", Integer.toString(RelayedRequest.SEALED_RESPONSE_SIZE));
    }

    /// Spearman's correlation of the order of arrival on one side and on the other.
    private static double rankCorrelation(List<Integer> order) {
        var ranks = new ArrayList<>(order);
        Collections.sort(ranks);
        var n = order.size();
        var squares = 0.0;
        for (var i = 0; i < n; i++) {
            var d = ranks.indexOf(order.get(i)) - i;
            squares += (double) d * d;
        }
        return 1 - 6 * squares / (n * ((double) n * n - 1));
    }

    private static List<String> bodies(String said) {
        var bodies = new ArrayList<String>();
        for (var at = said.indexOf("\r\n\r\n"); at >= 0; at = said.indexOf("\r\n\r\n", at + 4)) {
            var head = said.substring(0, at);
            var isPost = head.substring(head.lastIndexOf("POST /") + 1).contains("ohttp-req");
            var end = at + 4 + RelayedRequest.SEALED_SIZE;
            if (isPost && end <= said.length()) {
                bodies.add(said.substring(at + 4, end));
                at = end - 4;
            }
        }
        return bodies;
    }

    private static HashSet<String> headerNames(String said) {
        var names = new HashSet<String>();
        for (var body : bodies(said)) said = said.replace(body, "");
        Pattern.compile("(?m)^([A-Za-z-]+): ")
                .matcher(said)
                .results()
                .map(result -> result.group(1).toLowerCase(java.util.Locale.ROOT))
                .forEach(names::add);
        return names;
    }

    private static List<String> responseLengths(String answered) {
        return Pattern.compile("(?mi)^content-length: ([0-9]+)")
                .matcher(answered)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    @Test
    void entriesAndWithdrawalsAreCountedAndRecounted() throws Exception {
        var people = new ArrayList<Person>();
        for (var i = 0; i < 12; i++) people.add(new Person());
        for (var person : people) person.cast();
        for (var person : people) awaitAnswer(person::cast);
        instance.published(10);
        var first = people.stream().filter(RelayTest::isPublished).findFirst().orElseThrow();
        first.withdraw();
        awaitAnswer(first::withdraw);
        var report = instance.recountOf(first.box.box());
        assertThat(report.ok()).as(report.toString()).isTrue();
    }

    private static boolean isPublished(Person person) {
        try {
            var leaf = awaitAnswer(person::cast).leafHash();
            person.signer.awaitPublication(person.box, leaf, 0, Duration.ZERO);
            return true;
        } catch (RefusedException e) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRefusalOfTheBoxIsToldThroughTheRelay() throws Exception {
        var person = new Person();
        assertThatThrownBy(() -> {
                    person.withdraw();
                    awaitAnswer(person::withdraw);
                })
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("entry-not-published");
    }

    @Test
    void afterAWeekTheKeyIsReplacedAndThreeDaysLaterDestroyed() throws Exception {
        var person = new Person();
        instance.renewGatewayKeys();
        assertThat(person.signer.relay()).contains(person.relay); // it is younger than a week
        CLOCK.forward(Duration.ofDays(7));
        instance.renewGatewayKeys();
        var renewed = person.signer.relay().orElseThrow();
        assertThat(renewed.key().publicKey()).isNotEqualTo(person.relay.key().publicKey());
        assertThat(person.cast()).isEmpty();
        awaitAnswer(person::cast); // the old key still opens

        var late = new Person();
        CLOCK.forward(Duration.ofDays(3).plusSeconds(1));
        instance.renewGatewayKeys();
        assertThat(instance.query("SELECT id FROM register.gateway_key")).hasSize(1);
        assertThat(late.signer.castThrough(person.relay, late.box, 0, null)).isEmpty(); // the relay cannot know
        awaitAnswer(() -> late.signer.castThrough(renewed, late.box, 0, null)); // sealed again
    }

    @Test
    void whileTheRelayIsAwayThePersonIsTold() throws Exception {
        var person = new Person();
        RELAY.stop();
        assertThatThrownBy(person::cast).hasMessageContaining("cannot be reached");
        RELAY.start();
        assertThat(person.cast()).isEmpty();
        awaitAnswer(person::cast);
    }

    @Test
    void theGatewayTakesSealedRequestsOfOneLengthOnly() {
        var type = new String[] {"Content-Type", "message/ohttp-req"};
        assertThat(TestInstance.problem(instance.postBytes("/gateway", new byte[10], type)))
                .isEqualTo("malformed");
        assertThat(TestInstance.problem(instance.postBytes("/gateway", new byte[RelayedRequest.SEALED_SIZE])))
                .isEqualTo("not-sealed");
        var unknown = instance.postBytes("/gateway", new byte[RelayedRequest.SEALED_SIZE], type);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(TestInstance.json(unknown).get("type").stringValue())
                .isEqualTo("https://iana.org/assignments/http-problem-types#ohttp-key");
        var named = instance.postBytes(
                "/gateway", new byte[RelayedRequest.SEALED_SIZE], "Content-Type", "message/ohttp-req", "Cookie", "a=b");
        assertThat(TestInstance.problem(named)).isEqualTo("identified");
    }
}
