package org.undersigned.bench;

/// Checks which JCA provider is measured.
final class Provider {
    private Provider() {}

    static void requireCorretto(String first) {
        if (!first.startsWith("AmazonCorretto")) throw new IllegalStateException("Corretto's provider does not load");
    }
}
