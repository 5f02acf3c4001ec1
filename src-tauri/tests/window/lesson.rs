//! The lesson of practice: five sales, each learned when the book says that it happened.

use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{PAYMENT, SOON, Shop, Till, until};

async fn lesson_is_at(till: &Till<'_>, step: u8) {
    let selector = format!("[data-testid=lesson][data-step=\"{step}\"]");
    until(&format!("lesson {step}"), PAYMENT, async || {
        till.try_find(&selector).await
    })
    .await;
}

#[tokio::test]
async fn five_sales() {
    let shop = Shop::new("lesson").await;
    let till = shop.open().await;
    till.practise().await;
    till.click("lesson-begin").await;
    lesson_is_at(&till, 0).await;
    till.cursor_in("amount").await;
    till.picture("1-pays").await;
    till.ask_phone("350", "0700000000").await;
    lesson_is_at(&till, 1).await;

    // Left and begun again in the middle: from the first sale.
    till.click("lesson-leave").await;
    till.gone("lesson").await;
    till.click("lesson-begin").await;
    lesson_is_at(&till, 0).await;
    till.next_customer().await;
    // M-PESA refuses the same amount from one phone within two minutes.
    till.ask_phone("360", "0700000000").await;
    lesson_is_at(&till, 1).await;
    till.next_customer().await;
    till.ask_phone("200", "0700000032").await;
    lesson_is_at(&till, 2).await;
    till.picture("2-cancelled").await;

    till.next_customer().await;
    till.ask_phone("120", "126").await;
    till.counter_is("waiting_till", SOON).await;
    till.click("lesson-play").await;
    till.picture("3-number").await;
    lesson_is_at(&till, 3).await;

    till.next_customer().await;
    till.type_keys("90m").await;
    till.cursor_in("code-field").await;
    till.type_keys("SKC4B2QX7Z").await;
    till.see("code-warning").await;
    till.picture("4-old-code").await;
    till.type_keys(&format!("{ESCAPE}c")).await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    lesson_is_at(&till, 4).await;

    till.next_customer().await;
    till.ask_phone("500", "0700000099").await;
    lesson_is_at(&till, 5).await;
    till.picture("5-done").await;
    till.click("lesson-leave").await;
    till.gone("lesson").await;
    till.close().await;
}
