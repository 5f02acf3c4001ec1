//! The customer's display: it follows the counter, says nothing of anybody, and never takes the keyboard.

use crate::support::driver::TITLE;
use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, Simulator, Till, until};

const DISPLAY: &str = "For the customer";

/// Waits until the display is at this moment, and comes back to the till.
async fn customer_sees(till: &Till<'_>, moment: &str, picture: &str) -> String {
    till.go_to_window(DISPLAY).await;
    let selector = format!("[data-testid=customer][data-moment={moment}]");
    until(&format!("the display to be at {moment}"), PAYMENT, async || {
        till.try_find(&selector).await
    })
    .await;
    let words = till.text("customer").await;
    till.picture_of(DISPLAY, picture).await;
    till.go_to_window(TITLE).await;
    words
}

#[tokio::test]
async fn the_customer_sees_the_amount_the_number_and_the_end() {
    let shop = Shop::new("display").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.click("nav-settings").await;
    till.choose("set-customer-open").await;
    shop.desktop.shown(DISPLAY).await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
    assert_eq!(shop.desktop.in_front(), TITLE, "the cashier goes on typing");
    customer_sees(&till, "welcome", "1-welcome").await;

    till.type_keys("1250").await;
    let words = customer_sees(&till, "amount", "2-amount").await;
    assert!(words.contains("1,250"), "the amount in figures: {words}");
    till.type_keys(ENTER).await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("0712345678{ENTER}")).await;
    till.counter_is("waiting", SOON).await;
    let words = customer_sees(&till, "enter_pin", "3-pin").await;
    assert!(
        words.contains("678") && !words.contains("345"),
        "three digits of the phone: {words}"
    );
    simulator.answer("254712345678", "pin").await;
    till.counter_is("paid", PAYMENT).await;
    customer_sees(&till, "paid", "4-paid").await;
    till.go_to_window(DISPLAY).await;
    till.is_accessible("the customer's display").await;
    till.go_to_window(TITLE).await;

    till.next_customer().await;
    till.type_keys("730t").await;
    till.counter_is("waiting_till", SOON).await;
    let words = customer_sees(&till, "pay_number", "5-number").await;
    assert!(words.contains("174379"), "the number to pay to: {words}");
    assert_eq!(
        shop.desktop.in_front(),
        TITLE,
        "the keyboard never left the counter"
    );

    till.next_customer().await;
    customer_sees(&till, "welcome", "6-next").await;
    till.close().await;
    let till = shop.open_at(&simulator).await;
    till.ready_to_sell().await;
    shop.desktop.shown(DISPLAY).await;
    till.cursor_in("amount").await;
    assert_eq!(
        shop.desktop.in_front(),
        TITLE,
        "it opens again by itself, behind the cashier's keyboard"
    );

    // Closed by its own frame it is closed for good: the settings know.
    shop.desktop.close_with_mouse(DISPLAY);
    till.click("nav-settings").await;
    until("the settings to know", SOON, async || {
        till.try_find("[data-testid=set-customer][data-on=false]").await
    })
    .await;
    till.close().await;
}

/// What a display has: a small panel on a pole, and an old screen that is left over.
const PANELS: [(u32, u32); 2] = [(800, 480), (1366, 768)];

/// Each moment in both themes, on a small panel and a screen: nobody is shut out, and no word is cut.
async fn everybody_reads(shop: &Shop, till: &Till<'_>, moment: &str) {
    till.go_to_window(DISPLAY).await;
    let selector = format!("[data-testid=customer][data-moment={moment}]");
    until(&format!("the display to be at {moment}"), PAYMENT, async || {
        till.try_find(&selector).await
    })
    .await;
    for (theme, (width, height)) in ["light", "dark"].into_iter().zip(PANELS) {
        shop.desktop.resize(DISPLAY, width, height);
        let wanted = serde_json::json!([width, height]);
        until("the display's new size", SOON, async || {
            (till.run("return [innerWidth, innerHeight]").await == wanted).then_some(())
        })
        .await;
        till.run(&format!("document.documentElement.dataset.theme = '{theme}'"))
            .await;
        till.is_accessible(&format!("the display at {moment}, {theme}"))
            .await;
        let spoilt = till.spoilt().await;
        assert!(
            spoilt.is_empty(),
            "the display at {moment}, {theme}: every word can be read: {spoilt:#?}"
        );
        till.picture_of(DISPLAY, &format!("{moment}-{theme}")).await;
    }
    till.go_to_window(TITLE).await;
}

#[tokio::test]
async fn every_moment_in_both_themes() {
    let shop = Shop::new("display_moments").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.click("nav-settings").await;
    till.choose("set-customer-open").await;
    shop.desktop.shown(DISPLAY).await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
    everybody_reads(&shop, &till, "welcome").await;
    till.type_keys("1250").await;
    everybody_reads(&shop, &till, "amount").await;
    till.type_keys(&format!("c2000{ENTER}")).await;
    till.counter_is("paid_cash", SOON).await;
    everybody_reads(&shop, &till, "paid").await;
    till.next_customer().await;
    till.ask_phone("350", "0711222333").await;
    till.counter_is("waiting", SOON).await;
    everybody_reads(&shop, &till, "enter_pin").await;
    simulator.answer("254711222333", "cancel").await;
    till.counter_is("failed_provisional", PAYMENT).await;
    everybody_reads(&shop, &till, "checking").await;
    till.counter_is("not_paid", PAYMENT).await;
    everybody_reads(&shop, &till, "not_paid").await;
    till.next_customer().await;
    till.type_keys("730t").await;
    till.counter_is("waiting_till", SOON).await;
    till.see("pay-code").await;
    everybody_reads(&shop, &till, "pay_number").await;
    till.close().await;
}
