//! Safaricom's answer to the push is lost: nobody knows, so nobody sends again.

use crate::support::keys::ENTER;
use crate::support::{SOON, Shop, Simulator, until};

#[tokio::test]
async fn a_lost_answer_is_not_known_and_not_sent_twice() {
    let shop = Shop::new("not_known").await;
    let simulator = Simulator::start().await;
    // Its list of payments would tell within seconds what became of it.
    simulator.fault(serde_json::json!({ "pull_down": 100 })).await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;

    till.ask_phone("1250", "0700000099").await;
    till.counter_is("not_known", SOON).await;
    till.says("state-word", "Not known yet").await;
    till.says("state-reason", "Do not send again").await;
    till.says("primary", "Next customer").await;
    till.see("read-now").await;
    till.picture("1-not-known").await;

    // The same phone is not asked for another sale either: the first prompt may be alive on it.
    till.next_customer().await;
    till.ask_phone("60", "0700000099").await;
    till.says("error-line", "still open").await;
    till.picture("2-same-phone").await;
    assert_eq!(
        simulator.pushes().await.len(),
        1,
        "nothing was sent a second time"
    );

    // The customer goes on in cash.
    till.type_keys("c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    until("both sales on the roll", SOON, async || {
        (till.roll().await.len() == 2).then_some(())
    })
    .await;
    till.close().await;
}
