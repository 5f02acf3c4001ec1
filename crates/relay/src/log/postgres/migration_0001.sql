CREATE TABLE life (
    only_row        BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    form            INTEGER NOT NULL,
    epoch           TEXT NOT NULL,
    -- Was a synchronous standby ever named here? From then on a commit without one is one copy.
    expects_standby BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE shop (
    id              TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    hook            BYTEA NOT NULL UNIQUE CHECK (length(hook) = 32),
    key             TEXT,
    check_reference BOOLEAN NOT NULL,
    -- What orders the events. Not a sequence: those leave gaps and become visible out of order.
    newest          BIGINT NOT NULL DEFAULT 0,
    dropped_through BIGINT NOT NULL DEFAULT 0 CHECK (dropped_through BETWEEN 0 AND newest)
) WITH (fillfactor = 50);

CREATE TABLE pairing (
    hash       BYTEA PRIMARY KEY CHECK (length(hash) = 32),
    shop_id    TEXT NOT NULL REFERENCES shop (id),
    expires_ms BIGINT NOT NULL
);

CREATE TABLE counter (
    id          TEXT PRIMARY KEY,
    shop_id     TEXT NOT NULL REFERENCES shop (id),
    name        TEXT NOT NULL,
    token       BYTEA NOT NULL UNIQUE CHECK (length(token) = 32),
    letter      TEXT NOT NULL,
    revoked     BOOLEAN NOT NULL DEFAULT FALSE,
    -- Counts in this life only: a heartbeat that races with a new life changes nothing in it.
    acked       BIGINT NOT NULL DEFAULT 0,
    acked_epoch TEXT NOT NULL DEFAULT '',
    heard_ms    BIGINT,
    anchor_rows BIGINT,
    anchor_head TEXT,
    UNIQUE (shop_id, letter),
    CHECK ((anchor_rows IS NULL) = (anchor_head IS NULL))
) WITH (fillfactor = 50);

CREATE TABLE event (
    shop_id     TEXT NOT NULL REFERENCES shop (id),
    seq         BIGINT NOT NULL,
    received_ms BIGINT NOT NULL,
    sealed      BYTEA NOT NULL,
    PRIMARY KEY (shop_id, seq)
);
-- Seals do not compress.
ALTER TABLE event ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Since when every counter of a shop has its events through a place, in one life; at most one a day and shop.
CREATE TABLE ack_mark (
    shop_id TEXT NOT NULL REFERENCES shop (id),
    epoch   TEXT NOT NULL,
    at_ms   BIGINT NOT NULL,
    through BIGINT NOT NULL,
    PRIMARY KEY (shop_id, epoch, at_ms)
);

CREATE TABLE claim (
    shop_id TEXT NOT NULL REFERENCES shop (id),
    key     BYTEA NOT NULL CHECK (length(key) = 32),
    letter  TEXT NOT NULL,
    PRIMARY KEY (shop_id, key)
);

CREATE TABLE day (
    shop_id TEXT PRIMARY KEY REFERENCES shop (id),
    id      BYTEA NOT NULL UNIQUE CHECK (length(id) = 32),
    at_ms   BIGINT NOT NULL,
    sealed  BYTEA NOT NULL
);
