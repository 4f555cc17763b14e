package org.undersigned.bench;

/// Which provider a figure is of.
final class Provider {
    private Provider() {}

    static void requireCorretto(String first) {
        if (!first.startsWith("AmazonCorretto")) throw new IllegalStateException("Corretto's provider does not load");
    }
}
