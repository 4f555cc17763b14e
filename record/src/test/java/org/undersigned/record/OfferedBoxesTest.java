package org.undersigned.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.Hash;

class OfferedBoxesTest {
    private static final Instant NOW = Instant.parse("2016-11-23T09:00:00Z");
    private static final Instant END = NOW.plusSeconds(1000);

    private final OfferedBoxes boxes = new OfferedBoxes();
    private long size;

    private static Manifest box(
            int number, String path, String campus, @Nullable String campaign, Instant opens, Instant closes) {
        return box(number, number, path, campus, campaign, opens, closes);
    }

    /// @param text another number for other words
    private static Manifest box(
            int number,
            int text,
            String path,
            String campus,
            @Nullable String campaign,
            Instant opens,
            Instant closes) {
        var id = BoxId.of("abcdefghijklmnopqrstuvwxyz".charAt(number) + "a".repeat(25));
        return new Manifest(
                id,
                new Manifest.Subject("petition", path, Hash.sha256(new byte[] {(byte) (text + 100)})),
                campus,
                campaign,
                "town.example/box/" + id,
                "town.example",
                List.of(new Manifest.IssuerClass("member", Hash.sha256(new byte[] {(byte) number}))),
                List.of(),
                opens,
                closes,
                new Manifest.Publish(10, 10, 60, 86_400));
    }

    private static Manifest box(int number, String path) {
        return box(number, path, "a.edu", "lights", NOW, END);
    }

    private void open(Manifest manifest) {
        boxes.add(size++, new RegisterLeaf.BoxOpened(manifest));
    }

    private void supersede(Manifest old, Manifest by) {
        boxes.add(size++, new RegisterLeaf.BoxSuperseded(old.box(), by.box(), NOW.plusSeconds(size)));
    }

    @Test
    void aPageHasOneCurrentBox() {
        var first = box(0, "/p/a");
        var other = box(1, "/p/b");
        open(first);
        open(other);

        assertThat(boxes.current("/p/a").orElseThrow().manifest()).isEqualTo(first);
        assertThat(boxes.current("/p/b").orElseThrow().leaf()).isEqualTo(1);
        assertThat(boxes.current("/p/c")).isEmpty();
        assertThat(boxes.faults()).isEmpty();
    }

    @Test
    void aSecondBoxWhileTheFirstIsOpenIsAFault() {
        var first = box(0, "/p/a");
        open(first);
        open(box(1, "/p/a", "b.edu", null, END.minusSeconds(1), END.plusSeconds(9)));

        assertThat(boxes.faults())
                .singleElement()
                .asString()
                .startsWith("register leaf 1: ")
                .contains("second box");
        assertThat(boxes.current("/p/a").orElseThrow().manifest()).isEqualTo(first);
    }

    @Test
    void afterABoxHasClosedItsPageMayHaveAnother() {
        open(box(0, "/p/a"));
        open(box(1, "/p/a", "a.edu", null, END, END.plusSeconds(9)));

        assertThat(boxes.faults()).isEmpty();
        assertThat(boxes.isCurrent(box(1, "/p/a").box())).isTrue();
        assertThat(boxes.isCurrent(box(0, "/p/a").box())).isFalse();
    }

    @Test
    void theFirstTextAgainMakesTheFirstBoxCurrentAgain() {
        var first = box(0, "/p/a");
        var second = box(1, "/p/a");
        open(first);
        supersede(first, second);
        open(second);
        assertThat(boxes.isCurrent(first.box())).isFalse();
        assertThat(boxes.supersession(first.box()).orElseThrow().by()).isEqualTo(second.box());

        supersede(second, first);
        assertThat(boxes.isCurrent(first.box())).isTrue();
        assertThat(boxes.supersession(first.box())).isEmpty();
        assertThat(boxes.supersession(second.box()).orElseThrow().leaf()).isEqualTo(3);

        supersede(first, second);
        assertThat(boxes.isCurrent(second.box())).isTrue();
        assertThat(boxes.faults()).isEmpty();
    }

    /// The attack: for a moment a person gets a box of their own with the same words, and then the first box again.
    @Test
    void aSecondBoxForTheSameWordsIsAFaultAlsoWhenItSupersedesTheFirst() {
        var first = box(0, "/p/a");
        var again = box(1, 0, "/p/a", "a.edu", "lights", NOW.plusSeconds(1), END);
        open(first);
        supersede(first, again);
        open(again);

        assertThat(boxes.faults().getFirst())
                .startsWith("register leaf 2: ")
                .contains("a second box for the words of box " + first.box());
    }

