package org.undersigned.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.undersigned.server.support.TestInstance;

/// The attack of a thief with an image of the disk, all keys and the list of all addresses: knows the tag of
/// everybody who drew and the nonce of every entry, finds all their bytes in all files (rows, dead rows,
/// holes in pages, indexes, write-ahead log), and matches the order of one with the order of the other, by
/// every order that the bytes show: the place in a file, the transaction, the page's last change. Within the
/// window this links nearly everybody. After the sweep it links no more people than chance does.
final class DiskImageTest {
    private static final int PEOPLE = 24;
    private static final int PAGE = 8192;

    /// The ways in which bytes on the disk can be in an order, by file and kind: for each, the values in that order.
    private static Map<String, List<String>> orders(List<Path> files, List<String> values) throws IOException {
        var found = new HashMap<String, List<Place>>();
        for (var file : files) {
            if (file.toString().contains("/programs/")) continue;
            var bytes = read(file);
            for (var value : values) {
                for (var at : occurrences(bytes, HexFormat.of().parseHex(value))) {
                    var name = file.toString().contains("/pg_wal/") ? "wal" : file.toString();
                    found.computeIfAbsent(name, _ -> new ArrayList<>()).add(Place.of(file, bytes, at, value));
                }
            }
        }
        var orders = new HashMap<String, List<String>>();
        found.forEach((name, places) -> {
            put(
                    orders,
                    name + " by place",
                    places,
                    Comparator.comparing(Place::file).thenComparing(Place::at));
            put(orders, name + " by change of the page", places, Comparator.comparingLong(Place::pageLsn));
            for (var back = 24; back < 64; back++) { // wherever the row's header is
                var distance = back;
                put(
                        orders,
                        name + " by transaction -" + back,
                        places,
                        Comparator.comparingLong(one -> one.number(distance)));
            }
        });
        return orders;
    }

    /// A place of a value on the disk.
    private record Place(String file, int at, long pageLsn, byte[] before, String value) {
        private static Place of(Path file, byte[] bytes, int at, String value) {
            var page = at - at % PAGE;
            var head = ByteBuffer.wrap(bytes, page, 8).order(ByteOrder.LITTLE_ENDIAN);
            var lsn = (head.getInt() & 0xffffffffL) << 32 | head.getInt() & 0xffffffffL;
            return new Place(file.toString(), at, lsn, Arrays.copyOfRange(bytes, Math.max(0, at - 64), at), value);
        }

        private long number(int back) {
            if (back > before.length) return 0;
            return ByteBuffer.wrap(before, before.length - back, 4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt()
                    & 0xffffffffL;
        }
    }

    /// Adds the order of first and of last occurrences, unless most values are the same by it.
    private static void put(Map<String, List<String>> orders, String name, List<Place> places, Comparator<Place> by) {
        // in an order of its own first: what is equal must not stay in the order in which the test looked
        var shuffled = new ArrayList<>(places);
        Collections.shuffle(shuffled, new Random(name.hashCode()));
        var sorted = shuffled.stream().sorted(by).toList();
        if (sorted.stream()
                        .filter(one -> by.compare(one, sorted.getFirst()) == 0)
                        .count()
                > places.size() / 2) return;
        orders.put(name, distinct(sorted));
        orders.put(name + ", last", distinct(sorted.reversed()).reversed());
    }

    private static List<String> distinct(List<Place> places) {
        return places.stream().map(Place::value).distinct().toList();
    }

    private static List<Integer> occurrences(byte[] bytes, byte[] value) {
        var places = new ArrayList<Integer>();
        for (var at = 0; at + value.length <= bytes.length; at++) {
            if (bytes[at] == value[0] && Arrays.equals(bytes, at, at + value.length, value, 0, value.length))
                places.add(at);
        }
        return places;
    }

