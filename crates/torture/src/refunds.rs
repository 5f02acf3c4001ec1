//! Goods that come back, money that was paid twice, and what the shop gives back for them.

use till::engine::{RefundInput, RefundWay};
use till::people::Act;
use till::view::{GivingBackView, SaleState, SaleView};
use till::{Code, TillError};

use crate::TortureError;
use crate::cashier::kes;
use crate::day::Day;
use crate::drawer::Whose;
use crate::notebook::Way;
use crate::report::Fault;
use crate::unsure::What;

/// What somebody wants to give back.
#[derive(Debug, Clone, Copy)]
struct Back {
    way: Way,
    amount: i64,
    /// By what the screen says.
    most: i64,
    /// Of the debt, by the notebook.
    free: i64,
    /// The code was typed before.
    used: bool,
}

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
        if self.dice.happens(450) {
            let on_debts = sales.iter().filter(|sale| sale.debtor.is_some()).cloned();
            sales = on_debts.collect();
        }
        let Some(sale) = self.dice.pick(&sales).cloned() else {
            return Ok(());
        };
        let giving = self.with_engine(counter, |engine, _| {
            Ok((engine.giving_back(&sale.id)?, Vec::new()))
        })?;
        let Some(Ok(giving)) = giving else { return Ok(()) };
        let (way, most) = self.how_back(&giving);
        let amount = match self.dice.below(10) {
            0..5 => most,
            5..8 => self.dice.within(1, most.max(1)),
            // Too much, or all that the sale cost.
            8 => most + 1,
            _ => sale.amount.shillings().max(most + 1),
        };
        self.gives_back(counter, &sale, (way, amount, most))
    }

    /// Off the debt, or in money; what is owed anyhow, or for goods. And the most that can go back so.
    fn how_back(&mut self, giving: &GivingBackView) -> (Way, i64) {
        let owed = !giving.owed.is_zero() && self.dice.happens(800);
        let (money, debt) = if owed {
            (giving.owed, giving.owed_off_debt)
        } else {
            (giving.money, giving.debt)
        };
        let off = !debt.is_zero() && (money.is_zero() || self.dice.happens(500));
        let way = if off {
            Way::Debt { owed }
        } else {
            Way::Cash { owed }
        };
        (way, if off { debt } else { money }.shillings())
    }

    fn gives_back(
        &mut self,
        counter: usize,
        sale: &SaleView,
        (way, amount, most): (Way, i64, i64),
    ) -> Result<(), TortureError> {
        let whose = self.whose(counter);
        let from_drawer = self
            .staff(counter)
            .is_some_and(|staff| staff.cash.has(whose, amount));
        let (way, code) = match way {
            Way::Cash { owed } if !from_drawer || self.dice.happens(400) => {
                (Way::Phone { owed }, Some(self.sent_code(counter)))
            }
            Way::Cash { .. } | Way::Phone { .. } | Way::Debt { .. } => (way, None),
        };
        let used = code.as_ref().is_some_and(|code| {
            self.staff(counter)
                .is_some_and(|staff| staff.cash.sent.iter().any(|(sent, _)| sent == code))
        });
        let (refund_way, owed) = match way {
            Way::Cash { owed } => (RefundWay::Cash, owed),
            Way::Phone { owed } => (RefundWay::Phone(code.clone().unwrap_or_default()), owed),
            Way::Debt { owed } => (RefundWay::Debt, owed),
        };
        let input = RefundInput {
            sale_id: sale.id.clone(),
            amount: kes(amount),
            way: refund_way,
            owed,
            reason: "came back".into(),
        };
        let free = match self.debtor_of(counter, &sale.id) {
            Some(who) => self.free_debt(counter, who)?,
            None => 0,
        };
        let what = What::Refund {
            sale_id: sale.id.clone(),
            amount,
            code: code.clone(),
            way,
        };
        if matches!(way, Way::Debt { .. }) {
            self.power_may_go(counter);
        }
        let done = self.risks(counter, Act::Refund, what, |engine, now| {
            engine.refund(&input, now)
        })?;
        let back = Back {
            way,
            amount,
            most,
            free,
            used,
        };
        match done {
            Some(Ok(_)) => self.went_back(counter, whose, &sale.id, (back, code)),
            Some(Err(error)) => self.cannot_go_back(&error, back),
            None => {}
        }
        self.debts_agree(counter)?;
        self.drawers_agree(counter)
    }

    fn went_back(
        &mut self,
        counter: usize,
        whose: Whose,
        sale_id: &str,
        (back, code): (Back, Option<String>),
    ) {
        let off = matches!(back.way, Way::Debt { .. });
        self.report.act("refunds", 1);
        self.report.act("refunds off a debt", usize::from(off));
        if back.amount > back.most || back.used || off && back.amount > back.free {
            let words = format!("{back:?} of sale {sale_id} went back and must not ({code:?})");
            self.fault(Fault::Wrong, words);
        }
        if let Some(staff) = self.staff(counter) {
            staff.went_back(whose, sale_id, (back.amount, back.way), code);
        }
    }

    fn cannot_go_back(&mut self, error: &TillError, back: Back) {
        let code = error.code;
        let expected = code.is_of_the_disk()
            || [Code::NotPermitted, Code::Locked].contains(&code)
            || code == Code::AmountInvalid && (back.amount > back.most || back.amount <= 0)
            || code == Code::CodeUsed && back.used;
        if !expected {
            self.fault(Fault::Wrong, format!("money cannot go back: {error}"));
        }
    }

    /// Whose debt a sale touches.
    fn debtor_of(&self, counter: usize, sale_id: &str) -> Option<usize> {
        let notebook = &self.staff.get(counter)?.notebook;
        let paid_off = notebook.pay_offs.get(sale_id).copied();
        paid_off.or_else(|| Some(notebook.promises.get(sale_id)?.who))
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
