package org.undersigned.server.site.view;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.site.SignedShare;

/// @param checkpoint   the signed note
/// @param manifest     the register's leaf, as text
/// @param textPath     the path of the text that people sign
/// @param witnesses    keys of the witnesses from which the server requests cosignatures of the register
/// @param address      of the page that is counted
/// @param verifiers    copies of the checker at other hosts
/// @param share        how much a drawn book tells about a signature; null if nobody can sign
/// @param cards        that were made for signing in person
public record RecordPage(
        Campaign campaign,
        Countable countable,
        String checkpoint,
        String manifest,
        String textPath,
        String registerKey,
        List<String> witnesses,
        String address,
        List<Verifier> verifiers,
        @Nullable SignedShare share,
        List<Register.CardBatch> cards) {

    /// A copy of the checker.
    ///
    /// @param host where it is
    /// @param href its address, with the address of the page in the fragment, which no server sees
    public record Verifier(String host, String href) {
        public static Verifier of(URI at, String address) {
            return new Verifier(at.getAuthority(), at + "#" + address);
        }
    }
}
