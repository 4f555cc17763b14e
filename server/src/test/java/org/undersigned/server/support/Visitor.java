package org.undersigned.server.support;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.util.ArrayList;
import java.util.List;

/// A person who signs in a browser, step by step; by default the petition at Tufts.
public final class Visitor {
    public final Page page;
    private final TestInstance instance;
    private final String language;
    private final List<Request> requests = new ArrayList<>();

    public Visitor(TestInstance instance, Page page, String language) {
        this.instance = instance;
        this.page = page;
        this.language = language;
        page.onRequest(requests::add);
    }

    /// Opens another tab in the same browser profile.
    public Visitor otherTab() {
        return new Visitor(instance, page.context().newPage(), language);
    }

    public Visitor open(String path) {
        page.navigate(instance.url(path + "?lang=" + language).toString());
        return this;
    }

    public Visitor openSigning() {
        return openSigning(TestInstance.TUFTS);
    }

    public Visitor openSigning(String what) {
        return open(what + "/sign");
    }

    public Visitor typeAddress(String address) {
        page.getByTestId("email").fill(address);
        page.getByTestId("next").click();
        assertThat(page.getByTestId("code")).isVisible();
        return this;
    }

    public Visitor typeCode(String code) {
        page.getByTestId("code").fill(code);
        page.getByTestId("next").click();
        return this;
    }

    /// Does the first steps of signing, until the browser has the book.
    public Visitor drawBook(String address) {
        typeAddress(address).typeCode(instance.code(address));
        waitFor("reveal-nothing");
        return this;
    }

    /// Does the steps after the draw to the last one; `when` is `now` or `later`.
    public Visitor sign(String when) {
        page.getByTestId("next").click();
        page.getByTestId("when-" + when).check();
        page.getByTestId("next").click();
        return this;
    }

    public void waitForStatus(String text) {
        assertThat(page.getByTestId("status")).containsText(text);
    }

    public Visitor waitFor(String testId) {
        assertThat(page.getByTestId(testId).first()).isVisible();
        return this;
    }

    public Visitor click(String testId) {
        page.getByTestId(testId).click();
        return this;
    }

    /// Returns the bodies posted to URLs that contain `part`, in order.
    public List<String> posted(String part) {
        return requests.stream()
                .filter(request ->
                        request.method().equals("POST") && request.url().contains(part))
                .map(Request::postData)
                .toList();
    }

    /// The addresses and the bodies of all requests, in order.
    public List<String> sent() {
        var sent = new ArrayList<String>();
        for (var request : requests) {
            sent.add(request.url());
            if (request.postData() != null) sent.add(request.postData());
        }
        return sent;
    }

    public int posts(String part) {
        return (int) requests.stream()
                .filter(request ->
                        request.method().equals("POST") && request.url().contains(part))
                .count();
    }

    public void loadedFromNowhereElse() {
        assertThat(requests)
                .isNotEmpty()
                .extracting(Request::url)
                .allMatch(url -> url.startsWith("data:")
                        || url.startsWith(instance.url("/").toString()));
    }

    /// Runs [TestBrowser#look] on the current page at phone and at desktop size.
    public void look(String name) {
        var before = page.viewportSize();
        for (var screen : TestBrowser.Screen.values()) {
            page.setViewportSize(screen.width, screen.height);
            TestBrowser.look(page, name + "-" + language);
        }
        page.setViewportSize(before.width, before.height);
    }
}
