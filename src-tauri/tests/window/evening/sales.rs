//! Ten sales, paid in every way there is.

use serde_json::json;

use super::Evening;
use super::people::JANE;
use super::sums::{figure, ksh};
use crate::support::code::todays_code;
use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{PAYMENT, SOON, until};

/// A customer who pays by the own hand.
const BY_HAND: &str = "254722000345";
/// A customer who types the PIN when told to.
const SLOW: &str = "254711666777";

impl Evening<'_> {
    pub async fn sells(&mut self) {
        self.cash(450, None).await;
        let waits = self.pays_the_till(730).await;
        self.cash(230, Some(1_000)).await;
        let typed = self.shows_a_message(480).await;
        self.prompt(350).await;
        self.split(1_250, 500).await;
        self.on_credit(800, None).await;
        self.on_credit(900, Some(300)).await;
        self.nobody_tells_of_a_code(65).await;
        self.adds_up("120+3*80", 360).await;
        // What the list tells: that the till was paid, and that the message was true.
        for sale in [waits, typed] {
            self.till.on_roll(&sale, "paid", PAYMENT).await;
        }
        assert_eq!(self.sums.sales, 10, "as many as this evening has");
        self.seen("12-ten-sales").await;
    }

    /// Exact, or with change.
    async fn cash(&mut self, amount: i64, given: Option<i64>) {
        let till = self.till;
        till.type_keys(&format!("{amount}c")).await;
        till.cursor_in("cash-field").await;
        if let Some(given) = given {
            till.type_keys(&given.to_string()).await;
            till.says("primary", &figure(given - amount)).await;
        }
        let from = self.printer.length();
        till.type_keys(ENTER).await;
        till.counter_is("paid_cash", SOON).await;
        self.sums.sales += 1;
        self.sums.cash += amount;
        if given.is_some() {
            let slip = self.printer.slip(from, &ksh(amount)).await;
            self.keep("04-cash-slip", &slip);
            self.seen("04-change").await;
        }
        till.next_customer().await;
    }

    /// The customer pays the number on the screen while the queue moves on.
    async fn pays_the_till(&mut self, amount: i64) -> String {
        let till = self.till;
        till.type_keys(&format!("{amount}t")).await;
        till.counter_is("waiting_till", SOON).await;
        let sale = till.sale_on_counter().await;
        self.seen("05-pays-the-till").await;
        let account = self.reference(&sale).await;
        let shillings = u32::try_from(amount).unwrap();
        self.simulator
            .pay_under("254722000981", shillings, &account)
            .await;
        till.next_customer().await;
        self.sums.sales += 1;
        self.sums.to_till += amount;
        sale
    }

    /// A message is typed while Safaricom's list does not answer; it will be told of later.
    async fn shows_a_message(&mut self, amount: i64) -> String {
        self.simulator.fault(json!({ "pull_down": 100 })).await;
        let shillings = u32::try_from(amount).unwrap();
        self.simulator.pay_by_hand(BY_HAND, shillings).await;
        let code = until("the customer's message", SOON, async || {
            let payments = self.simulator.payments().await;
            let paid = payments.iter().find(|paid| paid["amount"] == amount)?;
            paid["receipt"].as_str().map(str::to_owned)
        })
        .await;
        let sale = self.types_a_code(amount, &code).await;
        self.seen("06-not-confirmed").await;
        self.till.next_customer().await;
        self.simulator.fault(json!({ "pull_down": 0 })).await;
        sale
    }

    async fn nobody_tells_of_a_code(&mut self, amount: i64) {
        self.types_a_code(amount, &todays_code("N0B0DYS")).await;
        self.sums.not_confirmed += amount;
        self.till.next_customer().await;
    }

    async fn types_a_code(&mut self, amount: i64, code: &str) -> String {
        let till = self.till;
        till.type_keys(&format!("{amount}m")).await;
        till.cursor_in("code-field").await;
        till.type_keys(&format!("{code}{ENTER}")).await;
        let sale = till.sale_on_counter().await;
        till.on_roll(&sale, "code_not_confirmed", SOON).await;
        self.sums.sales += 1;
        self.sums.code += amount;
        sale
    }

    async fn prompt(&mut self, amount: i64) {
        let till = self.till;
        let from = self.printer.length();
        till.ask_phone(&amount.to_string(), JANE).await;
        till.counter_is("paid", PAYMENT).await;
        self.sums.sales += 1;
        self.sums.push += amount;
        let sale = till.sale_on_counter().await;
        let reference = self.reference(&sale).await;
        let slip = self.printer.slip(from, &reference).await;
        assert!(slip.text.contains(&ksh(amount)), "what was paid:\n{}", slip.text);
        self.keep("07-receipt", &slip);
        till.type_keys("p").await;
        till.see("receipt-picture").await;
        self.seen("07-receipt").await;
        till.type_keys(ESCAPE).await;
        till.next_customer().await;
    }

    async fn split(&mut self, amount: i64, cash: i64) {
        let till = self.till;
        till.type_keys(&format!("{amount}c")).await;
        till.cursor_in("cash-field").await;
        till.type_keys(&format!("{cash}{ENTER}")).await;
        till.cursor_in("phone").await;
        self.seen("08-left").await;
        let from = self.printer.length();
        till.type_keys(&format!("{JANE}{ENTER}")).await;
        till.counter_is("paid", PAYMENT).await;
        self.sums.sales += 1;
        self.sums.cash += cash;
        self.sums.push += amount - cash;
        let slip = self.printer.slip(from, &ksh(amount)).await;
        for part in [ksh(cash), ksh(amount - cash)] {
            assert!(slip.text.contains(&part), "{part} of it:\n{}", slip.text);
        }
        self.keep("08-split-slip", &slip);
        till.next_customer().await;
    }

    /// The whole of it, or a part whose rest is paid in cash.
    async fn on_credit(&mut self, amount: i64, part: Option<i64>) {
        let till = self.till;
        till.type_keys(&format!("{amount}d")).await;
        till.cursor_in("credit-who").await;
        till.type_keys("000").await;
        till.see("credit-found").await;
        till.type_keys(ENTER).await;
        till.cursor_in("credit-part").await;
        if let Some(part) = part {
            till.write("credit-part", &part.to_string()).await;
            till.type_keys(ENTER).await;
            till.counter_is("open", SOON).await;
            till.type_keys(&format!("c{ENTER}")).await;
        } else {
            self.seen("09-credit").await;
            till.type_keys(ENTER).await;
        }
        till.counter_is("on_credit", SOON).await;
        if part.is_some() {
            self.seen("10-part-on-credit").await;
        }
        self.sums.sales += 1;
        self.sums.credit += part.unwrap_or(amount);
        self.sums.cash += part.map_or(0, |part| amount - part);
        till.next_customer().await;
    }

    /// The amount is a small calculator.
    async fn adds_up(&mut self, sum: &str, amount: i64) {
        let till = self.till;
        till.ask_phone(sum, SLOW).await;
        till.counter_is("waiting", PAYMENT).await;
        self.seen("11-asking").await;
        self.simulator.answer(SLOW, "pin").await;
        till.counter_is("paid", PAYMENT).await;
        self.sums.sales += 1;
        self.sums.push += amount;
        till.next_customer().await;
    }

    /// What the customer of a sale reads.
    pub async fn reference(&self, sale: &str) -> String {
        let script = format!(
            "return document.querySelector('[data-testid=roll-line][data-sale=\"{sale}\"]').dataset.reference"
        );
        let reference = self.till.run(&script).await;
        reference.as_str().expect("it is on the roll").to_owned()
    }
}
