//! The auditor of debts, with SQL of his own over the raw book: what each customer owes is what the notebook says and
//! what M-PESA really moved, nobody owes less than nothing, and a promise is never counted as money.

use std::collections::BTreeMap;

use daraja_sim::world::World;
use rusqlite::{Connection, params};

use crate::TortureError;
use crate::audit::Auditor;
use crate::counter::Counter;
use crate::day::Day;
use crate::line::{Shared, lock};
use crate::notebook::{Line, Notebook};
use crate::report::{DayReport, Fault};

/// Entries on debts by what stands on their other side, and apart from these whatever came by M-PESA.
const BY_BOOK: &str = "
    SELECT s.customer_id, CASE WHEN t.kind IN ('push', 'to_till', 'code') THEN 'mpesa' ELSE o.account END,
           SUM(p.debit - p.credit) / 100
    FROM sale s JOIN posting p ON p.sale_id = s.id AND p.account = 'credit'
        JOIN posting o ON o.sale_id = p.sale_id AND o.entry = p.entry AND o.account <> 'credit'
        LEFT JOIN tender t ON t.id = p.tender_id
    WHERE s.customer_id IS NOT NULL GROUP BY 1, 2
    UNION ALL SELECT about, 'written_off', -SUM(amount) / 100 FROM act WHERE act = 'write_off' GROUP BY 1";

/// What of one customer's debt came, and went, by M-PESA.
const BY_MPESA: &str = "
    SELECT COALESCE(SUM(p.debit - p.credit), 0) / 100
    FROM sale s JOIN posting p ON p.sale_id = s.id AND p.account = 'credit'
        JOIN tender t ON t.id = p.tender_id AND t.kind IN ('push', 'to_till', 'code')
    WHERE s.customer_id = ?1";

/// What is still to come by payments of the debt that are under way.
const UNDER_WAY: &str = "
    SELECT COALESCE(SUM(MAX(0, s.amount + COALESCE(
        (SELECT SUM(p.debit - p.credit) FROM posting p WHERE p.sale_id = s.id AND p.account = 'credit'), 0))), 0) / 100
    FROM sale s WHERE s.customer_id = ?1 AND s.kind = 'pay_off' AND s.state = 'open'";

/// What must not be there, each by its id.
const NEVER: [(&str, &str); 9] = [
    (
        "a promise that counts as money",
        "SELECT t.id FROM tender t JOIN posting p ON p.sale_id = t.sale_id AND p.tender_id = t.id
         WHERE t.kind = 'credit' AND p.account NOT IN ('credit', 'sales', 'refund_due')",
    ),
    (
        "a promise that pays a debt",
        "SELECT t.id FROM tender t JOIN sale s ON s.id = t.sale_id WHERE t.kind = 'credit' AND s.kind = 'pay_off'",
    ),
    (
        "an entry on nobody's debt",
        "SELECT p.entry FROM posting p LEFT JOIN sale s ON s.id = p.sale_id
         WHERE p.account = 'credit' AND s.customer_id IS NULL
             AND NOT EXISTS (SELECT 1 FROM write_off w WHERE w.id = p.entry AND p.sale_id IS NULL)",
    ),
    (
        "a debt that was paid off and sold something",
        "SELECT p.entry FROM posting p JOIN sale s ON s.id = p.sale_id
         WHERE s.kind = 'pay_off' AND p.account IN ('sales', 'refunds')",
    ),
    (
        "credit that nobody gave",
        "SELECT customer_id || ' ' || SUM(n) FROM (
            SELECT customer_id, amount, 1 AS n FROM tender WHERE kind = 'credit'
            UNION ALL SELECT about, amount, -1 FROM act WHERE act IN ('give_credit', 'credit_beyond_limit'))
         GROUP BY customer_id, amount HAVING SUM(n) <> 0",
    ),
    (
        "a payment of a debt that nobody began",
        "SELECT customer_id || ' ' || SUM(n) FROM (
            SELECT customer_id, amount, 1 AS n FROM sale WHERE kind = 'pay_off'
            UNION ALL SELECT about, amount, -1 FROM act WHERE act = 'pay_off')
         GROUP BY customer_id, amount HAVING SUM(n) <> 0",
    ),
    (
        "a debt written off that nobody gave up",
        "SELECT customer_id || ' ' || SUM(n) FROM (
            SELECT w.customer_id, p.debit AS amount, 1 AS n FROM write_off w
                JOIN posting p ON p.entry = w.id AND p.account = 'written_off'
            UNION ALL SELECT about, amount, -1 FROM act WHERE act = 'write_off')
         GROUP BY customer_id, amount HAVING SUM(n) <> 0",
    ),
    (
        "beyond the limit, or written off, and nobody said why",
        "SELECT seq || ' ' || act FROM act WHERE act IN ('credit_beyond_limit', 'write_off') AND reason_id IS NULL",
    ),
    // Limits and entries stand in one chain, so what was owed when credit was given can be read from it.
    (
        "credit that is not within the limit as it says, or not beyond it",
        "WITH given AS (
            SELECT a.seq, a.act, a.about,
                (SELECT c.amount FROM act c WHERE c.act = 'change_customer' AND c.about = a.about AND c.seq < a.seq
                 ORDER BY c.seq DESC LIMIT 1) AS most,
                COALESCE((SELECT SUM(p.debit - p.credit) FROM sale s JOIN posting p ON p.sale_id = s.id
                    WHERE s.customer_id = a.about AND p.account = 'credit' AND p.seq < a.seq), 0)
                - COALESCE((SELECT SUM(w.amount) FROM act w
                    WHERE w.act = 'write_off' AND w.about = a.about AND w.seq < a.seq), 0) AS owed
            FROM act a WHERE a.act IN ('give_credit', 'credit_beyond_limit'))
         SELECT seq || ': ' || act || ', ' || owed || ' of ' || most FROM given
         WHERE most IS NULL OR (act = 'give_credit') <> (owed <= most)",
    ),
];

