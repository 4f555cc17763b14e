package org.undersigned.server.content.directory;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A domain that one organization can own: lower case, at least two labels, and not a suffix under which unrelated
/// parties register names, such as `edu` or `k12.ca.us` (a roll for such a suffix would let a whole state sign).
public record MailDomain(String value) implements Comparable<MailDomain> {
    private static final int LONGEST = 253; // characters (RFC 1035 §2.3.4, without the root)

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    /// Second-level labels that registries reserve: RFC 1480 for `us`, and those of other countries.
    private static final Set<String> RESERVED_LABELS = Set.of(
            "ac", "cc", "co", "cog", "com", "dni", "dst", "edu", "fed", "gen", "gov", "isa", "k12", "lib", "mil", "mus",
            "net", "nsn", "org", "pvt", "sch", "school", "state", "tec");

    public MailDomain {
        if (!isWellFormed(value)) throw new IllegalArgumentException("is not a domain name");
        if (isSuffix(value)) throw new IllegalArgumentException("is a suffix under which anyone can register a name");
    }

    /// Parses a mail domain as people write it: upper or lower case, with or without "www.".
    ///
    /// @throws IllegalArgumentException with the reason if the text is not such a domain
    public static MailDomain of(String text) {
        return new MailDomain(plain(text));
    }

    /// Returns the host of a web address, without "www."; empty if there is no host or no single organization can
    /// own it.
    public static Optional<MailDomain> ofWeb(String address) {
        var host = plain(address.strip()
                .replaceFirst("(?i)^[a-z]+:/+", "")
                .replaceFirst("[/?#:].*$", "")
                .replaceFirst("\\.$", ""));
        return isWellFormed(host) && !isSuffix(host) ? Optional.of(new MailDomain(host)) : Optional.empty();
    }

    static String plain(String text) {
        var lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.length() > LONGEST) return lower; // IDN throws on a longer name
        try {
            lower = IDN.toASCII(lower);
        } catch (IllegalArgumentException e) {
            return lower; // not well-formed either; the caller checks that
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
        return labels.subList(state ? 2 : 1, labels.size()).stream().allMatch(RESERVED_LABELS::contains);
    }

    /// Returns this domain and every domain above it that one organization can own, the nearest first.
    public List<MailDomain> withParents() {
        var all = new ArrayList<MailDomain>();
        for (var name = value; name.contains(".") && !isSuffix(name); name = name.substring(name.indexOf('.') + 1)) {
            all.add(new MailDomain(name));
        }
        return all;
    }

    /// True if its name says that it is for people who left: `alumni.tufts.edu`, `alum.mit.edu`.
    public boolean isOfAlumni() {
        return value.contains("alum");
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
