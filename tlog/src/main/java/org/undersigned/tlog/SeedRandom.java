package org.undersigned.tlog;

import java.security.SecureRandom;

/// Gives a key pair generator the seed it shall derive its pair from, for a generator that reads just the seed.
final class SeedRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final byte[] seed;

    SeedRandom(byte[] seed) {
        this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
        if (target.length != seed.length) throw new IllegalStateException("asked for " + target.length + " bytes");
        System.arraycopy(seed, 0, target, 0, seed.length);
    }
}
