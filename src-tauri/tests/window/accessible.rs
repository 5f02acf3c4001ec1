//! Every screen in both themes: somebody who sees little, hears the screen read or has no mouse can sell too.

use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{PAYMENT, SOON, Shop, Simulator, Till};

async fn in_both_themes(till: &Till<'_>, moment: &str) {
    for theme in ["light", "dark"] {
        till.run(&format!("document.documentElement.dataset.theme = '{theme}'"))
            .await;
        till.is_accessible(&format!("{moment}, {theme}")).await;
    }
    till.run("document.documentElement.dataset.theme = 'light'").await;
}

#[tokio::test]
async fn the_first_start() {
    let shop = Shop::new("accessible_doors").await;
    let till = shop.open().await;
    till.see("door-practice").await;
    in_both_themes(&till, "the doors").await;
    till.click("door-today").await;
    till.see("today-go").await;
    in_both_themes(&till, "start today").await;
    till.type_keys(ESCAPE).await;
    till.click("door-connect").await;
    till.see("connect-go").await;
    in_both_themes(&till, "connect").await;
    till.close().await;
}

#[tokio::test]
async fn selling() {
    let shop = Shop::new("accessible_selling").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    in_both_themes(&till, "the empty counter").await;
    till.type_keys("?").await;
    till.see("keys-panel").await;
    in_both_themes(&till, "the keys").await;
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;

    till.ask_phone("350", "0700000000").await;
    till.counter_is("paid", PAYMENT).await;
    in_both_themes(&till, "paid").await;
    till.type_keys("h").await;
    till.see("witness").await;
    in_both_themes(&till, "who said what").await;
    till.type_keys(ESCAPE).await;
    till.next_customer().await;
    till.type_keys("200c").await;
    till.cursor_in("cash-field").await;
    in_both_themes(&till, "cash").await;
    till.type_keys(&format!("{ESCAPE}m")).await;
    till.cursor_in("code-field").await;
    till.type_keys("SKC4B2QX7Z").await;
    till.see("code-warning").await;
    in_both_themes(&till, "a code with a warning").await;
    till.type_keys(ESCAPE).await;

    till.type_keys(ENTER).await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("0711222333{ENTER}")).await;
    till.counter_is("waiting", SOON).await;
    in_both_themes(&till, "waiting").await;
    till.next_customer().await;
    till.type_keys("730t").await;
    till.counter_is("waiting_till", SOON).await;
    till.see("pay-code").await;
    in_both_themes(&till, "the number and its code").await;
    till.next_customer().await;
    till.ask_phone("480", "0700000032").await;
    till.counter_is("failed_provisional", PAYMENT).await;
    in_both_themes(&till, "cancelled").await;
    till.next_customer().await;
    simulator.fault(serde_json::json!({ "pull_down": 100 })).await;
    till.ask_phone("1250", "0700000099").await;
    till.counter_is("not_known", SOON).await;
    in_both_themes(&till, "not known").await;
    till.close().await;
}

#[tokio::test]
async fn the_day_the_settings_and_the_doctor() {
    let shop = Shop::new("accessible_settings").await;
    let till = shop.open().await;
    till.practise().await;
    till.click("nav-day").await;
    till.see("day-taken").await;
    in_both_themes(&till, "the day").await;
    till.click("nav-settings").await;
    till.see("version").await;
    in_both_themes(&till, "the settings").await;
    till.click("set-addresses").await;
    till.see("address-confirmation").await;
    in_both_themes(&till, "the addresses").await;
    till.click("nav-settings").await;
    till.click("set-doctor").await;
    till.see("doctor-start").await;
    in_both_themes(&till, "the set-up doctor").await;
    till.close().await;
}
