-- A log of its own kind: no other program's file is taken for one.
PRAGMA application_id = 0x4B454C47;

CREATE TABLE life (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    epoch    TEXT NOT NULL
) STRICT;

CREATE TABLE shop (
    id              TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    hook            BLOB NOT NULL UNIQUE CHECK (length(hook) = 32),
    key             TEXT,
    check_reference INTEGER NOT NULL CHECK (check_reference IN (0, 1)),
    newest          INTEGER NOT NULL DEFAULT 0,
    dropped_through INTEGER NOT NULL DEFAULT 0 CHECK (dropped_through BETWEEN 0 AND newest)
) STRICT;

CREATE TABLE pairing (
    hash       BLOB PRIMARY KEY CHECK (length(hash) = 32),
    shop_id    TEXT NOT NULL REFERENCES shop (id),
    expires_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE counter (
    id          TEXT PRIMARY KEY,
    shop_id     TEXT NOT NULL REFERENCES shop (id),
    name        TEXT NOT NULL,
    token       BLOB NOT NULL UNIQUE CHECK (length(token) = 32),
    letter      TEXT NOT NULL,
    revoked     INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
    acked       INTEGER NOT NULL DEFAULT 0,
    heard_ms    INTEGER,
    anchor_rows INTEGER,
    anchor_head TEXT,
    UNIQUE (shop_id, letter),
    CHECK ((anchor_rows IS NULL) = (anchor_head IS NULL))
) STRICT;

CREATE TABLE event (
    shop_id     TEXT NOT NULL REFERENCES shop (id),
    seq         INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    sealed      BLOB NOT NULL,
    PRIMARY KEY (shop_id, seq)
) STRICT;

-- Since when every counter of a shop has its events through a place; at most one a day and shop.
CREATE TABLE ack_mark (
    shop_id TEXT NOT NULL REFERENCES shop (id),
    at_ms   INTEGER NOT NULL,
    through INTEGER NOT NULL,
    PRIMARY KEY (shop_id, at_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
    shop_id TEXT NOT NULL REFERENCES shop (id),
    key     BLOB NOT NULL CHECK (length(key) = 32),
    letter  TEXT NOT NULL,
    PRIMARY KEY (shop_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE day (
    shop_id TEXT PRIMARY KEY REFERENCES shop (id),
    id      BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    at_ms   INTEGER NOT NULL,
    sealed  BLOB NOT NULL
) STRICT;
