package org.undersigned.privacypass.fuzz;

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
import org.undersigned.privacypass.Client;
import org.undersigned.privacypass.Issuer;
import org.undersigned.privacypass.TokenChallenge;
import org.undersigned.testkit.Fuzzing;

/// A coverage-guided fuzzer searches for bytes that a parser accepts but does not write, or that cause an
/// unexpected exception.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class FuzzTest {
    private static final Duration TIME = Duration.ofSeconds(3);

    static Stream<Arguments> targets() throws Exception {
        var issuer = Issuer.generate();
        var challenge = new TokenChallenge("issuer.example", new byte[32], List.of("a.example", "b.example"));
        var key = issuer.publicKey();
        var pending = new Client(new SecureRandom()).blind(key, new byte[32], challenge.digest());
        var token = pending.finish(key, issuer.issue(pending.request(key)));
        return Stream.of(
                Arguments.of(FuzzChallenge.class, List.of(challenge.encode())),
                Arguments.of(
                        FuzzMessages.class,
                        List.of(token.encode(), pending.request(key).encode(), new byte[256], new byte[610])),
                Arguments.of(FuzzKeys.class, List.of(key.spki(), issuer.privateKeyPkcs8())));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noInputSurprisesAParser(Class<?> target, List<byte[]> seeds) throws Exception {
        assertThat(Fuzzing.run(target, Issuer.class, TIME, seeds))
                .isGreaterThanOrEqualTo(seeds.size()); // on a very busy machine the seeds only; else thousands more
    }
}
