//! Goods that come back, money that was paid twice, and what the shop gives back for them.

use till::Code;
use till::engine::{RefundInput, RefundWay};
use till::people::Act;
use till::view::SaleState;

use crate::TortureError;
use crate::cashier::kes;
use crate::day::Day;
use crate::report::Fault;
use crate::unsure::What;

impl Day {
    /// A customer of before is back, with goods or with two M-PESA messages.
    pub(crate) fn refunds(&mut self, counter: usize) -> Result<(), TortureError> {
        if !self.stands_at(counter)? {
            return Ok(());
        }
        let roll = self.with_engine(counter, |engine, now| Ok((engine.roll(now)?.sales, Vec::new())))?;
        let Some(Ok(mut sales)) = roll else { return Ok(()) };
        sales.retain(|sale| sale.state != SaleState::Open);
        let with_question: Vec<_> = sales
            .iter()
            .filter(|sale| !sale.matters.is_empty())
            .cloned()
            .collect();
        if !with_question.is_empty() && self.dice.happens(600) {
            sales = with_question;
        }
        let Some(sale) = self.dice.pick(&sales).cloned() else {
            return Ok(());
        };
        let giving = self.with_engine(counter, |engine, _| {
            Ok((engine.giving_back(&sale.id)?, Vec::new()))
        })?;
        let Some(Ok(giving)) = giving else { return Ok(()) };
        let owed = !giving.owed.is_zero() && self.dice.happens(800);
        let most = if owed { giving.owed } else { giving.money }.shillings();
        let amount = match self.dice.below(10) {
            0..5 => most,
            5..8 => self.dice.within(1, most.max(1)),
            _ => most + 1,
        };
        let whose = self.whose(counter);
        let from_drawer = self
            .staff(counter)
            .is_some_and(|staff| staff.cash.has(whose, amount));
        let code = (!from_drawer || self.dice.happens(400)).then(|| self.sent_code(counter));
        let used = code.as_ref().is_some_and(|code| {
            self.staff(counter)
                .is_some_and(|staff| staff.cash.sent.iter().any(|(sent, _)| sent == code))
        });
        let input = RefundInput {
            sale_id: sale.id.clone(),
            amount: kes(amount),
            way: match &code {
                Some(code) => RefundWay::Phone(code.clone()),
                None => RefundWay::Cash,
            },
            owed,
            reason: "came back".into(),
        };
        let what = What::Refund {
            sale_id: sale.id.clone(),
            amount,
            code: code.clone(),
        };
        let done = self.risks(counter, Act::Refund, what, |engine, now| {
            engine.refund(&input, now)
        })?;
        match done {
            Some(Ok(_)) => {
                self.report.act("refunds", 1);
                if amount > most || used {
                    let words = format!(
                        "{amount} of sale {} went back, at most {most} could ({code:?})",
                        sale.id
                    );
                    self.fault(Fault::Wrong, words);
                }
                if let Some(staff) = self.staff(counter) {
                    staff.cash.went_back(whose, &sale.id, amount, code);
                }
            }
            Some(Err(error)) => {
                let code = error.code;
                let expected = code.is_of_the_disk()
                    || [Code::NotPermitted, Code::Locked].contains(&code)
                    || code == Code::AmountInvalid && (amount > most || amount <= 0)
                    || code == Code::CodeUsed && used;
                if !expected {
                    self.fault(Fault::Wrong, format!("money cannot go back: {error}"));
                }
            }
            None => {}
        }
        self.drawers_agree(counter)
    }

    /// The code of what the shop's phone has just sent; sometimes the one before is typed again.
    fn sent_code(&mut self, counter: usize) -> String {
        let again = self.dice.happens(100);
        let next = self.dice.below(10_000_000);
        let last = self
            .staff(counter)
            .and_then(|staff| staff.cash.sent.last())
            .map(|(code, _)| code.clone());
        match last {
            Some(code) if again => code,
            // Only figures: Safaricom's own are letters too.
            Some(_) | None => format!("UKO{next:07}"),
        }
    }
}
