-- The slip of a day's close waits for the printer as a receipt does: it is made from the book when it is printed.
CREATE TABLE print_job_now (
    seq      INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('receipt', 'close', 'paper', 'drawer')),
    sale_id  TEXT REFERENCES sale (id),
    z_number INTEGER REFERENCES z (number),
    document TEXT,
    asked_at INTEGER NOT NULL,
    state    TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'printed', 'perhaps', 'too_old', 'given_up')),
    CHECK ((kind = 'receipt') = (sale_id IS NOT NULL)),
    CHECK ((kind = 'close') = (z_number IS NOT NULL)),
    CHECK ((kind = 'paper') = (document IS NOT NULL))
) STRICT;
INSERT INTO print_job_now (seq, kind, sale_id, document, asked_at, state)
    SELECT seq, kind, sale_id, document, asked_at, state FROM print_job;
DROP TABLE print_job;
ALTER TABLE print_job_now RENAME TO print_job;
CREATE INDEX print_job_open ON print_job (seq) WHERE state IN ('waiting', 'sending', 'too_old');
CREATE INDEX print_job_of_sale ON print_job (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX print_job_of_close ON print_job (z_number) WHERE z_number IS NOT NULL;
