package org.undersigned.server.content.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.undersigned.server.content.document.InvalidDocument;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.Mutations;

/// A randomly changed campaign document is either parsed or rejected with a place.
final class CampaignParserPropertiesTest {
    private static final byte[] EXAMPLE = example();

    private static byte[] example() {
        try {
            return Files.readAllBytes(ExampleCampaign.FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void aChangedDocumentIsReadOrRefusedInOneLine(@ForAll long seed) {
        var document = new String(Mutations.of(EXAMPLE, seed), StandardCharsets.UTF_8);
        try {
            assertThat(CampaignParser.parse(document).slug()).isNotEmpty();
        } catch (InvalidDocument e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(500);
        }
    }
}
