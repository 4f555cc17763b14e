package org.undersigned.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.server.count.box.Boxes;

/// That no number which could point at someone is told, nor what it can be worked out from.
final class BoxCountsTest {
    private static final Instant CLOSES = Instant.parse("2040-11-10T12:00:00Z");

    private static Boxes.ClassCount cls(String name, long... parts) {
        var byAffiliation = IntStream.range(0, parts.length)
                .mapToObj(i -> new Boxes.AffiliationCount(i, parts[i]))
                .toList();
        return new Boxes.ClassCount(name, LongStream.of(parts).sum(), 0, byAffiliation);
    }

    private static BoxCounts counted(Boxes.ClassCount... classes) {
        var size = 1
                + List.of(classes).stream().mapToLong(Boxes.ClassCount::entries).sum();
        return new BoxCounts(
                "box", size, true, CLOSES, List.of(classes), List.of("a", "b", "c", "d"), List.of(), List.of());
    }

    @Test
    void theRecordsLengthIsNotToldWhileItTellsAClassThatIsNot() {
        assertThat(counted(cls("member", 40), cls("supporter", 9)).isShown()).isTrue();
        assertThat(counted(cls("member", 40), cls("supporter", 9)).disclosedSize())
                .isNull();
        assertThat(counted(cls("member", 40), cls("supporter", 0)).disclosedSize())
                .isNull();
        assertThat(counted(cls("member", 9)).disclosedSize()).isNull();
        assertThat(counted(cls("member", 40), cls("supporter", 10)).disclosedSize())
                .isEqualTo(51);
        assertThat(counted(cls("member", 40)).disclosedSize()).isEqualTo(41);
    }

    @Test
    void theRecordsLengthIsNotToldWhileItTellsThatAFewWithdrew() {
        assertThat(counted(new Boxes.ClassCount("member", 41, 1, List.of())).disclosedSize())
                .isNull();
        assertThat(counted(new Boxes.ClassCount("member", 49, 9, List.of())).disclosedSize())
                .isNull();
        assertThat(counted(new Boxes.ClassCount("member", 50, 10, List.of())).disclosedSize())
                .isEqualTo(51);
    }

    @ParameterizedTest
    @CsvSource({
        "10 20 30, 10 20 30",
        "3 9 10 20, 10 20",
        "40 41, ''", // one more, when the promise to one ran out: nothing to draw
        "20 40 41, 20 41",
        "20 40 41 55, 20 40 55",
        "20 40 39, 20 39", // one withdrew
        "20 30 40 29 12, 20 30 40 29 12",
        "20 29, ''",
        "20 30 22, ''"
    })
    void itGrowsInStepsThatMayBeTold(String standing, String told) {
        var batches = new ArrayList<Boxes.Batch>();
        for (var number : standing.split(" ")) {
            var at = CLOSES.plusSeconds(batches.size());
            batches.add(new Boxes.Batch("member", batches.size() + 2, at, Long.parseLong(number)));
        }
        var counted =
                new BoxCounts("box", 100, true, CLOSES, List.of(cls("member", 50)), List.of(), batches, List.of());

        var points = counted.growth("member");
        assertThat(points.stream().map(point -> Long.toString(point.number())))
                .containsExactly(told.isEmpty() ? new String[0] : told.split(" "));
        for (var point : points) {
            assertThat(batches)
                    .anyMatch(batch -> batch.publishedAt().equals(point.at()) && batch.standing() == point.number());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "30 20 10, 30 20 10",
        "30 20 4, 30 - -", // 50 and the class's 54 would tell the 4
        "30 20 1 1, 30 - - -", // two that come to 2 are one each
        "30 12 9 8, 30 12 - -",
        "30 10 9 9, 30 - - -", // two that are under 10 or the next of 10 and come to 18 are nine each
        "30 10 10 8, 30 - - -", // which of two alike is hidden would tell of the third
        "10 9 8, - - -", // two under 10 that come to 17 are 8 and 9
        "10 9 7, 10 - -", // two that come to 16 may be 8 and 8 as well
        "11 10 8, 11 - -", // or 9 and 9
        "30 3, - -",
        "30 0, - -",
        "18 1 1, - - -",
        "5 4, - -"
    })
    void whatIsHiddenIsNeverOnePartAloneNorSomeAlikeNorLessThanTenTogether(String counts, String told) {
        var parts =
                List.of(counts.split(" ")).stream().mapToLong(Long::parseLong).toArray();
        assertThat(told(parts)).containsExactly(told.split(" "));
    }

