package org.undersigned.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The recovery code's values are in the command line's BookSecretTest.
class WrittenCodeTest {
    private static final byte[] SECRET = HexFormat.of().parseHex("000102030405060708090a0b0c0d0eff");

    @Test
    void aCardsCodeIsReadAsPeopleTypeIt() {
        var code = WrittenCode.CARD.write(SECRET);

        assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{4} ){6}[0-9A-HJKMNP-TV-Z]{4}");
        assertThat(WrittenCode.CARD.symbols(SECRET)).isEqualTo(code.replace(" ", ""));
        assertThat(WrittenCode.CARD.read(code)).isEqualTo(SECRET);
        assertThat(WrittenCode.CARD.read(" "
                        + code.toLowerCase(java.util.Locale.ROOT)
                                .replace(' ', '-')
                                .replace('0', 'o') + "\n"))
                .isEqualTo(SECRET);
    }

    @Test
    void aRecoveryCodeIsNotTakenForACards() {
        assertThatThrownBy(() -> WrittenCode.CARD.read(WrittenCode.RECOVERY.write(SECRET)))
                .hasMessage("a letter or digit of this card's code is wrong");
        assertThatThrownBy(() -> WrittenCode.CARD.read("ABCD"))
                .hasMessage("a card's code has 28 letters and digits, not 4");
    }
}
