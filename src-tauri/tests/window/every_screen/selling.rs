//! The counter in each of its states, and what stands beside it.

use serde_json::json;

use super::{HARD, Look, USUAL, Walk};
use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{PAYMENT, SOON, Shop, Simulator, until};

#[tokio::test]
async fn hard() {
    selling("every_selling_hard", HARD).await;
}

#[tokio::test]
async fn usual() {
    selling("every_selling_usual", USUAL).await;
}

async fn selling(name: &'static str, look: Look) {
    let shop = Shop::new(name).await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    let walk = Walk::new(&shop, &till, look).await;
    before_it_is_asked(&walk).await;
    asked(&walk).await;
    paid(&walk).await;
    taken_back(&walk).await;
    comes_by_hand(&walk, &simulator).await;
    closes_too_early(&walk).await;
    walk.ends();
    till.close().await;
}

async fn before_it_is_asked(walk: &Walk<'_>) {
    let till = walk.till;
    walk.at("10-empty").await;
    till.type_keys("?").await;
    till.see("keys-panel").await;
    walk.at("11-keys").await;
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;
    till.click("pad-toggle").await;
    till.see("pad").await;
    walk.at("12-number-pad").await;
    till.click("pad-toggle").await;
    till.cursor_in("amount").await;
    till.type_keys("650+3*200").await;
    walk.at("13-sum").await;
    till.type_keys("c").await;
    till.cursor_in("cash-field").await;
    till.type_keys("1000").await;
    walk.at("14-cash").await;
    till.type_keys(ESCAPE).await;
    till.type_keys("m").await;
    till.cursor_in("code-field").await;
    till.type_keys("SKC4B2QX7Z").await;
    till.see("code-warning").await;
    walk.at("15-old-code").await;
    till.type_keys(ESCAPE).await;
    till.type_keys("d").await;
    till.cursor_in("credit-who").await;
    till.type_keys("Wanjiru").await;
    walk.at("16-credit").await;
    till.click("credit-new").await;
    till.cursor_in("customer-phone").await;
    till.type_keys("0700000000").await;
    till.write("customer-limit", "1000").await;
    till.click("customer-agreed").await;
    walk.at("17-new-customer").await;
    till.click("customer-save").await;
    till.cursor_in("credit-part").await;
    till.see("credit-why").await;
    walk.at("18-beyond-the-limit").await;
    till.type_keys(&format!("{ESCAPE}{ENTER}")).await;
    till.cursor_in("phone").await;
}

async fn asked(walk: &Walk<'_>) {
    let till = walk.till;
    till.type_keys("0712345678").await;
    walk.at("20-phone").await;
    till.type_keys(ENTER).await;
    till.counter_is("waiting", SOON).await;
    walk.at("21-waiting").await;
    till.type_keys("w").await;
    till.cursor_in("phone").await;
    walk.at("22-wrong-number").await;
    till.type_keys(ESCAPE).await;
    till.type_keys("h").await;
    till.see("witness").await;
    walk.at("23-who-said-what").await;
    till.type_keys(ESCAPE).await;
    till.next_customer().await;
    till.ask_phone("480", "0700000032").await;
    till.counter_is("failed_provisional", PAYMENT).await;
    walk.at("24-cancelled").await;
    till.next_customer().await;
    till.type_keys("730t").await;
    till.counter_is("waiting_till", SOON).await;
    till.see("pay-code").await;
    walk.at("25-number").await;
    till.next_customer().await;
}

async fn paid(walk: &Walk<'_>) {
    let till = walk.till;
    till.ask_phone("350", "0700000000").await;
    till.counter_is("paid", PAYMENT).await;
    walk.at("30-paid").await;
    till.type_keys("p").await;
    till.see("receipt-picture").await;
    walk.at("31-receipt").await;
    till.type_keys(ESCAPE).await;
    till.type_keys("b").await;
    till.cursor_in("refund-why").await;
    walk.at("32-refund").await;
    till.choose("refund-phone").await;
    till.see("refund-code").await;
    walk.at("33-refund-by-phone").await;
    till.type_keys(ESCAPE).await;
    till.counter_is("paid", SOON).await;
    till.next_customer().await;
    till.type_keys("200c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(&format!("500{ENTER}")).await;
    till.counter_is("paid_cash", SOON).await;
    walk.at("34-change").await;
    till.type_keys("b").await;
    till.cursor_in("refund-why").await;
    till.type_keys(&format!("maziwa yameharibika{ENTER}")).await;
    till.see("refunded").await;
    walk.at("35-refunded").await;
    till.next_customer().await;
}

async fn taken_back(walk: &Walk<'_>) {
    let till = walk.till;
    till.type_keys("800c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(&format!("500{ENTER}")).await;
    till.cursor_in("phone").await;
    walk.at("40-rest").await;
    till.type_keys("v").await;
    till.cursor_in("void-field").await;
    till.type_keys("ameondoka").await;
    walk.at("41-void").await;
    till.type_keys(ENTER).await;
    till.counter_is("voided", SOON).await;
    walk.at("42-voided").await;
    till.next_customer().await;
    till.type_keys("90m").await;
    till.cursor_in("code-field").await;
    till.type_keys(&format!("UKN4B2QX7Z{ENTER}{ENTER}")).await;
    till.counter_is("code_not_confirmed", SOON).await;
    walk.at("43-code-not-confirmed").await;
    till.next_customer().await;
}

async fn comes_by_hand(walk: &Walk<'_>, simulator: &Simulator) {
    let till = walk.till;
    till.type_keys("480").await;
    till.type_keys("t").await;
    till.counter_is("waiting_till", SOON).await;
    till.next_customer().await;
    simulator.pay_by_hand("254722000981", 480).await;
    simulator.pay_by_hand("254722000345", 65).await;
    until("both payments", PAYMENT, async || {
        let cards = "return document.querySelectorAll('[data-testid=money]').length";
        (till.run(cards).await == 2).then_some(())
    })
    .await;
    walk.at("50-whose-money").await;
    simulator.fault(json!({ "pull_down": 100 })).await;
    till.ask_phone("1250", "0700000099").await;
    till.counter_is("not_known", SOON).await;
    walk.at("51-not-known").await;
    till.next_customer().await;
}

async fn closes_too_early(walk: &Walk<'_>) {
    let till = walk.till;
    until("the question about closing", SOON, async || {
        walk.shop.desktop.close_window("Keshia");
        till.try_find("[data-testid=close-panel]").await
    })
    .await;
    walk.at("60-closing").await;
    till.click("close-stay").await;
}
