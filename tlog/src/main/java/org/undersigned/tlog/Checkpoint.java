package org.undersigned.tlog;

import java.util.List;

/// The text of a log's signed note: the log's name, size and root (c2sp.org/tlog-checkpoint).
/// ```
/// <origin>
/// <size, decimal, no leading zeros>
/// <base64 root>
/// <extension lines, usually none>
/// ```
///
/// @param origin name of the log: one line, not empty; usually the name of its key
/// @param size in leaves, up to 18 digits
/// @param root of the tree of that size (RFC 6962 §2.1)
/// @param extensions further lines, none empty; they are signed, but not interpreted here
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException for an empty origin, a negative size or one of more than 18 digits, an
    ///     empty extension, or an empty tree whose root is not the SHA-256 of no bytes
    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (origin.isEmpty() || origin.contains("\n")) throw new IllegalArgumentException("an origin must be one line");
        new Tree(size, root); // checks both
        for (var extension : extensions) {
            if (extension.isEmpty() || extension.contains("\n"))
                throw new IllegalArgumentException("an extension line is empty or contains a newline");
        }
    }

    /// Parses a note's text.
    ///
    /// @param text as [#text] writes it
    /// @return the checkpoint
    /// @throws IllegalArgumentException if a line does not follow the specification; the message says what is wrong
    public static Checkpoint parse(String text) {
        if (!text.endsWith("\n")) throw new IllegalArgumentException("a checkpoint must end with a newline");
        var lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        if (lines.size() < 3) throw new IllegalArgumentException("a checkpoint must have at least three lines");
        return new Checkpoint(
                lines.get(0), Decimal.parse(lines.get(1)), Hash.ofBase64(lines.get(2)), lines.subList(3, lines.size()));
    }

    /// The tree that this checkpoint commits to.
    ///
    /// @return its size and root
    public Tree tree() {
        return new Tree(size, root);
    }

    /// The text to sign.
    ///
    /// @return three lines and the extensions, each ending with a newline
    public String text() {
        var text = new StringBuilder().append(origin).append('\n').append(size).append('\n');
        text.append(root.base64()).append('\n');
        extensions.forEach(extension -> text.append(extension).append('\n'));
        return text.toString();
    }
}
