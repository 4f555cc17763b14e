package org.undersigned.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.box.Boxes;
import org.undersigned.server.campaign.CampaignFile;

/// What the page of the record says beside its numbers.
final class RecordPageTest {
    private static final Instant NOON = Instant.parse("2040-11-10T12:00:00Z");

    private static String words(int signatures) throws IOException {
        var campaign = CampaignFile.parse(Files.readString(Path.of("../docs/examples/lanterns.json")));
        var petition = campaign.countables().findFirst().orElseThrow();
        var size = signatures + 1;
        var count = new Boxes.ClassCount("member", signatures, 0, List.of());
        var batch = new Boxes.Batch("member", size, NOON, signatures);
        var counted = new Counted("box", size, true, NOON, List.of(count), List.of(), List.of(batch), List.of());
        var note = "sign.example/box/box\n" + size + "\nroot=\n";
        var view = new RecordPage(campaign, petition, note, "{}", "key", List.of(), "https://sign.example/p/lights");
        var page = Pages.of("en", "https://sign.example");
        return Jsoup.parse(new Renderer().draw("record", page, Map.of("view", view, "counted", counted)))
                .text();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9})
    void withAFewSignaturesItTellsNeitherTheirNumberNorTheRecordsLength(int signatures) throws IOException {
        assertThat(words(signatures))
                .contains("fewer than 10", "a recount reads it")
                .doesNotContain(signatures + 1 + " entries", "root=", signatures + " signatures");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 2600})
    void withMoreItTellsBothAndTheCheckpoint(int signatures) throws IOException {
        assertThat(words(signatures)).contains(String.format("%,d entries", signatures + 1), "root=");
    }
}
