package org.undersigned.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    @Test
    void idleAndWaitingIsNotBusy() throws IOException {
        assertThat(ProcessorTime.busySeconds("cpu  100 200 300 99999 88888 10 20 30 7 7"))
                .isEqualTo(6.6);
        assertThatThrownBy(() -> ProcessorTime.busySeconds("cpu0 1 2")).isInstanceOf(IOException.class);
    }

    @Test
    void workOfThisProcessIsItsOwn() throws IOException {
        var before = ProcessorTime.now();
        var end = System.nanoTime() + 10_000_000_000L;
        while (ProcessorTime.now().since(before).own() < 0.05)
            assertThat(System.nanoTime()).isLessThan(end);

        assertThat(ProcessorTime.now().since(before).others()).isNotNegative();
    }
}
