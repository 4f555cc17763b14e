package org.undersigned.record.recount;

/// One thing the recount looked at.
///
/// @param name short and always the same, for people and machines: "box tree"
/// @param ok whether the record holds
/// @param detail what was seen; for a failure the places, "box leaf 17: token does not verify"
public record Check(String name, boolean ok, String detail) {
    /// `✓ name: detail` or `✗ name: detail`.
    @Override
    public String toString() {
        return (ok ? "✓ " : "✗ ") + name + ": " + detail;
    }
}
