package org.undersigned.server.content.document;

/// A text in each language of the site.
public record LocalizedText(String en, String es) {
    /// @param language `en` or `es`
    public String in(String language) {
        return language.equals("es") ? es : en;
    }
}
