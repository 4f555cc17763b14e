-- The few that stand on a page are found without a look at all that are shown: those with a comment come first, and of
-- canonical JSON a comment is the first member, {"comment".
CREATE INDEX statement_shown ON box.statement (box, (substring(statement FOR 10) <> '\x7b22636f6d6d656e7422'), nonce)
    WHERE shown;
