//! Closing the window while a payment is under way says what will happen, and loses nothing.

use std::time::Duration;

use crate::support::{PAYMENT, SOON, Shop, Simulator, Till, until};

const CUSTOMER: &str = "254711666777";

/// The frame's key while the window manager is still busy with another window goes nowhere: it is pressed again,
/// as a person does.
async fn ask_to_close(shop: &Shop, till: &Till<'_>) {
    for _ in 0..5 {
        shop.desktop.close_window("Keshia");
        if tokio::time::timeout(Duration::from_secs(4), till.see("close-panel"))
            .await
            .is_ok()
        {
            return;
        }
    }
    panic!("the window was asked to close five times and does not say what is under way");
}

#[tokio::test]
async fn closing_with_a_payment_under_way_loses_nothing() {
    let shop = Shop::new("closing").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.ask_phone("910", CUSTOMER).await;
    till.counter_is("waiting", SOON).await;
    let sale = till.sale_on_counter().await;

    ask_to_close(&shop, &till).await;
    till.picture("1-asked").await;
    till.click("close-stay").await;
    till.gone("close-panel").await;
    till.counter_is("waiting", SOON).await;

    ask_to_close(&shop, &till).await;
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
