package org.undersigned.server.publish.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/// Tests that activities for Gancio get its own form, and that all other JSON stays unchanged.
final class GancioFormsTest {
    @Test
    void itIsKnownByWhereItsInboxIs() {
        assertThat(GancioForms.isGancioInbox(URI.create("https://a.example/federation/u/gancio/inbox")))
                .isTrue();
        assertThat(GancioForms.isGancioInbox(URI.create("https://a.example/inbox")))
                .isFalse();
    }

    @Test
    void aPlacesAddressBecomesOneString() {
        assertThat(GancioForms.toGancio("""
                {"type":"Create","object":{"type":"Event","location":{"name":"Gate",\
                "address":{"type":"PostalAddress","addressLocality":"Harbor"}}}}"""))
                .isEqualTo(
                        "{\"type\":\"Create\",\"object\":{\"type\":\"Event\",\"location\":{\"name\":\"Gate\",\"address\":\"Harbor\"}}}");
    }

    @Test
    void aRemovedObjectHasItsFormerType() {
        assertThat(GancioForms.toGancio(
                        "{\"type\":\"Delete\",\"object\":{\"type\":\"Tombstone\",\"formerType\":\"Event\"}}"))
                .isEqualTo("{\"type\":\"Delete\",\"object\":{\"type\":\"Event\",\"formerType\":\"Event\"}}");
    }

    @Test
    void anythingElseStaysAsItIs() {
        for (var body :
                new String[] {"{\"type\":\"Create\",\"object\":{\"type\":\"Note\"}}", "{\"object\":\"x\"}", "[]"}) {
            assertThat(GancioForms.toGancio(body)).isEqualTo(body);
        }
    }
}
