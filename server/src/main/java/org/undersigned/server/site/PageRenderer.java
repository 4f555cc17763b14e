package org.undersigned.server.site;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;

/// Renders pages from the compiled templates; every value is escaped for the place where it stands.
public final class PageRenderer {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, PageRenderer.class.getClassLoader(), "org.undersigned.server.templates");

    /// @param template a file of src/main/jte, without its ending
    public String render(String template, PageContext page, Map<String, Object> values) {
        var all = new HashMap<>(values);
        all.put("page", page);
        var output = new StringOutput(16_384);
        engine.render(template + ".jte", all, output);
        return output.toString();
    }
}
