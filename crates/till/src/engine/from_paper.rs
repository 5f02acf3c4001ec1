//! Sales from paper, written in later: after an evening without power the book must still have them.

use chrono::{DateTime, TimeDelta, Utc};

use super::{CodeInput, Effect, Engine};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::money::Money;
use crate::people::Act;
use crate::view::{ReadFrom, SaleView};

/// How far back a sale may be written in, days: the paper of a week.
const REACH_DAYS: i64 = 7;

/// One line of the paper.
#[derive(Debug, Clone)]
pub struct PaperSale {
    /// How much.
    pub amount: Money,
    /// When it was sold.
    pub at: DateTime<Utc>,
    /// How it was paid.
    pub paid: PaperPaid,
}

/// How a sale on paper was paid.
#[derive(Debug, Clone)]
pub enum PaperPaid {
    /// Notes and coins.
    Cash,
    /// By M-Pesa, with the code that was written down.
    Code {
        /// The code.
        code: String,
        /// Where it was read.
        read_from: ReadFrom,
    },
}

impl Engine {
    /// Writes one sale in, and who did, in one transaction. It counts on the day on which it is written, and says
    /// when it was made.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] for a time in the future or too long ago, those of taking cash or a code, those of
    /// [`Self::may`], or the disk's trouble.
    pub fn write_in(&mut self, line: &PaperSale, now: Now) -> Result<(SaleView, Vec<Effect>), TillError> {
        if line.at > now.utc || line.at < now.utc - TimeDelta::days(REACH_DAYS) {
            return Err(TillError::new(
                Code::NotAllowed,
                "Type when it was sold: within the last seven days, and not later than now.",
            ));
        }
        self.may(Act::FromPaper, now)?;
        self.paper_at = Some(line.at);
        let written = match &line.paid {
            PaperPaid::Cash => self
                .take_cash(None, line.amount, line.amount, now)
                .map(|(taken, effects)| (taken.sale, effects)),
            PaperPaid::Code { code, read_from } => self.take_code(
                CodeInput {
                    sale_id: None,
                    amount: line.amount,
                    code: code.clone(),
                    read_from: *read_from,
                    // The paper is old, and so is its code.
                    warned: true,
                },
                now,
            ),
        };
        self.paper_at = None;
        written
    }
}
