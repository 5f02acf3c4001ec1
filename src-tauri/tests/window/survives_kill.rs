//! The electricity goes between *sent* and *paid*.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, Simulator, until};

/// A customer who waits for a person.
const CUSTOMER: &str = "254711222333";

#[tokio::test]
async fn a_push_survives_kill_9_and_is_paid_once() {
    let shop = Shop::new("kill").await;
    let simulator = Simulator::start().await;

    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.ask_phone("1250", CUSTOMER).await;
    till.counter_is("waiting", SOON).await;
    let sale = till.sale_on_counter().await;
    // The next customer has already given a part in cash.
    till.next_customer().await;
    till.type_keys("600c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(&format!("200{ENTER}")).await;
    till.cursor_in("phone").await;
    let part = till.sale_on_counter().await;
    till.picture("1-before").await;
    till.kill().await;

    let till = shop.open_at(&simulator).await;
    let line = until("the push on the roll", SOON, async || {
        till.roll().await.into_iter().find(|line| line.sale == sale)
    })
    .await;
    assert!(
        ["waiting", "not_known"].contains(&line.status.as_str()),
        "nobody has answered yet, so it is still open: {line:?}"
    );
    let part = till
        .roll()
        .await
        .into_iter()
        .find(|line| line.sale == part)
        .expect("the cash sale is there");
    assert!(
        part.text.contains("left 400"),
        "cash already taken comes back: {}",
        part.text
    );
    till.picture("2-after").await;

    simulator.answer(CUSTOMER, "pin").await;
    till.on_roll(&sale, "paid", PAYMENT).await;
    till.picture("3-paid").await;
    assert_eq!(
        simulator.pushes().await.len(),
        1,
        "started again, it asks about the push and never repeats it"
    );
    assert_eq!(simulator.payments().await.len(), 1, "the customer paid once");
    assert_eq!(
        till.roll().await.iter().filter(|line| line.sale == sale).count(),
        1,
        "one line on the roll"
    );
    till.close().await;
}

#[tokio::test]
async fn paid_while_the_till_was_off() {
    let shop = Shop::new("kill_off").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.ask_phone("75", CUSTOMER).await;
    till.counter_is("waiting", SOON).await;
    let sale = till.sale_on_counter().await;
    till.kill().await;

    simulator.answer(CUSTOMER, "pin").await;
    let till = shop.open_at(&simulator).await;
    till.on_roll(&sale, "paid", PAYMENT).await;
    assert_eq!(
        simulator.pushes().await.len(),
        1,
        "the push was made before the stop, and only then"
    );
    till.close().await;
}

#[tokio::test]
async fn half_typed_is_there_again() {
    let shop = Shop::new("kill_draft").await;
    let till = shop.open().await;
    till.practise().await;
    till.type_keys("4321+7").await;
    until("the half typed sum on the disk", SOON, async || {
        shop.holds("4321+7").then_some(())
    })
    .await;
    till.kill().await;

    let till = shop.open().await;
    till.ready_to_sell().await;
    until("the sum", SOON, async || {
        (till.value("amount").await == "4321+7").then_some(())
    })
    .await;
    till.close().await;
}
