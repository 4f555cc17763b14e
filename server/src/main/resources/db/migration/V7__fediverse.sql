-- Following a campaign from other programs (ActivityPub). A follower is a server's inbox and a keyed tag: no name, no
-- address of a person, no time of following. docs/THREATS.md says what the rows tell.
CREATE SCHEMA fediverse;

-- The keys of a campaign's actor, and of the instance's own (empty slug), sealed under the master key.
CREATE TABLE fediverse.actor (
    slug text PRIMARY KEY,
    private_key_sealed bytea NOT NULL,
    public_key bytea NOT NULL,
    tag_key_sealed bytea NOT NULL
);

-- Where followers are. due is 'epoch' unless a delivery is under way or has failed, so that it tells no time of
-- following.
CREATE TABLE fediverse.server (
    inbox text PRIMARY KEY CHECK (length(inbox) <= 300),
    failures smallint NOT NULL DEFAULT 0,
    due timestamptz NOT NULL DEFAULT 'epoch'
);

-- tag: HMAC of the follower's id under the campaign's tag key, so that the last of a server to leave is known.
CREATE TABLE fediverse.follower (
    campaign text NOT NULL,
    tag bytea NOT NULL,
    inbox text NOT NULL REFERENCES fediverse.server ON DELETE CASCADE,
    PRIMARY KEY (campaign, tag)
);

CREATE INDEX follower_inbox ON fediverse.follower (inbox, campaign);

-- Hashes of signatures that did their work, until they are too old to be taken again: a replay finds itself here.
CREATE TABLE fediverse.seen (
    signature_hash bytea PRIMARY KEY,
    expires timestamptz NOT NULL
);

-- What was announced, and in which words (SHA-256). The words themselves are the campaign's document.
CREATE TABLE fediverse.said (
    campaign text NOT NULL,
    object text NOT NULL,
    hash bytea NOT NULL,
    published timestamptz NOT NULL,
    updated timestamptz NOT NULL,
    gone boolean NOT NULL DEFAULT false,
    PRIMARY KEY (campaign, object)
);

-- Public activities on their way.
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
