//! Safaricom's answer to the push is lost and the customer pays: Safaricom's list of payments shows it.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, Simulator, until};

#[tokio::test]
async fn a_lost_answer_becomes_paid_by_itself() {
    let shop = Shop::new("found").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;

    till.ask_phone("1250", "0700000099").await;
    till.counter_is("not_known", SOON).await;
    let sale = till.sale_on_counter().await;
    till.see("read-now").await;
    till.picture("1-reading-the-list").await;

    // Nobody touches anything.
    till.counter_is("paid", PAYMENT).await;
    let code = simulator.payments().await[0]["receipt"]
        .as_str()
        .expect("a payment has a receipt number")
        .to_owned();
    till.says("receipt", &code).await;
    let line = till.on_roll(&sale, "paid", SOON).await;
    assert!(
        line.text.contains(&code[..6]),
        "the roll shows the beginning of the code: {}",
        line.text
    );
    till.picture("2-paid-with-its-code").await;

    till.type_keys("h").await;
    let told = until("what the list said", SOON, async || {
        let text = till.text("counter").await;
        text.contains(&code).then_some(text)
    })
    .await;
    for words in ["Confirmed by M-PESA", "When it was sent", "Safaricom’s list"] {
        assert!(
            told.contains(words),
            "it is said who said what, {words:?}: {told}"
        );
    }
    till.picture("3-who-said-what").await;
    till.type_keys(ENTER).await;
    till.says("state-word", "Paid").await;

    assert_eq!(simulator.pushes().await.len(), 1, "the customer was asked once");
    assert_eq!(simulator.payments().await.len(), 1, "and paid once");
    till.close().await;
}
