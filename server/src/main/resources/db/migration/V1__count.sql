-- The count (docs/PROTOCOL.md). Three schemas, three roles, none of which reads another's:
-- roll knows people and no tokens, box knows tokens and no people, register knows public facts.

CREATE SCHEMA register;

-- What this instance is called in its record, for life, and the key that signs it (sealed under the master key).
CREATE TABLE register.instance (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    host text NOT NULL,
    log_seed_sealed bytea NOT NULL
);

CREATE TABLE register.log (
    log text PRIMARY KEY,
    size bigint NOT NULL,
    note text NOT NULL
);

-- The newest contents of every tile; a narrower partial tile is a prefix of it. Level -1 holds entry bundles.
CREATE TABLE register.tile (
    log text NOT NULL,
    level smallint NOT NULL,
    index bigint NOT NULL,
    width integer NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (log, level, index)
);

-- Makes appending idempotent: a leaf is told to the world once.
CREATE TABLE register.leaf (
    leaf_hash bytea PRIMARY KEY,
    index bigint NOT NULL
);

CREATE TABLE register.manifest (
    box text PRIMARY KEY,
    index bigint NOT NULL,
    manifest bytea NOT NULL
);

CREATE SCHEMA roll;

-- One roll per institution; the key is destroyed when the roll-year ends.
CREATE TABLE roll.roll (
    roll text PRIMARY KEY,
    key_sealed bytea NOT NULL,
    year_ends timestamptz NOT NULL
);

CREATE TABLE roll.domain (
    domain text PRIMARY KEY,
    roll text NOT NULL REFERENCES roll.roll
);

CREATE TABLE roll.campus (
    campus text PRIMARY KEY,
    roll text NOT NULL REFERENCES roll.roll
);

-- A code on its way: keyed tags only, gone after fifteen minutes.
CREATE TABLE roll.code (
    address_tag bytea PRIMARY KEY,
    code_tag bytea NOT NULL,
    expires timestamptz NOT NULL,
    tries_left smallint NOT NULL,
    mails smallint NOT NULL,
    used boolean NOT NULL DEFAULT false
);

-- "A member of this institution came by", nothing else: no address, no time, no petition.
CREATE TABLE roll.book (
    tag bytea PRIMARY KEY,
    roll text NOT NULL REFERENCES roll.roll,
    class text NOT NULL
);

CREATE TABLE roll.issued (
    tag bytea NOT NULL,
    key_id bytea NOT NULL,
    blinded_hash bytea NOT NULL,
    PRIMARY KEY (tag, key_id)
);

CREATE TABLE roll.tallied (
    roll text NOT NULL REFERENCES roll.roll,
    class text NOT NULL,
    books bigint NOT NULL,
    telling bigint NOT NULL DEFAULT 0,
    day date NOT NULL,
    PRIMARY KEY (roll, class)
);

-- private_key_sealed is null once the box has closed and its keys are destroyed.
CREATE TABLE roll.issuer_key (
    key_id bytea PRIMARY KEY,
    box text NOT NULL,
    class text NOT NULL,
    private_key_sealed bytea
);

CREATE SCHEMA box;

CREATE TABLE box.box (
    box text PRIMARY KEY,
    manifest bytea NOT NULL,
    closes timestamptz NOT NULL,
    closed boolean NOT NULL DEFAULT false,
    size bigint NOT NULL,
    registered_size bigint NOT NULL DEFAULT 0,
    published_at timestamptz NOT NULL,
    fence bigint NOT NULL DEFAULT 0
);

-- Every leaf cast, keyed by what makes it unique (kind 1 entry, kind 2 withdrawal). While it waits, index is null and
-- leaf holds its bytes. publish_by is a multiple of a coarse step, so that it tells nothing of the moment of casting;
-- publishing writes the rows of a batch anew in the order of their hashes, so that arrival order is lost.
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

-- Names and comments: apart, so that they can be deleted; the log holds only a hash.
CREATE TABLE box.statement (
    box text NOT NULL,
    nonce bytea NOT NULL,
    statement bytea NOT NULL,
    PRIMARY KEY (box, nonce)
);

CREATE TABLE box.count (
    box text NOT NULL REFERENCES box.box,
    class text NOT NULL,
    affiliation smallint NOT NULL,
    entries bigint NOT NULL,
    withdrawals bigint NOT NULL,
    PRIMARY KEY (box, class, affiliation)
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