/// What the book says of each customer's debt, shillings, by what stands on the other side.
fn by_book(book: &Connection) -> rusqlite::Result<BTreeMap<(String, String), i64>> {
    let mut statement = book.prepare_cached(BY_BOOK)?;
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    rows.collect()
}

/// Where notebook and book differ. M-PESA is not in the notebook, but nobody owes less than nothing with it.
pub(crate) fn differ(book: &Connection, notebook: &Notebook) -> rusqlite::Result<Vec<String>> {
    let mut written = by_book(book)?;
    let mut faults = Vec::new();
    for page in &notebook.pages {
        let mpesa = written
            .remove(&(page.id.clone(), "mpesa".to_owned()))
            .unwrap_or(0);
        for line in Line::ALL {
            let key = (page.id.clone(), line.account().to_owned());
            let said = written.remove(&key).unwrap_or(0);
            let noted = page.of(line);
            if said != noted {
                faults.push(format!(
                    "the debt of {} has {noted} by {line:?} and the book says {said}",
                    page.name
                ));
            }
        }
        let owes = page.owes() + mpesa;
        if owes < 0 {
            faults.push(format!("{} owes {owes}, less than nothing", page.name));
        }
    }
    faults.extend(
        written
            .into_iter()
            .filter(|(_, sum)| *sum != 0)
            .map(|(key, sum)| format!("{sum} on the debt of {key:?} stands in no notebook")),
    );
    Ok(faults)
}

impl Day {
    /// What a customer owes at a counter: by the notebook, less what its book has of M-PESA.
    pub(crate) fn owes(&self, counter: usize, who: usize) -> Result<i64, TortureError> {
        let page = self.staff.get(counter).and_then(|staff| staff.notebook.page(who));
        let Some(page) = page else { return Ok(0) };
        Ok(page.owes() + self.number(counter, BY_MPESA, &page.id)?)
    }

    /// What of it nothing else is about to lessen.
    pub(crate) fn free_debt(&self, counter: usize, who: usize) -> Result<i64, TortureError> {
        let page = self.staff.get(counter).and_then(|staff| staff.notebook.page(who));
        let Some(page) = page else { return Ok(0) };
        let under_way = self.number(counter, UNDER_WAY, &page.id)?;
        Ok((self.owes(counter, who)? - under_way).max(0))
    }

    pub(crate) fn under_way(&self, counter: usize, customer_id: &str) -> Result<i64, TortureError> {
        self.number(counter, UNDER_WAY, customer_id)
    }

    /// Each debt is what the notebook says.
    pub(crate) fn debts_agree(&mut self, counter: usize) -> Result<(), TortureError> {
        let Some(book) = self.counters.get(counter).and_then(Counter::book) else {
            return Ok(());
        };
        // While the counter is off nobody knows whether what was being done is written.
        let Some(staff) = self.staff.get(counter).filter(|staff| staff.unsure.is_none()) else {
            return Ok(());
        };
        for words in differ(book, &staff.notebook)? {
            self.fault(Fault::Wrong, words);
        }
        Ok(())
    }
}

impl Auditor {
    /// What the notebook says is owed back of sales that were given up.
    pub(crate) fn owed_back(&mut self, notebook: &Notebook) {
        let back = notebook.owed_back.iter();
        self.owed_back
            .extend(back.map(|(sale_id, shillings)| (sale_id.clone(), shillings * 100)));
    }

