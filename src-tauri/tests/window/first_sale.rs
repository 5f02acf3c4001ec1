//! First start → Practice → 1,250 to a customer who pays → *Paid*.

use crate::support::{PAYMENT, Shop};

#[tokio::test]
async fn a_newcomer_takes_a_payment_in_practice() {
    let shop = Shop::new("first_sale").await;
    let till = shop.open().await;
    for door in ["door-practice", "door-today", "door-connect"] {
        assert!(till.shows(door).await, "the first start offers {door}");
    }
    till.picture("1-doors").await;

    till.practise().await;
    till.says("practice-band", "not real money").await;
    till.see("roll-empty").await;
    till.type_keys("1250").await;
    till.says("amount-result", "").await;
    till.picture("2-sell").await;
    till.type_keys(crate::support::keys::BACKSPACE.repeat(4).as_str())
        .await;

    till.ask_phone("1000+250", "0700000000").await;
    till.see("asking-step").await;
    till.picture("3-asking").await;
    let sale = till.sale_on_counter().await;

    till.counter_is("paid", PAYMENT).await;
    till.says("state-word", "Paid").await;
    till.picture("4-paid").await;
    let line = till.on_roll(&sale, "paid", PAYMENT).await;
    assert!(
        line.text.contains("1,250"),
        "the roll names the amount: {}",
        line.text
    );
    assert!(line.text.contains("Paid"), "the roll says Paid: {}", line.text);
    assert_eq!(till.roll().await.len(), 1, "one customer is one line on the roll");

    till.next_customer().await;
    till.picture("5-next").await;
    till.close().await;
}
