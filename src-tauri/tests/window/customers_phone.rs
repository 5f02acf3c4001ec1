//! In practice the customer's phone is a second window: dialog, PIN pad, message.

use crate::support::driver::{PHONE_TITLE, TITLE};
use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, until};

#[tokio::test]
async fn a_person_plays_the_customer() {
    let shop = Shop::new("phone").await;
    let till = shop.open().await;
    till.practise().await;
    till.ask_phone("1250", "0712345678").await;
    till.counter_is("waiting", SOON).await;

    till.picture("0-asking").await;
    till.click("open-phone").await;
    till.go_to_window(PHONE_TITLE).await;
    till.find("#prompt").await;
    let asks = till
        .run("return document.querySelector('#prompt-text').innerText")
        .await;
    assert!(
        asks.as_str().is_some_and(|text| text.contains("1,250")),
        "the dialog names the amount: {asks}"
    );
    till.picture_of(PHONE_TITLE, "1-prompt").await;
    till.find("#pin").await;
    till.type_keys(&format!("4321{ENTER}")).await;
    till.find("#inbox li").await;
    let text = till
        .run("return document.querySelector('#inbox li').innerText")
        .await;
    assert!(
        text.as_str().is_some_and(|text| text.contains("1,250")),
        "the message names the amount: {text}"
    );
    till.picture_of(PHONE_TITLE, "2-message").await;

    till.go_to_window(TITLE).await;
    till.counter_is("paid", PAYMENT).await;
    until("one line", SOON, async || {
        (till.roll().await.len() == 1).then_some(())
    })
    .await;
    till.close().await;
}
