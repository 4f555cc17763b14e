package org.undersigned.server.content.coverage;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Splits printed words into tokens. The time is linear in the length of the text; never throws.
final class Tokenizer {
    /// @param text    a word, a symbol, or a numeral without thousands separators and with a decimal point
    /// @param numeral true if it begins with a digit
    /// @param grouped true if the numeral was printed with thousands separators
    record Token(String text, boolean numeral, boolean grouped) {}

    private static final Pattern NO_BREAK_SPACE_IN_NUMERAL =
            Pattern.compile("(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3})");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern QUOTES = Pattern.compile("[\u2018\u2019`]");
    private static final Pattern DASHES = Pattern.compile("[\u2010-\u2015\u2212]");

    /// A plain space is not a thousands separator: "on Nov. 16 200 marched".
    private static final Pattern TOKEN =
            Pattern.compile("(?<grouped>(?<![0-9])[1-9][0-9]{0,2}([.,'])[0-9]{3}(?:\\2[0-9]{3})*(?![0-9]))"
                    + "|(?<digits>[0-9]+(?:[.,][0-9]+)?)"
                    + "|(?<word>\\p{L}+)"
                    + "|(?<symbol>>=|<=|[><\u2265\u2264~\u2248+%$\u20ac\u00a3])"
                    + "|(?<dash>(?<=[0-9])\\s*-\\s*(?=[0-9]))");

    private Tokenizer() {}

    static List<Token> of(String words) {
        var matcher = TOKEN.matcher(plain(words));
        var tokens = new ArrayList<Token>();
        while (matcher.find()) {
            if (matcher.group("grouped") != null) {
                tokens.add(new Token(matcher.group("grouped").replaceAll("[.,']", ""), true, true));
            } else if (matcher.group("digits") != null) {
                tokens.add(new Token(matcher.group("digits").replace(',', '.'), true, false));
            } else if (matcher.group("dash") != null) {
                tokens.add(new Token("-", false, false));
            } else {
                tokens.add(new Token(matcher.group(), false, false));
            }
        }
        return List.copyOf(tokens);
    }

    private static String plain(String words) {
        var grouped = NO_BREAK_SPACE_IN_NUMERAL.matcher(words).replaceAll("'");
        var dashed = DASHES.matcher(QUOTES.matcher(grouped).replaceAll("'")).replaceAll("-");
        var lower = Normalizer.normalize(dashed, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        return MARKS.matcher(lower).replaceAll("");
    }
}
