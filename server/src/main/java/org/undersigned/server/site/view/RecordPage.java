package org.undersigned.server.site.view;

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
        @Nullable SignedShare share,
        List<Register.CardBatch> cards) {}
