package org.undersigned.record.recount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.undersigned.tlog.Hash;

class NonceTableTest {

    @Test
    void itRemembersEveryNonceThroughItsGrowth() {
        var table = new NonceTable();
        for (int i = 0; i < 20_000; i++) assertThat(table.add(nonce(i), i % 16)).isTrue();
        for (int i = 0; i < 20_000; i += 3) assertThat(table.add(nonce(i), 0)).isFalse();
        for (int i = 0; i < 20_000; i += 7) assertThat(table.withdraw(nonce(i))).isEqualTo(i % 16);
        for (int i = 0; i < 20_000; i += 7) assertThat(table.withdraw(nonce(i))).isEqualTo(-2);
        assertThat(table.withdraw(nonce(20_000))).isEqualTo(-1);
        assertThat(table.add(nonce(0), 0)).isFalse(); // the slot of a withdrawn nonce is not free
    }

    private static byte[] nonce(int number) {
        return Hash.sha256(ByteBuffer.allocate(4).putInt(number).array()).bytes();
    }
}
