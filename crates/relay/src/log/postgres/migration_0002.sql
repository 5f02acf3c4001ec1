-- Chains that a counter had shown before its owner said that its book was restored: what was seen is not forgotten.
CREATE TABLE anchor_past (
    counter_id TEXT NOT NULL REFERENCES counter (id),
    until_ms   BIGINT NOT NULL,
    rows       BIGINT NOT NULL,
    head       TEXT NOT NULL,
    PRIMARY KEY (counter_id, until_ms, rows)
);
