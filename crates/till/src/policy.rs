//! Every number of the till's behaviour, with where it comes from.

use crate::money::Money;
use crate::people::pin::Cost;

/// The numbers. One value for practice, one for real money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// A prompt without a result becomes *unknown* after this long, and no second prompt goes to its
    /// phone before. Safaricom gives no lifetime; 150 s is safely above its two-minute rule (Daraja
    /// portal, M-PESA Express, result code 17) and equals the time Adyen asks to wait before a status
    /// is final (Adyen docs, POS timeouts, cloud).
    pub deadline_ms: u64,
    /// A failure that only a query told is believed when a second query, at least this much later,
    /// agrees: queries were seen to name failures for payments that had a receipt
    /// (dev.to/ronnyabuto, 30 March 2026).
    pub second_opinion_ms: u64,
    /// First question after Safaricom accepted; earlier ones answer "invalid CheckoutRequestID".
    pub first_query_ms: u64,
    /// Between two questions of all pushes together. Every 5 to 6 s passed unlimited on the sandbox
    /// in September 2026 (Deval123/nkap, provider notes).
    pub query_spacing_ms: u64,
    /// After a 429: Safaricom's sandbox names 5 a minute with a burst of 1.
    pub query_spacing_slow_ms: u64,
    /// How long the slow spacing is kept after a 429.
    pub slow_for_ms: u64,
    /// Of this many questions, old unknowns get at most one.
    pub old_unknown_share: u32,
    /// An unknown push is *old* this long after it was sent: three deadlines.
    pub old_after_ms: u64,
    /// Questions about one old push, spaced by its age: up to 10 minutes, up to an hour, later.
    pub old_spacing_ms: [u64; 3],
    /// After this Pull Transactions no longer reaches a payment (Daraja portal, Pull Transactions:
    /// 48 hours); the push awaits a statement.
    pub reach_ms: u64,
    /// Pull Transactions, while anything is open: pauses while the youngest open thing is under 20 minutes
    /// old, under an hour, and older. Safaricom publishes no limit; every few minutes is what a person would
    /// do on the portal.
    pub pull_pauses_ms: [u64; 3],
    /// Pull Transactions, while nothing is open but somebody is selling: who paid the till before any sale was
    /// written stands on the roll after the first of these; nobody has sold for the second, and the shop is quiet.
    /// No source; four short pages each time are some 4 MB in 12 hours.
    pub pull_idle_ms: [u64; 2],
    /// Pull Transactions, while a customer stands at the counter and only Pull can tell.
    pub pull_spacing_counter_ms: u64,
    /// The longest pause between two attempts that brought nothing.
    pub pull_backoff_max_ms: u64,
    /// How far before the oldest open push a Pull begins: once it is known that Safaricom reads our dates as
    /// East African ones, and before. They may be three hours off (production logs of an operator of tills:
    /// East African times printed as UTC), and an hour more.
    pub pull_back_ms: [u64; 2],
    /// A payment may show up in Pull this much later than one that was made after it. No source; a proof by
    /// absence waits for a row this much younger than the deadline.
    pub pull_order_slack_ms: u64,
    /// How often one stretch is read until two reads agree, before it is left for later.
    pub pull_reads_max: u32,
    /// Two clocks that agree may still differ by this when a payment's time is compared with a push's.
    pub clock_slack_ms: u64,
    /// How long after its deadline a payment by amount and digits may still be a push's.
    pub late_payment_ms: u64,
    /// No internet: the next attempt after this long, doubled each time, and at most this long.
    pub offline_probe_ms: (u64, u64),
    /// No answer about a push: the next question after this long, doubled each time, and at most this long.
    pub no_answer_ms: (u64, u64),
    /// Prompts are slow: so many of the last so many got no answer from the customer's phone.
    pub slow_prompts: (usize, usize),
    /// After this long without a prompt nobody remembers that they were slow.
    pub slow_memory_ms: u64,
    /// Requests an hour that nobody at the counter waits for. At about 6 kB each (a new TLS connection and
    /// a short answer) 150 an hour stay below 10 MB in 12 hours.
    pub background_per_hour: u32,
    /// The book's newest row may be this much younger than the PC's clock before the clock is doubted.
    pub clock_behind_ms: i64,
    /// A wall clock that moved by this much against the waiting clock has been set by somebody:
    /// every open push waits afresh.
    pub clock_step_ms: u64,
    /// What a relay tells settles payments up to this amount; above it only Safaricom itself does, when asked
    /// or by its list. The owner's choice; ours until he makes it.
    pub told_limit: Money,
    /// A receipt that could not be printed for this long is not printed by itself any more: the customer is gone,
    /// and a printer that comes back would print a pile of old slips. No source; two minutes are a queue's patience.
    pub print_within_ms: u64,
    /// A drawer that could not be opened for this long stays shut: nobody may be standing at it any more.
    pub drawer_within_ms: u64,
    /// The roll shows so many sales at most.
    pub roll_lines: u32,
    /// Wrong PINs in a row that cost nothing; the next wait that long, doubled each time, at most so long. A PIN of
    /// four figures then stands for days of trying.
    pub pin_tries_free: u32,
    /// See [`Self::pin_tries_free`].
    pub pin_wait_ms: (u64, u64),
    /// A counter that nobody touches locks after this long, until the owner chooses otherwise.
    pub auto_lock_ms: u64,
    /// A passphrase opens owner acts for this long.
    pub passphrase_ms: u64,
    /// What another person's PIN allowed must be done within this long.
    pub grant_ms: u64,
    /// How dear a PIN's hash is.
    pub pin_cost: Cost,
}

