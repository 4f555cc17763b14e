package org.undersigned.server.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.support.CommandRun;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.HostileCampaign;
import org.undersigned.server.support.TestInstance;

/// Exports campaigns from one instance and imports them into another: every byte stays the same.
final class CampaignRoundTripTest {
    private static final List<String> CAMPAIGNS = List.of("sanctuary-campus", "lantern-walk", "risky-cells");

    @TempDir
    private static Path directory;

    private static TestInstance first;
    private static TestInstance second;

    @BeforeAll
    static void start() throws IOException {
        first = TestInstance.ofExample().start();
        var risky = directory.resolve("risky.json");
        Files.writeString(risky, HostileCampaign.DOCUMENT);
        first.importCampaign(risky, "/p/risky-petition");
        second = TestInstance.ofDemonstration().withOwnKeys().start();
        for (var slug : CAMPAIGNS) {
            var file = directory.resolve(slug + ".json");
            Files.write(file, first.get("/k/" + slug + "/campaign.json").body());
            second.importCampaign(file);
        }
        second.importCampaign(
                directory.resolve("risky-cells.json"),
                "/p/lantern-lights",
                "/a/evening-walk",
                "/l/regents",
                "/p/risky-petition");
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void anExportIsTheDocumentThatWasImportedByteForByte() throws IOException {
        var demo = CampaignRoundTripTest.class.getResourceAsStream("/demo/sanctuary-campus.json");
        assertThat(first.get("/k/sanctuary-campus/campaign.json").body()).isEqualTo(demo.readAllBytes());
        assertThat(first.get("/k/lantern-walk/campaign.json").body())
                .isEqualTo(Files.readAllBytes(ExampleCampaign.FILE));
        assertThat(first.get("/k/risky-cells/campaign.json").body())
                .isEqualTo(HostileCampaign.DOCUMENT.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sanctuary-campus", "lantern-walk", "risky-cells"})
    void importedElsewhereItIsExportedTheSame(String slug) {
        assertThat(second.get("/k/" + slug + "/campaign.json").body())
                .isEqualTo(first.get("/k/" + slug + "/campaign.json").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sanctuary-campus", "lantern-walk", "risky-cells"})
    void itsPublicContentIsTheSameThere(String slug) {
        for (var language : List.of("en", "es")) {
            for (var part : List.of("", "/answers", "/coverage", "/press", "/subscribe", "/data")) {
                var path = "/k/" + slug + part + "?lang=" + language;
                assertThat(withoutDay(content(second, path), language))
                        .as(path)
                        .isEqualTo(withoutDay(content(first, path), language));
            }
            for (var campus : TestInstance.json(first.get("/api/v1/campaigns/" + slug + "/campuses?page_size=100"))
                    .get("items")) {
                var path = "/c/" + campus.get("id").stringValue() + "?lang=" + language;
                assertThat(content(second, path)).as(path).isEqualTo(content(first, path));
            }
        }
        for (var table : TestInstance.json(first.get("/k/" + slug + "/data/metadata.json"))
                .get("tables")) {
            var path = "/k/" + slug + "/data/" + table.get("url").stringValue();
            if (path.matches(".*/(counts|affiliations|growth)\\.csv")) continue; // each instance has its own box
            assertThat(second.get(path).body())
                    .as(path)
                    .isEqualTo(first.get(path).body());
        }
        for (var list : List.of("campuses", "answers", "figures")) {
            var path = "/api/v1/campaigns/" + slug + "/" + list + "?page_size=100";
            assertThat(TestInstance.text(second.get(path))).isEqualTo(TestInstance.text(first.get(path)));
        }
    }

    /// Without the day of the import, which the data page states: midnight may be between the two imports.
    private static String withoutDay(String page, String language) {
        var written = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(PageContext.locale(language));
        var today = LocalDate.now(ZoneOffset.UTC);
        return page.replace(written.format(today), "the day").replace(written.format(today.minusDays(1)), "the day");
    }

    private static String content(TestInstance instance, String path) {
        var response = instance.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return TestInstance.text(response);
    }

    @Test
    void theCommandWritesTheSameBytesBesideARunningInstance() throws IOException {
        for (var slug : CAMPAIGNS) {
            var file = directory.resolve("by-command-" + slug + ".json");

            var run = first.command("export", "campaign", slug, file.toString()).isDone();

            assertThat(run.out().strip()).startsWith("Exported ").endsWith(file.toString());
            assertThat(Files.readAllBytes(file))
                    .isEqualTo(first.get("/k/" + slug + "/campaign.json").body());
        }
    }

    @Test
    void whatCannotBeExportedIsRefusedInOneLineAndNothingIsWritten() throws IOException {
        var there = directory.resolve("there.json");
        Files.writeString(there, "mine");
        first.command("export", "campaign", "lantern-walk", there.toString()).isRefused("already exists");
        assertThat(there).hasContent("mine");
        var absent = directory.resolve("absent.json");
        first.command("export", "campaign", "nobody", absent.toString())
                .isRefused("this instance has no campaign nobody");
        first.command("export", "campaign", "lantern-walk").isRefused("FILE", "./undersigned export campaign --help");
        var nowhere = directory.resolve("nowhere");
        CommandRun.of(Map.of(), "export", "campaign", "x", absent.toString(), "--data", nowhere.toString())
                .isRefused(nowhere + " contains no data of an instance");
        assertThat(absent).doesNotExist();
        assertThat(nowhere).doesNotExist();
    }
}
