//! The words of the paper, in both languages.

use super::Language;

/// One sentence in English and Swahili.
pub(crate) type Both = (&'static str, &'static str);

pub(crate) const fn pick(language: Language, (english, swahili): Both) -> &'static str {
    match language {
        Language::En => english,
        Language::Sw => swahili,
    }
}

pub(super) const PAYS_OFF: Both = ("Debt paid off", "Deni limelipwa");
pub(super) const SALE: Both = ("Sale", "Mauzo");
pub(super) const COUNTER: Both = ("Counter", "Kaunta");
pub(super) const SERVED_BY: Both = ("Served by", "Umehudumiwa na");
pub(super) const CASH: Both = ("Cash", "Taslimu");
pub(super) const RECEIVED: Both = ("Received", "Umetoa");
pub(super) const CHANGE: Both = ("Change", "Chenji");
pub(super) const NOT_CONFIRMED: Both = ("Not yet confirmed by M-PESA", "Bado haijathibitishwa na M-PESA");
pub(super) const CREDIT: Both = ("On credit, not yet paid", "Deni, bado kulipwa");
pub(super) const TOTAL: Both = ("Total", "Jumla");
pub(super) const GIVE_BACK: Both = ("To be given back", "Pesa ya kukurudishia");
pub(super) const VAT_OF_IT: Both = ("Of which VAT 16 %", "Ikiwemo VAT 16 %");
pub(super) const VAT_ZERO: Both = ("Zero-rated (VAT 0 %)", "VAT 0 %");
pub(super) const VAT_EXEMPT: Both = ("Exempt from VAT", "Haina VAT (exempt)");
pub(super) const TAX_INVOICE: Both = ("Tax invoice", "Tax invoice");
pub(super) const NOT_A_TAX_INVOICE: Both = (
    "Payment receipt, not a tax invoice",
    "Risiti ya malipo, si tax invoice",
);
pub(super) const COPY: Both = ("COPY", "NAKALA");
pub(super) const PERHAPS_COPY: Both = ("PERHAPS A COPY", "HUENDA NI NAKALA");
pub(crate) const PRACTICE: Both = ("PRACTICE: NOT REAL MONEY", "MAZOEZI: SI PESA HALISI");
pub(super) const TAKEN_BACK: Both = ("TAKEN BACK BY M-PESA", "IMERUDISHWA NA M-PESA");
pub(super) const TEST: Both = ("Test of the printer", "Jaribio la printa");
pub(super) const TEST_WIDTH: Both = (
    "The line above goes from edge to edge, and the amount ends at the right edge.",
    "Mstari wa juu unafika ukingo hadi ukingo, na kiasi kinaishia ukingo wa kulia.",
);
pub(super) const TEST_LETTERS: Both = ("Letters", "Herufi");
pub(super) const STATEMENT: Both = ("STATEMENT OF WHAT IS OWED", "TAARIFA YA DENI");
pub(super) const STATEMENT_UNTIL: Both = ("Last entry", "Ingizo la mwisho");
pub(super) const OWED_BEFORE: Both = ("Owed before that", "Deni la awali");
pub(super) const OWED: Both = ("Owed", "Deni");
pub(super) const NO_TAX_INVOICE: Both = ("A statement, not a tax invoice", "Taarifa, si tax invoice");
pub(super) const DEBT_GIVEN: Both = ("On credit", "Kwa deni");
pub(super) const DEBT_GIVEN_UP: Both = ("Sale voided", "Yamefutwa");
pub(super) const DEBT_REFUNDED: Both = ("Refund", "Marejesho");
pub(super) const DEBT_PAID_OFF: Both = ("Paid off", "Limelipwa");
pub(super) const DEBT_OWED_AGAIN: Both = ("Owed again", "Linadaiwa tena");
pub(super) const DEBT_WRITTEN_OFF: Both = ("Written off", "Limesamehewa");
