//! What a screen or a script sees of the shop: the JSON that the window and `keshiactl --json` share.
//!
//! Views carry facts and enum words, never sentences: the words of the screen live in the UI's one
//! catalogue (English and Swahili). Money is integer cents, times are UTC, phones are masked unless
//! the sale is still on the counter.

mod customer;
mod day;
mod owner;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::first_name::FirstName;
use crate::money::Money;
use crate::people::{Act, Role};
use crate::push::reason::Reason;
use crate::receipt_number::ReceiptNumber;

pub use customer::*;
pub use day::*;
pub use owner::*;

/// One sale as the counter and the till roll show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SaleView {
    /// Random, opaque.
    pub id: String,
    /// The reference the customer sees in the M-PESA message (≤ 12 characters).
    pub reference: String,
    /// What the customer owes.
    pub amount: Money,
    /// What has been paid by any tender that stands.
    pub paid: Money,
    /// What is still to pay; never negative.
    pub left: Money,
    /// Open, settled or voided.
    pub state: SaleState,
    /// The one word that says where the sale stands, for its line on the roll.
    pub status: SaleStatus,
    /// How sure the shop can be of the money of a settled sale.
    pub proof: Proof,
    /// When the sale was begun.
    #[ts(type = "string")]
    #[serde(serialize_with = "with_milliseconds")]
    pub opened_at: DateTime<Utc>,
    /// When anything last changed: the roll sorts by `opened_at`, the large line by this.
    #[ts(type = "string")]
    #[serde(serialize_with = "with_milliseconds")]
    pub changed_at: DateTime<Utc>,
    /// Every part of the payment, oldest first.
    pub tenders: Vec<TenderView>,
    /// Whether another prompt may be sent for this sale now, and if not, why.
    pub can_send: CanSend,
    /// Whether the sale may be voided (nothing paid, nothing alive).
    pub can_void: bool,
    /// What giving it up needs now; nothing gives up a sale that is over.
    pub void_needs: Option<Act>,
    /// What went back of it.
    pub refunded: Money,
    /// Written in later, from paper.
    pub from_paper: bool,
    /// Whose debt it makes or pays off.
    pub debtor: Option<DebtorView>,
    /// It sells nothing: a customer pays off a debt.
    pub pays_off: bool,
    /// Open questions about this sale that a person must look at.
    pub matters: Vec<MatterView>,
    /// Paid, but another prompt of this sale may still be on a phone: tell the customer not to enter the PIN
    /// again.
    pub do_not_pay_again: bool,
    /// The PC's date was in doubt when this was written.
    pub time_unsure: bool,
    /// The name of who began it; nobody in a shop that does not tell people apart.
    pub person: Option<String>,
}

/// A sale's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SaleState {
    /// Something is still to pay.
    Open,
    /// Paid in full.
    Settled,
    /// Given up before anything was paid.
    Voided,
}

/// Where a sale stands, as one word for the roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SaleStatus {
    /// Nothing is on its way; something is left to pay.
    Open,
    /// A prompt is being handed to Safaricom.
    Sending,
    /// Safaricom accepted; the customer's PIN is awaited.
    Waiting,
    /// Nobody can say whether money moved.
    NotKnown,
    /// The last prompt failed, but only one witness says so: still being watched.
    FailedProvisional,
    /// The last prompt ended without money.
    NotPaid,
    /// The customer pays the till number from the own phone.
    WaitingTill,
    /// Settled, at least one part by M-PESA.
    Paid,
    /// Settled by cash alone.
    PaidCash,
    /// Settled, but a typed code is not confirmed by M-PESA yet.
    CodeNotConfirmed,
    /// Settled, a part of it by a customer's word to pay later.
    OnCredit,
    /// Voided.
    Voided,
}

/// How sure the shop can be: *paid* and *paid with its receipt number* are different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Not settled yet, or nothing but cash.
    None,
    /// Safaricom said paid, but the receipt number is not known.
    NotProved,
    /// Somebody typed a code; M-PESA has not confirmed it.
    NotConfirmed,
    /// Every M-Pesa part has a receipt number from Safaricom.
    Proved,
}

/// One part of how a sale is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TenderView {
    /// Random, opaque.
    pub id: String,
    /// This part's amount.
    pub amount: Money,
    /// When it began.
    #[ts(type = "string")]
    pub opened_at: DateTime<Utc>,
    /// How sure the shop can be of this part's money; cash needs no proof.
    pub proof: Proof,
    /// Why a payment pays this part, once one does.
    pub why: Option<Why>,
    /// The name of who took it.
    pub person: Option<String>,
    /// What kind, with what belongs to that kind.
    #[serde(flatten)]
    pub kind: TenderKindView,
}

