-- Customers who pay the till by themselves.

-- The first name that came with a payment, for its card on the roll: the one place where it is kept, and it
-- goes when the payment's day is over.
CREATE TABLE payer_name (
    receipt TEXT PRIMARY KEY REFERENCES money_in (receipt),
    name    TEXT NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One payment, one part of a sale: `money_in.tender_id` is unique, and so is the number seen from the other side.
CREATE UNIQUE INDEX tender_paid_to_till ON tender (receipt) WHERE kind = 'to_till' AND receipt IS NOT NULL;
