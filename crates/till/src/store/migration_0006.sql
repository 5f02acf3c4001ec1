-- The drawer, money given back, and the closes of the day.

-- One person's, or one counter's, time at a drawer.
CREATE TABLE shift (
    id        TEXT PRIMARY KEY,
    number    INTEGER NOT NULL UNIQUE,
    -- Whose drawer it is; nobody's: all at this counter share it.
    person_id TEXT REFERENCES person (id),
    opened_at INTEGER NOT NULL,
    float     INTEGER NOT NULL CHECK (float >= 0),
    closed_at INTEGER,
    closed_by TEXT REFERENCES person (id),
    expected  INTEGER,
    counted   INTEGER,
    CHECK ((closed_at IS NULL) = (counted IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX shift_open ON shift (COALESCE(person_id, '')) WHERE closed_at IS NULL;


-- What a blind count found, by note and coin.
CREATE TABLE shift_count (
    shift_id TEXT NOT NULL REFERENCES shift (id),
    worth    INTEGER NOT NULL CHECK (worth > 0),
    pieces   INTEGER NOT NULL CHECK (pieces > 0),
    PRIMARY KEY (shift_id, worth)
) STRICT, WITHOUT ROWID;

-- Money that went back to a customer.
CREATE TABLE refund (
    id        TEXT PRIMARY KEY,
    sale_id   TEXT NOT NULL REFERENCES sale (id),
    amount    INTEGER NOT NULL CHECK (amount > 0),
    -- From the drawer, from the shop's phone, or off a debt.
    way       TEXT NOT NULL CHECK (way IN ('cash', 'phone', 'debt')),
    -- What was owed anyhow, and not for goods that came back.
    owed      INTEGER NOT NULL CHECK (owed IN (0, 1)),
    receipt   TEXT UNIQUE,
    confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
    person_id TEXT REFERENCES person (id),
    at        INTEGER NOT NULL,
    CHECK ((way = 'phone') = (receipt IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_by_sale ON refund (sale_id);
CREATE INDEX refund_not_confirmed ON refund (at) WHERE confirmed = 0;

-- The numbered close of a day. What it says is hashed into the chain; it covers the chain's rows from its first to
-- its last.
CREATE TABLE z (
    number    INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    day       TEXT NOT NULL,
    from_seq  INTEGER NOT NULL,
    to_seq    INTEGER NOT NULL,
    from_at   INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    person_id TEXT REFERENCES person (id),
    report    TEXT NOT NULL,
    -- The chain's head with the close itself.
    rows      INTEGER NOT NULL,
    head      TEXT NOT NULL
) STRICT;
CREATE INDEX z_by_close ON z (closed_at);
CREATE TRIGGER z_keeps BEFORE UPDATE ON z BEGIN SELECT RAISE (ABORT, 'closes are append-only'); END;
CREATE TRIGGER z_stays BEFORE DELETE ON z BEGIN SELECT RAISE (ABORT, 'closes are append-only'); END;

-- What was not known at a close, signed by whoever closed, and when it was solved.
CREATE TABLE carried (
    id        TEXT PRIMARY KEY,
    z_number  INTEGER NOT NULL REFERENCES z (number),
    kind      TEXT NOT NULL,
    about     TEXT NOT NULL,
    amount    INTEGER NOT NULL,
    solved_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX carried_open ON carried (kind, about) WHERE solved_at IS NULL;

-- What only a statement can tell.
CREATE INDEX push_not_known ON push (created_at) WHERE receipt IS NULL AND state IN ('paid', 'awaits_statement');
