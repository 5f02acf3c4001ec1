-- What a receipt says beyond the sale, and what waits for the printer.

-- The tax that is in a sale's amount, as it was when the sale was paid: `rate` in hundredths of a percent.
CREATE TABLE sale_tax (
    sale_id     TEXT PRIMARY KEY REFERENCES sale (id),
    kind        TEXT NOT NULL CHECK (kind IN ('standard', 'zero', 'exempt')),
    rate        INTEGER NOT NULL CHECK (rate >= 0),
    vat_cents   INTEGER NOT NULL CHECK (vat_cents >= 0),
    tax_invoice TEXT
) STRICT, WITHOUT ROWID;

-- One row for each time that something was to be printed. A receipt is made from the book when it is printed;
-- a paper is kept as it was made; the drawer is only opened.
CREATE TABLE print_job (
    seq      INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('receipt', 'paper', 'drawer')),
    sale_id  TEXT REFERENCES sale (id),
    document TEXT,
    asked_at INTEGER NOT NULL,
    state    TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'printed', 'perhaps', 'too_old', 'given_up')),
    CHECK ((kind = 'receipt') = (sale_id IS NOT NULL)),
    CHECK ((kind = 'paper') = (document IS NOT NULL))
) STRICT;
CREATE INDEX print_job_open ON print_job (seq) WHERE state IN ('waiting', 'sending', 'too_old');
CREATE INDEX print_job_of_sale ON print_job (sale_id) WHERE sale_id IS NOT NULL;
