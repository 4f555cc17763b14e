package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.RefusedException;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.record.BoxId;
import org.undersigned.record.recount.Check;
import org.undersigned.server.support.CheckedClient;
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

    /// The words are corrected after ten people signed them: nobody signs the old words any more, who signed them may
    /// still withdraw, and their number stays on the page and recounts.
    @Test
    void whoSignedEarlierWordsStaysCounted() throws Exception {
        var document = ExampleCampaign.document("counted");
        var page = "/p/counted-lantern-lights";
        var file = Files.writeString(directory.resolve("counted.json"), document);
        instance.importCampaign(file, page);
        instance.await("the page has a box", () -> !box(page).isEmpty());
        var old = box(page);
        var signers = new ArrayList<Signer>();
        for (var i = 0; i < 11; i++) signers.add(drawn());
        var manifest = instance.offered().offer(BoxId.of(old)).orElseThrow().manifest();
        for (var signer : signers.subList(0, 10)) signer.cast(manifest, 0, null);
        var mark = "data-box=\"" + old + "\" data-class=\"member\" data-size=\"11\" value=\"10\"";
        instance.await("ten signatures are shown", () -> page(page).contains(mark));

        Files.writeString(file, document.replace("Lights for Lantern College", "More lights for Lantern College"));
        instance.importCampaign(file, page);
        instance.await("the page has another box", () -> !box(page).equals(old));

        assertThat(page(page))
                .contains(mark)
                .contains("Counted for earlier words")
                .contains(manifest.subject().textPath());
        assertThatThrownBy(() -> signers.getLast().cast(manifest, 0, null))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("box-superseded"));
        assertThatThrownBy(() -> signers.getLast().requireCurrent(manifest)).hasMessageContaining("is not the current");
        signers.getFirst().withdraw(manifest);
        signers.getFirst().cast(manifest, 0, null); // the same entry again gets the same promise
        for (var box : List.of(old, box(page))) {
            var report = instance.recountOf(BoxId.of(box));
            assertThat(report.checks()).allMatch(Check::ok);
        }
        assertThat(instance.recountOf(BoxId.of(old)).toString()).contains("this one is superseded by box " + box(page));
    }

    /// Words that people sign change by a deliberate act only; what changes nothing that was signed, changes no count.
    @Test
    void whatPeopleSignIsNotChangedByAccident() throws IOException {
        var document = ExampleCampaign.document("kind");
        var page = "/p/kind-lantern-lights";
        var file = Files.writeString(directory.resolve("kind.json"), document);
        instance.importCampaign(file, page);
        instance.await("the page has a box", () -> !box(page).isEmpty());
        var box = box(page);

        Files.writeString(file, document.replace("Lights for Lantern College", "Lamps for Lantern College"));
        instance.command("import", "campaign", file.toString())
                .isRefused("people sign other words at " + page + "; with --supersede their count ends");
        var demand = "Name one person to call at night, and answer.";
        assertThat(document).contains(demand);
        Files.writeString(file, document.replace(demand, "Name one person to call at night, and to answer."));
        instance.command("import", "campaign", file.toString()).isDone();
        var campaign = "/k/kind";
        instance.await("the campaign says so", () -> page(campaign).contains("at night, and to answer."));
        instance.runOpening();

        assertThat(box(page)).isEqualTo(box);
        var text = instance.offered()
                .current(page)
                .orElseThrow()
                .manifest()
                .subject()
                .textPath();
        assertThat(TestInstance.text(instance.get(text))).contains(demand);
        assertThat(page(page)).contains(demand); // the page shows what people sign
        assertThat(page(page + "/record")).contains(text);
        assertThat(instance.recountOf(BoxId.of(box)).checks()).allMatch(Check::ok);
    }

    private static Signer drawn() throws IOException {
        var address = instance.freshAddress().replace("tufts.edu", "lantern.example");
        var site = new HttpSite(instance.url("/"), new CheckedClient());
        var signer = new Signer(
                site, Signer.instance(site), "lantern.example", address, Wallet.inMemory(), new SecureRandom());
        signer.requestCode();
        signer.draw(signer.fetchBook(), instance.code(address));
        return signer;
    }

    private static String page(String path) {
        return TestInstance.text(instance.get(path + "?lang=en"));
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
