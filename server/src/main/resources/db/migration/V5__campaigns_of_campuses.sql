-- Which campaigns a campus takes part in: a box for every campus of a campaign is in the books of these campuses only.
CREATE TABLE roll.campaign (
    campus text NOT NULL REFERENCES roll.campus,
    campaign text NOT NULL,
    PRIMARY KEY (campus, campaign)
);
