package org.undersigned.server.publish.page;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.register.NamedRelay;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.view.NamesPage;
import org.undersigned.server.site.view.RecordPage;
import org.undersigned.server.site.view.SignPage;
import org.undersigned.tlog.CosignatureVerifier;
import tools.jackson.databind.json.JsonMapper;

/// Serves what every page with a box has: the signing page, the statements and the record.
/// `{page}` is `p/…`, `a/…` or `l/…`.
public final class BoxPagesHandler {
    private static final JsonMapper JSON = new JsonMapper();

    private final PageResponder pages;
    private final Boxes boxes;
    private final Register register;
    private final List<String> witnesses;
    private final List<URI> verifiers;
    private final Representation signing;

    /// @param witnesses keys of the witnesses that cosign the register
    /// @param relay     through which browsers cast, or null
    /// @param verifiers addresses of the verifier at other hosts
    public BoxPagesHandler(
            PageResponder pages,
            Boxes boxes,
            Register register,
            List<CosignatureVerifier> witnesses,
            @Nullable NamedRelay relay,
            List<URI> verifiers) {
        this.verifiers = List.copyOf(verifiers);
        this.signing = new SendingPages(relay).signing;
        this.pages = pages;
        this.boxes = boxes;
        this.register = register;
        this.witnesses = witnesses.stream().map(CosignatureVerifier::vkey).toList();
    }

    /// `GET /{page}/sign`
    public void sign(ServerRequest request, ServerResponse response) {
        var path = PageResponder.parentPath(request);
        pages.show(request, response, signing, "sign", "", shown -> {
            var found = shown.countable(path);
            var counted = shown.counted(path);
            if (found.isEmpty() || counted == null) return null;
            return Map.of(
                    "view",
                    SignPage.of(shown, found.get().campaign(), found.get().item()),
                    "counted",
                    counted);
        });
    }

    /// `GET /{page}/names?page=N`: the statements that a moderator has shown.
    public void names(ServerRequest request, ServerResponse response) {
        var path = PageResponder.parentPath(request);
        var number = request.query().first("page").orElse("1");
        if (!number.matches("[1-9][0-9]?"))
            throw Problem.malformed("page", "This must be the number of a page, from 1.");
        pages.show(request, response, "names", number, shown -> {
            var found = shown.countable(path);
            var counted = shown.counted(path);
            var box = shown.box(path);
            if (found.isEmpty() || counted == null || box.isEmpty()) return null;
            var view = NamesPage.of(
                    found.get().campaign(),
                    found.get().item(),
                    boxes.statements(box.get().manifest().box(), NamesPage.MOST + 1),
                    pages.context(request),
                    Integer.parseInt(number));
            return view == null ? null : Map.of("view", view, "counted", counted);
        });
    }

    /// `GET /{page}/record`
    public void record(ServerRequest request, ServerResponse response) {
        var path = PageResponder.parentPath(request);
        pages.show(request, response, "record", shown -> {
            var found = shown.countable(path);
            var counted = shown.counted(path);
            var box = shown.box(path);
            if (found.isEmpty() || counted == null || box.isEmpty()) return null;
            var view = new RecordPage(
                    found.get().campaign(),
                    found.get().item(),
                    box.get().note(),
                    JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(
                                    JSON.readTree(box.get().manifest().leaf())),
                    box.get().manifest().subject().textPath(),
                    register.key().registerVerifier().vkey(),
                    witnesses,
                    pages.publicUrl() + path,
                    verifiers.stream()
                            .map(one -> RecordPage.Verifier.of(one, pages.publicUrl() + path))
                            .toList(),
                    SignPage.of(shown, found.get().campaign(), found.get().item())
                            .share(),
                    shown.cards(found.get().campaign(), found.get().item().campus()));
            return Map.of("view", view, "counted", counted);
        });
    }
}