/// The kinds of tender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TenderKindView {
    /// Notes and coins.
    Cash {
        /// What the customer handed over.
        tendered: Money,
        /// What went back.
        change: Money,
    },
    /// One prompt on one phone.
    Push(PushView),
    /// The customer pays the till from the own phone.
    ToTill {
        /// Last 3 digits of the phone, when the cashier asked for them.
        digits: Option<String>,
        /// Still waited for, or ended by another tender.
        waiting: bool,
        /// The payment that came.
        receipt: Option<ReceiptNumber>,
        /// A payment fits, and the other counters are being asked whether it is one of theirs.
        checking: bool,
    },
    /// A customer's word to pay later.
    Credit {
        /// Whose.
        customer_id: String,
    },
    /// An M-PESA code that a person typed.
    Code {
        /// The code.
        receipt: ReceiptNumber,
        /// Where the cashier read it.
        read_from: ReadFrom,
        /// Has M-PESA confirmed it?
        confirmed: bool,
    },
}

/// Where a typed code was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReadFrom {
    /// The shop's own phone or the till's message.
    ShopPhone,
    /// The customer's phone: the weakest witness.
    CustomerPhone,
}

/// One push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PushView {
    /// Random, opaque.
    pub push_id: String,
    /// As the screen calls it: `0712 345 678` while the sale is open and `··678` afterwards; `Wanjiru ··678` of a
    /// regular who was chosen from the list.
    pub phone: String,
    /// `··678`.
    pub phone_masked: String,
    /// Where the push stands.
    pub state: PushState,
    /// Why it stands there, for every state but the happy ones.
    pub reason: Option<Reason>,
    /// Who told us.
    pub told_by: Option<ToldBy>,
    /// Does this push keep others from being sent?
    pub blocks: bool,
    /// When the request left for Safaricom.
    #[ts(type = "string | null")]
    pub sent_at: Option<DateTime<Utc>>,
    /// When Safaricom accepted it.
    #[ts(type = "string | null")]
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[ts(type = "string | null")]
    pub ended_at: Option<DateTime<Utc>>,
    /// Whole seconds since it was sent (or since Keshia started again), at the moment of this view.
    pub waited_s: u32,
    /// When Safaricom was last asked, and how often.
    #[ts(type = "string | null")]
    pub asked_at: Option<DateTime<Utc>>,
    /// How often Safaricom was asked.
    pub asked_times: u32,
    /// Can Safaricom be asked about it at all? Not when its answer was lost: then there is no id to ask by.
    pub can_ask: bool,
    /// May the screen ask "did an M-PESA message come?" now?
    pub ask_customer: bool,
    /// May a person answer for how it ended?
    pub judge: bool,
    /// Can Safaricom's list of payments still tell what became of it?
    pub pull_can_tell: bool,
    /// A person said that the customer has no M-PESA message.
    pub no_message: bool,
    /// M-Pesa's receipt number, when a witness named it.
    pub receipt: Option<ReceiptNumber>,
}

/// A push's state as the screen names it (design: intended, sending, prompted, …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each is explained where the states are drawn, push/state.rs"
)]
pub enum PushState {
    Intended,
    Sending,
    Prompted,
    Unknown,
    AwaitsStatement,
    NotSent,
    Refused,
    FailedProvisional,
    Failed,
    Paid,
}

/// Who told us how a push ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ToldBy {
    /// Safaricom's answer to the push itself.
    Answer,
    /// Safaricom, when asked.
    Query,
    /// Safaricom's callback through our own path.
    Callback,
    /// Money that came in with its own receipt number.
    MoneyIn,
    /// Safaricom's list of payments (Pull Transactions), which shows none.
    Pull,
    /// A statement of the M-PESA account, which shows none.
    Statement,
    /// A person at the counter.
    Person,
}

/// Why a payment pays the tender it pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Safaricom named it as the result of our own push.
    OwnPush,
    /// It carries our reference.
    Reference,
    /// Amount, time and the visible digits of the phone agree with this tender only.
    Digits,
    /// Somebody typed its code for this sale.
    Code,
    /// A person said which sale it is for.
    Person,
}

/// May another prompt be sent for this sale?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum CanSend {
    /// Yes, to any phone.
    Yes,
    /// To another phone only: the prompt of this sale to that phone is still alive.
    OtherPhone {
        /// The live push.
        push_id: String,
        /// Seconds until the screen may ask the customer, when a clock decides it.
        wait_s: Option<u32>,
    },
    /// No keys: Keshia is not connected to Safaricom.
    NotConnected,
    /// The sale is settled or voided.
    Ended,
    /// M-Pesa takes whole shillings, 1 to 250,000; what is left is not that.
    Amount,
}

