package org.undersigned.record.recount;

/// The result of one check of a recount.
///
/// @param name short and constant, for people and programs: "box tree"
/// @param ok true if the check succeeded
/// @param detail the observation; for a failure the places, "box leaf 17: token does not verify"
public record Check(String name, boolean ok, String detail) {
    /// `✓ name: detail` or `✗ name: detail`.
    @Override
    public String toString() {
        return (ok ? "✓ " : "✗ ") + name + ": " + detail;
    }
}
