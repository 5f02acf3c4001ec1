//! Credit in each look: a customer is written down at the counter, takes a part of a sale on credit, goes beyond the
//! limit with a reason, pays a debt off in cash and by a prompt, and is erased.

use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{PAYMENT, SOON, Shop, Simulator, Till, until};

#[tokio::test]
async fn english_light() {
    credit("credit_en_light", "en", "light").await;
}

#[tokio::test]
async fn english_dark() {
    credit("credit_en_dark", "en", "dark").await;
}

#[tokio::test]
async fn swahili_light() {
    credit("credit_sw_light", "sw", "light").await;
}

#[tokio::test]
async fn swahili_dark() {
    credit("credit_sw_dark", "sw", "dark").await;
}

async fn credit(name: &'static str, language: &str, theme: &str) {
    let shop = Shop::new(name).await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.click("nav-settings").await;
    till.choose(&format!("set-locale-{language}")).await;
    till.choose(&format!("set-theme-{theme}")).await;
    till.click("nav-customers").await;
    till.see("customers").await;
    till.seen(&shop, "1-nobody").await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
    gives(&shop, &till).await;
    pays(&shop, &till).await;
    goes(&shop, &till).await;
    till.close().await;
}

/// 800 of which 300 are paid later, and 900 that go beyond a limit of 1,000.
async fn gives(shop: &Shop, till: &Till<'_>) {
    till.type_keys("800d").await;
    till.cursor_in("credit-who").await;
    till.type_keys("Wanjiru").await;
    till.click("credit-new").await;
    till.cursor_in("customer-phone").await;
    till.type_keys("0700000000").await;
    till.write("customer-limit", "1000").await;
    till.click("customer-agreed").await;
    till.seen(shop, "2-new").await;
    till.click("customer-save").await;
    till.cursor_in("credit-part").await;
    till.write("credit-part", "300").await;
    till.seen(shop, "3-part").await;
    till.type_keys(ENTER).await;
    till.counter_is("open", SOON).await;
    till.type_keys(&format!("c{ENTER}")).await;
    till.counter_is("on_credit", SOON).await;
    till.seen(shop, "4-given").await;
    till.next_customer().await;

    till.type_keys("900d").await;
    till.cursor_in("credit-who").await;
    till.type_keys("000").await;
    till.see("credit-found").await;
    till.seen(shop, "5-found").await;
    till.type_keys(ENTER).await;
    till.cursor_in("credit-part").await;
    till.see("credit-why").await;
    till.type_keys(ENTER).await;
    till.write("credit-why", "mshahara wa Ijumaa").await;
    till.seen(shop, "6-beyond").await;
    till.type_keys(ENTER).await;
    till.counter_is("on_credit", SOON).await;
    till.next_customer().await;
}

/// 200 of the 1,200 in cash, and the rest by a prompt.
async fn pays(shop: &Shop, till: &Till<'_>) {
    till.click("nav-customers").await;
    till.see("customer-line").await;
    till.seen(shop, "7-list").await;
    till.click("customer-line").await;
    till.says("customer-owed", "1,200").await;
    till.cursor_in("debt-amount").await;
    till.write("debt-amount", "200").await;
    till.seen(shop, "8-customer").await;
    till.type_keys(ENTER).await;
    till.cursor_in("phone").await;
    till.seen(shop, "9-pays-off").await;
    till.type_keys(&format!("c{ENTER}")).await;
    till.counter_is("paid_cash", SOON).await;
    till.next_customer().await;

    till.click("nav-customers").await;
    till.click("customer-line").await;
    till.says("customer-owed", "1,000").await;
    till.cursor_in("debt-amount").await;
    till.type_keys(ENTER).await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("0700000000{ENTER}")).await;
    till.counter_is("paid", PAYMENT).await;
    till.next_customer().await;
}

/// What is kept is written down for the customer, and erased.
async fn goes(shop: &Shop, till: &Till<'_>) {
    till.click("nav-customers").await;
    till.click("customer-line").await;
    till.says("customer-owed", "0").await;
    till.click("customer-show-phone").await;
    till.says("customer-whole-phone", "0700 000 000").await;
    till.click("customer-export").await;
    till.see("customer-exported").await;
    till.seen(shop, "a-kept").await;
    till.click("customer-erase").await;
    till.click("customer-erase").await;
    until("nobody to be left", SOON, async || {
        let left = till
            .run("return document.querySelectorAll('[data-testid=customer-line],[data-testid=customer-one]').length")
            .await;
        (left == 0).then_some(())
    })
    .await;
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;
    till.seen(shop, "b-roll").await;
}
