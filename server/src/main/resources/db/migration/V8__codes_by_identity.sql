-- Codes are kept under a tag of the person, not of one spelling of their address: mails and tries are the person's.
DELETE FROM roll.code;
ALTER TABLE roll.code RENAME COLUMN address_tag TO identity_tag;
