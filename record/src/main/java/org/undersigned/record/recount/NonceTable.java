package org.undersigned.record.recount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The nonces of a box and their states, in 17 bytes a slot: ten million entries fit in 300 MB.
///
/// Stores the first 16 bytes of each nonce. Nonces are SHA-256 values that were verified before, so a collision of
/// 16 bytes takes 2^64 work, and only makes the attacker's own box fail its recount. Open addressing, linear
/// probing, at most two thirds full; bits of the nonce serve as the hash.
final class NonceTable {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte FREE = 0;
    private static final int WITHDRAWN = 64;

    private long[] keys;
    private byte[] states; // 0 free, 1 + class index, + 64 once withdrawn
    private int used;

    NonceTable() {
        keys = new long[2 * 1024];
        states = new byte[1024];
    }

    /// Adds `nonce` for a class (0 to 15); returns false if it is in the table already.
    boolean add(byte[] nonce, int classIndex) {
        if (used >= states.length / 3 * 2) grow();
        int slot = slot(keys, states, high(nonce), low(nonce));
        if (states[slot] != FREE) return false;
        put(keys, states, slot, high(nonce), low(nonce), (byte) (1 + classIndex));
        used++;
        return true;
    }

    /// Withdraws `nonce` and returns its class index; -1 if it is unknown, -2 if it is withdrawn already.
    int withdraw(byte[] nonce) {
        int slot = slot(keys, states, high(nonce), low(nonce));
        if (states[slot] == FREE) return -1;
        if (states[slot] > WITHDRAWN) return -2;
        int classIndex = states[slot] - 1;
        states[slot] = (byte) (states[slot] + WITHDRAWN);
        return classIndex;
    }

    private void grow() {
        var moreStates = new byte[Math.multiplyExact(states.length, 2)];
        var moreKeys = new long[Math.multiplyExact(moreStates.length, 2)];
        for (int i = 0; i < states.length; i++) {
            if (states[i] == FREE) continue;
            long high = keys[2 * i];
            long low = keys[2 * i + 1];
            put(moreKeys, moreStates, slot(moreKeys, moreStates, high, low), high, low, states[i]);
        }
        keys = moreKeys;
        states = moreStates;
    }

    private static void put(long[] keys, byte[] states, int slot, long high, long low, byte state) {
        keys[2 * slot] = high;
        keys[2 * slot + 1] = low;
        states[slot] = state;
    }

    private static int slot(long[] keys, byte[] states, long high, long low) {
        int mask = states.length - 1;
        int slot = (int) high & mask;
        while (states[slot] != FREE && (keys[2 * slot] != high || keys[2 * slot + 1] != low)) slot = (slot + 1) & mask;
        return slot;
    }

    private static long high(byte[] nonce) {
        return (long) LONGS.get(nonce, 0);
    }

    private static long low(byte[] nonce) {
        return (long) LONGS.get(nonce, 8);
    }
}
