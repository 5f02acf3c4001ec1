//! The customer pays from the own phone: the number in big figures, too little of it, and money before its sale.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, Simulator, Till, until};

/// Types an amount and lets the customer pay by hand; gives the sale and the account that the customer types.
async fn pays_by_hand(till: &Till<'_>, amount: &str) -> (String, String) {
    till.type_keys(&format!("{amount}t")).await;
    till.counter_is("waiting_till", SOON).await;
    let sale = till.sale_on_counter().await;
    till.see("roll-line").await;
    let account = till
        .run(&format!(
            "return document.querySelector('[data-testid=roll-line][data-sale=\"{sale}\"]').dataset.reference"
        ))
        .await;
    let account = account.as_str().expect("it is on the roll").to_owned();
    (sale, account)
}

#[tokio::test]
async fn the_number_stands_there_with_a_code_and_the_queue_moves_on() {
    let shop = Shop::new("pays_till").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    // The simulator's picture does not come yet: the number and the code of this PC wait for nobody.
    simulator
        .fault(serde_json::json!({ "unavailable": 100, "on": ["qr"] }))
        .await;
    let (first, account) = pays_by_hand(&till, "730").await;
    till.says("counter", "174379").await;
    till.says("counter", &account).await;
    let from = async || {
        till.run("return document.querySelector('[data-testid=pay-code]')?.dataset.from ?? ''")
            .await
    };
    until("the code of this PC", SOON, async || {
        (from().await == "keshia").then_some(())
    })
    .await;
    till.picture("1-drawn-here").await;

    // It is there again: the next sale has Safaricom's own.
    simulator.fault(serde_json::json!({ "unavailable": 0 })).await;
    till.next_customer().await;
    let (second, _) = pays_by_hand(&till, "480").await;
    until("Safaricom's code", PAYMENT, async || {
        (from().await == "safaricom").then_some(())
    })
    .await;
    let shown = till
        .run("const i = document.querySelector('[data-testid=pay-code] img'); return i.complete ? i.naturalWidth : 0")
        .await;
    assert_eq!(shown, 300, "the page may show it");
    till.picture("2-safaricoms").await;
    till.next_customer().await;

    simulator.pay_under("254722000981", 730, &account).await;
    till.on_roll(&first, "paid", PAYMENT).await;
    till.on_roll(&second, "waiting_till", SOON).await;
    till.picture("3-first-paid").await;
    till.close().await;
}

#[tokio::test]
async fn too_little_leaves_a_rest_and_too_much_is_named() {
    let shop = Shop::new("too_little").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    let (sale, account) = pays_by_hand(&till, "730").await;
    simulator.pay_under("254722000981", 700, &account).await;
    till.see_within("part-paid", PAYMENT).await;
    till.says("part-paid", "KSh 700 paid").await;
    till.says("part-paid", "left 30").await;
    till.picture("1-left-30").await;
    till.type_keys("c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid", SOON).await;
    till.picture("2-rest-in-cash").await;
    let line = till.on_roll(&sale, "paid", SOON).await;
    assert!(
        line.text.contains("700") && line.text.contains("30"),
        "both parts: {}",
        line.text
    );

    till.next_customer().await;
    let (over, account) = pays_by_hand(&till, "400").await;
    simulator.pay_under("254722000345", 450, &account).await;
    till.counter_is("paid", PAYMENT).await;
    till.says("matter", "Too much by KSh 50").await;
    till.picture("3-too-much").await;
    let line = till.on_roll(&over, "paid", SOON).await;
    assert!(
        line.text.contains("Too much by"),
        "on the roll too: {}",
        line.text
    );
    till.close().await;
}

#[tokio::test]
async fn money_that_came_first_becomes_a_sale_with_one_key() {
    let shop = Shop::new("money_first").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    // Somebody sells, so that the list is read though nothing is open.
    till.type_keys("1").await;
    simulator.pay_by_hand("254700000000", 730).await;
    till.see_within("money", PAYMENT).await;
    till.says("money", "KSh 730").await;
    till.says("money", "JANE").await;
    till.says("money", "000").await;
    till.picture("1-card").await;
    assert_eq!(till.roll().await.len(), 0, "no sale was written by anybody");
    till.type_keys("a").await;
    till.gone("money").await;
    let roll = till.roll().await;
    assert_eq!(roll.len(), 1, "one sale");
    assert_eq!(roll[0].status, "paid", "settled by what came");
    assert_eq!(till.value("amount").await, "1", "what was being typed stays");
    till.picture("2-a-sale").await;

    // The same amount as the sale in hand, which waits for nobody.
    till.type_keys("\u{e003}65c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(&format!("5{ENTER}")).await;
    till.cursor_in("phone").await;
    let sale = till.sale_on_counter().await;
    simulator.pay_by_hand("254722000345", 60).await;
    till.see_within("money-give", PAYMENT).await;
    till.says("money", "For the sale in hand").await;
    till.picture("3-in-hand").await;
    till.type_keys("g").await;
    till.counter_is("paid", SOON).await;
    till.on_roll(&sale, "paid", SOON).await;
    till.close().await;
}
