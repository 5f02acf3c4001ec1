//! The shop's own notebook of debts: what people wrote down by hand when it happened, apart from the book. Shillings
//! everywhere.

use std::collections::BTreeMap;

/// Why a debt grew, or lessened, as far as hands and eyes can tell. What M-PESA brought is the World's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Line {
    /// Taken on credit, less what was given up.
    Given,
    /// Paid off in notes, less what of them went back.
    Cash,
    /// What was paid off, sent back from the shop's phone.
    SentBack,
    /// Goods that came back.
    Goods,
    /// What the shop owed anyhow, taken off the debt.
    Due,
    /// Nobody will pay it.
    WrittenOff,
}

impl Line {
    pub(crate) const ALL: [Self; 6] = [
        Self::Given,
        Self::Cash,
        Self::SentBack,
        Self::Goods,
        Self::Due,
        Self::WrittenOff,
    ];

    /// The account that stands on the other side of such an entry.
    pub(crate) const fn account(self) -> &'static str {
        match self {
            Self::Given => "sales",
            Self::Cash => "cash",
            Self::SentBack => "sent_back",
            Self::Goods => "refunds",
            Self::Due => "refund_due",
            Self::WrittenOff => "written_off",
        }
    }
}

/// One customer.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    /// Which of the people in front of the counter.
    pub(crate) who: usize,
    /// What the till calls the customer.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) limit: i64,
    /// What it came to, by reason; below zero it was taken off.
    pub(crate) sums: BTreeMap<Line, i64>,
    pub(crate) write_offs: u64,
    /// All that names the customer was erased.
    pub(crate) erased: bool,
}

impl Page {
    /// What is owed, but for what M-PESA brought.
    pub(crate) fn owes(&self) -> i64 {
        self.sums.values().sum()
    }

    pub(crate) fn of(&self, line: Line) -> i64 {
        self.sums.get(&line).copied().unwrap_or(0)
    }
}

/// What was taken on credit with one sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) who: usize,
    pub(crate) given: i64,
    /// Taken off the debt since, for goods that came back.
    pub(crate) off: i64,
}

/// One counter's notebook.
#[derive(Debug, Default)]
pub(crate) struct Notebook {
    pub(crate) pages: Vec<Page>,
    /// Sales that pay a debt off, and whose.
    pub(crate) pay_offs: BTreeMap<String, usize>,
    /// Sales on credit.
    pub(crate) promises: BTreeMap<String, Promise>,
    /// What of sales that were given up had been paid off already: the shop owes it.
    pub(crate) owed_back: BTreeMap<String, i64>,
}

impl Notebook {
    /// Somebody new who agreed to stand in it.
    pub(crate) fn begins(&mut self, who: usize, id: String, name: String, limit: i64) {
        self.pages.push(Page {
            who,
            id,
            name,
            limit,
            sums: BTreeMap::new(),
            write_offs: 0,
            erased: false,
        });
    }

    pub(crate) fn page(&self, who: usize) -> Option<&Page> {
        self.pages.iter().find(|page| page.who == who)
    }

    pub(crate) fn page_mut(&mut self, who: usize) -> Option<&mut Page> {
        self.pages.iter_mut().find(|page| page.who == who)
    }

    /// Customers that still stand in the shop's list.
    pub(crate) fn here(&self) -> Vec<Page> {
        self.pages.iter().filter(|page| !page.erased).cloned().collect()
    }

    fn add(&mut self, who: usize, line: Line, amount: i64) {
        if let Some(page) = self.page_mut(who) {
            *page.sums.entry(line).or_default() += amount;
        }
    }

    /// A customer took so much and pays later.
    pub(crate) fn gave(&mut self, who: usize, sale_id: &str, amount: i64) {
        self.add(who, Line::Given, amount);
        let promise = self.promises.entry(sale_id.to_owned()).or_insert(Promise {
            who,
            given: 0,
            off: 0,
        });
        promise.given += amount;
    }

    /// Notes came for a sale; below zero they went back. Of a debt they lessen it.
    pub(crate) fn cash(&mut self, sale_id: &str, amount: i64) {
        if let Some(who) = self.pay_offs.get(sale_id).copied() {
            self.add(who, Line::Cash, -amount);
        }
    }

    /// A sale on credit was given up: so much of it went off the debt, and the rest had been paid off already.
    pub(crate) fn gave_up(&mut self, sale_id: &str, off: i64) {
        if let Some(promise) = self.promises.get_mut(sale_id) {
            let (who, back) = (promise.who, promise.given - off);
            promise.given = 0;
            self.add(who, Line::Given, -off);
            self.owed_back.insert(sale_id.to_owned(), back);
        }
    }

    /// So much went back of a sale, off the debt or in money.
    pub(crate) fn went_back(&mut self, sale_id: &str, amount: i64, way: Way) {
        let paid_off = self.pay_offs.get(sale_id).copied();
        match (way, paid_off) {
            (Way::Debt { owed: true }, _) => {
                let who = paid_off.or_else(|| Some(self.promises.get(sale_id)?.who));
                if let Some(who) = who {
                    self.add(who, Line::Due, -amount);
                }
            }
            (Way::Debt { owed: false }, _) => {
                if let Some(promise) = self.promises.get_mut(sale_id) {
                    promise.off += amount;
                    let who = promise.who;
                    self.add(who, Line::Goods, -amount);
                }
            }
            // What was paid off and goes back is owed again.
            (Way::Cash { owed: false }, Some(who)) => self.add(who, Line::Cash, amount),
            (Way::Phone { owed: false }, Some(who)) => self.add(who, Line::SentBack, amount),
            (Way::Cash { .. } | Way::Phone { .. }, _) => {}
        }
    }

    /// Nobody will pay so much.
    pub(crate) fn wrote_off(&mut self, who: usize, amount: i64) {
        self.add(who, Line::WrittenOff, -amount);
        if let Some(page) = self.page_mut(who) {
            page.write_offs += 1;
        }
    }
}

/// How something went back; `owed`: the shop owed it anyhow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Cash { owed: bool },
    Phone { owed: bool },
    Debt { owed: bool },
}
