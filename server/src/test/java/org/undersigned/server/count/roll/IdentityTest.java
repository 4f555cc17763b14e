package org.undersigned.server.count.roll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.undersigned.record.Identity;
import org.undersigned.server.platform.mail.EmailAddress;

final class IdentityTest {
    private static String identity(String address, String... folds) {
        try {
            var rules = new MemberRules(List.of("a.edu"), List.of(), Set.of(folds));
            return Identity.of(EmailAddress.parse(address).local(), rules.folds(), "a.edu");
        } catch (EmailAddress.Refused e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void capitalsAndATagNeverCount() {
        for (var spelling : List.of("bob@a.edu", "BOB@A.EDU", "Bob+news@a.edu", "bob+@b.edu", " bob+a.b-c@a.edu ")) {
            assertThat(identity(spelling)).isEqualTo("bob@a.edu");
        }
    }

    @Test
    void dotsAndHyphensCountUnlessTheCampusFoldsThem() {
        assertThat(identity("b.o-b+x@a.edu")).isEqualTo("b.o-b@a.edu");
        assertThat(identity("b.o-b+x@a.edu", "dots")).isEqualTo("bo-b@a.edu");
        assertThat(identity("b.o-b+x@a.edu", "hyphen-tag")).isEqualTo("b.o@a.edu");
        assertThat(identity("b.o-b.c+x@a.edu", "dots", "hyphen-tag")).isEqualTo("bo@a.edu");
        assertThat(identity("-bob@a.edu", "hyphen-tag")).isEqualTo("-bob@a.edu"); // never nobody
    }
}