/// Something about money that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MatterView {
    /// Random, opaque.
    pub id: String,
    /// What it is.
    pub kind: MatterKind,
    /// How much it is about.
    pub amount: Money,
    /// Since when.
    #[ts(type = "string")]
    pub opened_at: DateTime<Utc>,
    /// The sale whose prompt it is about, when that is another one.
    pub other: Option<SaleName>,
}

/// A sale as a person finds it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SaleName {
    /// What the customer reads.
    pub reference: String,
    /// What is owed.
    pub amount: Money,
    /// When it began.
    #[ts(type = "string")]
    pub opened_at: DateTime<Utc>,
}

/// Kinds of open matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatterKind {
    /// A different receipt also paid this sale: this much goes back to the customer.
    RefundDue,
    /// Safaricom says a prompt was paid, without a receipt number, on a sale that something else
    /// settled already: perhaps the same money, perhaps a second payment.
    PerhapsSameMoney,
    /// Two witnesses of one payment disagree; both are kept.
    Contradiction,
    /// A code that was typed for this sale belongs to another sale's payment.
    CodeOfAnother,
    /// The typed code is of a payment from a phone that another sale prompted for as much, and nobody can
    /// say yet whether that prompt was paid with it.
    PerhapsCodeOfAnother,
    /// The payment was taken back after the sale.
    ReversedAfterSale,
    /// The payment is this sale's own, and another counter has it for one of its sales.
    AlsoAtAnotherCounter,
    /// The customer paid the till more than was owed: this much goes back.
    TooMuch,
}

/// A payment that reached the shop and pays no sale yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MoneyInView {
    /// M-PESA's code.
    pub receipt: ReceiptNumber,
    /// How much.
    pub amount: Money,
    /// When it was paid, as far as it is known; else when it was seen.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Visible last digits of the payer's phone.
    pub digits: Option<String>,
    /// The payer's first name, until the day is over.
    #[ts(type = "string | null")]
    pub first_name: Option<FirstName>,
    /// Sales it may be for, the likeliest first.
    pub offers: Vec<Offer>,
    /// Only a relay told of it, and Safaricom itself must show it first: it cannot be given to a sale yet.
    pub hint: bool,
}

/// A sale that a payment may be for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Offer {
    /// The sale.
    pub sale_id: String,
    /// What the customer reads.
    pub reference: String,
}

/// One statement of one witness, as the sale shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WitnessView {
    /// When it was written down.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Who.
    pub told_by: String,
    /// What was said, in the book's words.
    pub word: String,
    /// About which payment.
    pub receipt: Option<ReceiptNumber>,
    /// The amount named.
    pub amount: Option<Money>,
}

/// Which way a person answered for a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The customer, asked on screen, has no M-PESA message.
    NoMessage,
    /// It was paid.
    Paid,
    /// It was not paid.
    NotPaid,
}

/// A person's word, as the day lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonWordView {
    /// When.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// The sale's reference.
    pub reference: String,
    /// How much the prompt was for.
    pub amount: Money,
    /// Which way.
    pub direction: Direction,
    /// Why.
    pub reason: String,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Span {
    /// From.
    #[ts(type = "string")]
    pub from: DateTime<Utc>,
    /// To.
    #[ts(type = "string")]
    pub to: DateTime<Utc>,
}

/// What Keshia knows from Safaricom's list of payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct PullView {
    /// Is Pull Transactions switched on for this short code? Without it a lost answer, and a receipt number,
    /// stay unknown until a statement comes.
    pub on: bool,
    /// When the list was last read to its end.
    #[ts(type = "string | null")]
    pub read_at: Option<DateTime<Utc>>,
    /// Up to when it shows every payment.
    #[ts(type = "string | null")]
    pub seen_to: Option<DateTime<Utc>>,
}

/// The till roll and what else the Sell screen needs when it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RollView {
    /// Today's sales and every older one that is still open or watched, newest first.
    pub sales: Vec<SaleView>,
    /// Are there more sales today than listed (the roll shows the newest 200)?
    pub more: bool,
    /// What was half typed when Keshia last stopped, and the sale on the counter.
    pub draft: Option<Draft>,
    /// Payments of the last two days that pay no sale yet, newest first.
    pub money_in: Vec<MoneyInView>,
    /// How many sales need a person's eye.
    pub to_look_at: u32,
    /// The connection as last heard.
    pub link: LinkView,
}

