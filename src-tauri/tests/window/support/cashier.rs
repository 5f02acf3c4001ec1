//! What a cashier does again and again, in the words of the screen: `ui/src/testids.ts` lists the names.

use std::time::Duration;

use super::Till;
use super::keys::ENTER;
use super::wait::{SOON, until};

/// One line of the till roll.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct RollLine {
    /// The sale's id.
    pub sale: String,
    /// The sale's status, as the shell names it.
    pub status: String,
    /// What a person reads.
    pub text: String,
}

impl Till<'_> {
    /// Through the practice door; afterwards the cursor stands in the amount.
    pub async fn practise(&self) {
        self.click("door-practice").await;
        self.ready_to_sell().await;
    }

    /// Through the door of a shop that has only its till number; afterwards the cursor stands in the amount.
    pub async fn starts_today(&self, name: &str) {
        self.click("door-today").await;
        self.write("today-name", name).await;
        self.write("today-till", "123456").await;
        self.click("today-go").await;
        self.ready_to_sell().await;
    }

    /// Waits until an amount can be typed.
    pub async fn ready_to_sell(&self) {
        self.cursor_in("amount").await;
    }

    /// Waits until what is typed goes into this field.
    pub async fn cursor_in(&self, field: &str) {
        until(&format!("the cursor in {field}"), SOON, async || {
            (self.focused().await == field).then_some(())
        })
        .await;
    }

    /// Types an amount and a phone number and presses Enter, as fast as the keys go.
    pub async fn ask_phone(&self, amount: &str, phone: &str) {
        self.type_keys(&format!("{amount}{ENTER}")).await;
        self.cursor_in("phone").await;
        self.type_keys(&format!("{phone}{ENTER}")).await;
    }

    /// Parks the sale on the counter and makes ready for the next.
    pub async fn next_customer(&self) {
        self.type_keys("n").await;
        self.ready_to_sell().await;
    }

    /// Waits until the sale on the counter has this status.
    pub async fn counter_is(&self, status: &str, limit: Duration) {
        let selector = format!("[data-testid=counter][data-status={status}]");
        until(&format!("the counter to be {status}"), limit, async || {
            self.try_find(&selector).await
        })
        .await;
    }

    /// The id of the sale on the counter.
    pub async fn sale_on_counter(&self) -> String {
        let script = "return document.querySelector('[data-testid=counter]')?.dataset.sale ?? ''";
        until("a sale on the counter", SOON, async || {
            self.run(script)
                .await
                .as_str()
                .filter(|id| !id.is_empty())
                .map(str::to_owned)
        })
        .await
    }

    /// The roll, newest on top.
    pub async fn roll(&self) -> Vec<RollLine> {
        let script = "return [...document.querySelectorAll('[data-testid=roll-line]')].map(line => \
                      ({ sale: line.dataset.sale ?? '', status: line.dataset.status ?? '', text: line.innerText }))";
        serde_json::from_value(self.run(script).await).expect("the script returns lines")
    }

    /// Waits until a sale's line on the roll has this status, and returns it.
    pub async fn on_roll(&self, sale: &str, status: &str, limit: Duration) -> RollLine {
        until(
            &format!("the sale {sale} to be {status} on the roll"),
            limit,
            async || {
                self.roll()
                    .await
                    .into_iter()
                    .find(|line| line.sale == sale && line.status == status)
            },
        )
        .await
    }
}
