package org.undersigned.server.publish.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/// What Gancio is sent in its own form, and that nothing else is changed by it.
final class GancioFormsTest {
    @Test
    void itIsKnownByWhereItsInboxIs() {
        assertThat(GancioForms.isAt(URI.create("https://a.example/federation/u/gancio/inbox")))
                .isTrue();
        assertThat(GancioForms.isAt(URI.create("https://a.example/inbox"))).isFalse();
    }

    @Test
    void aPlacesAddressBecomesOneString() {
        assertThat(GancioForms.plain("""
                {"type":"Create","object":{"type":"Event","location":{"name":"Gate",\
                "address":{"type":"PostalAddress","addressLocality":"Harbor"}}}}"""))
                .isEqualTo(
                        "{\"type\":\"Create\",\"object\":{\"type\":\"Event\",\"location\":{\"name\":\"Gate\",\"address\":\"Harbor\"}}}");
    }

    @Test
    void whatIsTakenBackSaysWhatItWas() {
        assertThat(GancioForms.plain(
                        "{\"type\":\"Delete\",\"object\":{\"type\":\"Tombstone\",\"formerType\":\"Event\"}}"))
                .isEqualTo("{\"type\":\"Delete\",\"object\":{\"type\":\"Event\",\"formerType\":\"Event\"}}");
    }

    @Test
    void anythingElseStaysAsItIs() {
        for (var body :
                new String[] {"{\"type\":\"Create\",\"object\":{\"type\":\"Note\"}}", "{\"object\":\"x\"}", "[]"}) {
            assertThat(GancioForms.plain(body)).isEqualTo(body);
        }
    }
}
