-- A relay brings what Safaricom posts, and settles which of several counters has a payment.

-- Which counter has a payment: written before the relay is asked, and never deleted.
CREATE TABLE counter_claim (
    receipt   TEXT PRIMARY KEY,
    state     TEXT NOT NULL CHECK (state IN ('asked', 'won', 'lost')),
    -- The tender that it is to pay once it is won; nothing when it only keeps other counters from it.
    tender_id TEXT REFERENCES tender (id),
    why       TEXT,
    -- The letter of the counter that has it.
    holder    TEXT,
    at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX counter_claim_asked ON counter_claim (at) WHERE state = 'asked';
CREATE INDEX counter_claim_won_unbooked ON counter_claim (at) WHERE state = 'won' AND tender_id IS NOT NULL;

-- What a relay told of a prompt whose amount only Safaricom itself may settle: used once it says paid.
CREATE TABLE told_result (
    push_id TEXT PRIMARY KEY REFERENCES push (id),
    receipt TEXT NOT NULL,
    amount  INTEGER,
    paid_at INTEGER,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Only a relay told of it, and its amount is one that only Safaricom itself may settle.
ALTER TABLE money_in ADD COLUMN hint INTEGER NOT NULL DEFAULT 0;
