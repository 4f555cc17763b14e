package org.undersigned.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.server.count.box.Boxes;

/// Checks that pages disclose no count small enough to identify a signer, and no numbers that reveal one.
final class BoxCountsTest {
    private static final Instant CLOSES = Instant.parse("2040-11-10T12:00:00Z");

    private static final List<String> AFFILIATIONS =
            IntStream.range(0, 30).mapToObj(i -> "affiliation " + i).toList();

    private static Boxes.ClassCount cls(String name, long... parts) {
        var byAffiliation = IntStream.range(0, parts.length)
                .mapToObj(i -> new Boxes.AffiliationCount(i, parts[i]))
                .toList();
        return new Boxes.ClassCount(name, LongStream.of(parts).sum(), 0, byAffiliation);
    }

    private static BoxCounts counted(Boxes.ClassCount... classes) {
        var size = 1
                + List.of(classes).stream().mapToLong(Boxes.ClassCount::entries).sum();
        return new BoxCounts("box", size, true, CLOSES, List.of(classes), AFFILIATIONS, List.of(), List.of());
    }

    @Test
    void theLogSizeIsHiddenIfItRevealsAHiddenClassCount() {
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
    void theLogSizeIsHiddenIfItRevealsFewWithdrawals() {
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
        "40 41, ''", // one entry more, published because its promise was due: no chart
        "20 40 41, 20 41",
        "20 40 41 55, 20 40 55",
        "20 40 39, 20 39", // one withdrew
        "20 30 40 29 12, 20 30 40 29 12",
        "20 29, ''",
        "20 30 22, ''"
    })
    void theChartShowsOnlyStepsOfAtLeastTen(String standing, String told) {
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
        "30 20 4, - - -",
        "30 20 1 1, - - - -",
        "10 10, 10 10",
        "10 9, - -",
        "30 3, - -",
        "30 0, - -",
        "18 1 1, - - -",
        "5 4, - -",
        "1 1 1 1 1 1 1 1 1 1 1, - - - - - - - - - - -"
    })
    void noPartIsShownWhileOneIsSmall(String counts, String told) {
        var parts =
                List.of(counts.split(" ")).stream().mapToLong(Long::parseLong).toArray();
        assertThat(told(parts)).containsExactly(told.split(" "));
    }

    @Test
    void whileCountsAreHiddenAllAffiliationsAreListed() {
        assertThat(disclosed(30, 9)).hasSize(AFFILIATIONS.size() + 1).containsOnly("-");
        assertThat(disclosed(30, 10)).containsExactly("30", "10");
    }

    /// For every class of two to four parts of some sizes: the disclosed numbers leave more than one possible value
    /// for each small part, even for a reader who knows the rule by which parts are hidden.
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

    /// For every class of 10 to 24 signatures in any number of parts: no small number is in every set of parts that
    /// gives the same disclosed numbers. So a reader cannot know that such a part exists, even without knowing
    /// which part it is.
    @Test
    void noSmallNumberIsCertain() {
        record Shown(long sum, List<String> parts) {}
        var possible = new HashMap<Shown, List<Set<Long>>>();
        for (var sum = BoxCounts.SMALLEST_SHOWN; sum <= 24; sum++) {
            for (var parts : partitions(sum, 1)) {
                if (parts.size() == 1) continue;
                var told = disclosed(parts.stream().mapToLong(one -> one).toArray());
                var hidden = new TreeSet<Long>();
                if (told.contains("-")) hidden.addAll(parts);
                possible.computeIfAbsent(new Shown(sum, told), _ -> new ArrayList<>())
                        .add(hidden);
            }
        }

        for (var one : possible.entrySet()) {
            var certain = new TreeSet<>(one.getValue().getFirst());
            one.getValue().forEach(certain::retainAll);
            certain.removeIf(BoxCounts::isShown);
            assertThat(certain).as(one.getKey().toString()).isEmpty();
        }
        assertThat(possible).hasSizeGreaterThanOrEqualTo(24 - 10 + 1);
    }

    /// Returns every way to write `sum` as a sum of numbers of at least `least`, in ascending order.
    private static List<List<Long>> partitions(long sum, long least) {
        var all = new ArrayList<List<Long>>();
        all.add(List.of(sum));
        for (var first = least; 2 * first <= sum; first++) {
            for (var rest : partitions(sum - first, first)) {
                var parts = new ArrayList<>(List.of(first));
                parts.addAll(rest);
                all.add(parts);
            }
        }
        return all;
    }

    /// Returns values that part `i` can have, given the disclosed numbers of `parts`; stops after two values.
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

    /// Returns true if `rest` can be divided among the hidden parts from index `from` on so that `told` is
    /// disclosed.
    private static boolean fits(long[] guess, int[] hidden, int from, long rest, List<String> told) {
        if (from == hidden.length) return rest == 0 && told(guess).equals(told);
        for (var value = 1L; value <= rest; value++) {
            guess[hidden[from]] = value;
            if (fits(guess, hidden, from + 1, rest - value, told)) return true;
        }
        return false;
    }

    /// What is shown for each of `parts`.
    private static List<String> told(long... parts) {
        return disclosed(parts).subList(0, parts.length);
    }

    private static List<String> disclosed(long... parts) {
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
