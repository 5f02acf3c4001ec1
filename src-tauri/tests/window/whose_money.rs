//! A customer pays from the own phone, and nothing but the amount says for which sale: a person says it.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, Simulator};

#[tokio::test]
async fn money_that_came_in_is_given_to_its_sale() {
    let shop = Shop::new("whose").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;

    // The customer says no digits, so that only the amount fits.
    till.type_keys(&format!("480{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys(ENTER).await;
    till.counter_is("waiting_till", SOON).await;
    let sale = till.sale_on_counter().await;
    simulator.pay_by_hand("254722000981", 480).await;
    till.see_within("money", PAYMENT).await;
    till.says("money", "480").await;
    till.says("money", "981").await;
    assert_eq!(
        till.roll().await[0].status,
        "waiting_till",
        "the till does not guess whose money it is"
    );
    till.picture("1-whose-is-this").await;

    // The next amount is being typed, and the key reaches the card all the same.
    till.next_customer().await;
    till.type_keys("65").await;
    till.type_keys("g").await;
    till.gone("money").await;
    till.on_roll(&sale, "paid", SOON).await;
    assert_eq!(till.value("amount").await, "65", "no typed digit is lost");
    till.picture("2-given").await;
    assert_eq!(simulator.pushes().await.len(), 0, "nobody was asked for a PIN");
    till.close().await;
}
