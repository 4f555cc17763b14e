package org.undersigned.tlog;

import java.security.SecureRandom;

/// Returns a given seed as its random bytes, for key pair generators that read only the seed and derive the pair
/// from it.
final class SeedRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final byte[] seed;

    SeedRandom(byte[] seed) {
        this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
        if (target.length != seed.length)
            throw new IllegalStateException("the request is for " + target.length + " bytes");
        System.arraycopy(seed, 0, target, 0, seed.length);
    }
}
