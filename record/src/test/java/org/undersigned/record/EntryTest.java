package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.undersigned.record.recount.FakeSite;
import org.undersigned.tlog.Ed25519;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.Note;

class EntryTest {
    private static final byte[] SEED = new byte[32];
    private final FakeSite site = FakeSite.open();
    private final Statement statement = new Statement("Ada", null, "0123456789012345678901");
    private final Entry entry = Entry.sign(site.token(site.manifest, "member", SEED), SEED, 2, statement.hash());

    /// Checks the byte offsets of PROTOCOL §5.
    @Test
    void itsBytesAreTheProtocols() {
        byte[] bytes = entry.bytes();
        assertThat(bytes).hasSize(484);
        assertThat(bytes[0]).isEqualTo((byte) 1);
        assertThat(Arrays.copyOfRange(bytes, 1, 355)).isEqualTo(entry.token().encode());
        assertThat(Arrays.copyOfRange(bytes, 355, 387)).isEqualTo(Ed25519.publicKey(SEED));
        assertThat(bytes[387]).isEqualTo((byte) 2);
        assertThat(Arrays.copyOfRange(bytes, 388, 420)).isEqualTo(statement.hash());
        var signed = new ByteArrayOutputStream();
        signed.writeBytes("undersigned/v1/entry".getBytes(UTF_8));
        signed.write(0);
        signed.write(bytes, 0, 420);
        assertThat(Ed25519.verify(Ed25519.publicKey(SEED), signed.toByteArray(), Arrays.copyOfRange(bytes, 420, 484)))
                .isTrue();
        var named = new ByteArrayOutputStream();
        named.writeBytes("undersigned/v1/nonce".getBytes(UTF_8));
        named.write(0);
        named.writeBytes(Ed25519.publicKey(SEED));
        assertThat(entry.nonce()).isEqualTo(Hash.sha256(named.toByteArray()).bytes());
        assertThat(entry.leafHash()).isEqualTo(Merkle.leaf(bytes));
        assertThat(Entry.parse(bytes)).isEqualTo(entry);
    }

    @Test
    void itCountsInItsOwnBoxOnly() {
        assertThat(entry.check(site.manifest, site.keys())).isEqualTo(new Verdict.Valid("member"));
        var other = FakeSite.openToAll();
        assertThat(entry.check(other.manifest, other.keys()))
                .isEqualTo(new Verdict.Invalid(Verdict.Reason.KEY_UNKNOWN));
    }

    @Test
    void everyFlippedByteIsRefused() {
        for (int i = 0; i < Entry.SIZE; i += 7) {
            byte[] flipped = FakeSite.flipped(entry.bytes(), i);
            Verdict verdict;
            try {
                verdict = Entry.parse(flipped).check(site.manifest, site.keys());
            } catch (IllegalArgumentException e) {
                continue; // the byte of the kind or of the token type
            }
            assertThat(verdict).as("byte %d", i).isInstanceOf(Verdict.Invalid.class);
        }
    }

    @Test
    void theFirstBrokenRuleIsTheReason() {
        assertReason(1 + 66, Verdict.Reason.KEY_UNKNOWN);
        assertReason(1 + 34, Verdict.Reason.CHALLENGE_WRONG);
        assertReason(1 + 2, Verdict.Reason.NONCE_WRONG);
        assertReason(387, Verdict.Reason.SIGNATURE_WRONG);
    }

    private void assertReason(int flipped, Verdict.Reason reason) {
        assertThat(Entry.parse(FakeSite.flipped(entry.bytes(), flipped)).check(site.manifest, site.keys()))
                .isEqualTo(new Verdict.Invalid(reason));
    }

    @Test
    void aCastRequestIsAlways1024Bytes() {
        for (byte[] said : new byte[][] {new byte[0], statement.bytes()}) {
            byte[] request = CastRequest.pad(entry, said);
            assertThat(request).hasSize(1024);
            assertThat(CastRequest.parse(request).entry()).isEqualTo(entry);
            assertThat(CastRequest.parse(request).statement().orElse(new byte[0]))
                    .isEqualTo(said);
        }
        assertThat(Statement.parse(statement.bytes())).isEqualTo(statement).hasToString("Statement(hidden)");
    }

    @Test
    void aCastRequestWithAnotherStatementIsAMismatch() {
        byte[] request = CastRequest.pad(entry, statement.bytes());
        assertThatExceptionOfType(CastRequest.StatementMismatch.class)
                .isThrownBy(() -> CastRequest.parse(FakeSite.flipped(request, 490)));
        assertThatExceptionOfType(CastRequest.StatementMismatch.class)
                .isThrownBy(() -> CastRequest.pad(entry, "{}".getBytes(UTF_8)));
    }

