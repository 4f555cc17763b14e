package org.undersigned.ohttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.undersigned.testkit.ReadmeExample;

final class ReadmeTest {
    @Test
    void theExampleDoesWhatItSays() throws Exception {
        var example = ReadmeExample.run(Path.of("README.md"));

        assertThat(example.statements()).isEqualTo(7);
        assertThat(example.prints()).isNotEmpty().isEqualTo(example.promised());
    }
}
