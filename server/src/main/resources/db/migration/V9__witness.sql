-- The key with which this instance cosigns the registers of others, sealed under the master key.
CREATE TABLE register.witness (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    seed_sealed bytea NOT NULL
);

-- What it cosigned last of each: it cosigns nothing that does not continue it (c2sp.org/tlog-witness).
CREATE TABLE register.witnessed (
    origin text PRIMARY KEY,
    size bigint NOT NULL,
    root bytea NOT NULL
);

-- What each of its own witnesses cosigned last: signature lines of the register's checkpoint of that size.
CREATE TABLE register.cosignature (
    witness text PRIMARY KEY,
    size bigint NOT NULL,
    lines text NOT NULL
);
