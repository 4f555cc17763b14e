package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.undersigned.server.support.Visitor;

/// A student gets a book and signs nothing; later she signs with it, without another code.
final class GetBookJourneyTest {
    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @RegisterExtension
    final TestBrowser browser = new TestBrowser();

    private Visitor getBook(Page page, String language) {
        var visitor = new Visitor(instance, page, language).open("/c/tufts.edu");
        visitor.click("book");
        assertThat(page.getByTestId("email")).isVisible();
        return visitor;
    }

    @ParameterizedTest
    @CsvSource({"PHONE, en, You have your book", "DESKTOP, es, Ya tiene su talonario"})
    void aStudentGetsABookAndSignsLaterWithoutAnotherCode(TestBrowser.Screen screen, String language, String done) {
        var page = browser.person(screen, language);
        var visitor = getBook(page, language);
        TestBrowser.look(page, "book-email-" + language);
        var address = instance.freshAddress();
        visitor.typeAddress(address);
        TestBrowser.look(page, "book-code-" + language);
        visitor.typeCode(instance.code(address)).waitForStatus(done);
        TestBrowser.look(page, "book-done-" + language);
        assertThat(visitor.posts("/box/")).isZero();

        visitor.openSigning().click("book-mine").waitFor("reveal-nothing").sign("now");
        visitor.waitForStatus(language.equals("es") ? "espera a otras" : "waits for others");
        assertThat(visitor.posts("/code")).isEqualTo(1);
        assertThat(visitor.posts("/draw")).isEqualTo(1);
    }

    @Test
    void whoComesBackAddsWhatOpenedSince() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        var visitor = getBook(page, "en");
        var address = instance.freshAddress();
        visitor.typeAddress(address).typeCode(instance.code(address)).waitForStatus("You have your book");

        visitor.open("/c/tufts.edu/book").waitFor("held");
        TestBrowser.look(page, "book-held");
        visitor.click("book-mine").waitForStatus("Your book is complete");
        assertThat(visitor.posts("/draw")).isEqualTo(1);

        visitor.open("/c/tufts.edu/book").click("not-mine").waitFor("email"); // a second person at this device
        var other = instance.freshAddress();
        visitor.typeAddress(other).typeCode(instance.code(other)).waitForStatus("You have your book");
    }

    @Test
    void aWrongCodeIsSaidAndNothingIsLost() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        var visitor = getBook(page, "en").typeAddress(instance.freshAddress()).typeCode("0000 0000");
        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                .containsText("That code is wrong");
        visitor.waitFor("code");
    }

    @Test
    void whereNothingIsOpenThePageSaysSo() {
        var closed = instance.get("/c/brown.edu/book");
        assertThat(closed.statusCode()).isEqualTo(200);
        assertThat(TestInstance.text(closed))
                .contains("Nothing can be signed here at the moment")
                .doesNotContain("id=\"getbook\"");
        assertThat(instance.get("/c/nowhere.example/book").statusCode()).isEqualTo(404);
    }
}
