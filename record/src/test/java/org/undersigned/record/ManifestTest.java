package org.undersigned.record;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.record.recount.FakeSite;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Merkle;

class ManifestTest {
    private final Manifest manifest = FakeSite.open().manifest;
    private final String text = new String(manifest.leaf(), UTF_8);

    @Test
    void itsLeafIsReadBackByteForByte() {
        assertThat(Manifest.parse(manifest.leaf())).isEqualTo(manifest);
        assertThat(Manifest.parse(manifest.leaf()).leaf()).isEqualTo(manifest.leaf());
        assertThat(manifest.leafHash()).isEqualTo(Merkle.leaf(manifest.leaf()));
        assertThat(text)
                .startsWith("{\"affiliations\":[\"student\",\"staff\"],\"box\":\"")
                .endsWith("\"v\":1}");
    }

    /// Builds the challenge of PROTOCOL §3 by hand.
    @Test
    void itsChallengeIsTheProtocols() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 2, 0, (byte) FakeSite.HOST.length()});
        bytes.writeBytes(FakeSite.HOST.getBytes(US_ASCII));
        bytes.write(32);
        bytes.writeBytes(Hash.sha256(manifest.leaf()).bytes());
        bytes.writeBytes(new byte[] {0, (byte) FakeSite.HOST.length()});
        bytes.writeBytes(FakeSite.HOST.getBytes(US_ASCII));

        assertThat(manifest.challenge().encode()).isEqualTo(bytes.toByteArray());
        assertThat(manifest.challengeDigest())
                .isEqualTo(Hash.sha256(bytes.toByteArray()).bytes());
    }

    @Test
    void aClassIsFoundByItsKey() {
        var member = manifest.classNamed("member").orElseThrow();
        assertThat(manifest.classOf(member.tokenKeyId().bytes())).contains(member);
        assertThat(manifest.classOf(new byte[32])).isEmpty();
        assertThat(manifest.classOf(new byte[3])).isEmpty();
    }

    @Test
    void aBoxIsOpenFromItsFirstSecondToBeforeItsLast() {
        assertThat(manifest.isOpenAt(manifest.opens())).isTrue();
        assertThat(manifest.isOpenAt(manifest.opens().minusNanos(1))).isFalse();
        assertThat(manifest.isOpenAt(manifest.closes().minusNanos(1))).isTrue();
        assertThat(manifest.isOpenAt(manifest.closes())).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "v":1                    | "v":2
            "v":1                    | "v":1,"w":1
            box.opened               | box.closed
            petition                 | survey
            /p/lanterns              | //p/lanterns
            /p/lanterns              | /p/../lanterns
            /p/lanterns              | p
            lantern.edu              | Lantern.edu
            "campaign":null          | "campaign":"Not A Slug"
            "campaign":null          | "campaign":0
            town.example/box         | town.example/bax
            "issuer":"town.example"  | "issuer":"town example"
            "name":"supporter"       | "name":"member"
            "student","staff"        | "student","student"
            2016-11-09T05:00:00Z     | 2016-11-09T05:00:00.5Z
            2016-11-09T05:00:00Z     | 2016-11-09T05:00Z
            2016-11-09T05:00:00Z     | 2046-11-09T05:00:00Z
            "min_batch":10           | "min_batch":0
            "max_delay_s":86400      | "max_delay_s":59
            "max_delay_s":86400      | "max_delay_s":"86400"
            "token_key_id":"         | "token_key_id":"AA
            """)
    void whatBreaksARuleIsRefused(String right, String wrong) {
        assertThat(text).contains(right);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(text.replace(right, wrong).getBytes(UTF_8)));
    }

    @Test
    void aBoxIdHasOneSpelling() {
        var random = new SecureRandom();
        for (int i = 0; i < 100; i++) {
            var id = BoxId.random(random);
            assertThat(BoxId.of(id.value())).isEqualTo(id).hasToString(id.value());
        }
        for (String wrong :
                new String[] {"", "a".repeat(25), "a".repeat(27), "A".repeat(26), "a".repeat(25) + "b", "1".repeat(26)
                }) {
            assertThatIllegalArgumentException().isThrownBy(() -> BoxId.of(wrong));
        }
    }
}
