package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.undersigned.server.support.Browser;
import org.undersigned.server.support.Town;

/// Somebody looks up their campus.
final class DirectoryTest {
    private static Town town;

    @BeforeAll
    static void start() throws Exception {
        town = Town.start();
        town.importCampuses(
                "1,Tufts University,Jumbos,Medford,MA,02155,www.tufts.edu,1,2,-2,-2,1,-2,Middlesex County,-71.1,42.4\n"
                        + "2,Bayamón College <b>,-2,Bayamón,PR,00961,www.bayamon.edu,1,2,-2,-2,1,-2,Bayamón,-66.1,18.3\n"
                        + "3,Mount Gone College,-2,Gone,VT,05001,www.gone.edu,1,2,-2,2019,3,-2,Windsor County,-72.3,43.6\n",
                "[{\"name\": \"Tufts\", \"alpha_two_code\": \"US\", \"state-province\": null, \"domains\": [\"tufts.edu\"]}]");
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    @ParameterizedTest
    @EnumSource
    void aCampusIsFoundByNameAndItsCampaignFromThere(Browser.Screen screen) {
        try (var browser = new Browser()) {
            var page = browser.person(screen, "en");
            page.navigate(town.url("/").toString());
            page.locator("footer a[href^='/campuses']").click();
            page.locator("#q").fill("tuf med");
            page.keyboard().press("Enter");
            assertThat(page.locator(".found li")).hasCount(1);
            Browser.look(page, "campuses");
            page.locator(".found a").click();
            assertThat(page.locator("h1")).hasText("Tufts University");
            assertThat(page.locator("dl")).containsText("tufts.edu");
            Browser.look(page, "directory-entry");
            page.locator("section a").click();
            assertThat(page.locator("h1")).hasText("Tufts University");
            assertThat(page.locator("main")).containsText("Petition");
        }
    }

    @Test
    void aClosedOneIsKeptAndSaysSo() {
        assertThat(Town.text(town.get("/campuses?q=gone"))).contains("Mount Gone College", "closed");
        assertThat(Town.text(town.get("/campuses?lang=es&q=gone"))).contains("cerrada");
    }

    @Test
    void itIsFoundByMailDomainAndWithoutAccents() {
        assertThat(Town.text(town.get("/campuses?q=eecs.tufts.edu"))).contains("/campuses/tufts-university");
        assertThat(Town.text(town.get("/campuses?q=bayamon"))).contains("Bayamón College &lt;b&gt;");
        assertThat(Town.text(town.get("/campuses?q=mount%20gone")))
                .contains("href=\"/campuses?lang=es&amp;q=mount+gone\"");
        assertThat(Town.text(town.get("/campuses?q=nowhere"))).contains("No campus for");
    }

    @Test
    void aCampusOfACampaignIsFoundWhereTheDirectoryHasItNot() {
        var found = Town.text(town.get("/campuses?q=southern+california"));
        assertThat(found).contains("href=\"/c/usc.edu\"").doesNotContain("No campus for");
        assertThat(Town.text(town.get("/campuses?q=usc.edu&lang=es"))).contains("href=\"/c/usc.edu?lang=es\"");
        assertThat(Town.text(town.get("/campuses?q=tuf+med")))
                .as("which the directory has")
                .doesNotContain("href=\"/c/tufts.edu");
    }

    @Test
    void somebodysAddressIsNotLookedForNorShown() {
        var page = Town.text(town.get("/campuses?q=ada%40tufts.edu"));

        assertThat(page).contains("Please leave it out").doesNotContain("ada@");
    }

    @Test
    void oddWordsAreOnlyWords() {
        for (var q :
                new String[] {"%27%3B--", "a".repeat(4_000), "%26+%7C+%21", "%00", "..", "-.-", "x.y", "%F0%9F%8E%93"
                }) {
            assertThat(town.get("/campuses?q=" + q).statusCode()).as(q).isEqualTo(200);
        }
        assertThat(town.get("/campuses/none").statusCode()).isEqualTo(404);
    }
}
