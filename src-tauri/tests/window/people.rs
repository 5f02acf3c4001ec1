//! The owner brings a cashier in: the till locks, she sells and is refused the day until the owner allows it, and
//! the owner takes over in the middle of a sale.

use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{SOON, Shop};

const OWNERS_PIN: &str = "4071";
const CASHIERS_PIN: &str = "2718";

#[tokio::test]
async fn a_cashier_sells_and_the_owner_allows_the_day() {
    let shop = Shop::new("people").await;
    let till = shop.open().await;
    till.practise().await;
    till.click("nav-settings").await;
    till.make_owner("Njeri", OWNERS_PIN, "mango tree by the well")
        .await;
    till.add_cashier("Achieng", CASHIERS_PIN).await;
    till.picture("1-people").await;

    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;
    till.type_keys("50").await;
    till.click("nav-lock").await;
    till.see("lock").await;
    till.picture("2-locked").await;
    till.click_tile("Achieng").await;
    till.type_keys(&format!("9999{ENTER}")).await;
    till.see("error-line").await;
    till.type_keys(&format!("{CASHIERS_PIN}{ENTER}")).await;
    till.gone("lock").await;
    till.see("nav-person").await;
    let head = till
        .run("return document.querySelector('[data-testid=nav-person]').textContent")
        .await;
    assert!(
        head.as_str().unwrap().contains("Achieng"),
        "the head says who is here: {head}"
    );
    till.ready_to_sell().await;
    assert_eq!(till.value("amount").await, "50", "what was typed is still there");

    till.click("nav-day").await;
    till.see("ask-panel").await;
    till.picture("3-asked").await;
    till.type_keys("she closes tonight").await;
    till.type_keys(ENTER).await;
    till.cursor_in("pin").await;
    till.type_keys(&format!("{OWNERS_PIN}{ENTER}")).await;
    till.gone("ask-panel").await;
    till.says_within("day-taken", "KSh 0", SOON).await;
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;

    till.signs_in("Njeri", OWNERS_PIN).await;
    till.ready_to_sell().await;
    assert_eq!(
        till.value("amount").await,
        "50",
        "the sale goes on with another person"
    );
    till.type_keys("c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    till.close().await;
}
