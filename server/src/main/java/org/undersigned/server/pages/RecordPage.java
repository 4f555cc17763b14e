package org.undersigned.server.pages;

import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.campaign.Countable;

/// @param checkpoint   the signed note
/// @param manifest     the register's leaf, as text
public record RecordPage(
        Campaign campaign,
        Countable countable,
        String checkpoint,
        String manifest,
        String registerKey,
        String address) {}
