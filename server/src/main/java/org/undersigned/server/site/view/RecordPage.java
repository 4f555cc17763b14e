package org.undersigned.server.site.view;

import java.util.List;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.Countable;

/// @param checkpoint   the signed note
/// @param manifest     the register's leaf, as text
/// @param witnesses    keys of those who are asked to cosign the register
public record RecordPage(
        Campaign campaign,
        Countable countable,
        String checkpoint,
        String manifest,
        String registerKey,
        List<String> witnesses,
        String address) {}
