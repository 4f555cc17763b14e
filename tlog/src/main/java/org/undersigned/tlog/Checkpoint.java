package org.undersigned.tlog;

import java.util.List;

/// What a log says of itself (c2sp.org/tlog-checkpoint): the text of a signed note.
/// ```
/// <origin>
/// <size, decimal, no leading zeros>
/// <base64 root>
/// <extension lines, none as a rule>
/// ```
///
/// @param origin names the log, not empty, one line; by custom its key's name
/// @param size in leaves, up to 18 digits
/// @param root of the tree of that size (RFC 6962 §2.1)
/// @param extensions further lines, none empty; signed, and otherwise nobody's to check
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException for an empty origin, a negative size or one of more than 18 digits, an
    ///     empty extension, or an empty tree's root that is not the hash of nothing
    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (origin.isEmpty() || origin.contains("\n")) throw new IllegalArgumentException("an origin is one line");
        new Tree(size, root); // which checks both
        for (var extension : extensions) {
            if (extension.isEmpty() || extension.contains("\n"))
                throw new IllegalArgumentException("an empty extension");
        }
    }

    /// Reads a note's text.
    ///
    /// @param text as [#text] writes it
    /// @return the checkpoint
    /// @throws IllegalArgumentException saying which line is not as specified
    public static Checkpoint parse(String text) {
        if (!text.endsWith("\n")) throw new IllegalArgumentException("a checkpoint ends with a newline");
        var lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        if (lines.size() < 3) throw new IllegalArgumentException("a checkpoint has at least three lines");
        return new Checkpoint(
                lines.get(0), Decimal.parse(lines.get(1)), Hash.ofBase64(lines.get(2)), lines.subList(3, lines.size()));
    }

    /// The size and the root.
    ///
    /// @return the tree it commits to
    public Tree tree() {
        return new Tree(size, root);
    }

    /// As signed.
    ///
    /// @return three lines and the extensions, each with its newline
    public String text() {
        var text = new StringBuilder().append(origin).append('\n').append(size).append('\n');
        text.append(root.base64()).append('\n');
        extensions.forEach(extension -> text.append(extension).append('\n'));
        return text.toString();
    }
}
