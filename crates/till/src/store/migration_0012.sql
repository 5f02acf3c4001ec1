-- What is still kept whole of a customer's phone: what the next close looks through, instead of through all that ever
-- was. The 3 is `PHONE_DIGITS_KEPT`; a number must not be bound here, or SQLite does not see that the index fits.
CREATE INDEX push_phone_whole ON push (sale_id) WHERE length(msisdn) > 3 OR checkout_request_id IS NOT NULL;
CREATE INDEX money_in_phone_whole ON money_in (tender_id) WHERE length(phone) > 3;

-- What a search walks holds all that it asks, so that a candidate that does not fit costs no page of its table.
DROP INDEX push_by_digits;
CREATE INDEX push_by_digits ON push (substr(msisdn, -3), created_at, amount, sale_id);
DROP INDEX money_in_by_digits;
CREATE INDEX money_in_by_digits ON money_in (substr(phone, -3), at, amount, tender_id);
DROP INDEX tender_by_digits;
CREATE INDEX tender_by_digits ON tender (digits, opened_at, amount) WHERE digits IS NOT NULL;
DROP INDEX money_in_by_amount;
CREATE INDEX money_in_by_amount ON money_in (amount, at, tender_id);
DROP INDEX sale_by_amount;
CREATE INDEX sale_by_amount ON sale (amount, opened_at, id);
