//! The auditor at the end of the day, with SQL of his own over the raw book.

use daraja_sim::world::{PushState as WorldState, World};
use rusqlite::{Connection, params};

use crate::TortureError;
use crate::audit::Auditor;
use crate::line::{Shared, lock};
use crate::report::{DayReport, Fault};

/// One sale with what it came to, in cents.
struct SaleRow {
    id: String,
    state: String,
    owed: i64,
    /// It pays a debt off: what comes of it is no sale.
    pays_off: bool,
}

impl Auditor {
    /// Reads one counter's book.
    pub(crate) fn reads(
        &mut self,
        outside: &Shared,
        book: &Connection,
        report: &mut DayReport,
    ) -> Result<(), TortureError> {
        let outside = lock(outside);
        self.truth.catch_up(&outside.world);
        balances(book, report)?;
        untouched(book, report)?;
        self.prompts(&outside.world, book, report)?;
        self.payments(&outside.world, book, report)?;
        self.sales(&outside.world, book, report)
    }

    /// Does some witness bring receipt numbers?
    pub(crate) const fn sees_receipts(&self) -> bool {
        self.options.pull || self.options.statement()
    }

    fn prompts(&self, world: &World, book: &Connection, report: &mut DayReport) -> Result<(), TortureError> {
        let mut statement = book.prepare("SELECT id, state, told_by, receipt, sale_id FROM push")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            let state: String = row.get(1)?;
            let told_by: Option<String> = row.get(2)?;
            let receipt: Option<String> = row.get(3)?;
            let sale_id: String = row.get(4)?;
            if ["intended", "sending", "prompted", "unknown", "failed_provisional"].contains(&state.as_str())
            {
                report.unended += 1;
                report.faults.push((
                    Fault::Unexplained,
                    format!("prompt {id} is still {state} two days later"),
                ));
            }
            let truth = self.truth.push(world, &id);
            let paid = truth.is_some_and(|push| push.state == WorldState::Paid);
            let by_person = told_by.as_deref() == Some("person");
            if state == "paid"
                && !paid
                && !by_person
                && !was_given(book, &id)?
                && !self.by_hand(world, book, &id)?
            {
                report.faults.push((
                    Fault::Wrong,
                    format!("prompt {id} is written as paid and was not"),
                ));
            }
            let Some(true_receipt) = truth.and_then(|push| push.receipt.clone()) else {
                continue;
            };
            let typed: bool = book.query_row(
                "SELECT EXISTS (SELECT 1 FROM tender WHERE sale_id = ?1 AND kind = 'code' AND receipt = ?2)",
                params![sale_id, true_receipt],
                |row| row.get(0),
            )?;
            // On the roll, for a person to say which of two sales it is for: asked, and not guessed.
            let asked = is_on_the_roll(book, &true_receipt)?
                || is_asked_of_a_code(book, &true_receipt)?
                || was_given_away(book, &true_receipt)?;
            let explained = state == "paid" || typed || asked || state == "awaits_statement" || by_person;
            if !explained || self.sees_receipts() && state != "paid" && !typed && !asked {
                report.faults.push((
                    Fault::Lost,
                    format!(
                        "prompt {id} was paid with {true_receipt} and is written as {state} (by {told_by:?})"
                    ),
                ));
            }
            if self.sees_receipts()
                && state == "paid"
                && receipt.as_deref() != Some(true_receipt.as_str())
                && !typed
                && !asked
            {
                report.faults.push((
                    Fault::Unexplained,
                    format!("prompt {id} is paid, and its code {true_receipt} was never found ({receipt:?})"),
                ));
            }
        }
        Ok(())
    }

    /// Each payment in the book is one of the World's, and pays one thing.
    fn payments(&self, world: &World, book: &Connection, report: &mut DayReport) -> Result<(), TortureError> {
        // What a relay told of, and Safaricom must show first, is nobody's until then, or rests on a
        // person's word.
        let mut statement = book.prepare(
            "SELECT receipt, amount, CASE WHEN hint > 0 AND (tender_id IS NULL OR why IN ('person', 'code')) THEN 0 ELSE grade END
             FROM money_in",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (receipt, cents, grade): (String, i64, u8) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let told_by_safaricom = grade >= 3;
            match self.truth.payment(world, &receipt) {
                None if told_by_safaricom => report.faults.push((
                    Fault::Wrong,
                    format!("payment {receipt} is in the book and never was"),
                )),
                Some(payment) if told_by_safaricom && i64::from(payment.amount) * 100 != cents => {
                    report.faults.push((
                        Fault::Wrong,
                        format!("payment {receipt} is in the book with another amount"),
                    ))
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    fn sales(&self, world: &World, book: &Connection, report: &mut DayReport) -> Result<(), TortureError> {
        let mut statement = book.prepare("SELECT id, state, amount, kind = 'pay_off' FROM sale")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let sale = SaleRow {
                id: row.get(0)?,
                state: row.get(1)?,
                owed: row.get(2)?,
                pays_off: row.get(3)?,
            };
            self.sale(world, book, &sale, report)?;
        }
        Ok(())
    }

    fn sale(
        &self,
        world: &World,
        book: &Connection,
        sale: &SaleRow,
        report: &mut DayReport,
    ) -> Result<(), TortureError> {
        let Sums {
            cash,
            written,
            sold,
            promised,
        } = sums(book, sale)?;
        if sale.state == "settled" && sold != sale.owed {
            let words = format!("sale {} owes {} and is sold for {sold}", sale.id, sale.owed);
            report.faults.push((Fault::Wrong, words));
        }
        // What was taken of a sale that is given up goes back.
        let kept = if sale.state == "voided" {
            Some(&0)
        } else {
            self.cash.get(&sale.id)
        };
        if let Some(kept) = kept
            && cash < *kept
        {
            report.faults.push((
                Fault::Lost,
                format!("cash of sale {} was shown and is gone", sale.id),
            ));
        }
        let (paid, doubtful) = self.paid_in_truth(world, book, &sale.id)?;
        let due = if sale.state == "settled" {
            (paid + cash + promised - sale.owed).max(0)
        } else {
            // Nothing was sold: all of it goes back, but for what still waits to be part of it. What was promised and
            // paid off meanwhile goes back too.
            let waits = sold.saturating_sub(cash).saturating_sub(promised);
            paid.saturating_sub(waits) + self.owed_back.get(&sale.id).copied().unwrap_or(0)
        };
        let open: i64 = book.query_row(
            "SELECT COUNT(*) FROM matter WHERE sale_id = ?1 AND closed_at IS NULL",
            [&sale.id],
            |row| row.get(0),
        )?;
        if doubtful {
            return Ok(());
        }
        if written > due {
            let words = format!("sale {} would give back {written} and owes {due}", sale.id);
            report.faults.push((Fault::Wrong, words));
        } else if written < due && (self.sees_receipts() || open == 0) && !self.awaits(book, &sale.id)? {
            let words = format!(
                "sale {} ({}) was paid {due} too much and gives back {written} ({open} open questions)",
                sale.id, sale.state
            );
            report.faults.push((Fault::Unexplained, words));
        }
        Ok(())
    }

    /// Whether a push was paid by hand, by its own customer, though its prompt never came.
    fn by_hand(&self, world: &World, book: &Connection, push_id: &str) -> rusqlite::Result<bool> {
        let (sale_id, receipt): (String, Option<String>) = book.query_row(
            "SELECT sale_id, receipt FROM push WHERE id = ?1",
            [push_id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(receipt.is_some_and(|receipt| self.is_own_by_hand(world, &sale_id, &receipt)))
    }

    /// Does a prompt of this sale wait for a statement, or rest on a person's word?
    fn awaits(&self, book: &Connection, sale_id: &str) -> rusqlite::Result<bool> {
        book.query_row(
            "SELECT EXISTS (SELECT 1 FROM push WHERE sale_id = ?1 AND (state = 'awaits_statement' OR told_by = 'person'))",
            [sale_id],
            |row| row.get(0),
        )
    }

    /// What M-Pesa brought for a sale, in cents, and whether a shown message makes that doubtful.
    pub(crate) fn paid_in_truth(
        &self,
        world: &World,
        book: &Connection,
        sale_id: &str,
    ) -> Result<(i64, bool), TortureError> {
        let mut receipts: Vec<String> = Vec::new();
        let mut doubtful = false;
        let mut statement = book.prepare_cached(
            "SELECT t.kind, t.receipt, COALESCE(t.confirmed, 0), p.id FROM tender t LEFT JOIN push p ON p.tender_id = t.id
             WHERE t.sale_id = ?1",
        )?;
        let mut rows = statement.query([sale_id])?;
        while let Some(row) = rows.next()? {
            let kind: String = row.get(0)?;
            let receipt: Option<String> = row.get(1)?;
            let confirmed: bool = row.get(2)?;
            let push_id: Option<String> = row.get(3)?;
            match (kind.as_str(), receipt, push_id) {
                ("push", _, Some(push_id)) => {
                    let paid = self.truth.paid(world, &push_id).map(|(receipt, _)| receipt);
                    if let Some(receipt) = &paid {
                        // Or a person gave it to another sale.
                        doubtful |= is_on_the_roll(book, receipt)? || was_given_away(book, receipt)?;
                    }
                    receipts.extend(paid);
                }
                ("to_till", Some(receipt), _) => receipts.push(receipt),
                ("code", Some(receipt), _) => {
                    doubtful |= !confirmed;
                    receipts.push(receipt);
                }
                _ => {}
            }
        }
        receipts.sort();
        receipts.dedup();
        let cents = receipts
            .iter()
            .filter_map(|receipt| self.truth.payment(world, receipt))
            .map(|payment| i64::from(payment.amount) * 100)
            .sum();
        Ok((cents, doubtful))
    }
}

/// What the entries of one sale come to, in cents.
struct Sums {
    /// What customers gave in cash, before anything of it went back.
    cash: i64,
    /// What was owed to them, before anything of it went back.
    written: i64,
    /// What was sold, or paid off.
    sold: i64,
    /// Of that, what is to be paid later.
    promised: i64,
}

fn sums(book: &Connection, sale: &SaleRow) -> rusqlite::Result<Sums> {
    let of_account = |account: &str| -> rusqlite::Result<i64> {
        book.prepare_cached(
            "SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting WHERE sale_id = ?1 AND account = ?2",
        )?
        .query_row(params![sale.id, account], |row| row.get(0))
    };
    let given = |which: &str| -> rusqlite::Result<i64> {
        book.prepare_cached(&format!(
            "SELECT COALESCE(SUM(amount), 0) FROM refund WHERE sale_id = ?1 AND {which}"
        ))?
        .query_row([&sale.id], |row| row.get(0))
    };
    let income = if sale.pays_off { "credit" } else { "sales" };
    // By the parts of the sale; what goes back of a debt's payment is owed again and is none of them.
    let parts = |which: &str| -> rusqlite::Result<i64> {
        book.prepare_cached(&format!(
            "SELECT COALESCE(SUM(p.credit - p.debit), 0) FROM posting p JOIN tender t ON t.id = p.tender_id
             WHERE p.sale_id = ?1 AND p.account = ?2 AND {which}"
        ))?
        .query_row(params![sale.id, income], |row| row.get(0))
    };
    Ok(Sums {
        cash: of_account("cash")? + given("way = 'cash'")?,
        written: -of_account("refund_due")? + given("owed = 1")?,
        sold: parts("1 = 1")?,
        promised: parts("t.kind = 'credit'")?,
    })
}

/// Does a payment stand on the roll, for a person to place?
fn is_on_the_roll(book: &Connection, receipt: &str) -> rusqlite::Result<bool> {
    book.prepare_cached("SELECT EXISTS (SELECT 1 FROM money_in WHERE receipt = ?1 AND tender_id IS NULL)")?
        .query_row([receipt], |row| row.get(0))
}

/// Did a person say that some payment is this prompt's?
fn was_given(book: &Connection, push_id: &str) -> rusqlite::Result<bool> {
    book.query_row(
        "SELECT EXISTS (SELECT 1 FROM push p JOIN money_in m ON m.tender_id = p.tender_id
         WHERE p.id = ?1 AND m.why = 'person')",
        [push_id],
        |row| row.get(0),
    )
}

/// Did a person give this payment to a sale?
fn was_given_away(book: &Connection, receipt: &str) -> rusqlite::Result<bool> {
    book.query_row(
        "SELECT EXISTS (SELECT 1 FROM money_in WHERE receipt = ?1 AND why = 'person')",
        [receipt],
        |row| row.get(0),
    )
}

/// Typed for another sale, with the question there whether it is that sale's.
fn is_asked_of_a_code(book: &Connection, receipt: &str) -> rusqlite::Result<bool> {
    book.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM tender t JOIN matter m ON m.sale_id = t.sale_id
         WHERE t.receipt = ?1 AND m.kind = 'perhaps_code_of_another' AND m.closed_at IS NULL)",
    )?
    .query_row([receipt], |row| row.get(0))
}

/// A book that nobody edited: `verify` must not accuse anybody.
fn untouched(book: &Connection, report: &mut DayReport) -> Result<(), TortureError> {
    let verdict = till::verify::verify_in(book, &[], &mut |_| true)?;
    for trouble in verdict.iter().flat_map(|verdict| &verdict.troubles) {
        report
            .faults
            .push((Fault::Wrong, format!("verify says: {trouble}")));
    }
    Ok(())
}

fn balances(book: &Connection, report: &mut DayReport) -> Result<(), TortureError> {
    let odd: i64 = book.query_row(
        "SELECT COUNT(*) FROM (SELECT entry FROM posting GROUP BY entry HAVING SUM(debit) <> SUM(credit))",
        [],
        |row| row.get(0),
    )?;
    if odd != 0 {
        report
            .faults
            .push((Fault::Wrong, format!("{odd} entries do not balance")));
    }
    Ok(())
}
