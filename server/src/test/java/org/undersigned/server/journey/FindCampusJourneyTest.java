package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;

/// A visitor looks up a campus in the directory.
final class FindCampusJourneyTest {
    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @BeforeAll
    static void start() throws Exception {
        instance.importCampuses(
                "1,Tufts University,Jumbos,Medford,MA,02155,www.tufts.edu,1,2,-2,-2,1,-2,Middlesex County,-71.1,42.4\n"
                        + "2,Bayamón College <b>,-2,Bayamón,PR,00961,www.bayamon.edu,1,2,-2,-2,1,-2,Bayamón,-66.1,18.3\n"
                        + "3,Mount Gone College,-2,Gone,VT,05001,www.gone.edu,1,2,-2,2019,3,-2,Windsor County,-72.3,43.6\n",
                "[{\"name\": \"Tufts\", \"alpha_two_code\": \"US\", \"state-province\": null, \"domains\": [\"tufts.edu\"]}]");
    }

    @ParameterizedTest
    @EnumSource
    void aCampusIsFoundByNameAndItsCampaignFromThere(TestBrowser.Screen screen) {
        try (var browser = new TestBrowser()) {
            var page = browser.person(screen, "en");
            page.navigate(instance.url("/").toString());
            page.locator("footer a[href^='/campuses']").click();
            page.locator("#q").fill("tuf med");
            page.keyboard().press("Enter");
            assertThat(page.locator(".found li")).hasCount(1);
            TestBrowser.look(page, "campuses");
            page.locator(".found a").click();
            assertThat(page.locator("h1")).hasText("Tufts University");
            assertThat(page.locator("dl")).containsText("tufts.edu");
            TestBrowser.look(page, "directory-entry");
            page.locator("section a").click();
            assertThat(page.locator("h1")).hasText("Tufts University");
            assertThat(page.locator("main")).containsText("Petition");
        }
    }

    @Test
    void aClosedCampusIsListedAsClosed() {
        assertThat(TestInstance.text(instance.get("/campuses?q=gone"))).contains("Mount Gone College", "closed");
        assertThat(TestInstance.text(instance.get("/campuses?lang=es&q=gone"))).contains("cerrada");
    }

    @Test
    void itIsFoundByMailDomainAndWithoutAccents() {
        assertThat(TestInstance.text(instance.get("/campuses?q=eecs.tufts.edu")))
                .contains("/campuses/tufts-university");
        assertThat(TestInstance.text(instance.get("/campuses?q=bayamon"))).contains("Bayamón College &lt;b&gt;");
        assertThat(TestInstance.text(instance.get("/campuses?q=mount%20gone")))
                .contains("href=\"/campuses?lang=es&amp;q=mount+gone\"");
        assertThat(TestInstance.text(instance.get("/campuses?q=nowhere"))).contains("No campus for");
    }

    @Test
    void aCampusOfACampaignIsFoundWhereTheDirectoryHasItNot() {
        var found = TestInstance.text(instance.get("/campuses?q=southern+california"));
        assertThat(found).contains("href=\"/c/usc.edu\"").doesNotContain("No campus for");
        assertThat(TestInstance.text(instance.get("/campuses?q=usc.edu&lang=es")))
                .contains("href=\"/c/usc.edu?lang=es\"");
        assertThat(TestInstance.text(instance.get("/campuses?q=tuf+med")))
                .as("which the directory has")
                .doesNotContain("href=\"/c/tufts.edu");
    }

    @Test
    void anEMailAddressIsNeitherSearchedNorShown() {
        var page = TestInstance.text(instance.get("/campuses?q=ada%40tufts.edu"));

        assertThat(page).contains("Please leave it out").doesNotContain("ada@");
    }

    @Test
    void anySearchTextReturnsAPage() {
        for (var q :
                new String[] {"%27%3B--", "a".repeat(4_000), "%26+%7C+%21", "%00", "..", "-.-", "x.y", "%F0%9F%8E%93"
                }) {
            assertThat(instance.get("/campuses?q=" + q).statusCode()).as(q).isEqualTo(200);
        }
        assertThat(instance.get("/campuses/none").statusCode()).isEqualTo(404);
    }
}
