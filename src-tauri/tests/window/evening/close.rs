//! Nobody knows the end of a prompt; the cashier counts without seeing what should be there; the owner closes.

use serde_json::json;

use super::Evening;
use super::people::{CASHIER, OWNER, OWNERS_PIN};
use super::sums::{figure, ksh};
use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{SOON, until};

/// LUCY pays, but what Safaricom answers is lost.
const LUCY: &str = "0700000099";
/// Kenya's notes and coins, the largest first.
const WORTHS: [i64; 9] = [1_000, 500, 200, 100, 50, 20, 10, 5, 1];

impl Evening<'_> {
    pub async fn nobody_knows_a_prompt(&mut self) {
        let till = self.till;
        // The list tells nothing from here on, so that the prompt stays as it is.
        self.simulator.fault(json!({ "pull_down": 100 })).await;
        till.ask_phone("1250", LUCY).await;
        till.counter_is("not_known", SOON).await;
        self.sums.not_known = 1_250;
        self.seen("21-not-known").await;
        till.next_customer().await;
    }

    pub async fn counts(&mut self) {
        let till = self.till;
        self.sums.short = 50;
        till.type_keys("o").await;
        till.click("drawer-count").await;
        till.see("count").await;
        let shown = till.text("count").await;
        assert!(
            !shown.contains(&figure(self.sums.in_drawer())),
            "nobody is told what should be there:\n{shown}"
        );
        let mut left = self.sums.counted();
        for worth in WORTHS {
            let pieces = left / worth;
            left %= worth;
            if pieces > 0 {
                till.find(&format!("[data-testid=count-pieces][data-worth='{worth}']"))
                    .await
                    .send_keys(pieces.to_string())
                    .await
                    .unwrap();
            }
        }
        till.says("count-total", &figure(self.sums.counted())).await;
        self.seen("22-count").await;
        till.click("count-go").await;
        till.says_within("count-found", "50", SOON).await;
        till.says("count-found", &figure(self.sums.in_drawer())).await;
        self.seen("23-short").await;
        till.type_keys(ESCAPE).await;
        till.ready_to_sell().await;
    }

    pub async fn closes(&mut self) {
        let till = self.till;
        till.signs_in(OWNER, OWNERS_PIN).await;
        till.ready_to_sell().await;
        till.type_keys("z").await;
        till.see("close-reason").await;
        for carried in [self.sums.not_known, self.sums.not_confirmed] {
            till.says("close", &figure(carried)).await;
        }
        till.write("close-reason", "nitamuuliza kesho").await;
        self.seen("24-carried").await;
        till.click("close-on").await;
        till.says("sums-sales", &figure(self.sums.sold())).await;
        self.seen("25-sums").await;
        let from = self.printer.length();
        till.click("close-on").await;
        let step = "return document.querySelector('[data-testid=close]').dataset.step";
        until("the day to be closed", SOON, async || {
            (till.run(step).await == "closed").then_some(())
        })
        .await;
        let said = till.text("close").await;
        self.says_each_sum("the close", &said);
        self.seen("26-closed").await;
        let slip = self.printer.slip(from, "KESHIA Z1 ").await;
        self.says_each_sum("the printed close", &slip.text);
        for words in [OWNER, CASHIER, self.words.close] {
            assert!(slip.text.contains(words), "{words:?} in\n{}", slip.text);
        }
        self.keep("26-z", &slip);
        till.type_keys(ENTER).await;
        till.ready_to_sell().await;
    }

    /// What every telling of the day has.
    fn says_each_sum(&self, what: &str, said: &str) {
        let sums = &self.sums;
        for (name, amount) in [
            ("sold", sums.sold()),
            ("proved", sums.proved()),
            ("not confirmed", sums.not_confirmed),
            ("on credit", sums.credit),
            ("paid off", sums.paid_off),
            ("given back", sums.given_back),
            ("paid out", sums.paid_out),
            ("counted", sums.counted()),
            ("not known", sums.not_known),
        ] {
            assert!(
                said.contains(&figure(amount)),
                "{what}: {name} {amount} in\n{said}"
            );
        }
        assert!(said.contains(&ksh(sums.sold())), "{what}:\n{said}");
    }
}
