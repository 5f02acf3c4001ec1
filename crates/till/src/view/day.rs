//! The owner's day, week or month, or one close: what the Day screen, its papers and files say.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AccountsView, CarriedKind, MatterKind, PersonWordView, SaleView, Span};
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;

/// Over which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Period {
    /// A day of the calendar (East Africa Time).
    Day {
        /// Which.
        #[ts(type = "string")]
        day: NaiveDate,
    },
    /// The week, Monday to Sunday, that has this day.
    Week {
        /// Any of its days.
        #[ts(type = "string")]
        day: NaiveDate,
    },
    /// The month that has this day.
    Month {
        /// Any of its days.
        #[ts(type = "string")]
        day: NaiveDate,
    },
    /// What one close covers.
    Close {
        /// Its number.
        number: u32,
    },
    /// What the next close will cover: everything since the last one.
    Open,
}

/// How a part of a sale was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaidBy {
    /// By a prompt.
    Push,
    /// To the till, from the customer's own phone.
    ToTill,
    /// By M-PESA, with a code that somebody typed.
    Code,
    /// In notes and coins.
    Cash,
    /// With a word to pay later.
    Credit,
}

impl PaidBy {
    const ALL: [Self; 5] = [Self::Push, Self::ToTill, Self::Code, Self::Cash, Self::Credit];

    /// By M-PESA, in whatever way.
    #[must_use]
    pub const fn is_mpesa(self) -> bool {
        match self {
            Self::Push | Self::ToTill | Self::Code => true,
            Self::Cash | Self::Credit => false,
        }
    }

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::ToTill => "to_till",
            Self::Code => "code",
            Self::Cash => "cash",
            Self::Credit => "credit",
        }
    }

    /// The way that a stored word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }
}

/// A period added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DayReport {
    /// Which.
    pub period: Period,
    /// Its first moment; of the first close the book's first.
    #[ts(type = "string")]
    pub from: DateTime<Utc>,
    /// The first moment after it, or now while it goes on.
    #[ts(type = "string")]
    pub to: DateTime<Utc>,
    /// It goes on: its sums may still change.
    pub goes_on: bool,
    /// Sales that were paid.
    pub sales: u32,
    /// Sales that were given up.
    pub voided: u32,
    /// How often money went back.
    pub refunds: u32,
    /// The accounts; every shilling of the period is in one of them.
    pub accounts: AccountsView,
    /// Owed to customers at its end, and not given back by then.
    pub owed: Money,
    /// What should be in the drawers now, while the period goes on and a shift is open.
    pub in_drawers: Option<Money>,
    /// How sales were paid; together they are what was sold.
    pub ways: Vec<WayTotals>,
    /// By person, who sold most first.
    pub people: Vec<PersonDay>,
    /// What was sold by hour, or by day when the period has several; what has nothing is left out.
    pub bars: Vec<Bar>,
    /// A bar is a day.
    pub daily: bool,
    /// Drawers that were counted.
    pub counts: Vec<DrawerCount>,
    /// What needs looking at now, of whatever day.
    pub open: OpenView,
    /// What persons answered for.
    pub words: Vec<PersonWordView>,
    /// Stretches in which prompts were out and Safaricom's list was not seen whole; only of a single day.
    pub holes: Vec<Span>,
}

/// One way of paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct WayTotals {
    /// Which.
    pub way: PaidBy,
    /// Sold by it.
    pub sold: Money,
    /// Payments; one that was given back with its sale is taken off again.
    #[ts(type = "number")]
    pub count: i64,
    /// Of all that came by it, also for debts: with a receipt number from Safaricom.
    pub proved: Money,
    /// Without one.
    pub not_proved: Money,
}

/// One person's part of the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonDay {
    /// Who; nobody in a shop that tells no people apart.
    pub person_id: Option<String>,
    /// As the shop calls them.
    pub name: Option<String>,
    /// Sold.
    pub sold: Money,
    /// Payments for it.
    #[ts(type = "number")]
    pub count: i64,
    /// Of what was sold: in cash.
    pub cash: Money,
    /// By M-PESA.
    pub mpesa: Money,
    /// On credit.
    pub credit: Money,
    /// M-PESA without a receipt number from Safaricom, more or less than before.
    pub not_proved: Money,
    /// Given back for goods.
    pub refunds: Money,
    /// What counts found: below zero is short.
    pub over_short: Money,
}

impl PersonDay {
    /// Whether any of it is not zero: a drawer's float alone says nothing of its person.
    pub(crate) fn says_anything(&self) -> bool {
        self.count != 0
            || [self.sold, self.not_proved, self.refunds, self.over_short]
                .iter()
                .any(|money| !money.is_zero())
    }
}

/// One bar of the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Bar {
    /// When its hour, or its day, begins.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Sold.
    pub sold: Money,
    /// Of that by M-PESA.
    pub mpesa: Money,
}

/// A drawer that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DrawerCount {
    /// The shift's number.
    pub number: u32,
    /// Whose drawer; all share it when nobody is named.
    pub person: Option<String>,
    /// When.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Should have been there.
    pub expected: Money,
    /// Was there.
    pub counted: Money,
    /// Counted minus expected: below zero is short.
    pub off: Money,
}

/// What needs looking at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct OpenView {
    /// How much there is to look at.
    pub count: u32,
    /// What it is about, together.
    pub amount: Money,
    /// The newest of it.
    pub lines: Vec<OpenLine>,
    /// M-PESA that counts towards sales and that nothing has confirmed, by who took it: the largest first.
    pub not_confirmed: Vec<NotConfirmed>,
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenLine {
    /// What.
    pub kind: CarriedKind,
    /// The id of what it is about.
    pub about: String,
    /// How much.
    pub amount: Money,
    /// Since when.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Which question, when it is one.
    pub matter: Option<MatterKind>,
    /// Its sale; a payment that pays none has none.
    pub sale_id: Option<String>,
    /// What the customer reads.
    pub reference: Option<String>,
    /// Who took it.
    pub person: Option<String>,
    /// The last digits of the customer's phone, as far as they are known.
    pub digits: Option<String>,
    /// M-PESA's code.
    pub receipt: Option<ReceiptNumber>,
    /// The close that carried it first.
    pub since_z: Option<u32>,
}

/// Unconfirmed M-PESA of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NotConfirmed {
    /// Who took it; nobody in a shop that tells no people apart.
    pub person: Option<String>,
    /// How many payments.
    pub count: u32,
    /// How much.
    pub amount: Money,
}

/// Sales that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SalesFound {
    /// The newest first.
    pub sales: Vec<SaleView>,
    /// Payments that fit the words and pay no sale.
    pub payments: Vec<FoundPayment>,
    /// There are, or may be, more.
    pub more: bool,
}

/// A payment that pays no sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundPayment {
    /// M-PESA's code.
    pub receipt: ReceiptNumber,
    /// How much.
    pub amount: Money,
    /// When it was paid, as far as it is known; else when it was seen.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Visible last digits of the payer's phone.
    pub digits: Option<String>,
}
