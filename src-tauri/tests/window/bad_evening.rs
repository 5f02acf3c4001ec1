//! Three phones of the last five did not answer: Enter lets the customer pay the till, one key still sends.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, Simulator};

/// Longer than the stand-in for Safaricom waits for a phone, in milliseconds.
const SILENCE: u64 = 30_000;

#[tokio::test]
async fn slow_prompts_make_enter_the_till() {
    let shop = Shop::new("bad_evening").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;

    for phone in ["254711000001", "254711000002", "254711000003"] {
        assert!(!till.shows("instead").await, "so far the evening is a good one");
        till.ask_phone("100", phone).await;
        till.counter_is("waiting", SOON).await;
        simulator.answer(phone, "ignore").await;
        simulator.time_passes(SILENCE).await;
        till.counter_is("failed_provisional", PAYMENT).await;
        till.next_customer().await;
    }

    // It is said before anybody dictates a number.
    till.says("instead", "M-PESA is slow: let the customer pay the till")
        .await;
    till.picture("1-slow").await;
    till.ask_phone("250", "0711000004").await;
    till.counter_is("waiting_till", SOON).await;
    assert_eq!(
        simulator.pushes().await.len(),
        3,
        "Enter sent no prompt to a fourth phone"
    );

    till.next_customer().await;
    till.type_keys(&format!("300{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys("0711000005").await;
    till.says("primary", "Customer pays").await;
    till.picture("2-one-key-sends").await;
    till.type_keys("s").await;
    till.counter_is("waiting", SOON).await;
    assert_eq!(simulator.pushes().await.len(), 4, "one key still sends");
    till.close().await;
}
