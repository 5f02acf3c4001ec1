//! A relay brings what Safaricom posts: a waiting sale is settled at once, two equal amounts are asked, a payment
//! without a sale becomes one, a typed code is confirmed.

use std::time::Instant;

use serde_json::json;

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, Relay, SOON, Shop, Simulator};

/// So many payments are timed, for the figures in docs/performance.md.
const TIMED: usize = 20;

#[tokio::test]
async fn customers_pay_the_till_and_the_relay_says_so() {
    let shop = Shop::new("relay").await;
    let simulator = Simulator::start().await;
    let relay = Relay::start(&shop.desktop);
    let till = shop.open_at(&simulator).await;
    till.practise().await;

    // Settings: the operator's line pairs this counter.
    till.click("nav-settings").await;
    till.write("relay-paste", &relay.pairing).await;
    till.click("relay-pair").await;
    till.says_within("relay-state", "last heard", PAYMENT).await;
    till.picture("1-paired").await;
    assert!(
        !shop.holds(relay.pairing.split(' ').next_back().expect("it has a code")),
        "the pairing code is kept nowhere"
    );
    till.click("owner-make").await;
    till.says_within("owner-link", "/day/", PAYMENT).await;
    let link = till.text("owner-link").await;
    let key = link.split('#').nth(1).expect("the key stands after #");
    till.picture("1-owners-link").await;
    let sealed = relay.page(&link).await;
    assert!(!sealed.is_empty(), "the day is there");
    assert!(
        !shop.holds(key),
        "and its key is in no file: not the till's, not the relay's"
    );
    simulator
        .register_urls(&relay.confirmation, &relay.validation)
        .await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;

    // A sale of 730 waits, and its customer pays the paybill: the simulator posts to the relay.
    till.type_keys(&format!("730{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("981{ENTER}")).await;
    till.counter_is("waiting_till", SOON).await;
    let sale = till.sale_on_counter().await;
    simulator.pay_by_hand("254722000981", 730).await;
    till.on_roll(&sale, "paid", PAYMENT).await;
    till.picture("2-settled").await;

    // Two equal amounts: the last digits decide, each goes right.
    till.next_customer().await;
    let mut waiting = Vec::new();
    for digits in ["111", "222"] {
        till.type_keys(&format!("480{ENTER}")).await;
        till.cursor_in("phone").await;
        till.type_keys(&format!("{digits}{ENTER}")).await;
        till.counter_is("waiting_till", SOON).await;
        waiting.push(till.sale_on_counter().await);
        till.next_customer().await;
    }
    simulator.pay_by_hand("254722000222", 480).await;
    till.on_roll(&waiting[1], "paid", PAYMENT).await;
    till.on_roll(&waiting[0], "waiting_till", SOON).await;
    simulator.pay_by_hand("254722000111", 480).await;
    till.on_roll(&waiting[0], "paid", PAYMENT).await;

    // Money first: nothing waits for it; it is a card, and one key makes it a sale.
    simulator.pay_by_hand("254722000333", 65).await;
    till.see_within("money", PAYMENT).await;
    till.says("money", "65").await;
    till.picture("3-money-first").await;
    let lines = till.roll().await.len();
    till.click("money-make").await;
    till.gone("money").await;
    assert_eq!(till.roll().await.len(), lines + 1, "the card is a sale now");

    till.picture("4-roll").await;
    till.next_customer().await;
    println!("{}", timed(&till, &relay).await);

    // Nobody writes the owner's page any more: nobody reads it either.
    till.click("nav-settings").await;
    till.click("relay-unpair").await;
    till.see_within("relay-paste", SOON).await;
    relay.has_no_page(&link).await;
    till.close().await;
}

/// From the relay's 200 to *Paid* on the roll, as often as it takes to say so in figures.
async fn timed(till: &crate::support::Till<'_>, relay: &Relay) -> String {
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a plain client");
    let mut took_ms = Vec::new();
    for n in 0..TIMED {
        let amount = 1001 + n;
        till.ready_to_sell().await;
        till.type_keys(&format!("{amount}{ENTER}")).await;
        till.cursor_in("phone").await;
        till.type_keys(&format!("126{ENTER}")).await;
        till.counter_is("waiting_till", SOON).await;
        let sale = till.sale_on_counter().await;
        till.next_customer().await;
        let now = chrono::Utc::now() + chrono::TimeDelta::hours(3);
        let notice = json!({
            "TransactionType": "Pay Bill", "TransID": format!("UKT9XA{:04}", n), "TransTime": now.format("%Y%m%d%H%M%S").to_string(),
            "TransAmount": format!("{amount}.00"), "BusinessShortCode": "174379", "BillRefNumber": "MAZIWA",
            "InvoiceNumber": "", "OrgAccountBalance": "", "ThirdPartyTransID": "", "MSISDN": "2547 ***** 126",
            "FirstName": "JANE", "MiddleName": "", "LastName": "",
        });
        let answer = client
            .post(&relay.confirmation)
            .json(&notice)
            .send()
            .await
            .expect("it answers");
        assert_eq!(answer.status(), 200, "committed");
        let begun = Instant::now();
        till.on_roll(&sale, "paid", PAYMENT).await;
        took_ms.push(begun.elapsed().as_millis());
    }
    took_ms.sort_unstable();
    format!(
        "figure relay_to_paid_ms p50 {} p95 {} of {TIMED}",
        took_ms[TIMED / 2],
        took_ms[TIMED * 95 / 100]
    )
}
