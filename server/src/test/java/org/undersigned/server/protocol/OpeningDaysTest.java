package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.MovableClock;
import org.undersigned.server.support.TestInstance;

/// New boxes enter a book at most at one moment a day, so that the tokens a person drew say at most on which day they
/// came.
final class OpeningDaysTest {
    private static final MovableClock CLOCK = new MovableClock();

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample().at(CLOCK);

    @TempDir
    private Path folder;

    /// Noon of a day on which nothing opened yet.
    @BeforeEach
    void anotherDay() {
        var noon =
                LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC).plusDays(1).atTime(12, 0);
        CLOCK.forward(Duration.between(CLOCK.instant(), noon.toInstant(ZoneOffset.UTC)));
        instance.runOpening();
    }

    private void importCampaign(String slug, String document, String... options) throws IOException {
        var file = Files.writeString(folder.resolve(slug + ".json"), document);
        var arguments = new ArrayList<>(List.of("import", "campaign", file.toString()));
        arguments.addAll(Arrays.asList(options));
        instance.command(arguments.toArray(String[]::new)).isDone();
        instance.runOpening();
    }

    private static Optional<Instant> opened(String slug) {
        return instance.offered()
                .current("/p/" + slug + "-lantern-lights")
                .map(OfferedBoxes.Offer::manifest)
                .map(Manifest::opens);
    }

    @Test
    void theFirstOfADayOpensAtOnceAndTheOthersTogetherTheNextDay() throws IOException {
        importCampaign("first", ExampleCampaign.document("first"));
        assertThat(opened("first")).isPresent();
        CLOCK.forward(Duration.ofMinutes(1));

        importCampaign("second", ExampleCampaign.document("second"));
        CLOCK.forward(Duration.ofMinutes(1));
        importCampaign("third", ExampleCampaign.document("third"));

        assertThat(opened("second")).isEmpty();
        assertThat(TestInstance.text(instance.get("/p/second-lantern-lights?lang=en")))
                .contains("Signing opens within a day");
        CLOCK.forward(Duration.ofHours(11));
        instance.runOpening();
        assertThat(opened("second")).isEmpty();
        CLOCK.forward(Duration.ofHours(1)); // midnight
        instance.runOpening();

        assertThat(opened("second")).isPresent();
        assertThat(Duration.between(
                                opened("second").orElseThrow(), opened("third").orElseThrow())
                        .abs())
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aConvenerMaySayNow() throws IOException {
        importCampaign("one", ExampleCampaign.document("one"));
        CLOCK.forward(Duration.ofMinutes(1));
        importCampaign("two", ExampleCampaign.document("two"));
        assertThat(opened("two")).isEmpty();

        importCampaign("two", ExampleCampaign.document("two"), "--now"); // the same document

        assertThat(opened("two")).isPresent();
    }

    @Test
    void otherWordsTakeTheirPlaceAtOnce() throws IOException {
        importCampaign("words", ExampleCampaign.document("words"));
        var before = opened("words").orElseThrow();
        CLOCK.forward(Duration.ofMinutes(1));

        importCampaign(
                "words",
                ExampleCampaign.document("words").replace("\"en\":\"Light", "\"en\":\"Please light"),
                "--supersede");

        assertThat(opened("words").orElseThrow()).isAfter(before);
    }

    /// Else there would be no day left to sign it.
    @Test
    void whatEndsSoonDoesNotWait() throws IOException {
        importCampaign("long", ExampleCampaign.document("long"));
        CLOCK.forward(Duration.ofMinutes(1));
        var today = LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC);

        importCampaign(
                "short",
                ExampleCampaign.document("short")
                        .replace("\"closes\":\"2041-06-30\"", "\"closes\":\"" + today.plusDays(1) + "\""));

        assertThat(opened("short")).isPresent();
    }

    @Test
    void aDayThatTheDocumentNamesIsKept() throws IOException {
        importCampaign("today", ExampleCampaign.document("today"));
        CLOCK.forward(Duration.ofMinutes(1));
        importCampaign("waits", ExampleCampaign.document("waits"));
        var tomorrow = LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC).plusDays(1);
        importCampaign(
                "named",
                ExampleCampaign.document("named")
                        .replace("\"opens\":\"2026-01-10\"", "\"opens\":\"" + tomorrow + "\""));
        var midnight = tomorrow.atStartOfDay(ZoneOffset.UTC).toInstant();
        CLOCK.forward(Duration.between(CLOCK.instant(), midnight.plusSeconds(1)));
        instance.runOpening();
        assertThat(opened("waits")).isPresent();
        assertThat(opened("named")).isEmpty();

        CLOCK.forward(Duration.ofHours(12)); // the day has begun at the campus, too
        instance.runOpening();

        assertThat(opened("named")).isPresent();
    }
}
