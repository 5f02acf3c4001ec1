//! Validation: answered at once, from the shop's rule alone.

use relay::log::Validation;
use relay_wire::{Kind, reference_text::check_character};
use serde_json::{Value, json};

use crate::made::{House, payment};

#[tokio::test]
async fn only_a_misspelt_reference_is_refused_and_only_where_the_owner_wants_it() {
    let house = House::new().await;
    let all = house.shop("takes all").await;
    let checks = house.shop_that("checks", Validation::CheckReference).await;
    let till = house.first_till(&checks).await;
    house.first_till(&all).await;
    let mut right = b"K10027".to_vec();
    right.push(check_character(&right));
    let right = String::from_utf8(right).unwrap();
    let last = if right.ends_with('7') { '8' } else { '7' };
    let wrong = format!("{}{last}", &right[..6]);
    let accepted = json!({"ResultCode": "0", "ResultDesc": "Accepted"});
    let rejected = json!({"ResultCode": "C2B00012", "ResultDesc": "Rejected"});
    let asked = [
        (&checks, payment("A", &right), &accepted),
        (&checks, payment("B", &right.to_lowercase()), &accepted),
        (&checks, payment("C", &wrong), &rejected),
        (&checks, payment("D", "0712345678"), &accepted),
        (&checks, payment("E", ""), &accepted),
        (&checks, "not readable".into(), &accepted),
        (&all, payment("F", &wrong), &accepted),
    ];
    for (shop, body, verdict) in asked {
        let said: Value = house
            .post(&shop.validation(), body.clone())
            .await
            .json()
            .await
            .unwrap();
        assert_eq!(&said, verdict, "{body}");
    }
    let mut cursor = till.paired.cursor;
    let mut seen = 0;
    while seen < 6 {
        let (_, page) = till.read(cursor, 10).await;
        for (seq, event) in till.open(&page) {
            assert_eq!(event.kind, Kind::Validation, "the question is told to the till");
            cursor.seq = seq;
            seen += 1;
        }
    }
}
