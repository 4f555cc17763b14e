-- Until when a server is one node's to deliver to, or 'epoch'. Apart from due: whoever follows ends the pause after a
-- failure, but never a delivery that is under way, which would then go out twice and out of order.
ALTER TABLE fediverse.server ADD COLUMN lease timestamptz NOT NULL DEFAULT 'epoch';
