package org.undersigned.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.undersigned.record.WrittenCode;
import org.undersigned.record.recount.FakeSite;

/// The derivations of PROTOCOL §4. The expected values come from another implementation of HKDF and SHA-256 (Python's
/// hmac); web/test/secret.test.ts expects the same.
class BookSecretTest {
    private static final BookSecret SECRET = BookSecret.of(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
    private static final String CODE = "000G 40R4 0M30 E209 185G R38E 1Z5N";

    private static String derived(String what, String identity, int length) {
        var challenge = new byte[32];
        Arrays.fill(challenge, (byte) 0x11);
        var key = new byte[32];
        Arrays.fill(key, (byte) 0x22);
        return HexFormat.of().formatHex(SECRET.derive(what, challenge, key, identity, length));
    }

    @Test
    void seedSaltAndFactorAreAsTheProtocolSays() {
        assertThat(derived("seed", "", 32))
                .isEqualTo("9c78a94b91fe58cf8643888f2602401d71655e17dec734c650f9e6c007f5709f");
        assertThat(derived("salt", "", 48))
                .startsWith("e629b1139d5539f9472c135e6418d223")
                .endsWith("99f18982cc328a7b");
        assertThat(derived("factor", "ada@tufts.edu", 272))
                .startsWith("ba40ace9f2c62ffc6c28e9f193820af3")
                .endsWith("807ed360251d");
    }

    @Test
    void theSamePersonSendsTheSameBytesAndAnotherPersonOthers() {
        var site = FakeSite.open();
        var one = site.manifest.classNamed("member").orElseThrow();
        var key = site.keys().key(one);

        var ada = SECRET.request(site.manifest, one, key, "ada@lantern.edu");

        assertThat(SECRET.request(site.manifest, one, key, "ada@lantern.edu").blinded())
                .isEqualTo(ada.blinded());
        var bob = SECRET.request(site.manifest, one, key, "bob@lantern.edu");
        assertThat(bob.blinded()).isNotEqualTo(ada.blinded());
        assertThat(bob.tokenInput()).isEqualTo(ada.tokenInput());
        var other = BookSecret.of(new byte[16]).request(site.manifest, one, key, "ada@lantern.edu");
        assertThat(other.tokenInput()).isNotEqualTo(ada.tokenInput());
    }

    @Test
    void aCodeIsReadAsItIsWrittenOrScanned() {
        assertThat(WrittenCode.RECOVERY.write(SECRET.bytes())).isEqualTo(CODE);
        for (var typed : List.of(
                CODE,
                CODE.toLowerCase(Locale.ROOT),
                " " + CODE.replace(' ', '-') + "\n",
                CODE.replace(" ", ""),
                CODE.replace('0', 'o').replace('1', 'l'),
                "undersigned:" + CODE.replace(" ", ""))) {
            assertThat(BookSecret.of(WrittenCode.RECOVERY.read(typed)))
                    .as(typed)
                    .isEqualTo(SECRET);
        }
        var high = BookSecret.of(HexFormat.of().parseHex("ff".repeat(16)));
        assertThat(BookSecret.of(WrittenCode.RECOVERY.read(WrittenCode.RECOVERY.write(high.bytes()))))
                .isEqualTo(high);
    }

    @Test
    void aSlipOfThePenIsNoticedAndNotRepeated() {
        for (int i = 0; i < CODE.length(); i++) {
            if (CODE.charAt(i) == ' ') continue;
            var wrong = CODE.substring(0, i) + (CODE.charAt(i) == '7' ? '8' : '7') + CODE.substring(i + 1);
            assertThatThrownBy(() -> WrittenCode.RECOVERY.read(wrong))
                    .as(wrong)
                    .hasMessage("a letter or digit of this recovery code is wrong");
        }
        for (var wrong : List.of("", CODE + "0", CODE.substring(1), CODE.replace('G', 'U'))) {
            assertThatThrownBy(() -> WrittenCode.RECOVERY.read(wrong))
                    .hasMessageContaining("a recovery code has")
                    .satisfies(e -> assertThat(Objects.toString(e.getMessage())).doesNotContain("40R4"));
        }
    }
}