    @Test
    void aStatementIsCanonicalAndHoldsNothingUnseen() {
        var salt = "0123456789012345678901";
        var comment = new Statement(null, "Para mi compañera.\nFor Ada \uD83C\uDFEE.", salt);
        assertThat(Statement.parse(comment.bytes())).isEqualTo(comment);
        assertThat(new String(new Statement("Ada", "Yes", salt).bytes(), UTF_8))
                .isEqualTo("{\"comment\":\"Yes\",\"name\":\"Ada\",\"salt\":\"" + salt + "\"}");
        for (var bad : new String[] {
            "{}",
            "[]",
            "{\"salt\":\"" + salt + "\"}",
            "{\"name\":\"Ada\",\"salt\":\"short\"}",
            "{\"name\":\"Ada\",\"salt\":\"" + "s".repeat(65) + "\"}",
            "{\"name\":\"Ada\", \"salt\":\"" + salt + "\"}",
            "{\"salt\":\"" + salt + "\",\"name\":\"Ada\"}",
            "{\"comment\":null,\"name\":\"Ada\",\"salt\":\"" + salt + "\"}",
            "{\"mail\":\"a@b\",\"name\":\"Ada\",\"salt\":\"" + salt + "\"}",
            "{\"name\":7,\"salt\":\"" + salt + "\"}",
            "{\"name\":\" \",\"salt\":\"" + salt + "\"}",
            "{\"name\":\"" + "n".repeat(81) + "\",\"salt\":\"" + salt + "\"}",
            "{\"comment\":\"" + "c".repeat(301) + "\",\"salt\":\"" + salt + "\"}",
            "{\"name\":\"A\\nB\",\"salt\":\"" + salt + "\"}",
            "{\"comment\":\"\\u001b[2J\",\"salt\":\"" + salt + "\"}",
            "{\"name\":\"A\u202EB\",\"salt\":\"" + salt + "\"}",
            "{\"name\":\"A\u2028B\",\"salt\":\"" + salt + "\"}",
        }) {
            var bytes = bad.getBytes(UTF_8);
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> Statement.parse(bytes));
            var named = Entry.sign(
                    site.token(site.manifest, "member", SEED),
                    SEED,
                    2,
                    Hash.sha256(bytes).bytes());
            assertThatIllegalArgumentException()
                    .as(bad)
                    .isThrownBy(() -> CastRequest.parse(CastRequest.pad(named, bytes)))
                    .isNotInstanceOf(CastRequest.StatementMismatch.class);
        }
    }

    @Test
    void aCastRequestIsStrict() {
        byte[] request = CastRequest.pad(entry, new byte[0]);
        assertThatIllegalArgumentException().isThrownBy(() -> CastRequest.parse(Arrays.copyOf(request, 1023)));
        assertThatIllegalArgumentException().isThrownBy(() -> CastRequest.parse(Arrays.copyOf(request, 1025)));
        assertThatIllegalArgumentException().isThrownBy(() -> CastRequest.parse(FakeSite.flipped(request, 1023)));
        request[484] = 2;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CastRequest.parse(request))
                .withMessageContaining("byte 484");
    }

    @Test
    void aWithdrawalIsForItsBox() {
        var withdrawal = Withdrawal.sign(site.manifest.origin(), SEED);
        assertThat(withdrawal.bytes()).hasSize(129);
        assertThat(withdrawal.nonce()).isEqualTo(entry.nonce());
        assertThat(Withdrawal.parse(withdrawal.bytes())).isEqualTo(withdrawal);
        assertThat(withdrawal.check(site.manifest.origin())).isTrue();
        assertThat(withdrawal.check("town.example/box/other")).isFalse();
        for (int i = 1; i < Withdrawal.SIZE; i++) {
            assertThat(Withdrawal.parse(FakeSite.flipped(withdrawal.bytes(), i)).check(site.manifest.origin()))
                    .as("byte %d", i)
                    .isFalse();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Withdrawal.parse(new byte[129]));
    }

    @Test
    void aPromiseIsThreeLinesUnderTheHostsName() {
        var promise = new Promise(site.manifest.origin(), entry.leafHash(), Instant.ofEpochSecond(1_479_000_000));
        assertThat(promise.keyName()).isEqualTo("town.example/promise");
        assertThat(promise.text())
                .isEqualTo(site.manifest.origin() + "\n" + entry.leafHash().base64() + "\n1479000000\n");
        var note = site.signer(promise.keyName()).sign(promise.text());
        assertThat(Promise.parse(Note.parse(note.toString()))).isEqualTo(promise);

        for (String wrong : new String[] {
            promise.text() + "more\n",
            promise.text().replace("1479000000", "01479000000"),
            promise.text().replace("1479000000", "-1"),
            promise.text().replace("/box/", "/bax/"),
            promise.text().replace("=\n", "\n")
        }) {
            var other = site.signer("town.example/promise").sign(wrong);
            assertThatIllegalArgumentException().isThrownBy(() -> Promise.parse(other));
        }
    }
}