impl Policy {
    /// Real money.
    #[must_use]
    pub const fn live() -> Self {
        Self {
            deadline_ms: 150_000,
            second_opinion_ms: 15_000,
            first_query_ms: 5_000,
            query_spacing_ms: 6_000,
            query_spacing_slow_ms: 12_000,
            slow_for_ms: 3_600_000,
            old_unknown_share: 5,
            old_after_ms: 450_000,
            old_spacing_ms: [15_000, 60_000, 600_000],
            reach_ms: 48 * 3_600_000,
            pull_pauses_ms: [180_000, 600_000, 1_800_000],
            pull_idle_ms: [300_000, 3_600_000],
            pull_spacing_counter_ms: 15_000,
            pull_backoff_max_ms: 900_000,
            pull_back_ms: [900_000, 4 * 3_600_000],
            pull_order_slack_ms: 300_000,
            pull_reads_max: 4,
            clock_slack_ms: 30_000,
            late_payment_ms: 60_000,
            offline_probe_ms: (5_000, 60_000),
            no_answer_ms: (6_000, 60_000),
            slow_prompts: (3, 5),
            slow_memory_ms: 900_000,
            background_per_hour: 150,
            clock_behind_ms: 120_000,
            clock_step_ms: 30_000,
            told_limit: TOLD_LIMIT,
            print_within_ms: 120_000,
            drawer_within_ms: 15_000,
            roll_lines: 200,
            pin_tries_free: 3,
            pin_wait_ms: (30_000, 900_000),
            auto_lock_ms: 300_000,
            passphrase_ms: 600_000,
            grant_ms: 120_000,
            pin_cost: Cost::SHOP,
        }
    }

    /// Practice: the simulator is on this PC, so questions cost nothing.
    #[must_use]
    pub const fn practice() -> Self {
        Self {
            first_query_ms: 700,
            query_spacing_ms: 350,
            no_answer_ms: (350, 60_000),
            pull_pauses_ms: [15_000, 60_000, 600_000],
            pull_idle_ms: [10_000, 3_600_000],
            pull_spacing_counter_ms: 3_000,
            background_per_hour: u32::MAX,
            ..Self::live()
        }
    }
}

/// KSh 10,000.
const TOLD_LIMIT: Money = match Money::from_shillings(10_000) {
    Some(limit) => limit,
    None => Money::ZERO,
};

/// The largest M-PESA payment, whole shillings (Daraja portal, M-PESA Express FAQ 5, December 2025).
pub const MPESA_SHILLINGS_MAX: u32 = 250_000;

/// Visible digits of a customer's phone that stay when the rest is cut away, at the close of the day or, while somebody
/// must be found to be paid back, at the first close after that: as many as M-PESA itself shows of a payer.
pub const PHONE_DIGITS_KEPT: u32 = 3;

/// Days for which the first name of a payer stays readable, the day of the payment included; a close ends it sooner.
/// No source: it is for whoever asks at the counter whose a payment is, and tomorrow nobody stands there any more.
pub const PAYER_NAMES_KEPT_DAYS: u64 = 1;

/// Days after which a file with what is kept about one customer goes. It is handed over at once: Kenya's Data Protection
/// (General) Regulations 2021 give seven days to answer who asks for it, and a month leaves time to come back for it.
pub const CUSTOMER_FILES_KEPT_DAYS: i64 = 30;

/// Daily copies of the book: two weeks, so that a damage that nobody saw over a holiday has a copy from before it. Whoever
/// is erased stands in them until then, and is told so.
pub const DAILY_COPIES_KEPT: usize = 14;

/// Copies of the book from before a change of its form: as many versions back as anybody was seen to go.
pub const COPIES_BEFORE_CHANGES_KEPT: usize = 3;

/// What was said to Safaricom: longer than its support takes to answer. It names nobody, and of a phone three digits.
pub const LOG_KEPT_DAYS: i64 = 30;
/// Rows of it that are kept at most: a busy shop's month.
pub const LOG_KEPT_ROWS: u32 = 20_000;
/// Bytes of its file beyond which the oldest rows go, however few they are.
pub const LOG_KEPT_BYTES: i64 = 32 * 1024 * 1024;
/// Days for which it is counted how much was asked; a year and a month, to compare. Nobody is in the counts.
pub const USAGE_KEPT_DAYS: i64 = 400;
