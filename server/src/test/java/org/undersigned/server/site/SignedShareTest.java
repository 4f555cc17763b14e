package org.undersigned.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SignedShareTest {
    @Test
    void theShareIsRoundedUpToTenths() {
        assertThat(SignedShare.of(1_341, 1_354).message()).isEqualTo("share.all");
        assertThat(SignedShare.of(91, 100)).isEqualTo(new SignedShare(10));
        assertThat(SignedShare.of(90, 100)).isEqualTo(new SignedShare(9));
        assertThat(SignedShare.of(90, 100).message()).isEqualTo("share.tenths");
        assertThat(SignedShare.of(12, 30_000)).isEqualTo(new SignedShare(1));
    }

    /// Signatures of people who drew before the page opened, or since the last tally.
    @Test
    void moreSignaturesThanBooksAreNearlyAll() {
        assertThat(SignedShare.of(30, 21).message()).isEqualTo("share.all");
    }

    @Test
    void withoutATallyOrWithASmallCountNothingIsSaid() {
        assertThat(SignedShare.of(100, 0).message()).isEqualTo("share.unknown");
        assertThat(SignedShare.of(9, 100).message()).isEqualTo("share.unknown");
    }
}
