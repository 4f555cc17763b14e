package org.undersigned.record;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.tlog.Hash;

/// A request that casts an entry into a box: always 1024 bytes, so that its length reveals nothing (PROTOCOL §5).
/// ```
/// entry[484] ‖ u16 length ‖ statement[length ≤ 480] ‖ zeros
/// ```
/// Length 0 means no statement. An entry may contain the hash of a statement that is sent later in a separate
/// request. A statement in this request must have the hash that the entry contains.
public final class CastRequest {
    public static final int SIZE = 1024;
    /// The longest statement that can be sent with its entry, in bytes.
    public static final int MAX_STATEMENT = 480;

    private final Entry entry;
    private final byte @Nullable [] statement;

    private CastRequest(Entry entry, byte @Nullable [] statement) {
        this.entry = entry;
        this.statement = statement;
    }

    /// Thrown for a well-formed request whose statement does not have the hash that its entry contains.
    public static final class StatementMismatch extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        StatementMismatch() {
            super("the statement's SHA-256 is not the entry's statement hash");
        }
    }

    /// Returns the 1024 bytes to send; an empty `statement` means no statement.
    ///
    /// @throws StatementMismatch if `statement` is not empty and does not have the hash that the entry contains
    /// @throws IllegalArgumentException if the statement is longer than 480 bytes
    public static byte[] pad(Entry entry, byte[] statement) {
        if (statement.length > MAX_STATEMENT) {
            throw new IllegalArgumentException("a statement must have at most " + MAX_STATEMENT + " bytes");
        }
        mustMatch(entry, statement);
        byte[] bytes = Arrays.copyOf(entry.bytes(), SIZE);
        bytes[Entry.SIZE] = (byte) (statement.length >> 8);
        bytes[Entry.SIZE + 1] = (byte) statement.length;
        System.arraycopy(statement, 0, bytes, Entry.SIZE + 2, statement.length);
        return bytes;
    }

    /// Parses the 1024 bytes strictly.
    ///
    /// @throws StatementMismatch if there is a statement and it does not have the hash that the entry contains
    /// @throws IllegalArgumentException if `bytes` is not 1024 bytes long, the entry is malformed, the length is
    ///     over 480, the padding is not zero, or the statement is malformed ([Statement#parse])
    public static CastRequest parse(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a cast request must have " + SIZE + " bytes, not " + bytes.length);
        }
        var entry = Entry.parse(Arrays.copyOf(bytes, Entry.SIZE));
        int length = (bytes[Entry.SIZE] & 0xff) << 8 | (bytes[Entry.SIZE + 1] & 0xff);
        if (length > MAX_STATEMENT) throw new IllegalArgumentException("byte 484: statement of " + length + " bytes");
        int start = Entry.SIZE + 2;
        for (int i = start + length; i < SIZE; i++) {
            if (bytes[i] != 0) throw new IllegalArgumentException("byte " + i + ": padding is not zero");
        }
        byte[] statement = Arrays.copyOfRange(bytes, start, start + length);
        mustMatch(entry, statement);
        if (length > 0) {
            var _ = Statement.parse(statement);
        }
        return new CastRequest(entry, length == 0 ? null : statement);
    }

    private static void mustMatch(Entry entry, byte[] statement) {
        if (statement.length > 0 && !Arrays.equals(Hash.sha256(statement).bytes(), entry.statementHash())) {
            throw new StatementMismatch();
        }
    }

    public Entry entry() {
        return entry;
    }

    /// The statement's bytes (1 to 480), or empty if the request contains no statement.
    public Optional<byte[]> statement() {
        return Optional.ofNullable(statement).map(byte[]::clone);
    }
}
