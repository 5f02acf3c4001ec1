//! The customer cancels; another phone pays the same sale.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, Shop, Simulator};

#[tokio::test]
async fn a_cancelled_sale_is_paid_from_another_phone() {
    let shop = Shop::new("cancelled").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;

    till.ask_phone("480", "0700 000 032").await;
    let sale = till.sale_on_counter().await;
    till.says_within("state-reason", "Cancelled", PAYMENT).await;
    till.picture("1-cancelled").await;

    // A different phone may be asked at once: the first stays watched.
    till.click("wrong-number").await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("0700000000{ENTER}")).await;
    till.counter_is("paid", PAYMENT).await;
    till.picture("2-paid").await;

    let line = till.on_roll(&sale, "paid", PAYMENT).await;
    assert!(line.text.contains("480"), "the same sale is paid: {}", line.text);
    assert_eq!(till.roll().await.len(), 1, "two prompts of one sale are one line");
    assert_eq!(simulator.pushes().await.len(), 2, "one prompt for each phone");
    assert_eq!(simulator.payments().await.len(), 1, "money moved once");
    till.close().await;
}
