//! Closing the window while a payment is under way says what will happen, and loses nothing.

use crate::support::{PAYMENT, SOON, Shop, Simulator, until};

const CUSTOMER: &str = "254711666777";

#[tokio::test]
async fn closing_with_a_payment_under_way_loses_nothing() {
    let shop = Shop::new("closing").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.ask_phone("910", CUSTOMER).await;
    till.counter_is("waiting", SOON).await;
    let sale = till.sale_on_counter().await;

    shop.desktop.close_window("Keshia");
    till.see("close-panel").await;
    till.picture("1-asked").await;
    till.click("close-stay").await;
    till.gone("close-panel").await;
    till.counter_is("waiting", SOON).await;

    shop.desktop.close_window("Keshia");
    till.click_and_close("close-anyway").await;

    simulator.answer(CUSTOMER, "pin").await;
    let till = shop.open_at(&simulator).await;
    till.on_roll(&sale, "paid", PAYMENT).await;
    assert_eq!(
        simulator.pushes().await.len(),
        1,
        "closed and opened, the till asks and never sends again"
    );
    until("one line", SOON, async || {
        (till.roll().await.len() == 1).then_some(())
    })
    .await;
    till.close().await;
}
