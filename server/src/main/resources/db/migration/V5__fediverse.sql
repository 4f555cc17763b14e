-- Following a campaign from other programs (ActivityPub). A follower is a server's inbox and a keyed tag: no name, no
-- address of a person, no time of following. docs/THREATS.md lists what the rows reveal.
CREATE SCHEMA fediverse;

-- The keys of a campaign's actor, and of the instance's own (empty slug), sealed under the master key.
CREATE TABLE fediverse.actor (
    slug text PRIMARY KEY,
    private_key_sealed bytea NOT NULL,
    public_key bytea NOT NULL,
    tag_key_sealed bytea NOT NULL
);

-- Where followers are. due is 'epoch' unless a delivery has failed, so that it reveals no time of following. lease is
-- the time until which one node delivers to the server, or 'epoch'. It is apart from due: a new follower ends the pause
-- after a failure, but never a delivery that is under way, which would then be sent twice and out of order.
CREATE TABLE fediverse.server (
    inbox text PRIMARY KEY CHECK (length(inbox) <= 300),
    failures smallint NOT NULL DEFAULT 0,
    due timestamptz NOT NULL DEFAULT 'epoch',
    lease timestamptz NOT NULL DEFAULT 'epoch'
);

-- tag: HMAC of the follower's id under the campaign's tag key, so that the last follower of a server is known.
CREATE TABLE fediverse.follower (
    campaign text NOT NULL,
    tag bytea NOT NULL,
    inbox text NOT NULL REFERENCES fediverse.server ON DELETE CASCADE,
    PRIMARY KEY (campaign, tag)
);

CREATE INDEX follower_inbox ON fediverse.follower (inbox, campaign);

-- Hashes of accepted signatures, until they are too old to be accepted again: they detect a replay.
CREATE TABLE fediverse.seen (
    signature_hash bytea PRIMARY KEY,
    expires timestamptz NOT NULL
);

-- Announced objects, with the SHA-256 of their announced form. The content itself is in the campaign's document.
CREATE TABLE fediverse.announced (
    campaign text NOT NULL,
    object text NOT NULL,
    hash bytea NOT NULL,
    published timestamptz NOT NULL,
    updated timestamptz NOT NULL,
    gone boolean NOT NULL DEFAULT false,
    PRIMARY KEY (campaign, object)
);

-- Public activities that wait for delivery.
CREATE TABLE fediverse.activity (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign text NOT NULL,
    body text NOT NULL
);

CREATE TABLE fediverse.delivery (
    inbox text NOT NULL REFERENCES fediverse.server ON DELETE CASCADE,
    activity bigint NOT NULL REFERENCES fediverse.activity ON DELETE CASCADE,
    PRIMARY KEY (inbox, activity)
);

CREATE INDEX delivery_activity ON fediverse.delivery (activity);
