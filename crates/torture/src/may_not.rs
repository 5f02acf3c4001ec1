//! Somebody tries what only others may: nothing may come of it.

use till::engine::{CustomerInput, Engine, PaperPaid, PaperSale, RefundInput, RefundWay};
use till::people::{Act, Role};
use till::statement::Statement;
use till::{Code, Now, TillError};

use crate::TortureError;
use crate::cashier::kes;
use crate::day::Day;
use crate::staff::CASHIER;

impl Day {
    /// A cashier, or nobody, tries what needs somebody else: nothing may come of it.
    pub(crate) fn tries_what_nobody_may(&mut self, counter: usize) -> Result<(), TortureError> {
        if self.dice.happens(250) {
            self.locks(counter)?;
            self.report.act("tries at a locked counter", 1);
            self.tries(counter, Act::Sell, &mut |engine, now| {
                engine.take_cash(None, kes(100), kes(100), now)
            })?;
            self.tries(counter, Act::PayOut, &mut |engine, now| {
                engine.pay_out(kes(100), "for me", now)
            })?;
            return Ok(());
        }
        let who = CASHIER + usize::from(self.dice.happens(500));
        // Whatever was allowed before is over with another person.
        if !self.signs_in(counter, crate::staff::MANAGER)? || !self.signs_in(counter, who)? {
            return Ok(());
        }
        let sale_id = self.text(counter, "SELECT id FROM sale WHERE state = 'settled' LIMIT 1")?;
        let colleague = self
            .staff(counter)
            .and_then(|staff| staff.worker(CASHIER))
            .map(|worker| worker.id.clone())
            .unwrap_or_default();
        let customer = self.dice.pick(&self.here(counter)).map(|page| page.id.clone());
        let customer = customer.unwrap_or_default();
        let which = self.dice.below(18);
        self.report.act("tries of what only others may", 1);
        let act = act_of(which);
        let about = About {
            sale_id: sale_id.unwrap_or_default(),
            colleague,
            customer,
        };
        let mut tried =
            |engine: &mut Engine, now: Now| press(engine, which, &about, now).map(|()| ((), Vec::new()));
        let done = self.tries(counter, act, &mut tried)?;
        if matches!(done, Some(Err(error)) if error.code == Code::NotPermitted) {
            self.report.act("tries that were refused", 1);
        }
        Ok(())
    }
}

/// Whom and what the keys are about.
struct About {
    sale_id: String,
    colleague: String,
    customer: String,
}

/// One key that is not everybody's.
fn press(engine: &mut Engine, which: u64, about: &About, now: Now) -> Result<(), TillError> {
    match which {
        0 => {
            let input = RefundInput {
                sale_id: about.sale_id.clone(),
                amount: kes(1),
                way: RefundWay::Cash,
                owed: false,
                reason: "for me".into(),
            };
            engine.refund(&input, now).map(|_| ())
        }
        1 => engine.close_day(Some("for me"), now).map(|_| ()),
        2 => engine.x_report(now).map(|_| ()),
        3 => engine.before_close(now).map(|_| ()),
        4 => {
            let line = PaperSale {
                amount: kes(50),
                at: now.utc,
                paid: PaperPaid::Cash,
            };
            engine.write_in(&line, now).map(|_| ())
        }
        5 => engine.set_own_drawers(true, now),
        6 => engine
            .save_printing(&till::receipt::Printing::default(), now)
            .map(|_| ()),
        7 => engine.add_person("Friend", Role::Owner, "7351", now).map(|_| ()),
        8 => engine.set_auto_lock(0, now).map(|_| ()),
        9 => engine.new_recovery_code(now).map(|_| ()),
        10 => engine.take_statement(&nothing(now), now).map(|_| ()),
        11 => engine.reset_pin(&about.colleague, "7351", now).map(|_| ()),
        12 => engine.let_go(&about.colleague, now).map(|_| ()),
        13 => engine
            .write_off(&about.customer, kes(1), "for a friend", now)
            .map(|_| ()),
        14 => engine.customers(now).map(|_| ()),
        15 => engine.customer_phone(&about.customer, now).map(|_| ()),
        16 => {
            let input = CustomerInput {
                name: "Friend".into(),
                phone: None,
                limit: kes(100_000),
            };
            engine.change_customer(&about.customer, &input, now).map(|_| ())
        }
        _ => engine.erase_customer(&about.customer, now),
    }
}

const fn act_of(which: u64) -> Act {
    match which {
        0 => Act::Refund,
        1 | 3 => Act::CloseDay,
        2 => Act::SeeDay,
        4 => Act::FromPaper,
        5 | 6 => Act::Settings,
        10 => Act::TakeStatement,
        13 => Act::WriteOff,
        14 | 15 => Act::SeeCustomers,
        16 => Act::ChangeCustomer,
        17 => Act::PersonalData,
        _ => Act::People,
    }
}

const fn nothing(now: Now) -> Statement {
    Statement {
        payments: Vec::new(),
        reversals: Vec::new(),
        sent: Vec::new(),
        span: (now.utc, now.utc),
        others: 0,
        unreadable: Vec::new(),
    }
}
