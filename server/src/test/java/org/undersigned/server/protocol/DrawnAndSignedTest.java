package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.undersigned.server.support.TestInstance;

/// Where people decide, pages say how well somebody who sees codes can guess who signed (PROTOCOL §10).
final class DrawnAndSignedTest {
    @Test
    void pagesSayHowManyOfThoseWhoDrewHaveSigned() {
        try (var instance = TestInstance.ofDemonstration().withOwnKeys().start()) {
            saysOnBothPages(instance, "Until more people have come by");

            instance.crowd(20);
            for (var i = 0; i < 10; i++) instance.person().drawBook();
            assertThat(instance.published(20)).isEqualTo(20);
            instance.runTally();

            instance.await("the pages say it", () -> page(instance, "/sign").contains("Of 30 people"));
            saysOnBothPages(instance, "Of 30 people who confirmed an address here, about 7 of every 10 signed this.");
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
