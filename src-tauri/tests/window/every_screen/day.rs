//! The owner's day with a whole yesterday behind it, and customers who pay later.

use super::{HARD, Look, USUAL, Walk};
use crate::day::with_a_yesterday;
use crate::support::keys::{ARROW_LEFT, ENTER, ESCAPE};
use crate::support::{SOON, Shop};

#[tokio::test]
async fn hard() {
    day("every_day_hard", HARD).await;
}

#[tokio::test]
async fn usual() {
    day("every_day_usual", USUAL).await;
}

async fn day(name: &'static str, look: Look) {
    let shop = Shop::new(name).await;
    let till = with_a_yesterday(&shop).await;
    till.ready_to_sell().await;
    let walk = Walk::new(&shop, &till, look).await;
    the_day(&walk).await;
    customers(&walk).await;
    walk.ends();
    till.close().await;
}

async fn the_day(walk: &Walk<'_>) {
    let till = walk.till;
    till.click("nav-day").await;
    till.says_within("day-taken", "KSh 0", SOON).await;
    walk.at("1-nothing-yet").await;
    till.type_keys(ARROW_LEFT).await;
    till.says_within("day-taken", "KSh 15,706", SOON).await;
    till.click("evening").await;
    till.see("evening-text").await;
    till.click("files-csv").await;
    till.find("[data-testid=files-written] p").await;
    walk.at("2-yesterday").await;
    till.type_keys("/").await;
    till.cursor_in("day-search").await;
    till.type_keys("Achieng 99999").await;
    till.see("day-none").await;
    walk.at("3-nothing-found").await;
    till.type_keys(ESCAPE).await;
    for (key, kind) in [("w", "week"), ("m", "month"), ("c", "open")] {
        till.run("document.activeElement?.blur()").await;
        till.type_keys(key).await;
        till.find(&format!("[data-testid=day][data-period={kind}]")).await;
        till.see("day-way").await;
        walk.at(&format!("4-{kind}")).await;
    }
    till.click("nav-sell").await;
    till.ready_to_sell().await;
}

async fn customers(walk: &Walk<'_>) {
    let till = walk.till;
    till.click("nav-customers").await;
    till.see("customers").await;
    walk.at("5-no-customers").await;
    till.click("customer-new").await;
    till.see("customer-save").await;
    walk.at("6-new-customer").await;
    till.write("customer-name", "Wanjiru Kamau wa Gathoni").await;
    till.write("customer-phone", "0700000000").await;
    till.write("customer-limit", "1000").await;
    till.click("customer-agreed").await;
    till.click("customer-save").await;
    till.see("customer-show-phone").await;
    walk.at("7-owes-nothing").await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
    till.type_keys("800d").await;
    till.cursor_in("credit-who").await;
    till.type_keys("Wan").await;
    till.see("credit-found").await;
    walk.at("8-found").await;
    till.type_keys(ENTER).await;
    till.cursor_in("credit-part").await;
    till.type_keys(ENTER).await;
    till.counter_is("on_credit", SOON).await;
    walk.at("9-on-credit").await;
    till.next_customer().await;
    till.click("nav-customers").await;
    till.see("customer-line").await;
    walk.at("a-who-owes").await;
    till.click("customer-line").await;
    till.cursor_in("debt-amount").await;
    till.click("customer-show-phone").await;
    till.see("customer-whole-phone").await;
    till.click("customer-export").await;
    till.see("customer-exported").await;
    walk.at("b-one-of-them").await;
    till.click("write-off").await;
    till.see("write-off-why").await;
    walk.at("c-written-off").await;
    till.click("customer-change").await;
    till.see("customer-save").await;
    walk.at("d-changed").await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
}
