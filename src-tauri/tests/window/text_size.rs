//! The largest text on the smallest window: nothing is cut, nothing lies over something else, and it is kept.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, Simulator, Till, until};

async fn is_whole(till: &Till<'_>, moment: &str) {
    till.picture(moment).await;
    let spoilt = till.spoilt().await;
    assert!(spoilt.is_empty(), "{moment}: every word can be read: {spoilt:#?}");
}

#[tokio::test]
async fn the_largest_text_on_the_smallest_window() {
    let shop = Shop::new("text_size").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    shop.desktop.resize("Keshia", 1024, 700);
    let wanted = serde_json::json!([1024, 700]);
    until("the new size", SOON, async || {
        (till.run("return [innerWidth, innerHeight]").await == wanted).then_some(())
    })
    .await;
    till.click("nav-settings").await;
    // The language with the longer words.
    till.choose("set-locale-sw").await;
    till.choose("set-text-largest").await;
    let size = "return getComputedStyle(document.documentElement).fontSize";
    until("larger words", SOON, async || {
        (till.run(size).await == "19px").then_some(())
    })
    .await;
    is_whole(&till, "1-settings").await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
    till.type_keys("650+3*200").await;
    is_whole(&till, "2-sum").await;
    till.type_keys(ENTER).await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("0700000032{ENTER}")).await;
    till.counter_is("failed_provisional", PAYMENT).await;
    is_whole(&till, "3-cancelled").await;
    till.next_customer().await;
    till.type_keys("730t").await;
    till.counter_is("waiting_till", SOON).await;
    till.see("pay-code").await;
    is_whole(&till, "4-number").await;
    till.next_customer().await;
    simulator.fault(serde_json::json!({ "pull_down": 100 })).await;
    till.ask_phone("1250", "0700000099").await;
    till.counter_is("not_known", SOON).await;
    is_whole(&till, "5-not-known").await;
    till.next_customer().await;
    till.click("nav-day").await;
    till.see("day-taken").await;
    is_whole(&till, "6-day").await;
    till.close().await;

    // It is the shop's, so the next start has it.
    let till = shop.open_at(&simulator).await;
    till.ready_to_sell().await;
    assert_eq!(till.run(size).await, "19px", "the text size was kept");
    till.close().await;
}
