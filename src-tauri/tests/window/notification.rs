//! A payment ends while another window is in front: the desktop's notification says so.

use crate::support::driver::{PHONE_TITLE, TITLE};
use crate::support::{PAYMENT, SOON, Shop, Simulator, until};

const CUSTOMER: &str = "254711444555";

#[tokio::test]
async fn a_payment_behind_another_window_is_told_by_the_desktop() {
    let shop = Shop::new("notification").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.ask_phone("640", CUSTOMER).await;
    till.counter_is("waiting", SOON).await;

    let _other = shop.desktop.other_window("Stock list").await;
    simulator.answer(CUSTOMER, "pin").await;
    till.counter_is("paid", PAYMENT).await;
    let told = until("a notification on the bus", SOON, async || {
        let seen = shop.desktop.notifications();
        seen.contains("member=Notify").then_some(seen)
    })
    .await;
    assert!(told.contains("640"), "it names the amount: {told}");
    assert!(
        !told.contains(CUSTOMER) && !told.contains("0711444555"),
        "it shows no whole phone number: {told}"
    );
    till.close().await;
}

#[tokio::test]
async fn in_front_the_screen_is_enough() {
    let shop = Shop::new("no_notification").await;
    let till = shop.open().await;
    till.practise().await;
    // Practice opens the customer's phone beside the till, and window managers differ in whom they favour.
    shop.desktop.shown(PHONE_TITLE).await;
    shop.desktop.bring_to_front(TITLE).await;
    till.ready_to_sell().await;
    till.ask_phone("640", "0700000000").await;
    till.counter_is("paid", PAYMENT).await;
    till.says("state-word", "Paid").await;
    assert!(
        !shop.desktop.notifications().contains("member=Notify"),
        "who looks at the till needs no notification"
    );
    till.close().await;
}
