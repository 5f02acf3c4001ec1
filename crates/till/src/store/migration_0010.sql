-- Customers who may pay later, and regulars. Not chained, so that one can be erased: everything else knows only the id.
CREATE TABLE customer (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    phone       TEXT NOT NULL UNIQUE,
    -- How much they may owe at once.
    most_owed   INTEGER NOT NULL CHECK (most_owed >= 0),
    -- They agreed to stand here: when, and who heard it.
    agreed_at   INTEGER NOT NULL,
    agreed_with TEXT REFERENCES person (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_by_digits ON customer (substr(phone, -3));

-- Debts that nobody will pay; the id is that of the entry.
CREATE TABLE write_off (
    id          TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL,
    amount      INTEGER NOT NULL CHECK (amount > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX write_off_by_customer ON write_off (customer_id);
CREATE INDEX posting_written_off ON posting (entry) WHERE account = 'credit' AND sale_id IS NULL;

-- Whose debt a sale touches: the sales on credit and those that pay it off.
CREATE INDEX sale_by_customer ON sale (customer_id) WHERE customer_id IS NOT NULL;

-- Each entry on a debt, and whose it is. What it adds up to is what the customer owes.
CREATE VIEW debt AS
SELECT s.customer_id, p.seq, p.at, p.debit - p.credit AS amount, s.id AS sale_id, s.reference, s.kind, p.tender_id
FROM sale s JOIN posting p ON p.sale_id = s.id AND p.account = 'credit'
WHERE s.customer_id IS NOT NULL
UNION ALL
SELECT w.customer_id, p.seq, p.at, p.debit - p.credit, NULL, NULL, 'write_off', NULL
FROM write_off w JOIN posting p ON p.entry = w.id AND p.account = 'credit' AND p.sale_id IS NULL;
