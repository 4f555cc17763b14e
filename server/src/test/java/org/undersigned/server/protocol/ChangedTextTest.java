package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.record.BoxId;
import org.undersigned.record.recount.Check;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestInstance;

/// What a page says and the box that counts it belong together, whatever the editors change.
final class ChangedTextTest {
    private static final String PAGE = "/p/changed-lantern-lights";

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @TempDir
    private Path directory;

    @Test
    void aTextThatIsChangedBackHasItsOldBox() throws IOException {
        var document = ExampleCampaign.document("changed");
        var other = document.replace("Lights for Lantern College", "More lights for Lantern College");
        assertThat(other).isNotEqualTo(document);
        var first = importAndWait(document, "");
        var second = importAndWait(other, first);
        assertThat(second).isNotEqualTo(first);

        var third = importAndWait(document, second);

        assertThat(third).isEqualTo(first);
        var report = instance.recountOf(BoxId.of(third));
        assertThat(report.checks()).allMatch(Check::ok);
    }

    @Test
    void aTextThatPeopleSignedIsServedForEver() throws IOException {
        var document = ExampleCampaign.document("kept");
        var page = "/p/kept-lantern-lights";
        var file = Files.writeString(directory.resolve("kept.json"), document);
        instance.importCampaign(file, page);
        var box = box(page);
        Files.writeString(file, document.replace("Lights for Lantern College", "Lamps for Lantern College"));
        instance.importCampaign(file, page);
        instance.await("the page has another box", () -> !box(page).equals(box));

        var checks = instance.recountOf(BoxId.of(box)).checks();

        assertThat(checks)
                .filteredOn(check -> check.name().equals("text"))
                .singleElement()
                .satisfies(check -> assertThat(check.ok()).isTrue());
        assertThat(instance.get("/text/" + "0".repeat(64) + ".json").statusCode())
                .isEqualTo(404);
    }

    /// @return the box of the page, once it is another than `before`
    private String importAndWait(String document, String before) throws IOException {
        var file = Files.writeString(directory.resolve("campaign.json"), document);
        instance.importCampaign(file, PAGE);
        instance.await(
                "the page has another box than " + before, () -> !box(PAGE).equals(before));
        return box(PAGE);
    }

    private static String box(String page) {
        var record = TestInstance.text(instance.get(page + "/sign"));
        var at = record.indexOf("data-box=\"") + "data-box=\"".length();
        return record.substring(at, record.indexOf('"', at));
    }
}
