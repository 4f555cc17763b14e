CREATE SCHEMA roll;

-- One roll for each institution; its key is destroyed when the roll-year ends. folds: what does not count in a name;
-- never changes, since the same person would look like a new one. rules: the newest leaf of the register that says
-- which addresses belong to the roll.
CREATE TABLE roll.roll (
    roll text PRIMARY KEY,
    key_sealed bytea NOT NULL,
    year_ends timestamptz NOT NULL,
    folds text[] NOT NULL,
    rules bytea
);

-- separate: the same name at this domain is another person than at the roll's other domains; never changes, and so a
-- row stays when no campus lists its domain any more.
CREATE TABLE roll.domain (
    domain text PRIMARY KEY,
    roll text NOT NULL REFERENCES roll.roll,
    separate boolean NOT NULL,
    listed boolean NOT NULL
);

CREATE TABLE roll.campus (
    campus text PRIMARY KEY,
    roll text NOT NULL REFERENCES roll.roll
);

CREATE INDEX campus_of_roll ON roll.campus (roll);

-- The campaigns that a campus takes part in: a box for every campus of a campaign is in the books of these campuses
-- only.
CREATE TABLE roll.campaign (
    campus text NOT NULL REFERENCES roll.campus,
    campaign text NOT NULL,
    PRIMARY KEY (campus, campaign)
);

-- "A member of this institution drew a book", nothing else: no address, no time, no petition. It refers to no row of
-- roll.roll, because PostgreSQL would write each draw into that row.
CREATE TABLE roll.book (
    tag bytea PRIMARY KEY,
    roll text NOT NULL,
    class text NOT NULL
);

-- For each tag the keys of open boxes under which it was given a signature, by number, and for each key a mark of the
-- blinded message. One row, so that the sweep rewrites the row of a person and not a row for each box.
CREATE TABLE roll.issued (
    tag bytea PRIMARY KEY,
    keys integer[] NOT NULL,
    marks bigint[] NOT NULL,
    CHECK (cardinality(keys) = cardinality(marks))
) WITH (toast_tuple_target = 8160); -- 600 keys stay in the row; more are stored beside it
ALTER TABLE roll.issued ALTER keys SET STORAGE EXTERNAL, ALTER marks SET STORAGE EXTERNAL; -- marks do not compress

-- Cards on which people draw a book in person; they can be used once the ledger says that they were made. Deleted when
-- the unused cards are cancelled. ended: no draw uses them any more, so the number of those that drew is final.
CREATE TABLE roll.card_batch (
    batch text PRIMARY KEY,
    roll text NOT NULL REFERENCES roll.roll,
    cards integer NOT NULL,
    until timestamptz NOT NULL,
    ended boolean NOT NULL DEFAULT false
);

-- The tag that a card's book has or would have, in the order of the tags: not which card was drawn, and not when. A draw
-- only reads this table, and locks no row of it, which would leave traces of its order.
CREATE TABLE roll.card (
    tag bytea PRIMARY KEY,
    batch text NOT NULL REFERENCES roll.card_batch
);

-- How many books the published tallies of a roll count; pending is what the next tally adds, fixed before it is
-- published, so that a crash cannot publish two different numbers.
CREATE TABLE roll.tallied (
    roll text NOT NULL REFERENCES roll.roll,
    class text NOT NULL,
    books bigint NOT NULL,
    pending bigint NOT NULL DEFAULT 0,
    day date NOT NULL,
    PRIMARY KEY (roll, class)
);

-- private_key_sealed is null once the box has closed and its keys are destroyed.
CREATE TABLE roll.issuer_key (
    key_id bytea PRIMARY KEY,
    number integer GENERATED ALWAYS AS IDENTITY UNIQUE,
    box text NOT NULL,
    class text NOT NULL,
    private_key_sealed bytea
);
