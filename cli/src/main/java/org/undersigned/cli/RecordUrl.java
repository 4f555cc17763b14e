package org.undersigned.cli;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;

/// The address that a person types after `recount`, `sign` or `withdraw`: a petition's page, its record page,
/// or a box's folder. For a page, the site names the box; the caller must check that this box belongs to the
/// page.
///
/// @param path the path of the page; null if the address is a box's folder
record RecordUrl(HttpSite site, BoxId box, @Nullable String path) {
    private static final Pattern BOX_PATH = Pattern.compile("/log/box/([a-z2-7]{26})(?:/.*)?");
    private static final Pattern LINK = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?urn:undersigned:record\"?");

    /// @throws RefusedException if the page names no box
    /// @throws IOException if the site cannot be reached
    /// @throws IllegalArgumentException if `url` is not an http or https address
    static RecordUrl of(String url) throws IOException {
        URI address = URI.create(url);
        return of(new HttpSite(address, HttpSite.client()), address);
    }

    /// Like [#of(String)], for an address of `site`.
    static RecordUrl of(HttpSite site, URI address) throws IOException {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        var direct = BOX_PATH.matcher(path);
        if (direct.matches()) return new RecordUrl(site, BoxId.of(direct.group(1)), null);

        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        HttpSite.Answer answer = site.get(path + query);
        for (String header : answer.headers().allValues("Link")) {
            var link = LINK.matcher(header);
            if (!link.find()) continue;
            var box = BOX_PATH.matcher(URI.create(link.group(1)).getRawPath());
            if (box.matches()) return new RecordUrl(site, BoxId.of(box.group(1)), path);
        }
        throw new RefusedException(
                answer.status(), "no-record", address + " links to no public record (status " + answer.status() + ")");
    }

    /// @throws UnverifiedException if the address is a page, and not that of the box
    void requirePageOf(Manifest box) throws UnverifiedException {
        var subject = box.subject();
        if (path != null && !subject.isAt(path)) {
            throw new UnverifiedException(
                    "you asked for " + path + ", but the site leads to the box of " + subject.path());
        }
    }
}
