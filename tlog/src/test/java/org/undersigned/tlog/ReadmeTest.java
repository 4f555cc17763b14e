package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.undersigned.testkit.ReadmeExample;

/// The README's example compiles and runs as described.
final class ReadmeTest {
    @Test
    void theExampleRuns() throws Exception {
        var example = ReadmeExample.run(Path.of("README.md"));

        assertThat(example.statements()).isEqualTo(5);
        assertThat(example.prints()).isNotEmpty().isEqualTo(example.promised());
    }
}
