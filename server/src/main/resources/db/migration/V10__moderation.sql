-- Nobody but a moderator reads a statement before a moderator has said that everybody may.
ALTER TABLE box.statement ADD COLUMN shown boolean NOT NULL DEFAULT false;

-- What was decided about statements, by whom, and on which day. Not their words: those of a refused one are deleted,
-- and the hash stands in the public record anyhow.
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
