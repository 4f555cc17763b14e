-- Where a campus is looked up: public facts from the federal directory of institutions and a public list of
-- e-mail domains (docs/IMPORTING.md), nothing about anybody. An entry is no chapter and no roll yet.
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
    domains text[] NOT NULL,          -- its members' mail; campuses of one institution may share one
    closed boolean NOT NULL,          -- kept, but not offered for a new chapter
    closed_year integer,
    words text NOT NULL,              -- what a search looks in: lower case, no accents, no punctuation
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)
);

CREATE INDEX directory_words ON site.directory USING gin (to_tsvector('simple', words));
CREATE INDEX directory_domains ON site.directory USING gin (domains);
