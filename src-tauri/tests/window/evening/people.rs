//! The owner brings a cashier in, writes a customer down who may pay later, and sets up printer and folder.

use super::Evening;
use crate::support::keys::{ENTER, ESCAPE};

pub const OWNER: &str = "Njeri";
pub const OWNERS_PIN: &str = "4071";
pub const CASHIER: &str = "Achieng";
pub const CASHIERS_PIN: &str = "2718";
/// Who may pay later: JANE, who pays each prompt.
pub const CUSTOMER: &str = "Wanjiru";
pub const JANE: &str = "0700000000";

impl Evening<'_> {
    pub async fn people_come(&self) {
        let till = self.till;
        self.printer.set_up(till).await;
        self.printer.slip(0, "KSh 1,250").await;
        let folder = self.folder.display().to_string();
        till.write("files-folder-field", &folder).await;
        till.click("files-choose").await;
        till.says("files-folder", &folder).await;
        till.make_owner(OWNER, OWNERS_PIN, "mango tree by the well").await;
        till.add_cashier(CASHIER, CASHIERS_PIN).await;
        self.goes_to("people").await;
        self.seen("01-people").await;

        till.click("nav-customers").await;
        till.click("customer-new").await;
        self.writes_the_customer_down().await;

        till.click("nav-sell").await;
        till.ready_to_sell().await;
        till.click("nav-lock").await;
        till.see("lock").await;
        till.click_tile(CASHIER).await;
        self.seen("02-locked").await;
        till.type_keys(&format!("{CASHIERS_PIN}{ENTER}")).await;
        till.gone("lock").await;
        till.ready_to_sell().await;
    }

    async fn writes_the_customer_down(&self) {
        let till = self.till;
        till.write("customer-name", CUSTOMER).await;
        till.write("customer-phone", JANE).await;
        till.write("customer-limit", "3000").await;
        till.click("customer-agreed").await;
        till.click("customer-save").await;
        till.says("customer-owed", "0").await;
    }

    pub async fn opens_the_drawer(&mut self) {
        let till = self.till;
        till.type_keys("o").await;
        till.cursor_in("drawer-float").await;
        till.type_keys(&format!("1000{ENTER}")).await;
        till.cursor_in("drawer-amount").await;
        self.sums.float = 1_000;
        self.seen("03-drawer").await;
        till.type_keys(ESCAPE).await;
        till.ready_to_sell().await;
    }
}
