//! Three phones are asked at once; each ends in its place while a fourth sale is typed.

use crate::support::{PAYMENT, SOON, Shop, Simulator, until};

/// Three customers who wait for a person, and what each of them does.
const CUSTOMERS: [(&str, &str, &str, &str); 3] = [
    ("254711000001", "100", "pin", "paid"),
    ("254711000002", "200", "cancel", "failed_provisional"),
    ("254711000003", "300", "pin", "paid"),
];

#[tokio::test]
async fn parked_sales_end_in_their_places_and_no_key_is_lost() {
    let shop = Shop::new("parking").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;

    let mut sales = Vec::new();
    for (phone, amount, _, _) in CUSTOMERS {
        till.ask_phone(amount, phone).await;
        till.counter_is("waiting", SOON).await;
        sales.push(till.sale_on_counter().await);
        till.next_customer().await;
    }
    let waiting = till.roll().await;
    assert_eq!(waiting.len(), 3, "three sales are parked: {waiting:?}");
    till.picture("1-three-asked").await;

    // One part of the sum is typed before each customer answers, the end of it while the last one does.
    let mut typed = String::new();
    for ((phone, _, answer, _), part) in CUSTOMERS.iter().zip(["1", "20+3", "*8"]) {
        till.type_keys(part).await;
        typed.push_str(part);
        simulator.answer(phone, answer).await;
    }
    till.type_keys("0").await;
    typed.push('0');
    for ((_, amount, _, status), sale) in CUSTOMERS.iter().zip(&sales) {
        let line = till.on_roll(sale, status, PAYMENT).await;
        assert!(
            line.text.contains(amount),
            "the sale of {amount} ended in its own line: {}",
            line.text
        );
    }
    assert_eq!(
        till.value("amount").await,
        typed,
        "not one key of the fourth sale is lost"
    );
    assert_eq!(
        till.focused().await,
        "amount",
        "an ended payment does not take the cursor"
    );
    assert!(
        till.shows("roll-large").await,
        "an ended payment is a large line on the roll"
    );
    till.picture("2-all-ended").await;

    // The provisional end of the cancelled one becomes final without anybody touching it.
    till.on_roll(&sales[1], "not_paid", PAYMENT).await;
    assert_eq!(
        simulator.pushes().await.len(),
        3,
        "three customers, three prompts"
    );
    assert_eq!(simulator.payments().await.len(), 2, "two of them paid");

    till.type_keys(crate::support::keys::ENTER).await;
    until("the sum of the fourth sale", SOON, async || {
        (till.focused().await == "phone" && till.value("amount").await == typed).then_some(())
    })
    .await;
    till.close().await;
}
