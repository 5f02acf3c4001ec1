-- The owner's day over a book of many years: sums that are kept, and what a sale is found by.

-- What every account received and gave, by hour, way of paying and person; the day's sums read this and not the
-- entries. A trigger keeps it, so that no entry can be written past it; `keshiactl verify` adds the entries up again.
CREATE TABLE posting_sum (
    -- Whole hours since 1970, UTC.
    hour      INTEGER NOT NULL,
    account   TEXT NOT NULL,
    -- How the entry's part of the sale was paid; empty for what belongs to no part.
    way       TEXT NOT NULL,
    -- Empty for nobody's.
    person_id TEXT NOT NULL,
    debit     INTEGER NOT NULL,
    credit    INTEGER NOT NULL,
    -- How many lines received, and gave.
    debits    INTEGER NOT NULL,
    credits   INTEGER NOT NULL,
    PRIMARY KEY (hour, account, way, person_id)
) STRICT, WITHOUT ROWID;
INSERT INTO posting_sum (hour, account, way, person_id, debit, credit, debits, credits)
SELECT p.at / 3600000, p.account, COALESCE(t.kind, ''), COALESCE(p.person_id, ''),
       SUM(p.debit), SUM(p.credit), SUM(p.debit > 0), SUM(p.credit > 0)
FROM posting p LEFT JOIN tender t ON t.id = p.tender_id GROUP BY 1, 2, 3, 4;
-- A migration that makes `posting` anew makes this anew too.
CREATE TRIGGER posting_adds AFTER INSERT ON posting BEGIN
    INSERT INTO posting_sum (hour, account, way, person_id, debit, credit, debits, credits)
    VALUES (NEW.at / 3600000, NEW.account, COALESCE((SELECT kind FROM tender WHERE id = NEW.tender_id), ''),
            COALESCE(NEW.person_id, ''), NEW.debit, NEW.credit, NEW.debit > 0, NEW.credit > 0)
    ON CONFLICT DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit,
            debits = debits + excluded.debits, credits = credits + excluded.credits;
END;

-- What is still owed to customers: few rows of a long book.
CREATE INDEX posting_refund_due ON posting (at) WHERE account = 'refund_due';

-- How many sales of a stretch of time were paid is read without their rows.
DROP INDEX sale_by_opening;
CREATE INDEX sale_by_opening ON sale (opened_at, state, kind);

-- What a sale is found by, each with the time by which the newest comes first.
CREATE INDEX sale_by_amount ON sale (amount, opened_at);
CREATE INDEX sale_by_person ON sale (person_id, opened_at) WHERE person_id IS NOT NULL;
CREATE INDEX tender_by_person ON tender (person_id, opened_at) WHERE person_id IS NOT NULL;
CREATE INDEX tender_by_digits ON tender (digits, opened_at) WHERE digits IS NOT NULL;
CREATE INDEX push_by_digits ON push (substr(msisdn, -3), created_at);
CREATE INDEX money_in_by_digits ON money_in (substr(phone, -3), at) WHERE phone IS NOT NULL;
CREATE INDEX money_in_by_amount ON money_in (amount, at);
