package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.MovableClock;
import org.undersigned.server.support.TestInstance;

/// Boxes open and close on the days that a campaign's document says, where the campus is.
final class SigningDatesTest {
    private static final MovableClock CLOCK = new MovableClock();
    private static final ZoneId DENVER = ZoneId.of("America/Denver");

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration().at(CLOCK);

    @TempDir
    private Path folder;

    /// Imports the example campaign with other days and without waiting for boxes.
    private void importCampaign(String slug, String opens, String closes) throws IOException {
        var document = ExampleCampaign.document(slug)
                .replace("\"opens\":\"2026-01-10\"", "\"opens\":" + opens)
                .replace("\"closes\":\"2041-06-30\"", "\"closes\":" + closes);
        instance.importCampaign(Files.writeString(folder.resolve(slug + ".json"), document));
        instance.runOpening();
    }

    private static String quoted(Object date) {
        return "\"" + date + "\"";
    }

    private static Optional<Manifest> box(String path) {
        return instance.offered().current(path).map(OfferedBoxes.Offer::manifest);
    }

    /// The page with its sentence about signing.
    private static void says(String path, String sentence) {
        instance.await(
                path + " says: " + sentence,
                () -> TestInstance.text(instance.get(path + "?lang=en")).contains(sentence));
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(CLOCK.instant(), DENVER);
    }

    @Test
    void aPetitionOpensOnItsFirstDay() throws IOException {
        var first = today().plusDays(3);
        importCampaign("early", quoted(first), "null");
        var path = "/p/early-lantern-lights";
        assertThat(box(path)).isEmpty();
        says(path, "Signing opens on ");
        assertThat(instance.get(path + "/sign").statusCode()).isEqualTo(404);

        var midnight = first.atStartOfDay(DENVER).toInstant();
        CLOCK.forward(Duration.between(CLOCK.instant(), midnight.minusSeconds(60)));
        instance.runOpening();
        assertThat(box(path)).isEmpty();
        CLOCK.forward(Duration.ofSeconds(61));
        instance.runOpening();

        assertThat(box(path).orElseThrow().opens()).isBetween(midnight, midnight.plusSeconds(60));
        instance.await(
                "the petition can be signed", () -> instance.get(path + "/sign").statusCode() == 200);
    }

    @Test
    void aCampaignThatHasEndedIsNotOpened() throws IOException {
        importCampaign("ended", quoted("2020-01-01"), quoted("2020-06-30"));

        says("/p/ended-lantern-lights", "Signing ended on June 30, 2020.");
        says("/l/ended-regents", "Signing ended on June 30, 2020.");
        for (var path : new String[] {"/p/ended-lantern-lights", "/a/ended-evening-walk", "/l/ended-regents"}) {
            assertThat(box(path)).isEmpty();
            assertThat(instance.get(path + "/sign").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aPetitionClosesAtTheEndOfItsLastDayWhereTheCampusIs() throws IOException {
        var last = today().plusDays(5);
        importCampaign("short", "null", quoted(last));

        assertThat(box("/p/short-lantern-lights").orElseThrow().closes())
                .isEqualTo(last.plusDays(1)
                        .atTime(LocalTime.MIDNIGHT)
                        .atZone(DENVER)
                        .toInstant());
    }

    @Test
    void aLetterStopsAtItsDeadlineAndAPledgeWithItsDay() throws IOException {
        var deadline = CLOCK.instant().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS);
        var day = today().plusDays(4);
        var document = ExampleCampaign.document("soon").replace("2040-12-19T17:00:00Z", deadline.toString());
        document = withDayOf(document, "soon-evening-walk", day);
        instance.importCampaign(Files.writeString(folder.resolve("soon.json"), document));
        instance.runOpening();

        assertThat(box("/l/soon-regents").orElseThrow().closes()).isEqualTo(deadline);
        var ends = day.plusDays(1).atStartOfDay(DENVER).toInstant();
        assertThat(box("/a/soon-evening-walk").orElseThrow().closes())
                .isBetween(ends.minus(Duration.ofDays(1)), ends.plus(Duration.ofDays(1)));

        CLOCK.forward(Duration.between(CLOCK.instant(), deadline).plusSeconds(1));
        assertThat(box("/l/soon-regents").orElseThrow().isOpenAt(CLOCK.instant()))
                .isFalse();
    }

    @Test
    void nobodyPledgesToComeToACancelledAction() throws IOException {
        var document = ExampleCampaign.document("off");
        var at = document.indexOf("\"slug\":\"off-evening-walk\"");
        var state = document.indexOf("\"state\":", at);
        var cancelled = document.substring(0, state) + "\"state\":\"cancelled\""
                + document.substring(document.indexOf(',', state));
        instance.importCampaign(Files.writeString(folder.resolve("off.json"), cancelled));
        instance.runOpening();

        assertThat(box("/a/off-evening-walk")).isEmpty();
        assertThat(box("/p/off-lantern-lights")).isPresent();
        says("/a/off-evening-walk", "Signing is not open.");
    }

    @Test
    void aPageSaysThatTheKeysOfACampusLastOneYear() throws IOException {
        importCampaign("long", "null", quoted("2041-06-30"));
        var path = "/p/long-lantern-lights";

        assertThat(box(path).orElseThrow().closes())
                .isBefore(Instant.now().plus(Duration.ofDays(367)).plus(Duration.ofDays(30)));
        says(path, "The campaign runs until June 30, 2041. This count ends earlier");
    }

    private static String withDayOf(String document, String action, LocalDate day) {
        var at = document.indexOf("\"date\":", document.indexOf("\"slug\":\"" + action + "\""));
        return document.substring(0, at) + "\"date\":\"" + day + "\"" + document.substring(document.indexOf(',', at));
    }
}