/// What stands half typed on the counter; kept so that a power cut loses no key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// The amount as typed, with its sums: `120+3*80`.
    pub amount: String,
    /// The phone as typed.
    pub phone: String,
    /// Cash as typed.
    pub cash: String,
    /// M-PESA code as typed.
    pub code: String,
    /// Which part of the counter was open; the UI's own word.
    pub mode: String,
    /// The sale on the counter, when it already exists.
    pub sale_id: Option<String>,
}

/// Cash was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CashTaken {
    /// The sale afterwards.
    pub sale: SaleView,
    /// What to give back.
    pub change: Money,
}

/// What can be said about a typed code without asking anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CodeCheck {
    /// The code, cleaned, when its shape is right.
    pub receipt: Option<ReceiptNumber>,
    /// Everything worth a warning; empty when nothing is.
    pub warnings: Vec<CodeWarning>,
}

/// A warning about a typed code. It warns, it proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CodeWarning {
    /// Not ten letters and digits.
    Shape,
    /// An old message: its first three characters name this date.
    Old {
        /// That date.
        #[ts(type = "string")]
        date: NaiveDate,
    },
    /// The date it names is still to come.
    Future {
        /// That date.
        #[ts(type = "string")]
        date: NaiveDate,
    },
    /// Its first three characters name no date.
    OddDate,
    /// It paid a sale already, or is of a payment that is another sale's: refused, not only warned about.
    Used {
        /// That sale.
        sale: SaleName,
        /// When the payment was recorded.
        #[ts(type = "string")]
        at: DateTime<Utc>,
    },
}

/// A payment ended while the cashier may be doing something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PaymentEnded {
    /// The sale afterwards.
    pub sale: SaleView,
    /// Which push ended.
    pub push_id: String,
    /// How: the three sounds.
    pub outcome: Outcome,
}

/// The three sounds of the till.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Paid.
    Paid,
    /// Not paid, certainly.
    NotPaid,
    /// Somebody should look.
    Look,
}

/// The connection to Safaricom as last heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct LinkView {
    /// `null` until something was asked.
    pub online: Option<bool>,
    /// PC clock minus Safaricom's clock, seconds, when more than a minute.
    #[ts(type = "number | null")]
    pub clock_skew_s: Option<i64>,
    /// The PC's clock is behind the book's newest row, which was written at this time: its date is in doubt
    /// until a person says that it is right.
    #[ts(type = "string | null")]
    pub clock_behind: Option<DateTime<Utc>>,
    /// Most of the last prompts got no answer: let the customer pay the till.
    pub prompts_slow: bool,
    /// Safaricom's list of payments.
    pub pull: PullView,
    /// The relay; `null` when this counter has none.
    pub relay: Option<RelayView>,
}

/// The relay, as the screens see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct RelayView {
    /// When it last answered.
    #[ts(type = "string | null")]
    pub heard_at: Option<DateTime<Utc>>,
    /// Why nothing comes from it.
    pub trouble: Option<RelayTrouble>,
}

/// Why nothing comes from the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RelayTrouble {
    /// It does not answer.
    Unreachable,
    /// This counter was shut out, or the shop is not there any more.
    NotLetIn,
    /// It has seen a longer or another chain of this counter: this file is an older copy, or was changed.
    ChainRefused,
    /// This PC's disk.
    Here,
}

/// Who is at the counter, and what they may do there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeskView {
    /// There are people, and none of them is here.
    pub locked: bool,
    /// Who is here; nobody in a shop that does not tell people apart.
    pub person: Option<PersonView>,
    /// Seconds for which the owner's passphrase still counts.
    pub passphrase_s: u32,
    /// What may be done now, without asking anybody else.
    pub may: Vec<Act>,
    /// Minutes after which a counter that nobody touches locks; 0 for never.
    pub auto_lock_min: u32,
    /// Everybody who works here; empty in a shop that does not tell people apart.
    pub people: Vec<PersonView>,
}

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonView {
    /// Random, opaque.
    pub id: String,
    /// As the shop calls them.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// What is under way when somebody closes the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClosingView {
    /// Sales with a prompt that may still be answered.
    pub under_way: Vec<SaleView>,
}

/// The printer, as the counter shows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct PrinterView {
    /// There is one.
    pub set: bool,
    /// What kept it from printing the last time.
    pub trouble: Option<receipts::Trouble>,
    /// Slips that still wait to be printed by themselves.
    pub waiting: u32,
    /// Slips that waited too long: they are printed when somebody says so.
    pub not_printed: u32,
}

/// Always the same number of digits, so that two times can be compared as text.
fn with_milliseconds<S: serde::Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
}
