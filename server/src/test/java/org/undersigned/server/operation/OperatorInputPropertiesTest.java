package org.undersigned.server.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.undersigned.server.count.witness.WitnessPeers;
import org.undersigned.server.platform.mail.EmailAddress;
import org.undersigned.server.support.Mutations;
import org.undersigned.server.support.TestInstance;

/// Random input of people and operators is either parsed or refused; it causes no other error.
final class OperatorInputPropertiesTest {
    private static final String VKEY = "witness.example/w+1d4d9a8f+BEc6dCBJNWDtZsr8FmxFBWd2ZPnvO8X2SA7s4nXyBM8K";

    @SuppressWarnings("NullAway.Init") // start() initializes it, as jqwik requires
    private static TestInstance instance;

    @BeforeContainer
    static void start() {
        instance = TestInstance.ofDemonstration().start();
    }

    @AfterContainer
    static void stop() {
        instance.close();
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void errorResponsesNeverRepeatTheRequestBody(@ForAll long seed) {
        var code = changed("{\"address\":\"zoe.quill@tufts.edu\"}", seed);
        var draw = changed(
                "{\"address\":\"zoe.quill@tufts.edu\",\"code\":\"12345678\",\"book\":\"x\",\"requests\":[]}", seed);

        for (var answer : new String[] {post("/roll/tufts.edu/code", code), post("/roll/tufts.edu/draw", draw)}) {
            assertThat(answer).doesNotContain("zoe", "quill");
        }
    }

    private static String post(String path, String body) {
        var answer = instance.postJson(path, body);
        assertThat(answer.statusCode()).as(body).isIn(202, 400, 403, 409, 413, 422, 503);
        return TestInstance.text(answer);
    }

    @Property(tries = 2_000)
    void aParsedMailAddressIsSafeToSend(@ForAll @StringLength(max = 300) String text) {
        for (var one : new String[] {text, text + "@tufts.edu", "ada@" + text, "ada@" + text + ".edu"}) {
            try {
                var read = EmailAddress.parse(one);
                assertThat(read.wire()).matches("[A-Za-z0-9._'+-]{1,64}@[a-z0-9-]+(\\.[a-z0-9-]+)+");
                assertThat(read).asString().isEqualTo("EmailAddress(hidden)");
            } catch (EmailAddress.Refused e) {
                assertThat(e.why()).isNotBlank();
            }
        }
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void peersAreReadOrRefusedInOneLine(@ForAll long seed, @ForAll @StringLength(max = 100) String text) {
        for (var witnesses : new String[] {text, changed("https://w.example/witness/ " + VKEY + ", ", seed)}) {
            for (var logs : new String[] {"", text, changed(VKEY, seed)}) {
                try {
                    var _ = WitnessPeers.parse(witnesses, changed("1", seed), logs);
                } catch (IllegalArgumentException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
    }

    private static String changed(String text, long seed) {
        return new String(Mutations.of(text.getBytes(UTF_8), seed), UTF_8);
    }
}
