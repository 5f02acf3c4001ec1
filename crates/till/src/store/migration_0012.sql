-- A prompt's phone is whole, 254 and nine digits, until the close after its end, and its last three digits from then on:
-- one index brings those that a close has to cut, and those that a search looks for. A search walks indexes that hold all
-- that it asks, so that a candidate that does not fit costs no page of its table.
DROP INDEX push_by_digits;
CREATE INDEX push_by_phone ON push (msisdn, created_at, amount, sale_id);

-- The 3 is `PHONE_DIGITS_KEPT`; a number must not be bound here, or SQLite does not see that the index fits.
CREATE INDEX money_in_phone_whole ON money_in (tender_id) WHERE length(phone) > 3;
DROP INDEX money_in_by_digits;
CREATE INDEX money_in_by_digits ON money_in (substr(phone, -3), at, amount, tender_id);
DROP INDEX money_in_by_amount;
CREATE INDEX money_in_by_amount ON money_in (amount, at, tender_id);
DROP INDEX tender_by_digits;
CREATE INDEX tender_by_digits ON tender (digits, opened_at, amount) WHERE digits IS NOT NULL;
DROP INDEX sale_by_amount;
CREATE INDEX sale_by_amount ON sale (amount, opened_at, id);