    /// Of every class of up to four parts of some sizes: what is told leaves more than one possibility for each
    /// part that is small, even to a reader who knows by what rule parts are hidden.
    @Test
    void noSmallPartCanBeWorkedOut() {
        var looked = 0;
        for (var parts : all(new long[] {1, 8, 9, 10, 12, 30}, 4)) {
            if (LongStream.of(parts).sum() < BoxCounts.SMALLEST_SHOWN) continue;
            for (var i = 0; i < parts.length; i++) {
                if (BoxCounts.isShown(parts[i])) continue;
                looked++;
                assertThat(possible(parts, i)).as(Arrays.toString(parts)).hasSizeGreaterThan(1);
            }
        }
        assertThat(looked).isGreaterThan(1_000);
    }

    /// Of every class of up to four parts of 1 to 22: no small number is in all sets of numbers that have the
    /// same told, so that it is not known either without knowing whose it is.
    @Test
    void noSmallNumberIsCertain() {
        record Told(int hidden, long together, List<Long> shown) {}
        var largest = 22;
        var possible = new HashMap<Told, List<Set<Long>>>();
        for (var parts : inOrder(largest, 4)) {
            var hidden = new ArrayList<Long>();
            var shown = new ArrayList<Long>();
            var told = told(parts);
            for (var i = 0; i < parts.length; i++) (told.get(i).equals("-") ? hidden : shown).add(parts[i]);
            var together = hidden.stream().mapToLong(one -> one).sum();
            if (together > largest) continue; // of those not all are looked at
            if (!BoxCounts.isShown(LongStream.of(parts).sum())) continue; // of those nothing is told
            possible.computeIfAbsent(new Told(hidden.size(), together, shown), _ -> new ArrayList<>())
                    .add(new TreeSet<>(hidden));
        }

        for (var one : possible.entrySet()) {
            var certain = new TreeSet<>(one.getValue().getFirst());
            one.getValue().forEach(certain::retainAll);
            certain.removeIf(BoxCounts::isShown);
            assertThat(certain).as(one.toString()).isEmpty();
        }
        assertThat(possible.size()).isGreaterThan(1_000);
    }

    private static List<long[]> inOrder(int largest, int most) {
        var all = new ArrayList<>(List.of(new long[0]));
        for (var from = 0; from < all.size(); from++) {
            var parts = all.get(from);
            if (parts.length == most) break;
            for (var next = parts.length == 0 ? 1 : parts[parts.length - 1]; next <= largest; next++) {
                var longer = Arrays.copyOf(parts, parts.length + 1);
                longer[parts.length] = next;
                all.add(longer);
            }
        }
        all.removeIf(parts -> parts.length < 2);
        return all;
    }

    /// Whoever sends many kinds of signers does not make the server think for long.
    @Test
    void manyPartsAreHiddenSoon() {
        var random = new Random(7);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (var i = 0; i < 300; i++) {
                var parts = random.longs(2 + random.nextInt(40), 1, 4 + random.nextInt(200))
                        .toArray();
                assertThat(Suppression.of(parts)).isGreaterThanOrEqualTo(-1);
            }
        });
    }

    /// Two of the numbers, if there are as many, that part `i` may be for all that is told of `parts`.
    private static Set<Long> possible(long[] parts, int i) {
        var told = told(parts);
        var hidden = IntStream.range(0, parts.length)
                .filter(one -> one != i && told.get(one).equals("-"))
                .toArray();
        var possible = new TreeSet<Long>();
        for (var value = 1L; value < LongStream.of(parts).sum() && possible.size() < 2; value++) {
            var guess = parts.clone();
            guess[i] = value;
            var rest = parts[i]
                    - value
                    + IntStream.of(hidden).mapToLong(one -> parts[one]).sum();
            if (fits(guess, hidden, 0, rest, told)) possible.add(value);
        }
        return possible;
    }

    /// Whether `rest` can be shared among the hidden parts from the one at `from` on, so that `told` is told.
    private static boolean fits(long[] guess, int[] hidden, int from, long rest, List<String> told) {
        if (from == hidden.length) return rest == 0 && told(guess).equals(told);
        for (var value = 1L; value <= rest; value++) {
            guess[hidden[from]] = value;
            if (fits(guess, hidden, from + 1, rest - value, told)) return true;
        }
        return false;
    }

    private static List<String> told(long... parts) {
        return counted(cls("member", parts)).disclosed().getFirst().affiliations().stream()
                .map(one -> one.count() == null ? "-" : Long.toString(one.count()))
                .toList();
    }

    private static List<long[]> all(long[] of, int most) {
        var all = new ArrayList<long[]>();
        for (var length = 2; length <= most; length++) {
            var number = (int) Math.pow(of.length, length);
            for (var n = 0; n < number; n++) {
                var parts = new long[length];
                for (int i = 0, rest = n; i < length; i++, rest /= of.length) parts[i] = of[rest % of.length];
                all.add(parts);
            }
        }
        return all;
    }
}
