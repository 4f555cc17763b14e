package org.undersigned.server.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.undersigned.server.support.OpenApiDocument;
import org.undersigned.server.support.RawHttp;
import org.undersigned.server.support.TestInstance;

/// Property test: for every query the server returns a result or a refusal, never a failure, and the response is as
/// /openapi.json describes it.
final class ApiPropertiesTest {
    private static final List<String> PATHS = List.of(
            "/api/v1",
            "/api/v1/boxes",
            "/api/v1/campaigns",
            "/api/v1/campaigns/sanctuary-campus/campuses",
            "/api/v1/campaigns/sanctuary-campus/figures/x",
            "/osdi/v1",
            "/osdi/v1/petitions",
            "/osdi/v1/events",
            "/osdi/v1/advocacy_campaigns/electors",
            "/openapi.json",
            "/.well-known/webfinger",
            "/ap/sanctuary-campus/outbox",
            "/oembed",
            "/campuses",
            "/sitemap.xml",
            "/k/sanctuary-campus/coverage",
            "/p/tufts-sanctuary/flyer.pdf");
    private static final List<String> NAMES = List.of(
            "page_size",
            "after",
            "page",
            "per_page",
            "lang",
            "campaign",
            "resource",
            "url",
            "format",
            "maxwidth",
            "q",
            "part",
            "rules",
            "paper",
            "");
    private static final List<String> VALUES = List.of(
            "1",
            "2",
            "25",
            "100",
            "en",
            "es",
            "0",
            "-1",
            "+1",
            "01",
            "1e3",
            "2147483648",
            "99999999999999999999",
            "tufts.edu",
            "usc.edu",
            "%",
            "%zz",
            "%00",
            "%0d%0aX:%20y",
            "%ff%fe",
            "%F0%9F%8F%AE",
            "null",
            "..",
            "[]",
            "%5B%5D",
            "acct:sanctuary-campus@localhost",
            "acct:@",
            "acct:%00@localhost",
            "http://localhost/p/tufts-sanctuary",
            "http://%5B::1",
            "http://localhost/p/%2500",
            "xml",
            "letter",
            "as-printed",
            "'",
            "");

    @SuppressWarnings("NullAway.Init") // start() sets it, before jqwik runs the properties
    private static TestInstance instance;

    @BeforeContainer
    static void start() {
        instance = TestInstance.ofDemonstration().start();
    }

    @AfterContainer
    static void stop() {
        instance.close();
    }

    @Property(tries = 600)
    void noQueryMakesTheServerFail(@ForAll("targets") String target) throws IOException {
        var answer = RawHttp.ask(instance, "GET", target);

        assertThat(OpenApiDocument.DOCUMENT.faults("GET", target, answer.status(), answer.headers(), answer.body()))
                .as(target)
                .isEmpty();
        assertThat(answer.status()).as(target).isIn(200, 400, 404, 501);
        if (answer.status() == 400) {
            assertThat(answer.headers().firstValue("Content-Type")).as(target).hasValue("application/problem+json");
        }
        assertThat(answer.headers().firstValue("X")).as(target).isEmpty();
    }

    @Provide
    Arbitrary<String> targets() {
        var junk =
                Arbitraries.strings().withCharRange('!', '~').excludeChars('#').ofMaxLength(40);
        var names = Arbitraries.oneOf(Arbitraries.of(NAMES), junk);
        var values = Arbitraries.oneOf(Arbitraries.of(VALUES), junk);
        var pair = Combinators.combine(names, values).as((name, value) -> name + "=" + value);
        var query = pair.list().ofMaxSize(4).map(pairs -> String.join("&", pairs));
        return Combinators.combine(Arbitraries.of(PATHS), query).as((path, asked) -> path + "?" + asked);
    }
}