    @Test
    void aSupersedingLeafMustNameTheCurrentBoxAndOneOfTheSamePage() {
        var first = box(0, "/p/a");
        var second = box(1, "/p/a");
        var elsewhere = box(2, "/p/b");
        supersede(first, second);
        assertThat(boxes.faults()).last().asString().contains("leaf 0").contains("not in the register");
        open(first);
        open(elsewhere);
        supersede(first, second);
        assertThat(boxes.faults()).last().asString().contains("leaf 3").contains("not in the register");
        open(second);
        supersede(first, second);
        assertThat(boxes.faults()).last().asString().contains("leaf 5").contains("not the current box");
        supersede(second, elsewhere);
        assertThat(boxes.faults()).last().asString().contains("leaf 6").contains("a box for /p/b");
        assertThat(boxes.faults()).hasSize(3);
    }

    @Test
    void anotherBoxThanTheNamedOneIsAFault() {
        var first = box(0, "/p/a");
        open(first);
        supersede(first, box(1, "/p/a"));
        open(box(2, "/p/a"));

        assertThat(boxes.faults())
                .singleElement()
                .asString()
                .startsWith("register leaf 2: ")
                .contains("leaf 1 names");
    }

    @Test
    void aSecondManifestOfABoxIsAFault() {
        open(box(0, "/p/a"));
        open(box(0, "/p/b"));

        assertThat(boxes.faults()).singleElement().asString().contains("a second manifest of box");
    }

    @Test
    void faultsAreBounded() {
        for (var i = 0; i < 1000; i++) open(box(0, "/p/a"));
        assertThat(boxes.faults()).hasSize(100);
    }

    /// Every client reads the register whole, also on a slow phone: 200 boxes in less than 30 KB.
    @Test
    void theManifestsOfTwoHundredBoxesAreShort() throws IOException {
        var random = new SecureRandom();
        var digest = new byte[32];
        var leaves = new ArrayList<byte[]>();
        for (var i = 0; i < 200; i++) {
            var id = BoxId.random(random);
            random.nextBytes(digest);
            var text = Hash.sha256(digest);
            random.nextBytes(digest);
            var campus = Integer.toString(random.nextInt(1 << 24), 36) + ".edu";
            leaves.add(new Manifest(
                            id,
                            new Manifest.Subject("petition", "/p/" + campus.replace('.', '-') + "-sanctuary", text),
                            campus,
                            "sanctuary-campus",
                            "sign.example.org/box/" + id,
                            "sign.example.org",
                            List.of(new Manifest.IssuerClass("member", Hash.sha256(digest))),
                            List.of("student", "faculty", "staff", "alumni"),
                            NOW.plusSeconds(random.nextInt(1 << 20)),
                            END.plusSeconds(random.nextInt(1 << 20) + (1 << 20)),
                            new Manifest.Publish(10, 10, 60, 86_400))
                    .leaf());
        }
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(EntryBundle.encode(leaves));
        }

        assertThat(packed.size()).isBetween(15_000, 30_000);
    }

    @Test
    void aBookHasEveryOpenBoxOfTheCampusAndOfItsCampaigns() {
        var own = box(0, "/p/a");
        var neighbours = box(1, "/p/b", "b.edu", "walks", NOW, END);
        var all = box(2, "/p/c", "*", "lights", NOW, END);
        var allOfOthers = box(3, "/p/d", "*", "walks", NOW, END);
        var later = box(4, "/p/e", "a.edu", "lights", NOW.plusSeconds(5), END);
        var old = box(5, "/p/f");
        var next = box(6, "/p/f");
        for (var one : List.of(own, neighbours, all, allOfOthers, later, old)) open(one);
        supersede(old, next);
        open(next);

        assertThat(boxes.book(Set.of("a.edu"), NOW)).containsExactly(own, all, next);
        assertThat(boxes.book(Set.of("a.edu", "b.edu"), NOW)).containsExactly(own, neighbours, all, allOfOthers, next);
        assertThat(boxes.book(Set.of("a.edu"), NOW.plusSeconds(5))).contains(later);
        assertThat(boxes.book(Set.of("a.edu"), END)).isEmpty();
    }
}
