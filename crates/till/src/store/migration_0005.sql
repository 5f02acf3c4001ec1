-- People, and who did what; one chain over everything that is only ever added; entries that belong to no sale.
-- Tables are made anew here: the caller has switched foreign keys off and checks them before it commits.

-- Who works here. Not chained, so that a person can be forgotten: everything else knows only the id.
CREATE TABLE person (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'cashier')),
    pin        TEXT NOT NULL,
    -- For owner acts; only owners have one.
    passphrase TEXT,
    made_at    INTEGER NOT NULL,
    left_at    INTEGER,
    -- Wrong PINs in a row.
    tries      INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Who stands at this counter, and whose drawer the cash goes into: one row. What is written takes its names here.
CREATE TABLE desk (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    person_id TEXT REFERENCES person (id),
    shift_id  TEXT
) STRICT;
INSERT INTO desk (id) VALUES (1);

-- Free words of a person. They may name people, so the chained tables hold only their id.
CREATE TABLE reason (
    id   TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What persons did that is no sale: overrides, voids, refunds, shifts, closes, settings. Append-only, chained.
CREATE TABLE act (
    seq        INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    act        TEXT NOT NULL,
    person_id  TEXT,
    -- Whose PIN allowed it, when it was not the person's own to do.
    allowed_by TEXT,
    -- The random id of what it was about.
    about      TEXT,
    amount     INTEGER,
    reason_id  TEXT,
    hash       TEXT NOT NULL
) STRICT;
CREATE INDEX act_by_time ON act (at);
CREATE INDEX act_by_about ON act (about) WHERE about IS NOT NULL;
CREATE TRIGGER act_keeps BEFORE UPDATE ON act BEGIN SELECT RAISE (ABORT, 'acts are append-only'); END;
CREATE TRIGGER act_stays BEFORE DELETE ON act BEGIN SELECT RAISE (ABORT, 'acts are append-only'); END;

-- From this place on one chain goes through witness, posting and act; below it the first two had one each.
INSERT INTO setting (key, value)
SELECT 'chain_from', MAX((SELECT COALESCE(MAX(seq), 0) FROM witness), (SELECT COALESCE(MAX(seq), 0) FROM posting)) + 1;

-- An entry may belong to no sale; every entry names a person and a shift, once there are such.
CREATE TABLE posting_new (
    seq       INTEGER PRIMARY KEY,
    entry     TEXT NOT NULL,
    at        INTEGER NOT NULL,
    account   TEXT NOT NULL,
    debit     INTEGER NOT NULL CHECK (debit >= 0),
    credit    INTEGER NOT NULL CHECK (credit >= 0),
    sale_id   TEXT,
    tender_id TEXT,
    person_id TEXT,
    shift_id  TEXT,
    hash      TEXT NOT NULL,
    CHECK ((debit = 0) <> (credit = 0))
) STRICT;
INSERT INTO posting_new (seq, entry, at, account, debit, credit, sale_id, tender_id, hash)
SELECT seq, entry, at, account, debit, credit, sale_id, tender_id, hash FROM posting ORDER BY seq;
DROP TABLE posting;
ALTER TABLE posting_new RENAME TO posting;
CREATE INDEX posting_by_time ON posting (at);
CREATE INDEX posting_by_sale ON posting (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX posting_by_shift ON posting (shift_id, account) WHERE shift_id IS NOT NULL;
CREATE TRIGGER posting_keeps BEFORE UPDATE ON posting BEGIN SELECT RAISE (ABORT, 'postings are append-only'); END;
CREATE TRIGGER posting_stays BEFORE DELETE ON posting BEGIN SELECT RAISE (ABORT, 'postings are append-only'); END;

-- Who began it; what it is: something sold, or a debt that is paid off by the same ways of paying.
ALTER TABLE sale ADD COLUMN person_id TEXT REFERENCES person (id);
ALTER TABLE sale ADD COLUMN kind TEXT NOT NULL DEFAULT 'sale' CHECK (kind IN ('sale', 'pay_off'));
ALTER TABLE sale ADD COLUMN customer_id TEXT;
-- Written in later, from paper.
ALTER TABLE sale ADD COLUMN from_paper INTEGER NOT NULL DEFAULT 0;

-- Who took this part, into which shift; and a customer's word to pay later.
CREATE TABLE tender_new (
    sale_id     TEXT NOT NULL REFERENCES sale (id),
    seq         INTEGER NOT NULL,
    id          TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('cash', 'push', 'to_till', 'code', 'credit')),
    amount      INTEGER NOT NULL CHECK (amount > 0),
    stands      INTEGER NOT NULL CHECK (stands IN (0, 1)),
    opened_at   INTEGER NOT NULL,
    tendered    INTEGER,
    digits      TEXT,
    waiting     INTEGER,
    receipt     TEXT,
    read_from   TEXT,
    confirmed   INTEGER,
    customer_id TEXT,
    person_id   TEXT,
    shift_id    TEXT,
    CHECK (kind <> 'cash' OR tendered >= amount),
    CHECK (kind <> 'code' OR (receipt IS NOT NULL AND read_from IS NOT NULL AND confirmed IS NOT NULL)),
    CHECK (kind <> 'to_till' OR waiting IS NOT NULL),
    CHECK (kind <> 'credit' OR customer_id IS NOT NULL),
    PRIMARY KEY (sale_id, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO tender_new (sale_id, seq, id, kind, amount, stands, opened_at, tendered, digits, waiting, receipt, read_from, confirmed)
SELECT sale_id, seq, id, kind, amount, stands, opened_at, tendered, digits, waiting, receipt, read_from, confirmed FROM tender;
DROP TABLE tender;
ALTER TABLE tender_new RENAME TO tender;
CREATE INDEX tender_not_confirmed ON tender (opened_at) WHERE kind = 'code' AND confirmed = 0;
CREATE UNIQUE INDEX tender_paid_to_till ON tender (receipt) WHERE kind = 'to_till' AND receipt IS NOT NULL;
