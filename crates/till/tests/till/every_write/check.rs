//! What the next start must find, and what the book must say in the end.

use till::ReceiptNumber;
use till::view::{SaleState, TenderKindView};

use super::desk::Desk;
use crate::support::kes;

impl Desk {
    /// What the screen said before the power went is still so.
    pub fn nothing_shown_is_gone(&self) {
        for (id, before) in &self.shown {
            let after = self.engine().sale(id, self.now).unwrap();
            let case = self.plan.name;
            assert_eq!(after.amount, before.amount, "{case}: the same sale");
            assert!(after.paid >= before.paid, "{case}: what was paid stays paid");
            assert!(
                before.state == SaleState::Open || after.state == before.state,
                "{case}: a sale that was over stays over: {before:?} then {after:?}"
            );
            for tender in &before.tenders {
                let same = after.tenders.iter().find(|other| other.id == tender.id);
                let same = same.unwrap_or_else(|| panic!("{case}: a part is gone: {tender:?}"));
                assert!(
                    receipt(&tender.kind).is_none() || receipt(&same.kind) == receipt(&tender.kind),
                    "{case}: a known M-PESA code stays known"
                );
            }
        }
    }

    fn sql(&self, query: &str) -> i64 {
        self.engine()
            .store()
            .read()
            .query_row(query, [], |row| row.get(0))
            .unwrap()
    }

    fn balance(&self, accounts: &str) -> i64 {
        self.sql(&format!(
            "SELECT COALESCE(SUM(debit) - SUM(credit), 0) / 100 FROM posting WHERE account IN ({accounts})"
        ))
    }

    /// At the end of the evening the book says what happened outside, once.
    pub fn check(&self, case: &str) {
        self.nothing_shown_is_gone();
        let paid: i64 = self
            .outside
            .payments
            .iter()
            .map(|row| row.amount.shillings())
            .sum();
        let mpesa = self.balance("'mpesa_proved', 'mpesa_not_proved'");
        assert_eq!(mpesa, paid, "{case}: M-PESA money is in the book once");
        if self.plan.pull {
            assert_eq!(
                self.balance("'mpesa_proved'"),
                paid,
                "{case}: and with its codes, because the list tells them"
            );
        }
        let (cash, due) = (self.balance("'cash'"), -self.balance("'refund_due'"));
        assert_eq!(due, 0, "{case}: nobody paid twice");
        assert_eq!(
            cash + mpesa,
            -self.balance("'sales'"),
            "{case}: the book balances"
        );
        let sale = self.sale().expect("the sale was written");
        match sale.state {
            SaleState::Settled => {
                assert_eq!(
                    kes(cash + mpesa),
                    sale.amount,
                    "{case}: the customer paid what is owed"
                );
            }
            SaleState::Voided => assert_eq!(cash + mpesa, 0, "{case}: nothing was taken"),
            SaleState::Open => panic!("{case}: the sale has no end: {sale:?}"),
        }
        let entries = "SELECT COUNT(*) FROM (SELECT entry FROM posting GROUP BY entry HAVING SUM(debit) <> SUM(credit))";
        assert_eq!(self.sql(entries), 0, "{case}: each entry balances");
        for row in &self.outside.payments {
            let named = format!(
                "SELECT COUNT(*) FROM money_in WHERE receipt = '{}' AND tender_id IS NOT NULL",
                row.receipt
            );
            assert!(
                !self.plan.pull || self.sql(&named) == 1,
                "{case}: each payment pays one thing"
            );
        }
        let prompts = self.outside.orders.len();
        assert!(
            prompts <= self.plan.fates.len().max(1),
            "{case}: {prompts} prompts left, though the first could have been paid"
        );
        assert_eq!(self.sql("SELECT COUNT(*) FROM sale"), 1, "{case}: one sale");
    }
}

fn receipt(kind: &TenderKindView) -> Option<&ReceiptNumber> {
    match kind {
        TenderKindView::Push(push) => push.receipt.as_ref(),
        TenderKindView::ToTill { receipt, .. } => receipt.as_ref(),
        TenderKindView::Code { receipt, .. } => Some(receipt),
        TenderKindView::Cash { .. } | TenderKindView::Credit { .. } => None,
    }
}
