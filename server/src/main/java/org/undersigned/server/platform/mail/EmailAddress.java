package org.undersigned.server.platform.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/// The address to which a code is sent. It exists only during the request and until its mail is sent: never stored,
/// never logged, never printed.
///
/// Only forms that mail servers deliver to one and the same mailbox, whatever their settings, are accepted: a server
/// with default settings also reads `%` and `!` in a local part as a route to another mailbox, so that one person
/// would have many addresses.
///
/// @param local  1 to 64 of the characters `A-Z a-z 0-9 . _ - '`; a `+tag` is dropped, so that all mails of a person go
///     to one mailbox, whatever tags a stranger invents
/// @param domain lower-case ASCII, up to 253 characters
public record EmailAddress(String local, String domain) {
    private static final int MAX_LENGTH = 254; // RFC 5321 §4.5.3.1.3, without the angle brackets
    private static final int MAX_LOCAL = 64;
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9._'+-]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_'-]+(\\.[A-Za-z0-9_'-]+)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._'-]*");

    /// The text is not an address that can be counted; `why` is for the person who typed it, and does not repeat
    /// what they typed.
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        private Refused(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        public String why() {
            return why;
        }
    }

    /// Reads an address as a person types it; blanks around it are ignored.
    ///
    /// @throws Refused if it is no address, or a form that some mail servers deliver to another mailbox
    public static EmailAddress parse(String text) throws Refused {
        var trimmed = text.strip();
        var at = trimmed.lastIndexOf('@');
        if (at < 1 || at == trimmed.length() - 1) throw new Refused("This must be an e-mail address.");
        if (trimmed.length() > MAX_LENGTH) {
            throw new Refused("An e-mail address has at most " + MAX_LENGTH + " characters.");
        }
        var local = trimmed.substring(0, at);
        if (local.length() > MAX_LOCAL) {
            throw new Refused("An e-mail address has at most " + MAX_LOCAL + " characters before the @.");
        }
        if (!CHARACTERS.matcher(local).matches()) {
            throw new Refused("Before the @ there can be letters from A to Z, digits, dots, underscores, hyphens and"
                    + " apostrophes, and then one plus sign with a tag: mail servers read anything else in different"
                    + " ways, and one person would be counted several times.");
        }
        var plus = local.indexOf('+');
        if (plus >= 0 && !TAG.matcher(local.substring(plus + 1)).matches()) {
            throw new Refused("Before the @, only one + is accepted.");
        }
        var name = plus < 0 ? local : local.substring(0, plus);
        if (!NAME.matcher(name).matches()) {
            throw new Refused("Before the @ there must be a name, and each dot must be between other characters.");
        }
        return new EmailAddress(name, domain(trimmed.substring(at + 1)));
    }

    private static String domain(String typed) throws Refused {
        var wrong = "After the @ there must be a domain, such as campus.edu.";
        try {
            var ascii = IDN.toASCII(typed, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            if (ascii.indexOf('.') > 0 && !ascii.endsWith(".") && !ascii.contains("..")) return ascii;
            throw new Refused(wrong);
        } catch (IllegalArgumentException e) {
            throw new Refused(wrong);
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
