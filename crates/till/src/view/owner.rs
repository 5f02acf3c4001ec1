//! What the owner sees: drawers, shifts, money given back, the closes of the day.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::refund::Way;

/// The drawer of whoever is at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DrawerView {
    /// Its open shift.
    pub here: Option<ShiftView>,
    /// Every open shift of this counter.
    pub open: Vec<ShiftView>,
    /// This shop counts its drawers: cash that is taken while no shift is open is counted by nobody.
    pub used: bool,
    /// Each person has a drawer of their own.
    pub own_drawers: bool,
    /// The notes and coins that are counted, in shillings.
    pub worths: Vec<i64>,
}

/// One shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ShiftView {
    /// Random, opaque.
    pub id: String,
    /// Counts up on this counter.
    pub number: u32,
    /// Whose drawer; all share it when nobody is named.
    pub person: Option<String>,
    /// When it began.
    #[ts(type = "string")]
    pub opened_at: DateTime<Utc>,
    /// With what.
    pub float: Money,
    /// What should be in the drawer, told only to whoever may see it: a count is blind.
    pub expected: Option<Money>,
    /// When it ended.
    #[ts(type = "string | null")]
    pub closed_at: Option<DateTime<Utc>>,
    /// What was counted.
    pub counted: Option<Money>,
    /// Counted minus expected: below zero is short.
    pub off: Option<Money>,
    /// The count by note and coin, the largest first.
    pub counts: Vec<CountLine>,
}

/// One note or coin of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct CountLine {
    /// Its worth.
    pub worth: Money,
    /// How many.
    pub pieces: u32,
}

/// What of a sale can go back, and what did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GivingBackView {
    /// What is owed anyhow: paid twice, too much, or voided after it was paid.
    pub owed: Money,
    /// Of that, as much may go off what the customer owes instead.
    pub owed_off_debt: Money,
    /// At most so much for goods that came back, in cash or from the shop's phone.
    pub money: Money,
    /// At most so much off the customer's debt.
    pub debt: Money,
    /// What went back already.
    pub given: Vec<RefundView>,
}

/// Money that went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RefundView {
    /// Random, opaque.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// It was owed anyhow.
    pub owed: bool,
    /// When.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Who gave it.
    pub person: Option<String>,
    /// How it went.
    #[serde(flatten)]
    pub way: WayView,
}

/// How money went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum WayView {
    /// From the drawer.
    Cash,
    /// From the shop's phone.
    Phone {
        /// M-PESA's code of it.
        receipt: ReceiptNumber,
        /// A statement shows it.
        confirmed: bool,
    },
    /// Off what the customer owes.
    Debt,
}

impl From<Way> for WayView {
    fn from(way: Way) -> Self {
        match way {
            Way::Cash => Self::Cash,
            Way::Phone { receipt, confirmed } => Self::Phone { receipt, confirmed },
            Way::Debt => Self::Debt,
        }
    }
}

/// The accounts over some time; each is what it received, or gave, beyond the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountsView {
    /// What was sold.
    pub sales: Money,
    /// Cash that is in drawers, more or less than before.
    pub cash: Money,
    /// M-Pesa with receipt numbers from Safaricom.
    pub mpesa_proved: Money,
    /// M-Pesa without: called paid, or typed and not confirmed.
    pub mpesa_not_proved: Money,
    /// Sold on credit, without what was given up again.
    pub credit_given: Money,
    /// Paid off debts.
    pub credit_paid: Money,
    /// Taken off debts for goods that came back: nobody paid it.
    #[serde(default)]
    pub taken_off: Money,
    /// Debts that nobody will pay.
    #[serde(default)]
    pub written_off: Money,
    /// Given back for goods.
    pub refunds: Money,
    /// Owed to customers, more or less than before.
    pub refund_due: Money,
    /// Sent back from the shop's own phone.
    pub sent_back: Money,
    /// Taken back by customers after the sale.
    pub reversed: Money,
    /// Cash put in that was no sale.
    pub paid_in: Money,
    /// Cash paid out.
    pub paid_out: Money,
    /// The owner's own cash in drawers, more or less than before: below zero it was handed over.
    pub float: Money,
    /// What counts found: below zero is short.
    pub over_short: Money,
}

