package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
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
        var report = instance.recountOf(org.undersigned.record.BoxId.of(third));
        assertThat(report.checks()).allMatch(Check::ok);
    }

    /// @return the box of the page, once it is another than `before`
    private String importAndWait(String document, String before) throws IOException {
        var file = Files.writeString(directory.resolve("campaign.json"), document);
        instance.importCampaign(file, PAGE);
        instance.await("the page has another box than " + before, () -> !box().equals(before));
        return box();
    }

    private static String box() {
        var record = TestInstance.text(instance.get(PAGE + "/sign"));
        var at = record.indexOf("data-box=\"") + "data-box=\"".length();
        return record.substring(at, record.indexOf('"', at));
    }
}
