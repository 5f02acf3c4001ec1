//! 500 in cash, the rest by prompt.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, Simulator};

#[tokio::test]
async fn part_cash_and_the_rest_by_prompt() {
    let shop = Shop::new("split").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;

    till.type_keys("1250c").await;
    till.cursor_in("cash-field").await;
    till.type_keys("500").await;
    till.says("primary", "left 750").await;
    till.picture("1-cash-part").await;
    till.type_keys(ENTER).await;
    till.cursor_in("phone").await;
    let sale = till.sale_on_counter().await;
    till.picture("2-left").await;

    till.type_keys(&format!("0700000000{ENTER}")).await;
    till.counter_is("paid", PAYMENT).await;
    let line = till.on_roll(&sale, "paid", PAYMENT).await;
    assert!(
        line.text.contains("1,250"),
        "the sale is one line of its whole amount: {}",
        line.text
    );
    assert!(
        line.text.contains("500") && line.text.contains("750"),
        "with both parts: {}",
        line.text
    );
    till.picture("3-paid").await;

    let pushes = simulator.pushes().await;
    assert_eq!(pushes.len(), 1, "one prompt");
    assert_eq!(pushes[0]["amount"], 750, "for the rest only: {pushes:?}");
    till.close().await;
}

#[tokio::test]
async fn cash_says_the_change() {
    let shop = Shop::new("change").await;
    let till = shop.open().await;
    till.practise().await;
    till.type_keys("830c").await;
    till.cursor_in("cash-field").await;
    till.type_keys("1000").await;
    till.says("primary", "change 170").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    till.says("change", "170").await;
    till.picture("1-paid").await;
    till.close().await;
}
