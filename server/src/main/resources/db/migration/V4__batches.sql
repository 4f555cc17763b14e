-- How a box grew: one row a class for each published batch. Everybody who watches the box's checkpoint sees the same,
-- and nothing finer: a batch has at least min_batch leaves.
CREATE TABLE box.batch (
    box text NOT NULL REFERENCES box.box,
    class text NOT NULL,
    size bigint NOT NULL,
    published_at timestamptz NOT NULL,
    standing bigint NOT NULL,
    PRIMARY KEY (box, class, size)
);