    /// The debts in one counter's book when the day is over.
    pub(crate) fn reads_debts(
        &self,
        outside: &Shared,
        book: &Connection,
        notebook: &Notebook,
        report: &mut DayReport,
    ) -> Result<(), TortureError> {
        let mut faults = differ(book, notebook)?;
        for (words, sql) in NEVER {
            let mut statement = book.prepare(sql)?;
            let ids: Vec<String> = statement
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            faults.extend(ids.into_iter().map(|id| format!("{words} ({id})")));
        }
        let all: i64 = book.query_row(
            "SELECT COALESCE(SUM(debit - credit), 0) / 100 FROM posting WHERE account = 'credit'",
            [],
            |row| row.get(0),
        )?;
        let owed: i64 = by_book(book)?.values().sum();
        if all != owed {
            faults.push(format!(
                "{all} is owed by the account and {owed} by the customers"
            ));
        }
        let outside = lock(outside);
        faults.extend(self.paid_off(&outside.world, book)?);
        faults.extend(given_back(book, notebook)?);
        report
            .faults
            .extend(faults.into_iter().map(|words| (Fault::Wrong, words)));
        Ok(())
    }

    /// No debt is lessened by more than M-PESA moved for it, unless a person said so.
    fn paid_off(&self, world: &World, book: &Connection) -> Result<Vec<String>, TortureError> {
        let mut faults = Vec::new();
        let mut statement = book.prepare(
            "SELECT s.id, s.state, COALESCE(SUM(p.credit - p.debit), 0)
             FROM sale s JOIN posting p ON p.sale_id = s.id AND p.account = 'credit'
                 JOIN tender t ON t.id = p.tender_id AND t.kind IN ('push', 'to_till', 'code')
             WHERE s.kind = 'pay_off' GROUP BY s.id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (sale_id, state, lessened): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (moved, doubtful) = self.paid_in_truth(world, book, &sale_id)?;
            if state == "voided" && lessened != 0 {
                faults.push(format!(
                    "sale {sale_id} is given up and lessens a debt by {lessened}"
                ));
            }
            if lessened > moved && !doubtful && !self.rests_on_a_word(world, book, &sale_id)? {
                faults.push(format!(
                    "sale {sale_id} lessens a debt by {lessened} and M-PESA moved {moved} for it"
                ));
            }
        }
        Ok(faults)
    }

    /// Did a person say what a prompt of this sale came to, or did its own customer pay by hand instead?
    fn rests_on_a_word(&self, world: &World, book: &Connection, sale_id: &str) -> rusqlite::Result<bool> {
        let said: bool = book.query_row(
            "SELECT EXISTS (SELECT 1 FROM push p LEFT JOIN money_in m ON m.tender_id = p.tender_id
             WHERE p.sale_id = ?1 AND (p.told_by = 'person' OR m.why = 'person'))",
            [sale_id],
            |row| row.get(0),
        )?;
        let mut statement =
            book.prepare_cached("SELECT receipt FROM push WHERE sale_id = ?1 AND receipt IS NOT NULL")?;
        let receipts: Vec<String> = statement
            .query_map(params![sale_id], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let by_hand = |receipt: &String| self.is_own_by_hand(world, sale_id, receipt);
        Ok(said || receipts.iter().any(by_hand))
    }
}

/// In money goes back at most what was paid for a sale, or paid off since.
fn given_back(book: &Connection, notebook: &Notebook) -> rusqlite::Result<Vec<String>> {
    let mut faults = Vec::new();
    for page in &notebook.pages {
        let beyond: i64 = book.query_row(
            "SELECT COALESCE(SUM(MAX(0, went - (amount - promised))), 0) / 100 FROM (
                SELECT s.amount,
                    (SELECT COALESCE(SUM(t.amount), 0) FROM tender t WHERE t.sale_id = s.id AND t.kind = 'credit') AS promised,
                    (SELECT COALESCE(SUM(r.amount), 0) FROM refund r
                     WHERE r.sale_id = s.id AND r.way <> 'debt' AND r.owed = 0) AS went
                FROM sale s WHERE s.customer_id = ?1 AND s.kind = 'sale' AND s.state = 'settled')",
            [&page.id],
            |row| row.get(0),
        )?;
        let paid_off: i64 = book.query_row(BY_MPESA, [&page.id], |row| row.get(0))?;
        let paid_off = -(paid_off + page.of(Line::Cash) + page.of(Line::SentBack) + page.of(Line::Due));
        if beyond > paid_off {
            faults.push(format!(
                "{beyond} of what {} took on credit went back in money, and {paid_off} was paid off",
                page.name
            ));
        }
    }
    for (sale_id, promise) in &notebook.promises {
        if promise.off > promise.given {
            faults.push(format!(
                "{} of sale {sale_id} went off the debt and {} was on credit",
                promise.off, promise.given
            ));
        }
    }
    Ok(faults)
}
