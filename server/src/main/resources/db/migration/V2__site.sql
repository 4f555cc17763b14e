-- What is said: one public document per campaign (campaign/CampaignFile says its form), as it was loaded.
CREATE SCHEMA site;

CREATE TABLE site.campaign (
    slug text PRIMARY KEY,
    document text NOT NULL
);
