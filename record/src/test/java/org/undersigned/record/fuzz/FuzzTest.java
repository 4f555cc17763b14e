package org.undersigned.record.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.undersigned.privacypass.Token;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Entry;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Promise;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.Withdrawal;
import org.undersigned.record.recount.FakeSite;
import org.undersigned.testkit.Fuzzing;
import org.undersigned.tlog.Note;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/// Coverage-guided fuzzing of every parser of the record, from valid inputs; a finding fails the test.
@Tag("slow")
class FuzzTest {
    private static final List<Class<?>> NEEDED =
            List.of(Entry.class, Token.class, Note.class, JsonNode.class, JsonParser.class, JsonProperty.class);

    @Test
    void noInputSurprisesAParser() throws Exception {
        var site = FakeSite.open();
        byte[] seed = new byte[32];
        var entry = Entry.sign(site.token(site.manifest, "member", seed), seed, 2, new byte[32]);
        var promise = new Promise(site.manifest.origin(), entry.leafHash(), Instant.ofEpochSecond(1_479_000_000));
        var seeds = List.of(
                entry.bytes(),
                Withdrawal.sign(site.manifest.origin(), seed).bytes(),
                site.manifest.leaf(),
                new RegisterLeaf.BoxOpened(site.manifest).bytes(),
                new LedgerLeaf.BoxCheckpoint(site.manifest.box(), "a note\n").bytes(),
                CastRequest.pad(entry, new byte[0]),
                promise.text().getBytes(UTF_8));

        assertThat(Fuzzing.run(FuzzRecord.class, NEEDED, Duration.ofSeconds(6), seeds))
                .isGreaterThanOrEqualTo(seeds.size()); // on a very busy machine the seeds only; else thousands more
    }
}
