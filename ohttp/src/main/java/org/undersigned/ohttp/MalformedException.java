package org.undersigned.ohttp;

/// Thrown for bytes that do not follow the specification; the message names the byte, the length or the part, and
/// repeats nothing of the content.
public final class MalformedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
        super(message);
    }
}
