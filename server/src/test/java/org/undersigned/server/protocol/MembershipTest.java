package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.RefusedException;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.record.recount.Check;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestInstance;

/// A campus says which addresses are its members', and the register says it to everybody.
final class MembershipTest {
    private static final String HARBOR = "harbor.example";
    private static final String DOMAINS = "\"domains\":[\"harbor.example\",\"hu.example\"]";

    @TempDir
    private Path directory;

    @Test
    void aPersonIsCountedOnceByTheRulesOfTheCampusAndTheRegisterSaysThem() throws IOException {
        try (var instance = TestInstance.ofDemonstration().start()) {
            importWith(instance, DOMAINS + ",\"separateDomains\":[\"med.harbor.example\"],\"folds\":[\"dots\"]");

            draw(instance, "a.da@harbor.example");
            hasDrawn(instance, "ada@harbor.example"); // dots do not count here
            hasDrawn(instance, "ADA+x@hu.example"); // the same person at the campus's second domain
            draw(instance, "ada@med.harbor.example"); // another person with the same name
            hasDrawn(instance, "a.d.a@med.harbor.example");
            isNobody(instance, "ada@lists.harbor.example");

            assertThat(rules(instance))
                    .contains("\"domains\":[\"harbor.example\",\"hu.example\"]")
                    .contains("\"separate_domains\":[\"med.harbor.example\"]")
                    .contains("\"folds\":[\"case\",\"dots\",\"plus-tag\"]");
        }
    }

    @Test
    void aDomainThatIsListedNoMoreIsNobodysAndWhenItIsListedAgainItIsAsBefore() throws IOException {
        try (var instance = TestInstance.ofDemonstration().start()) {
            importWith(instance, DOMAINS);
            draw(instance, "ada@harbor.example");
            var before = rules(instance);

            importWith(instance, "\"domains\":[\"harbor.example\"]");
            instance.await("other rules are registered", () -> !rules(instance).equals(before));
            isNobody(instance, "ada@hu.example");
            assertThat(rules(instance)).contains("\"domains\":[\"harbor.example\"]");

            // as a domain with people of its own it would give the same person a second book
            importWith(instance, "\"domains\":[\"harbor.example\"],\"separateDomains\":[\"hu.example\"]");
            instance.await("the old rules are back", () -> rules(instance).contains(DOMAINS));
            hasDrawn(instance, "ada@hu.example");
            assertThat(instance.recountOf(box(instance)).checks()).allMatch(Check::ok);
        }
    }

    @Test
    void aCampusMayReplaceAllItsDomainsAndStaysTheSameRoll() throws IOException {
        try (var instance = TestInstance.ofDemonstration().start()) {
            importWith(instance, DOMAINS);
            draw(instance, "ada@harbor.example");
            var before = rules(instance);

            importWith(instance, "\"domains\":[\"new.example\",\"newer.example\"]");
            instance.await("other rules are registered", () -> !rules(instance).equals(before));

            isNobody(instance, "ada@harbor.example");
            hasDrawn(instance, "ada@newer.example"); // the same name at the same campus
            draw(instance, "bob@new.example");
        }
    }

    @Test
    void aRecountSaysWhoCounts() {
        try (var instance = TestInstance.ofDemonstration().start()) {
            assertThat(instance.recount().checks())
                    .filteredOn(check -> check.name().equals("who counts"))
                    .singleElement()
                    .satisfies(check -> assertThat(check.ok()).isTrue())
                    .extracting(Check::detail)
                    .asString()
                    .contains("addresses at tufts.edu; names are the same without case, plus-tag (register leaf ");
        }
    }

    private void importWith(TestInstance instance, String domains) throws IOException {
        var document = ExampleCampaign.document("membership");
        assertThat(document).contains(DOMAINS);
        var file = directory.resolve("campaign.json");
        Files.writeString(file, document.replace(DOMAINS, domains));
        instance.importCampaign(
                file, "/p/membership-lantern-lights", "/a/membership-evening-walk", "/l/membership-regents");
    }

    private static org.undersigned.record.BoxId box(TestInstance instance) throws IOException {
        var site = new HttpSite(instance.url("/"), new CheckedClient());
        return Signer.fetchBook(site, Signer.instance(site), "lantern.example").manifests().stream()
                .filter(manifest -> manifest.subject().path().equals("/p/membership-lantern-lights"))
                .findFirst()
                .orElseThrow()
                .box();
    }

    /// The newest rules of the campus in the register.
    private static String rules(TestInstance instance) {
        return instance.query("SELECT convert_from(rules, 'UTF8') FROM roll.roll WHERE roll = '" + HARBOR + "'")
                .getFirst();
    }

    private static void draw(TestInstance instance, String address) throws IOException {
        var site = new HttpSite(instance.url("/"), new CheckedClient());
        var of = Signer.instance(site);
        var signer = new Signer(site, of, HARBOR, address, Wallet.inMemory(), new SecureRandom());
        signer.requestCode();
        signer.draw(signer.fetchBook(), instance.code(address));
    }

    private static void hasDrawn(TestInstance instance, String address) {
        assertThatThrownBy(() -> draw(instance, address))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo("key-already-issued"));
    }

    private static void isNobody(TestInstance instance, String address) {
        var before = mails(instance, address);
        var answer = instance.postJson("/roll/" + HARBOR + "/code", "{\"address\":\"" + address + "\"}");
        assertThat(answer.statusCode()).isEqualTo(202);
        instance.new Person(instance.freshAddress()).drawBook();
        TestInstance.sleep(250); // the mail queue has done what was requested before
        assertThat(mails(instance, address)).isEqualTo(before);
    }

    private static int mails(TestInstance instance, String address) {
        return TestInstance.json(instance.get("/demo/inbox.json?to=" + address)).size();
    }
}