    private static byte[] read(Path file) {
        return TestInstance.textOf(file).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// What the attack reached.
    ///
    /// @param best  how many people the best of all pairs of orders links rightly
    /// @param pairs how many different pairs of orders it tried
    /// @param by    that pair
    private record Attack(int best, int pairs, String by) {
        private static Attack on(TestInstance instance, List<String> tags, List<String> nonces) throws IOException {
            var files = instance.files();
            var ofTags = distinct(orders(files, tags));
            var ofNonces = distinct(orders(files, nonces));
            var best = 0;
            var by = "";
            for (var drawn : ofTags.entrySet()) {
                for (var cast : ofNonces.entrySet()) {
                    for (var other : List.of(cast.getKey(), cast.getKey().reversed())) {
                        var right = matches(drawn.getKey(), other, tags, nonces);
                        if (right > best) by = drawn.getValue() + " and " + cast.getValue();
                        best = Math.max(best, right);
                    }
                }
            }
            return new Attack(best, 2 * ofTags.size() * ofNonces.size(), by);
        }

        /// The different orders, each with one of its names.
        private static Map<List<String>, String> distinct(Map<String, List<String>> orders) {
            var distinct = new HashMap<List<String>, String>();
            orders.forEach((name, order) -> distinct.put(order, name));
            return distinct;
        }
    }

    private static int matches(List<String> drawn, List<String> cast, List<String> tags, List<String> nonces) {
        var right = 0;
        for (var i = 0; i < Math.min(drawn.size(), cast.size()); i++) {
            if (tags.indexOf(drawn.get(i)) == nonces.indexOf(cast.get(i))) right++;
        }
        return right;
    }

    /// What as many pairs of random orders reach in nearly all runs: k people or more are linked by one pair in k!.
    ///
    /// @return a number that one run in 10,000 exceeds
    private static int linkedByChance(int pairs) {
        var people = 0;
        for (var runs = 10_000.0 * pairs; runs >= 1; runs /= people) people++;
        return people;
    }

    @Test
    void afterTheSweepAnImageOfTheDiskLinksNobody() throws Exception {
        try (var instance = TestInstance.ofDemonstration().withOwnCluster().start()) {
            var tags = new ArrayList<String>();
            var nonces = new ArrayList<String>();
            for (var i = 0; i < PEOPLE; i++) {
                var person = instance.person();
                person.drawBook();
                tags.add(newest(instance, "SELECT encode(tag, 'hex') FROM roll.book", tags));
                person.cast(0);
                nonces.add(newest(instance, "SELECT encode(nonce, 'hex') FROM box.leaf", nonces));
            }
            instance.flush();
            assertThat(Attack.on(instance, tags, nonces).best())
                    .as("within the window")
                    .isGreaterThanOrEqualTo(PEOPLE - 2);

            instance.published(10);
            instance.runShuffle();
            instance.flush();
            var attack = Attack.on(instance, tags, nonces);
            assertThat(linkedByChance(attack.pairs())).isLessThan(PEOPLE - 8); // far from what the window shows
            assertThat(attack.best()).as(attack.toString()).isLessThanOrEqualTo(linkedByChance(attack.pairs()));
            nothingOfTheDrawsIsAnywhereElse(instance, tags);
        }
    }

    /// Every tag is in the two tables and their two indexes, and in no other file.
    private static void nothingOfTheDrawsIsAnywhereElse(TestInstance instance, List<String> tags) throws IOException {
        var places = new HashSet<String>();
        for (var path : instance.query("SELECT pg_relation_filepath(oid) FROM pg_class WHERE relname IN"
                + " ('book', 'book_pkey', 'issued', 'issued_pkey')")) {
            places.add(Path.of(path).getFileName().toString());
        }
        assertThat(places).hasSize(4);
        for (var file : instance.files()) {
            if (file.toString().contains("/programs/")
                    || places.contains(file.getFileName().toString())) continue;
            var bytes = read(file);
            for (var tag : tags) {
                assertThat(occurrences(bytes, HexFormat.of().parseHex(tag)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    private static String newest(TestInstance instance, String query, List<String> known) {
        var all = new ArrayList<>(instance.query(query));
        all.removeAll(known);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
