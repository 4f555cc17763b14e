package org.undersigned.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.undersigned.server.count.register.Register;

final class SignedShareTest {
    private static SignedShare share(long count, long books) {
        var tallied = List.of(
                new Register.Tallied("member", List.of("a.edu", "law.a.edu"), books),
                new Register.Tallied("member", List.of("b.edu"), 1_000_000),
                new Register.Tallied("in-person", List.of("a.edu"), 1_000_000));
        return SignedShare.of(count, tallied, List.of("a.edu"));
    }

    @Test
    void theShareIsRoundedToTenths() {
        assertThat(share(1_341, 1_354)).isEqualTo(new SignedShare(1_354, 10));
        assertThat(share(95, 100).message()).isEqualTo("share.all");
        assertThat(share(94, 100)).isEqualTo(new SignedShare(100, 9));
        assertThat(share(94, 100).message()).isEqualTo("share.tenths");
        assertThat(share(12, 300).message()).isEqualTo("share.few");
    }

    @Test
    void aCountThatIsAheadOfTheTalliesIsNearlyAll() {
        assertThat(share(30, 21).message()).isEqualTo("share.all");
    }

    @Test
    void withoutATallyOrWithASmallCountNothingIsSaid() {
        assertThat(share(100, 0).message()).isEqualTo("share.unknown");
        assertThat(share(9, 100).message()).isEqualTo("share.unknown");
    }

    @Test
    void aJointPageHasTheBooksOfAllItsCampuses() {
        var tallied = List.of(
                new Register.Tallied("member", List.of("a.edu", "law.a.edu"), 60),
                new Register.Tallied("member", List.of("b.edu"), 40));
        assertThat(SignedShare.of(50, tallied, List.of("a.edu", "law.a.edu", "b.edu")))
                .isEqualTo(new SignedShare(100, 5));
    }
}
