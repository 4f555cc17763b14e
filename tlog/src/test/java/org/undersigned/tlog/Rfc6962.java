package org.undersigned.tlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The recursions of RFC 6962 §2.1 to §2.1.2 as printed, used as reference in the tests. D[from:to] are leaves.
/// Hashes of ranges are cached, so that the tests can try all sizes.
final class Rfc6962 {
    private record Range(int from, int to) {}

    private final List<byte[]> leaves;
    private final Map<Range, Hash> known = new HashMap<>();

    Rfc6962(List<byte[]> leaves) {
        this.leaves = leaves;
    }

    /// "k be the largest power of two smaller than n".
    private static int k(int n) {
        var k = 1;
        while (k * 2 < n) k *= 2;
        return k;
    }

    /// MTH(D[from:to]).
    Hash mth(int from, int to) {
        var range = new Range(from, to);
        if (!known.containsKey(range)) known.put(range, hash(from, to));
        return known.getOrDefault(range, Merkle.EMPTY_ROOT);
    }

    private Hash hash(int from, int to) {
        var n = to - from;
        if (n == 0) return Hash.sha256();
        if (n == 1) return Hash.sha256(new byte[] {0}, leaves.get(from));
        var k = k(n);
        return Hash.sha256(
                new byte[] {1}, mth(from, from + k).bytes(), mth(from + k, to).bytes());
    }

    /// PATH(m, D[from:to]).
    List<Hash> path(int m, int from, int to) {
        var n = to - from;
        if (n == 1) return List.of();
        var k = k(n);
        return m < k
                ? plus(path(m, from, from + k), mth(from + k, to))
                : plus(path(m - k, from + k, to), mth(from, from + k));
    }

    /// PROOF(m, D[0:n]).
    List<Hash> proof(int m, int n) {
        return subproof(m, 0, n, true);
    }

    /// SUBPROOF(m, D[from:to], b).
    private List<Hash> subproof(int m, int from, int to, boolean b) {
        var n = to - from;
        if (m == n) return b ? List.of() : List.of(mth(from, to));
        var k = k(n);
        return m <= k
                ? plus(subproof(m, from, from + k, b), mth(from + k, to))
                : plus(subproof(m - k, from + k, to, false), mth(from, from + k));
    }

    private static List<Hash> plus(List<Hash> list, Hash last) {
        var longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
