-- Times are UTC milliseconds, money is integer cents.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sale (
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    reference  TEXT NOT NULL UNIQUE,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    state      TEXT NOT NULL CHECK (state IN ('open', 'settled', 'voided')),
    opened_at  INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    void_reason TEXT
) STRICT;
CREATE INDEX sale_by_opening ON sale (opened_at);
CREATE INDEX sale_open ON sale (opened_at) WHERE state = 'open';

-- `stands`: this tender's money counts towards the sale. `seq` keeps the order of pressing.
CREATE TABLE tender (
    sale_id   TEXT NOT NULL REFERENCES sale (id),
    seq       INTEGER NOT NULL,
    id        TEXT NOT NULL UNIQUE,
    kind      TEXT NOT NULL CHECK (kind IN ('cash', 'push', 'to_till', 'code')),
    amount    INTEGER NOT NULL CHECK (amount > 0),
    stands    INTEGER NOT NULL CHECK (stands IN (0, 1)),
    opened_at INTEGER NOT NULL,
    tendered  INTEGER,
    digits    TEXT,
    waiting   INTEGER,
    receipt   TEXT,
    read_from TEXT,
    confirmed INTEGER,
    CHECK (kind <> 'cash' OR tendered >= amount),
    CHECK (kind <> 'code' OR (receipt IS NOT NULL AND read_from IS NOT NULL AND confirmed IS NOT NULL)),
    CHECK (kind <> 'to_till' OR waiting IS NOT NULL),
    PRIMARY KEY (sale_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE push (
    id          TEXT PRIMARY KEY,
    tender_id   TEXT NOT NULL UNIQUE REFERENCES tender (id),
    sale_id     TEXT NOT NULL REFERENCES sale (id),
    msisdn      TEXT NOT NULL,
    amount      INTEGER NOT NULL,
    -- What was sent as AccountReference.
    reference   TEXT NOT NULL,
    state       TEXT NOT NULL,
    reason      TEXT,
    told_by     TEXT,
    end_kind    TEXT,
    no_message  INTEGER NOT NULL DEFAULT 0,
    checkout_request_id TEXT,
    receipt     TEXT,
    created_at  INTEGER NOT NULL,
    sent_at     INTEGER,
    accepted_at INTEGER,
    ended_at    INTEGER,
    asked_at    INTEGER,
    asked_times INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- Partial, so that a push without a number yet touches no page of it.
CREATE UNIQUE INDEX push_receipt ON push (receipt) WHERE receipt IS NOT NULL;
-- Only pushes that are not over: the engine's working set at every start.
CREATE INDEX push_alive ON push (created_at)
    WHERE state IN ('intended', 'sending', 'prompted', 'unknown', 'failed_provisional')
       OR (state = 'failed' AND told_by = 'person');

-- One row per M-Pesa payment that reached the shop, whatever told us.
CREATE TABLE money_in (
    receipt    TEXT PRIMARY KEY,
    amount     INTEGER NOT NULL,
    short_code TEXT,
    phone      TEXT,
    at         INTEGER NOT NULL,
    grade      INTEGER NOT NULL,
    tender_id  TEXT UNIQUE REFERENCES tender (id)
) STRICT, WITHOUT ROWID;

-- Who told us what. Append-only, chained, without personal data.
CREATE TABLE witness (
    seq       INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    told_by   TEXT NOT NULL,
    push_id   TEXT,
    receipt   TEXT,
    amount    INTEGER,
    word      TEXT NOT NULL,
    hash      TEXT NOT NULL
) STRICT;
CREATE INDEX witness_by_push ON witness (push_id) WHERE push_id IS NOT NULL;
CREATE INDEX witness_by_receipt ON witness (receipt) WHERE receipt IS NOT NULL;

-- Double entry. Append-only, chained.
CREATE TABLE posting (
    seq       INTEGER PRIMARY KEY,
    entry     TEXT NOT NULL,
    at        INTEGER NOT NULL,
    account   TEXT NOT NULL,
    debit     INTEGER NOT NULL CHECK (debit >= 0),
    credit    INTEGER NOT NULL CHECK (credit >= 0),
    sale_id   TEXT NOT NULL,
    tender_id TEXT,
    hash      TEXT NOT NULL,
    CHECK ((debit = 0) <> (credit = 0))
) STRICT;
CREATE INDEX posting_by_time ON posting (at);

CREATE TRIGGER witness_keeps   BEFORE UPDATE ON witness BEGIN SELECT RAISE (ABORT, 'witnesses are append-only'); END;
CREATE TRIGGER witness_stays   BEFORE DELETE ON witness BEGIN SELECT RAISE (ABORT, 'witnesses are append-only'); END;
CREATE TRIGGER posting_keeps   BEFORE UPDATE ON posting BEGIN SELECT RAISE (ABORT, 'postings are append-only'); END;
CREATE TRIGGER posting_stays   BEFORE DELETE ON posting BEGIN SELECT RAISE (ABORT, 'postings are append-only'); END;

CREATE TABLE matter (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,
    sale_id   TEXT NOT NULL REFERENCES sale (id),
    push_id   TEXT,
    amount    INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX matter_open ON matter (sale_id) WHERE closed_at IS NULL;

-- What stands half typed on the counter: one row.
CREATE TABLE draft (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    json    TEXT NOT NULL,
    sale_id TEXT REFERENCES sale (id)
) STRICT;
