package org.undersigned.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Both languages contain all messages.
final class MessagesTest {
    @Test
    void everyTextIsThereInBothLanguagesWithTheSamePlaces() {
        var english = new Messages("en");
        var spanish = new Messages("es");

        assertThat(spanish.keys()).isEqualTo(english.keys()).hasSizeGreaterThan(50);
        for (var key : english.keys()) {
            for (var place : new String[] {"{0}", "{1}"}) {
                assertThat(spanish.get(key).contains(place))
                        .as(key)
                        .isEqualTo(english.get(key).contains(place));
            }
        }
    }
}