/// One person's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonTotals {
    /// Who; nobody's in a shop that tells no people apart.
    pub person_id: Option<String>,
    /// Sold.
    pub sales: Money,
    /// Taken by M-Pesa, proved.
    pub mpesa_proved: Money,
    /// Taken by M-Pesa, not proved.
    pub mpesa_not_proved: Money,
    /// Given back.
    pub refunds: Money,
    /// Short, below zero, or over.
    pub over_short: Money,
}

/// One shift's count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShiftTotals {
    /// Its number.
    pub number: u32,
    /// Whose drawer.
    pub person_id: Option<String>,
    /// Began with.
    pub float: Money,
    /// Should have been there.
    pub expected: Money,
    /// Was there.
    pub counted: Money,
}

/// Book, Safaricom and drawer beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ThreeWayView {
    /// M-Pesa that the book has as proved.
    pub booked: Money,
    /// What Safaricom itself showed of the same time (C2B, its list, a statement).
    pub safaricom: Money,
    /// Of that, what pays no sale.
    pub not_in_book: Money,
    /// Booked minus shown.
    pub off: Money,
    /// Cash that was counted.
    pub counted: Money,
}

/// What is not known at a close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CarriedKind {
    /// A prompt that nobody can tell the end of.
    Push,
    /// A prompt that is paid, without its receipt number.
    NoReceipt,
    /// A typed code that nothing has confirmed.
    Code,
    /// A payment that pays no sale.
    MoneyIn,
    /// Sent back from the shop's phone, and no statement has shown it.
    SentBack,
    /// An open question about money.
    Matter,
}

impl CarriedKind {
    pub(crate) const ALL: [Self; 6] = [
        Self::Push,
        Self::NoReceipt,
        Self::Code,
        Self::MoneyIn,
        Self::SentBack,
        Self::Matter,
    ];

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::NoReceipt => "no_receipt",
            Self::Code => "code",
            Self::MoneyIn => "money_in",
            Self::SentBack => "sent_back",
            Self::Matter => "matter",
        }
    }

    /// The kind that a stored word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One thing that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CarriedView {
    /// What.
    pub kind: CarriedKind,
    /// The id of what it is about.
    pub about: String,
    /// How much.
    pub amount: Money,
    /// The close that carried it first.
    pub since_z: Option<u32>,
}

/// A day added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ZReport {
    /// From the close before.
    #[ts(type = "string")]
    pub from_at: DateTime<Utc>,
    /// To this moment.
    #[ts(type = "string")]
    pub to_at: DateTime<Utc>,
    /// Sales that were paid.
    pub sales: u32,
    /// Sales that were given up.
    pub voided: u32,
    /// How often money went back.
    pub refunds: u32,
    /// The accounts.
    pub accounts: AccountsView,
    /// By person.
    pub people: Vec<PersonTotals>,
    /// By shift.
    pub shifts: Vec<ShiftTotals>,
    /// Cash that moved while no shift was open, more or less than before: no count covers it.
    #[serde(default)]
    pub outside_shifts: Money,
    /// Book, Safaricom and drawer.
    pub three_way: ThreeWayView,
    /// What is not known.
    pub carried: Vec<CarriedView>,
    /// What was carried before and is known now.
    pub solved: Vec<CarriedView>,
}

/// One close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ZView {
    /// Counts up from 1, without a gap.
    pub number: u32,
    /// The day that it closes.
    #[ts(type = "string")]
    pub day: NaiveDate,
    /// When.
    #[ts(type = "string")]
    pub closed_at: DateTime<Utc>,
    /// Who.
    pub person: Option<String>,
    /// What it says.
    pub report: ZReport,
    /// Rows of the chain with it.
    pub rows: i64,
    /// The chain's head: whoever keeps it can prove later that nothing before it was changed.
    pub head: String,
}

/// What stands before a close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClosingDayView {
    /// When the open day's first money moved; nothing has when it is `null`.
    #[ts(type = "string | null")]
    pub since: Option<DateTime<Utc>>,
    /// That was on an earlier day: its close was forgotten.
    pub forgotten: bool,
    /// Drawers that are not counted.
    pub open_shifts: Vec<ShiftView>,
    /// What is not known.
    pub not_known: Vec<CarriedView>,
    /// The close before.
    pub last: Option<ZView>,
}
