-- What it takes to follow a payment to its end: a callback path per push, Pull Transactions, a person's
-- word, and times that may be wrong.

-- Part of the address that Safaricom calls back; nobody can guess it.
ALTER TABLE push ADD COLUMN callback_secret TEXT;
-- The PC's clock minus Safaricom's when it was sent, milliseconds, as far as it was known.
ALTER TABLE push ADD COLUMN skew_ms INTEGER;
-- Pushes that are over and have no receipt number: a payment that shows up later may be theirs.
CREATE INDEX push_over_without_receipt ON push (created_at)
    WHERE receipt IS NULL AND state IN ('paid', 'failed', 'awaits_statement', 'not_sent', 'refused');

-- The PC's date was in doubt when the sale was written.
ALTER TABLE sale ADD COLUMN time_unsure INTEGER NOT NULL DEFAULT 0;

-- When it was paid, by the PC's clock; what the payer typed as account; why it pays its tender.
ALTER TABLE money_in ADD COLUMN paid_at INTEGER;
ALTER TABLE money_in ADD COLUMN reference TEXT;
ALTER TABLE money_in ADD COLUMN why TEXT;
CREATE INDEX money_in_unplaced ON money_in (at) WHERE tender_id IS NULL;
-- Told of by a callback or a C2B confirmation, but not yet shown by Pull: until it is, Pull proves nothing.
CREATE INDEX money_in_not_pulled ON money_in (at) WHERE grade IN (3, 4);

CREATE INDEX tender_not_confirmed ON tender (opened_at) WHERE kind = 'code' AND confirmed = 0;

-- Stretches of time over which Pull Transactions showed every payment, by Safaricom's clock.
CREATE TABLE pull_cover (
    from_ms INTEGER NOT NULL,
    to_ms   INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    CHECK (from_ms < to_ms)
) STRICT;
CREATE INDEX pull_cover_by_end ON pull_cover (to_ms);

-- What a person decided about a payment that nobody could vouch for. The words may name people, so they
-- stay out of the chained tables; the witness beside it names only this id.
CREATE TABLE person_word (
    id        TEXT PRIMARY KEY,
    at        INTEGER NOT NULL,
    push_id   TEXT NOT NULL REFERENCES push (id),
    direction TEXT NOT NULL CHECK (direction IN ('no_message', 'paid', 'not_paid')),
    reason    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_word_by_time ON person_word (at);

CREATE INDEX posting_by_sale ON posting (sale_id);
