package org.undersigned.server.pages;

import java.util.List;
import org.undersigned.server.campaign.Countable;

/// @param checkpoint   the signed note
/// @param manifest     the register's leaf, as text
/// @param affiliations of the manifest, in its order
public record RecordPage(
        Countable countable,
        Counted counted,
        List<String> affiliations,
        String checkpoint,
        String manifest,
        String registerKey,
        String address) {}
