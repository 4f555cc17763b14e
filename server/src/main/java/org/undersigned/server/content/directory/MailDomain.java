package org.undersigned.server.content.directory;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A domain somebody can have for their own: lower case, at least two labels, and not a suffix under which
/// strangers register, as `edu` or `k12.ca.us` (whoever had one of those would let a whole state sign).
public record MailDomain(String value) implements Comparable<MailDomain> {
    private static final int LONGEST = 253; // characters (RFC 1035 §2.3.4, without the root)

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    /// RFC 1480 for `us`, and what other countries set aside at their second level.
    private static final Set<String> SET_ASIDE = Set.of(
            "ac", "cc", "co", "cog", "com", "dni", "dst", "edu", "fed", "gen", "gov", "isa", "k12", "lib", "mil", "mus",
            "net", "nsn", "org", "pvt", "sch", "school", "state", "tec");

    public MailDomain {
        if (!isWellFormed(value)) throw new IllegalArgumentException("is not a domain name");
        if (isSuffix(value)) throw new IllegalArgumentException("is a suffix under which strangers register");
    }

    /// Of a mail domain as people write it: any case, perhaps with "www." before it.
    ///
    /// @throws IllegalArgumentException why it is none
    public static MailDomain of(String text) {
        return new MailDomain(plain(text));
    }

    /// The host of a web address, without "www."; empty when there is none or it cannot be somebody's own.
    public static Optional<MailDomain> ofWeb(String address) {
        var host = plain(address.strip()
                .replaceFirst("(?i)^[a-z]+:/+", "")
                .replaceFirst("[/?#:].*$", "")
                .replaceFirst("\\.$", ""));
        return isWellFormed(host) && !isSuffix(host) ? Optional.of(new MailDomain(host)) : Optional.empty();
    }

    static String plain(String text) {
        var lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.length() > LONGEST) return lower; // IDN would fail on it
        try {
            lower = IDN.toASCII(lower);
        } catch (IllegalArgumentException e) {
            return lower; // not well-formed either, which the caller looks at
        }
        return lower.startsWith("www.") ? lower.substring(4) : lower;
    }

    static boolean isWellFormed(String name) {
        return name.length() <= LONGEST && name.matches(LABEL + "(\\." + LABEL + ")*") && !name.matches(".*\\.[0-9]+");
    }

    static boolean isSuffix(String name) {
        var labels = List.of(name.split("\\.")).reversed();
        if (labels.size() == 1) return true;
        var country = labels.getFirst();
        if (country.length() != 2) return false;
        var state = country.equals("us") && labels.get(1).length() == 2;
        return labels.subList(state ? 2 : 1, labels.size()).stream().allMatch(SET_ASIDE::contains);
    }

    /// This domain and every one above it that somebody can own, the nearest first.
    public List<MailDomain> andAbove() {
        var all = new ArrayList<MailDomain>();
        for (var name = value; name.contains(".") && !isSuffix(name); name = name.substring(name.indexOf('.') + 1)) {
            all.add(new MailDomain(name));
        }
        return all;
    }

    boolean isBelow(MailDomain other) {
        return value.endsWith("." + other.value);
    }

    @Override
    public int compareTo(MailDomain other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
