package org.undersigned.ohttp.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.undersigned.ohttp.BinaryRequest;
import org.undersigned.ohttp.BinaryResponse;
import org.undersigned.ohttp.Field;
import org.undersigned.ohttp.GatewayKey;
import org.undersigned.ohttp.KeyConfig;
import org.undersigned.ohttp.SealedRequest;
import org.undersigned.testkit.Fuzzing;

/// A coverage-guided fuzzer searches for bytes that a parser accepts but does not write, or that cause an unexpected
/// exception.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class FuzzTest {
    private static final Duration TIME = Duration.ofSeconds(2);

    static Stream<Arguments> targets() {
        var fields = List.of(new Field("content-type", "text/plain"));
        var request = new BinaryRequest("POST", "https", "a.example", "/b", fields, new byte[9]).encode();
        var response = new BinaryResponse(202, fields, new byte[9]).encode(64);
        var key = GatewayKey.restore(1, new byte[32]);
        var sealed =
                SealedRequest.seal(key.config(), request, new SecureRandom()).encode();
        return Stream.of(
                Arguments.of(
                        FuzzMessages.class,
                        List.of(request, response, key.config().encode(), KeyConfig.encodeList(List.of(key.config())))),
                Arguments.of(FuzzSealed.class, List.of(sealed, new byte[40])));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noInputSurprisesAParser(Class<?> target, List<byte[]> seeds) throws Exception {
        assertThat(Fuzzing.run(target, GatewayKey.class, TIME, seeds))
                .isGreaterThanOrEqualTo(seeds.size()); // on a very busy machine the seeds only; else thousands more
    }
}
