CREATE SCHEMA box;

CREATE TABLE box.box (
    box text PRIMARY KEY,
    manifest bytea NOT NULL,
    closes timestamptz NOT NULL,
    closed boolean NOT NULL DEFAULT false,
    superseded boolean NOT NULL DEFAULT false, -- its page has another box: it takes withdrawals only
    size bigint NOT NULL,
    registered_size bigint NOT NULL DEFAULT 0,
    published_at timestamptz NOT NULL
);

-- What the publisher looks for every second.
CREATE INDEX box_without_checkpoint ON box.box (box) WHERE size = 0;
CREATE INDEX box_unregistered ON box.box (box) WHERE registered_size < size;

-- Every leaf that was cast, keyed by what makes it unique (kind 1 entry, kind 2 withdrawal). While it waits, index is
-- null and leaf holds its bytes. publish_by is a multiple of a coarse step, so that it does not reveal the moment of
-- casting. Publishing writes the rows of a batch again in the order of their hashes, so that the order of arrival is
-- lost.
CREATE TABLE box.leaf (
    box text NOT NULL REFERENCES box.box,
    kind smallint NOT NULL,
    nonce bytea NOT NULL,
    leaf_hash bytea NOT NULL,
    leaf bytea,
    class text NOT NULL,
    affiliation smallint NOT NULL,
    publish_by timestamptz NOT NULL,
    index bigint,
    PRIMARY KEY (box, kind, nonce)
);

CREATE INDEX leaf_waiting ON box.leaf (box, publish_by) WHERE index IS NULL;

-- Names and comments, apart from the entries, so that they can be deleted; the log holds only a hash. Only moderators
-- read a statement until one of them shows it.
CREATE TABLE box.statement (
    box text NOT NULL,
    nonce bytea NOT NULL,
    statement bytea NOT NULL,
    shown boolean NOT NULL DEFAULT false,
    PRIMARY KEY (box, nonce)
);

-- Finds the few statements that stand on a page without reading all that are shown. Those with a comment come first:
-- in canonical JSON a comment is the first member, {"comment".
CREATE INDEX statement_shown ON box.statement (box, (substring(statement FOR 10) <> '\x7b22636f6d6d656e7422'), nonce)
    WHERE shown;

-- Decisions about statements: by whom, and on which day. Not the words: those of a deleted statement are gone, and the
-- hash stands in the public record anyhow.
CREATE TABLE box.decision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    box text NOT NULL REFERENCES box.box,
    statement_hash bytea NOT NULL,
    shown boolean NOT NULL,
    reason text CHECK ((reason IS NULL) = shown),
    moderator text NOT NULL,
    decided_on date NOT NULL
);

CREATE INDEX decision_of_box ON box.decision (box, id);

CREATE TABLE box.count (
    box text NOT NULL REFERENCES box.box,
    class text NOT NULL,
    affiliation smallint NOT NULL,
    entries bigint NOT NULL,
    withdrawals bigint NOT NULL,
    PRIMARY KEY (box, class, affiliation)
);

-- How a box grew: one row for each class of each published batch. Everybody who watches the box's checkpoint sees the
-- same, and nothing finer.
CREATE TABLE box.batch (
    box text NOT NULL REFERENCES box.box,
    class text NOT NULL,
    size bigint NOT NULL,
    published_at timestamptz NOT NULL,
    standing bigint NOT NULL,
    PRIMARY KEY (box, class, size)
);

CREATE TABLE box.log (
    log text PRIMARY KEY,
    size bigint NOT NULL,
    note text NOT NULL
);

CREATE TABLE box.tile (
    log text NOT NULL,
    level smallint NOT NULL,
    index bigint NOT NULL,
    width integer NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (log, level, index)
);
