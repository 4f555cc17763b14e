-- The count (docs/PROTOCOL.md) has three schemas and three roles, none of which reads another's schema:
-- roll knows people and no tokens, box knows tokens and no people, register knows public facts.

CREATE SCHEMA register;

-- The instance's name in its record, fixed for life, and the key that signs the record (sealed under the master key).
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

-- Makes appending idempotent: a leaf is appended once.
CREATE TABLE register.leaf (
    log text NOT NULL,
    leaf_hash bytea NOT NULL,
    index bigint NOT NULL,
    PRIMARY KEY (log, leaf_hash)
);

-- Every text for which a box was opened, for ever: what was signed stays readable when the page says something else.
CREATE TABLE register.text (
    sha256 bytea PRIMARY KEY,
    text bytea NOT NULL
);

-- The public key of every issuer, for ever: a manifest names its keys by their ids (SHA-256 of the SPKI).
CREATE TABLE register.issuer_key (
    token_key_id bytea PRIMARY KEY,
    spki bytea NOT NULL
);

-- The leaves of the register that this server itself obeys: boxes opened and superseded, witnesses and relay named,
-- client files released.
CREATE TABLE register.obeyed_leaf (
    index bigint PRIMARY KEY,
    leaf bytea NOT NULL
);

-- The tallies in the ledger: pages say how much a drawn book tells.
CREATE TABLE register.tally (
    roll text NOT NULL,
    class text NOT NULL,
    day date NOT NULL,
    campuses jsonb NOT NULL,
    books bigint NOT NULL,
    PRIMARY KEY (roll, class, day)
);

-- The cards that the ledger says were made, and how many of a cancelled batch drew at most: pages repeat it.
CREATE TABLE register.card_batch (
    batch text PRIMARY KEY,
    campuses jsonb NOT NULL,
    cards integer NOT NULL,
    day date NOT NULL,
    drawn_at_most integer
);

-- The keys of the gateway (RFC 9458), sealed under the master key. The newest is named in the register; the older ones
-- open what was sealed to them before, until they end and are deleted.
CREATE TABLE register.gateway_key (
    id smallint PRIMARY KEY,
    key_sealed bytea NOT NULL,
    ends timestamptz
);

-- The key with which this instance cosigns the registers of others, sealed under the master key.
CREATE TABLE register.witness (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    seed_sealed bytea NOT NULL
);

-- The newest tree of each register that this instance cosigned: it cosigns only trees that continue it
-- (c2sp.org/tlog-witness).
CREATE TABLE register.witnessed (
    origin text PRIMARY KEY,
    size bigint NOT NULL,
    root bytea NOT NULL
);

-- The newest cosignature of each of its own witnesses: signature lines of that log's checkpoint of that size.
CREATE TABLE register.cosignature (
    log text NOT NULL,
    witness text NOT NULL,
    size bigint NOT NULL,
    lines text NOT NULL,
    PRIMARY KEY (log, witness)
);
