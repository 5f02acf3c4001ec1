//! A shop with nothing but the number on its sticker: cash and typed codes, and nothing to practise with.

use crate::support::keys::ENTER;
use crate::support::{SOON, Shop, until};

#[tokio::test]
async fn a_shop_without_keys_sells_today() {
    let shop = Shop::new("start_today").await;
    let till = shop.open().await;
    till.click("door-today").await;
    till.write("today-name", "Duka la Achieng").await;
    till.write("today-till", "12E456").await;
    till.click("today-go").await;
    until("a word about the number", SOON, async || {
        till.try_find("p.slip[role=alert]").await
    })
    .await;
    assert!(
        !till.shows("counter").await,
        "a number with a letter opens no till"
    );
    till.picture("1-slip").await;
    till.write("today-till", " 123456 ").await;
    till.click("today-go").await;
    till.ready_to_sell().await;
    assert!(!till.shows("practice-band").await, "this is real money");

    till.type_keys("350c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;

    // A phone number is not asked, for there are no keys: the customer pays the till.
    till.next_customer().await;
    till.ask_phone("200", "0712345678").await;
    till.counter_is("waiting_till", SOON).await;
    till.picture("2-pays-till").await;
    till.kill().await;

    let till = shop.open().await;
    until("both sales after the start", SOON, async || {
        (till.roll().await.len() == 2).then_some(())
    })
    .await;
    assert!(
        !till.shows("door-today").await,
        "the shop is asked about its door once"
    );
    till.close().await;
}
