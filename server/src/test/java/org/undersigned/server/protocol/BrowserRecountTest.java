package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.undersigned.record.recount.BooksWithinCardsTest;
import org.undersigned.record.recount.FakeSite;
import org.undersigned.record.recount.Recount;
import org.undersigned.record.recount.RecountTest;
import org.undersigned.record.recount.Report;
import org.undersigned.record.recount.Site;
import org.undersigned.record.recount.TamperingTest;
import org.undersigned.server.support.ReportJson;
import org.undersigned.server.support.StaticFolder;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestBrowser.Screen;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The browser's recount passes every case that the Java recount passes: both read the same files, and the browser's
/// report must be the same word for word, with the same leaf numbers. The static verifier comes from one origin, the
/// site's files from another.
final class BrowserRecountTest {
    static final Path VERIFIER = Path.of("../web/dist/verifier");

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static @Nullable StaticFolder verifier;
    private static @Nullable ReplayedSite site;

    @BeforeAll
    static void serve() throws IOException {
        verifier = new StaticFolder(VERIFIER);
        site = new ReplayedSite();
    }

    @AfterAll
    static void close() {
        if (verifier != null) verifier.close();
        if (site != null) site.close();
    }

    @Nested
    class Manipulations extends TamperingTest {
        @Override
        protected Report recount(FakeSite site) {
            return both(site);
        }
    }

    @Nested
    class Cards extends BooksWithinCardsTest {
        @Override
        protected Report recount(FakeSite site) {
            return both(site);
        }
    }

    @Nested
    class TrueRecords extends RecountTest {
        @Override
        protected Report recount(FakeSite site) {
            return both(site);
        }
    }

    /// A record with a witness and tallies, as the verifier shows it; then more signatures than the tally bounds.
    @Test
    void theFifthFindingSaysWhoVouchesAndHowFar() throws IOException {
        var fake = FakeSite.open();
        for (int i = 0; i < 12; i++) fake.sign("member", 0);
        fake.publish();
        fake.showCounts(12, 0);
        fake.tally("member", 20);
        fake.nameWitness(Cosigner.ed25519("witness.example", new byte[32]));
        var people = shown(fake).locator("[data-finding=people]");
        assertThat(people.getAttribute("data-state")).isEqualTo("good");
        assertThat(people.innerText())
                .contains(
                        "There are no more signatures than people who confirmed their address, and others vouch for the record.",
                        "20 people confirmed an address (members of the campus, by campus e-mail) up to November 23, 2016,"
                                + " and 12 signed.",
                        "witness.example confirmed that they saw the same record.");

        for (int i = 0; i < 10; i++) fake.sign("member", 0);
        fake.sign("supporter", 0);
        fake.publish();
        fake.showCounts(22, 1);
        var bounded = shown(fake).locator("[data-finding=people]");
        assertThat(bounded.getAttribute("data-state")).isEqualTo("open");
        assertThat(bounded.innerText())
                .contains(
                        "2 of these signatures came after the last tally",
                        "How many people confirmed an address (supporters) is not published yet.");
    }

    private static Page shown(FakeSite fake) throws IOException {
        if (site == null || verifier == null) throw new IllegalStateException("nothing is served");
        site.record(fake);
        assertThat(Recount.run(site, fake.manifest.box()).ok()).isTrue();
        var page = browser.personWithReplacedResponses(Screen.PHONE, "en");
        page.navigate(verifier.address() + "#" + site.address() + "/log/box/" + fake.manifest.box() + "/");
        page.getByText("Recount here").click();
        page.locator("[data-testid=recount-verdict]").waitFor();
        return page;
    }

    /// Recounts with Java, then in the browser from the same responses, and compares the reports.
    private static Report both(FakeSite fake) {
        var shown = site;
        if (shown == null) throw new IllegalStateException("the site does not run");
        shown.record(fake);
        try {
            var report = Recount.run(shown, fake.manifest.box());
            var other = inBrowser(shown.address() + "/log/box/" + fake.manifest.box() + "/");
            assertThat(ReportJson.checks(other)).isEqualTo(report.checks());
            assertThat(counts(other)).isEqualTo(report.counts());
            assertThat(other.get("ok").booleanValue()).isEqualTo(report.ok());
            assertThat(texts(other.get("totals"))).isEqualTo(report.totals());
            assertThat(log(other, "log")).isEqualTo(report.log().toString());
            assertThat(log(other, "register")).isEqualTo(report.register().toString());
            assertThat(log(other, "ledger")).isEqualTo(report.ledger().toString());
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode inBrowser(String address) {
        if (verifier == null) throw new IllegalStateException("the verifier is not served");
        var page = browser.personWithReplacedResponses(Screen.DESKTOP, "en");
        page.navigate(verifier.address());
        var message = page.evaluate("""
                address => new Promise((resolve) => {
                    const worker = new Worker("recountworker.js", { type: "module" });
                    worker.onmessage = ({ data }) => {
                        if (data.is === "progress") return;
                        worker.terminate();
                        resolve(JSON.stringify(data));
                    };
                    worker.onerror = (event) => resolve(JSON.stringify({ is: "error", what: event.message }));
                    worker.postMessage(address);
                })""", address);
        var json = new JsonMapper().readTree(String.valueOf(message));
        assertThat(json.get("is").stringValue()).as(json.toString()).isEqualTo("outcome");
        return json.get("outcome").get("report");
    }

    private static List<Report.ClassCount> counts(JsonNode report) {
        var counts = new ArrayList<Report.ClassCount>();
        for (var one : report.get("counts")) {
            counts.add(new Report.ClassCount(
                    one.get("class").stringValue(),
                    one.get("entries").longValue(),
                    one.get("withdrawals").longValue()));
        }
        return counts;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.stringValue()));
        return texts;
    }

    private static String log(JsonNode report, String name) {
        var root = report.get(name).get("root");
        return new Report.Log(
                        report.get(name).get("size").longValue(),
                        root.isNull() ? null : Hash.ofBase64(root.stringValue()))
                .toString();
    }

    /// A site that one recount reads in this process, and that then gives a browser the same responses in the same
    /// order: some sites change while they are read.
    private static final class ReplayedSite implements Site, AutoCloseable {
        private final Map<String, List<Optional<byte[]>>> read = new ConcurrentHashMap<>();
        private final HttpServer server;
        private FakeSite fake = FakeSite.open();

        ReplayedSite() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::replay);
            server.start();
        }

        void record(FakeSite fake) {
            this.fake = fake;
            read.clear();
        }

        String address() {
            return "http://localhost:" + server.getAddress().getPort();
        }

        @Override
        public byte[] read(String path) throws IOException {
            var all = read.computeIfAbsent(path, _ -> new ArrayList<>());
            try {
                var bytes = fake.read(path);
                all.add(Optional.of(bytes));
                return bytes;
            } catch (NoSuchFileException e) {
                all.add(Optional.empty());
                throw e;
            }
        }

        private void replay(HttpExchange exchange) throws IOException {
            var path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            var recorded = read.getOrDefault(path, List.of());
            if (recorded.isEmpty()) {
                exchange.sendResponseHeaders(500, -1); // the other recount did not read this: no report
            } else {
                var bytes = recorded.removeFirst();
                if (bytes.isPresent()) {
                    exchange.sendResponseHeaders(200, bytes.get().length == 0 ? -1 : bytes.get().length);
                    exchange.getResponseBody().write(bytes.get());
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
