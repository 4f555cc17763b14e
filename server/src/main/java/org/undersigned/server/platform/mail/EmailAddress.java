package org.undersigned.server.platform.mail;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// The address to which a code is sent. It exists only during the request: stored only as a keyed tag, never
/// logged, never printed.
///
/// @param local  up to 64 characters
/// @param domain lower-case ASCII, up to 253 characters
public record EmailAddress(String local, String domain) {
    private static final int MAX_LENGTH = 254; // RFC 5321 §4.5.3.1.3, without the angle brackets

    /// Parses an address of the plain form local@domain; empty if `text` has another form.
    public static Optional<EmailAddress> parse(String text) {
        var trimmed = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        var at = trimmed.lastIndexOf('@');
        if (trimmed.length() > MAX_LENGTH || at < 1 || at > 64) return Optional.empty();
        var local = trimmed.substring(0, at);
        if (!local.codePoints().allMatch(EmailAddress::isAllowed) || local.startsWith(".") || local.endsWith(".")) {
            return Optional.empty();
        }
        return asciiDomain(trimmed.substring(at + 1)).map(domain -> new EmailAddress(local, domain));
    }

    private static boolean isAllowed(int c) {
        return Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0;
    }

    private static Optional<String> asciiDomain(String domain) {
        try {
            var ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return ascii.indexOf('.') > 0 && !ascii.endsWith(".") ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The form that SMTP uses.
    public String wire() {
        return local + "@" + domain;
    }

    @Override
    public String toString() {
        return "EmailAddress(hidden)";
    }
}
