package org.undersigned.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.undersigned.privacypass.Issuer;
import org.undersigned.record.BoxId;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.Entry;
import org.undersigned.record.Manifest;
import org.undersigned.record.Verdict;

class EntryMakerTest {
    private final Issuer issuer = Issuer.generate();
    private final Manifest manifest = LargeBox.manifest(BoxId.random(new SecureRandom()), issuer.publicKey());
    private final EntryMaker maker = new EntryMaker(manifest, issuer.publicKey(), issuer.privateKeyPkcs8());

    @Test
    void everyEntryIsValidAndDifferent() {
        var keys = BoxKeys.of(manifest, List.of(issuer.publicKey()));

        var entries = maker.entries(3).stream().map(Entry::parse).toList();

        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.check(manifest, keys)).isInstanceOf(Verdict.Valid.class));
        assertThat(entries).doesNotHaveDuplicates();
    }

    @Test
    void theBareVerificationRefusesAChangedEntry() throws GeneralSecurityException {
        var entry = maker.entry();
        var verification = new BareVerification(issuer.publicKey());
        assertThatCode(() -> verification.verify(entry)).doesNotThrowAnyException();

        for (var changed : new int[] {100, 400}) { // the token's signature, the statement's hash
            entry[changed] ^= 1;
            assertThatThrownBy(() -> verification.verify(entry)).isInstanceOf(IllegalStateException.class);
            entry[changed] ^= 1;
        }
    }
}
