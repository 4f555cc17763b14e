package org.undersigned.server.publish.api;

/// Absolute addresses on this instance.
///
/// @param base without a trailing slash
record ApiUrls(String base) {
    String page(String path) {
        return base + path;
    }

    String api(String path) {
        return base + "/api/v1" + path;
    }

    String campaign(String campaign) {
        return api("/campaigns/" + campaign);
    }

    String part(String campaign, CampaignList list, String id) {
        return campaign(campaign) + "/" + list.word() + "/" + id;
    }

    String box(String box) {
        return api("/boxes/" + box);
    }

    String osdi(String path) {
        return base + "/osdi/v1" + path;
    }
}
