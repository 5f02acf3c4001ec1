//! Money that goes: a sale is given up, goods come back, something is paid out of the drawer; and a debt is paid off.

use super::Evening;
use super::people::{CASHIER, CASHIERS_PIN, OWNER, OWNERS_PIN};
use super::sums::{figure, ksh};
use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{PAYMENT, SOON, until};

impl Evening<'_> {
    pub async fn money_goes_out(&mut self) {
        self.gives_a_sale_up().await;
        self.pays_out(200).await;
        self.till.signs_in(OWNER, OWNERS_PIN).await;
        self.till.ready_to_sell().await;
        self.everything_is_proved().await;
        self.takes_goods_back(450, 100).await;
        self.takes_a_debt(200).await;
        self.till.signs_in(CASHIER, CASHIERS_PIN).await;
        self.till.ready_to_sell().await;
    }

    /// A query names no code: Safaricom's list brings it, and the day follows by itself.
    async fn everything_is_proved(&self) {
        self.till.click("nav-day").await;
        let proved = figure(self.sums.proved());
        self.till.says_within("day-proved", &proved, PAYMENT).await;
        self.till.click("nav-sell").await;
        self.till.ready_to_sell().await;
    }

    /// 500 of 800 were taken, so that the cashier asks the owner.
    async fn gives_a_sale_up(&self) {
        let till = self.till;
        till.type_keys("800c").await;
        till.cursor_in("cash-field").await;
        till.type_keys(&format!("500{ENTER}")).await;
        till.cursor_in("phone").await;
        till.type_keys("v").await;
        till.cursor_in("void-field").await;
        till.type_keys("ameondoka").await;
        self.seen("13-void").await;
        till.type_keys(ENTER).await;
        till.see("ask-panel").await;
        till.type_keys(&format!("niko hapa{ENTER}")).await;
        till.cursor_in("pin").await;
        self.seen("14-asked").await;
        till.type_keys(&format!("{OWNERS_PIN}{ENTER}")).await;
        till.gone("ask-panel").await;
        till.counter_is("voided", SOON).await;
        self.seen("15-given-up").await;
        till.next_customer().await;
    }

    async fn pays_out(&mut self, amount: i64) {
        let till = self.till;
        till.type_keys("o").await;
        till.cursor_in("drawer-amount").await;
        till.type_keys(&format!("{amount}{ENTER}")).await;
        till.cursor_in("drawer-why").await;
        till.type_keys(&format!("maji{ENTER}")).await;
        until("the drawer's money to go out", SOON, async || {
            (till.value("drawer-amount").await.is_empty()).then_some(())
        })
        .await;
        self.sums.paid_out += amount;
        self.seen("16-paid-out").await;
        till.type_keys(ESCAPE).await;
        till.ready_to_sell().await;
    }

    /// Of the evening's first sale, which the roll still has.
    async fn takes_goods_back(&mut self, of: i64, amount: i64) {
        let till = self.till;
        let roll = till.roll().await;
        let sold = roll
            .iter()
            .find(|line| line.status == "paid_cash" && line.text.contains(&figure(of)))
            .unwrap_or_else(|| panic!("{of} in {roll:?}"));
        till.find(&format!("[data-testid=roll-line][data-sale='{}']", sold.sale))
            .await
            .click()
            .await
            .unwrap();
        till.counter_is("paid_cash", SOON).await;
        till.type_keys("b").await;
        till.see("refund").await;
        till.write("refund-amount", &amount.to_string()).await;
        till.write("refund-why", "mfuko ulipasuka").await;
        self.seen("17-refund").await;
        till.click("refund-go").await;
        till.see("refunded").await;
        self.seen("18-refunded").await;
        self.sums.given_back += amount;
        till.next_customer().await;
    }

    async fn takes_a_debt(&mut self, amount: i64) {
        let till = self.till;
        till.click("nav-customers").await;
        till.click("customer-line").await;
        till.says("customer-owed", &figure(self.sums.credit)).await;
        till.cursor_in("debt-amount").await;
        till.write("debt-amount", &amount.to_string()).await;
        self.seen("19-customer").await;
        till.type_keys(ENTER).await;
        till.cursor_in("phone").await;
        let from = self.printer.length();
        till.type_keys(&format!("c{ENTER}")).await;
        till.counter_is("paid_cash", SOON).await;
        self.sums.paid_off += amount;
        let slip = self.printer.slip(from, &ksh(amount)).await;
        self.keep("20-debt-slip", &slip);
        self.seen("20-debt-paid").await;
        till.next_customer().await;
    }
}
