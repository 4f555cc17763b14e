package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.undersigned.server.support.TestInstance;

/// Where people decide, pages say how well somebody who sees codes can guess who signed (PROTOCOL §10).
final class DrawnAndSignedTest {
    @Test
    void pagesSayHowManyOfThoseWhoDrewHaveSigned() {
        try (var instance = TestInstance.ofDemonstration().withOwnKeys().start()) {
            saysOnBothPages(instance, "not enough people have come by yet");

            instance.crowd(10);
            for (var i = 0; i < 4; i++) instance.person().drawBook();
            assertThat(instance.published(10)).isEqualTo(10);
            instance.runTally();

            instance.await("the pages say it", () -> page(instance, "/sign").contains("of every 10 people"));
            saysOnBothPages(instance, "At most 8 of every 10 people who confirmed an address here since this opened");
        }
    }

    private static void saysOnBothPages(TestInstance instance, String words) {
        assertThat(page(instance, "/sign")).contains(words);
        assertThat(page(instance, "/record")).contains(words);
    }

    private static String page(TestInstance instance, String part) {
        return TestInstance.text(instance.get(TestInstance.TUFTS + part + "?lang=en"));
    }
}
