package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.undersigned.server.support.TestInstance;

/// The time of an answer does not tell whether an address belongs to a campus, was mailed a code, or drew its book.
final class EqualTimeTest {
    private static final int TRIES = 1_000; // of each kind: 2,000 for each comparison

    /// For 2,000 tries without a difference, the area under the ROC curve has a standard deviation of 0.013 around 0.5,
    /// and more on a machine that does other work in bursts.
    private static final double MOST = 0.55;

    /// A difference that was chance goes away when there are more tries; a real one stays.
    private static final int ROUNDS = 5;

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    /// What is known about an address; each has some addresses, so that no single counter or row is always in a cache.
    private record Kind(String name, List<String> addresses, List<Long> nanoseconds) {}

    @Test
    void aWrongCodeTakesTheSameTimeForEveryAddress() {
        var drew = kind("drew");
        var mailed = kind("mailed");
        var unknown = kind("unknown");
        var foreign = kind("foreign");
        for (var address : drew.addresses()) instance.new Person(address).drawBook();
        for (var address : mailed.addresses()) {
            instance.postJson("/roll/tufts.edu/code", "{\"address\":\"" + address + "\"}");
            instance.code(address);
        }
        foreign.addresses().replaceAll(address -> address.replace("tufts.edu", "elsewhere.example"));
        var kinds = List.of(drew, mailed, unknown, foreign);

        requireSameTime(kinds, "/roll/tufts.edu/draw", "\"code\":\"00000000\",\"requests\":[]", 403);
    }

    @Test
    void aRequestForACodeTakesTheSameTimeForEveryAddress() {
        var member = kind("member");
        var foreign = kind("foreign");
        foreign.addresses().replaceAll(address -> address.replace("tufts.edu", "elsewhere.example"));
        var kinds = List.of(member, foreign);

        requireSameTime(kinds, "/roll/tufts.edu/code", null, 202);
    }

    private static Kind kind(String name) {
        var addresses = new ArrayList<String>();
        for (var i = 0; i < 5; i++) addresses.add(instance.freshAddress());
        return new Kind(name, addresses, new ArrayList<>());
    }

    private static void requireSameTime(List<Kind> kinds, String path, @Nullable String more, int status) {
        for (var i = 0; i < 200; i++) send(kinds.get(i % kinds.size()), i, path, more, status); // warms up
        measure(kinds, path, more, status);
        for (var round = 1; round < ROUNDS && !differences(kinds).isEmpty(); round++) {
            measure(kinds, path, more, status);
        }
        assertThat(differences(kinds)).isEmpty();
    }

    /// Sends all requests in random order, so that whatever else happens on this machine falls on all kinds alike.
    private static void measure(List<Kind> kinds, String path, @Nullable String more, int status) {
        var order = new ArrayList<Kind>();
        for (var kind : kinds) order.addAll(Collections.nCopies(TRIES, kind));
        Collections.shuffle(order, new Random());
        for (var i = 0; i < order.size(); i++) {
            var begin = System.nanoTime();
            send(order.get(i), i, path, more, status);
            order.get(i).nanoseconds().add(System.nanoTime() - begin);
        }
    }

    private static void send(Kind kind, int i, String path, @Nullable String more, int status) {
        var address = kind.addresses().get(i % kind.addresses().size());
        var body = "{\"address\":\"" + address + "\"" + (more == null ? "" : "," + more) + "}";
        assertThat(instance.postJson(path, body).statusCode()).isEqualTo(status);
    }

    private static List<String> differences(List<Kind> kinds) {
        var differences = new ArrayList<String>();
        for (var one : kinds) {
            for (var other : kinds) {
                var area = one == other ? 0.5 : area(one.nanoseconds(), other.nanoseconds());
                if (area > MOST) {
                    differences.add(
                            String.format(Locale.ROOT, "%s slower than %s: %.3f", one.name(), other.name(), area));
                }
            }
        }
        return differences;
    }

    /// Returns the probability that a random try of `slow` took longer than a random try of `quick`.
    private static double area(List<Long> slow, List<Long> quick) {
        var sorted = quick.stream().sorted().toList();
        var wins = 0.0;
        for (var time : slow) {
            var at = Collections.binarySearch(sorted, time);
            wins += at < 0 ? -at - 1 : at;
        }
        return wins / slow.size() / quick.size();
    }
}
