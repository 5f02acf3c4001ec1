//! Every number of the till's behaviour, with where it comes from.

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
    /// A wall clock that moved by this much against the waiting clock has been set by somebody:
    /// every open push waits afresh.
    pub clock_step_ms: u64,
    /// The roll shows so many sales at most.
    pub roll_lines: u32,
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
            clock_step_ms: 30_000,
            roll_lines: 200,
        }
    }

    /// Practice: the simulator is on this PC, so questions cost nothing.
    #[must_use]
    pub const fn practice() -> Self {
        Self {
            first_query_ms: 700,
            query_spacing_ms: 350,
            ..Self::live()
        }
    }
}

/// The largest M-PESA payment, whole shillings (Daraja portal, M-PESA Express FAQ 5, December 2025).
pub const MPESA_SHILLINGS_MAX: u32 = 250_000;
