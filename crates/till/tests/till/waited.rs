//! A payment by hand for a sale that nobody waits for any more is given to no prompt of the same phone and amount;
//! and what a person gave to another sale may be a prompt's all the same.

use till::ReceiptNumber;
use till::push::Ending;
use till::view::{MatterKind, PushState, SaleState, SaleView};

use crate::pull::{lost, proof, shop};
use crate::statement::{charge, paid, take};
use crate::support::{NJERI, OTIENO, Shop, kes, last_push, row};

/// A prompt of 500 of which nobody knows, its sale settled in cash; beside it Njeri's next sale, which waits.
fn prompt_and_next_sale(shop: &mut Shop, next: i64, digits: Option<&str>) -> (String, SaleView) {
    let (_, push) = shop.prompted(None, 70, OTIENO);
    let receipt = ReceiptNumber::parse("UKNCALLED1").unwrap();
    shop.called_back(&push, Ending::Paid, Some(receipt)).unwrap();
    let (unsure, _) = lost(shop, 500, NJERI);
    shop.wait_s(60);
    shop.cash(Some(&unsure), 500, 500);
    let (waits, effects) = shop
        .engine
        .wait_for_till(None, kes(next), digits, shop.now)
        .unwrap();
    shop.effects.extend(effects);
    (unsure, waits)
}

/// Two days later the statement shows one payment of 500 from Njeri's phone, made a moment after she waited.
fn two_days_later(shop: &mut Shop) {
    for _ in 0..50 {
        shop.wait_s(3_600);
    }
    let lines = [
        charge("UKN0CHARGE", -120),
        paid("UKNCALLED1", 0, 70, "111"),
        paid("UKN3XBYHND", 2, 500, "678"),
        charge("UKN9CHARGE", 120),
    ];
    take(shop, &lines);
}

#[test]
fn a_payment_for_a_sale_that_was_then_paid_in_cash_pays_no_prompt() {
    for digits in [Some("678"), None] {
        let mut shop = shop();
        let (unsure, waited) = prompt_and_next_sale(&mut shop, 500, digits);
        shop.wait_s(600);
        shop.cash(Some(&waited.id), 500, 500);
        two_days_later(&mut shop);
        let sale = shop.sale(&unsure);
        assert_eq!(
            last_push(&sale).state,
            PushState::AwaitsStatement,
            "{digits:?}: she may have paid for the sale that waited"
        );
        assert!(
            sale.matters.is_empty(),
            "and nobody is owed anything for the prompt"
        );
        let [money] = &shop.engine.unplaced(shop.now).unwrap()[..] else {
            panic!("the payment is shown");
        };
        assert!(
            money.offers.iter().any(|offer| offer.sale_id == unsure),
            "a person may say that it was the prompt's"
        );
    }
}

#[test]
fn a_list_that_comes_late_gives_it_to_no_prompt_either() {
    let mut shop = shop();
    let (unsure, waited) = prompt_and_next_sale(&mut shop, 500, Some("678"));
    shop.wait_s(30);
    shop.cash(Some(&waited.id), 500, 500);
    shop.wait_s(30);
    shop.read_list(&[row("UKN3XBYHND", 500, "678", 70)]);
    assert_eq!(
        last_push(&shop.sale(&unsure)).receipt,
        None,
        "whose it is, only a person can say"
    );
}

#[test]
fn a_wait_that_cannot_be_meant_stands_in_no_ones_way() {
    // Another amount, another phone, ended before the payment, and paid by another payment by hand.
    for (next, digits, ended_by) in [
        (450, Some("678"), "cash"),
        (500, Some("999"), "cash"),
        (500, Some("678"), "cash at once"),
        (500, Some("678"), "hand"),
    ] {
        let mut shop = shop();
        let (unsure, waited) = prompt_and_next_sale(&mut shop, next, digits);
        match ended_by {
            "hand" => {
                shop.wait_s(600);
                shop.read_list(&[row("UKN3XANOTH", 500, "678", 400)]);
                assert_eq!(shop.sale(&waited.id).state, SaleState::Settled, "paid by hand");
            }
            "cash" => {
                shop.wait_s(600);
                shop.cash(Some(&waited.id), next, next);
            }
            _ => {
                shop.cash(Some(&waited.id), next, next);
                assert_eq!(shop.sale(&waited.id).state, SaleState::Settled, "it is over");
            }
        }
        shop.wait_s(600);
        two_days_later(&mut shop);
        let matters: Vec<_> = shop
            .sale(&unsure)
            .matters
            .iter()
            .map(|matter| matter.kind)
            .collect();
        assert_eq!(
            matters,
            [MatterKind::RefundDue],
            "{next} {digits:?} {ended_by}: the payment is the prompt's, and comes beside the cash"
        );
    }
}

#[test]
fn a_payment_that_a_person_gave_to_another_sale_leaves_a_prompt_in_doubt() {
    // Made while the prompt could be paid, and long after.
    for (seconds, state) in [(30, PushState::Unknown), (600, PushState::Failed)] {
        let came = proof(|shop, list| {
            list.push(row("UKN3XGIVEN", 500, "", seconds));
            shop.read_list(list);
            let (other, effects) = shop.engine.wait_for_till(None, kes(500), None, shop.now).unwrap();
            shop.effects.extend(effects);
            let receipt = ReceiptNumber::parse("UKN3XGIVEN").unwrap();
            shop.engine.place_money(&receipt, &other.id, shop.now).unwrap();
        });
        assert_eq!(
            came, state,
            "{seconds} s: a wrong card must not let the customer be asked a second time"
        );
    }
}
