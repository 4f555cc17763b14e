-- Public content: one document for each campaign (CampaignParser defines its form), as it was imported.
CREATE SCHEMA site;

CREATE TABLE site.campaign (
    slug text PRIMARY KEY,
    document text NOT NULL,
    changed timestamptz NOT NULL DEFAULT now(), -- feeds and calendars publish it, so that readers look again
    opens_now boolean NOT NULL DEFAULT false    -- what is new in it does not wait for the next opening day
);

-- The revision of each action, so that calendars and feeds tell a changed action from an unchanged one. Written with
-- the campaign's document. A row stays when its action is removed: otherwise the sequence would fall if the action
-- came back.
CREATE TABLE site.action (
    campaign text NOT NULL REFERENCES site.campaign,
    slug text NOT NULL,
    sequence integer NOT NULL CHECK (sequence >= 0), -- only rises
    published timestamptz NOT NULL,                  -- first announcement
    updated timestamptz NOT NULL,                    -- last announced change
    changed timestamptz NOT NULL,                    -- last change by a document
    PRIMARY KEY (campaign, slug)
);

-- Where a campus is looked up: public facts from the federal directory of institutions and a public list of
-- mail domains (docs/IMPORTING.md), nothing about any person. An entry is not yet a chapter or a roll.
CREATE TABLE site.directory (
    id text PRIMARY KEY CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(id) <= 120), -- for URLs; never changes
    kind text NOT NULL CHECK (kind IN ('university', 'high-school')),
    unitid integer UNIQUE,            -- the federal directory's number; null when it does not list the place
    name text NOT NULL,
    aliases text[] NOT NULL,
    city text NOT NULL,
    state text NOT NULL,              -- two letters, as the post writes it
    zip text NOT NULL,                -- five digits, or five and four
    county text,
    latitude double precision,
    longitude double precision,
    control text CHECK (control IN ('public', 'nonprofit', 'for-profit')),
    level text CHECK (level IN ('four-year', 'two-year', 'less-than-two-year')),
    system text,                      -- the university system it belongs to
    web text,                         -- host of its web pages, without "www."
    domains text[] NOT NULL,          -- mail domains of its members; campuses of one institution may share one
    closed boolean NOT NULL,          -- stored, but not offered for a new chapter
    closed_year integer,
    words text NOT NULL,              -- what a search looks in: lower case, no accents, no punctuation
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)
);

CREATE INDEX directory_words ON site.directory USING gin (to_tsvector('simple', words));
CREATE INDEX directory_domains ON site.directory USING gin (domains);
