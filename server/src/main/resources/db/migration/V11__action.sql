-- How far what is said of each action has come here, so that calendars and feeds tell a change from what stays. Written
-- with the campaign's document; a row outlives its action, whose number would fall if it came back.
CREATE TABLE site.action (
    campaign text NOT NULL REFERENCES site.campaign,
    slug text NOT NULL,
    sequence integer NOT NULL CHECK (sequence >= 0), -- only rises
    published timestamptz NOT NULL,                  -- when it was first told of
    updated timestamptz NOT NULL,                    -- when something new of it was told last
    changed timestamptz NOT NULL,                    -- when a document last said something else of it
    PRIMARY KEY (campaign, slug)
);
