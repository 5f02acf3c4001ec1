-- A prompt to a customer who was chosen from the list: whoever sells does not see the number.
ALTER TABLE push ADD COLUMN from_list INTEGER NOT NULL DEFAULT 0 CHECK (from_list IN (0, 1));

-- A customer's statement is a task of its own kind: made when it is printed, up to an entry of the debt, so that the
-- same one is a copy the second time. The customer may be erased before, so nothing refers to one.
CREATE TABLE print_job_now (
    seq         INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('receipt', 'close', 'statement', 'paper', 'drawer')),
    sale_id     TEXT REFERENCES sale (id),
    z_number    INTEGER REFERENCES z (number),
    customer_id TEXT,
    upto_seq    INTEGER,
    document    TEXT,
    asked_at    INTEGER NOT NULL,
    state       TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'printed', 'perhaps', 'too_old', 'given_up')),
    CHECK ((kind = 'receipt') = (sale_id IS NOT NULL)),
    CHECK ((kind = 'close') = (z_number IS NOT NULL)),
    CHECK ((kind = 'statement') = (customer_id IS NOT NULL AND upto_seq IS NOT NULL)),
    CHECK ((kind = 'paper') = (document IS NOT NULL))
) STRICT;
INSERT INTO print_job_now (seq, kind, sale_id, z_number, document, asked_at, state)
    SELECT seq, kind, sale_id, z_number, document, asked_at, state FROM print_job;
DROP TABLE print_job;
ALTER TABLE print_job_now RENAME TO print_job;
CREATE INDEX print_job_open ON print_job (seq) WHERE state IN ('waiting', 'sending', 'too_old');
CREATE INDEX print_job_of_sale ON print_job (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX print_job_of_close ON print_job (z_number) WHERE z_number IS NOT NULL;
CREATE INDEX print_job_of_customer ON print_job (customer_id) WHERE customer_id IS NOT NULL;
