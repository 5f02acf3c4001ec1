//! Money finds its tender: by itself only when something certain says so, and never by a guess.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use till::matching::{Arrival, Claim, Hold, Verdict, could_be, judge};
use till::view::Why;

use crate::support::{half_past_two, kes};

fn at(seconds: i64) -> DateTime<Utc> {
    half_past_two().utc + TimeDelta::seconds(seconds)
}

fn arrival(shillings: i64, digits: &str, seconds: i64) -> Arrival {
    Arrival {
        amount: kes(shillings),
        reference: String::new(),
        digits: digits.into(),
        paid: (at(seconds), at(seconds)),
    }
}

fn claim(name: &str, shillings: i64, digits: &str, hold: Hold) -> Claim {
    Claim {
        tender_id: name.into(),
        sale_id: format!("sale of {name}"),
        amount: kes(shillings),
        reference: Some(format!("REF{name}")),
        digits: (!digits.is_empty()).then(|| digits.into()),
        window: (at(0), at(240)),
        hold,
    }
}

fn pays(tender: &str, why: Why) -> Verdict {
    Verdict::Attach {
        tender_id: tender.into(),
        why,
    }
}

fn offered(tenders: &[&str]) -> Verdict {
    Verdict::Offer {
        tender_ids: tenders.iter().map(|&tender| tender.to_owned()).collect(),
    }
}

#[test]
fn of_two_prompts_under_one_reference_the_payment_is_that_ones_in_whose_time_it_came() {
    let older = Claim {
        reference: Some("A100019".into()),
        ..claim("older", 500, "254712345678", Hold::Open)
    };
    let younger = Claim {
        tender_id: "younger".into(),
        window: (at(300), at(540)),
        ..older.clone()
    };
    let told = Arrival {
        reference: "A100019".into(),
        ..arrival(500, "678", 100)
    };
    assert_eq!(
        judge(&told, &[younger, older]),
        pays("older", Why::Reference),
        "the younger prompt was not on the phone yet"
    );
}

#[test]
fn visible_digits_with_amount_and_time_attach() {
    let claims = [claim("a", 500, "254712345678", Hold::Open)];
    assert_eq!(
        judge(&arrival(500, "678", 20), &claims),
        pays("a", Why::Digits),
        "the phone that was asked, in time"
    );
    assert_eq!(
        judge(&arrival(500, "679", 20), &claims),
        offered(&[]),
        "another phone"
    );
    assert_eq!(
        judge(&arrival(501, "678", 20), &claims),
        offered(&[]),
        "another amount"
    );
    assert_eq!(
        judge(&arrival(500, "678", -1), &claims),
        offered(&[]),
        "before it was asked"
    );
    assert_eq!(
        judge(&arrival(500, "678", 241), &claims),
        offered(&[]),
        "long after it"
    );
    assert_eq!(
        judge(&arrival(500, "78", 20), &claims),
        offered(&[]),
        "two digits are too few to know anybody by"
    );
}

#[test]
fn amount_and_time_alone_are_an_offer() {
    let claims = [
        claim("a", 500, "", Hold::Waiting),
        claim("b", 500, "254712345678", Hold::Open),
    ];
    assert_eq!(
        judge(&arrival(500, "", 20), &claims),
        offered(&["b", "a"]),
        "nobody can be told apart, so a person is asked; the prompt first"
    );
}

#[test]
fn our_reference_attaches_at_any_time_and_another_reference_never() {
    let claims = [claim("a", 500, "254712345678", Hold::Open)];
    let with = |reference: &str, seconds| Arrival {
        reference: reference.into(),
        ..arrival(500, "678", seconds)
    };
    assert_eq!(
        judge(&with("refa", 9_000), &claims),
        pays("a", Why::Reference),
        "our own reference, however late"
    );
    assert_eq!(
        judge(&with("SOMETHING", 20), &claims),
        offered(&["a"]),
        "our prompts carry our reference, so this may be another payment of the same person"
    );
}

#[test]
fn another_phone_under_our_reference_is_another_prompt_of_the_sale() {
    let mut second = claim("b", 500, "254722000111", Hold::Paid);
    second.sale_id = "sale of a".into();
    second.reference = Some("REFa".into());
    let claims = [claim("a", 500, "254712345678", Hold::Paid), second];
    let paid = Arrival {
        reference: "REFa".into(),
        ..arrival(500, "111", 20)
    };
    assert_eq!(
        judge(&paid, &claims),
        pays("b", Why::Reference),
        "by the phone that paid"
    );
}

#[test]
fn a_reservation_is_served_before_a_waiting_sale() {
    let claims = [
        claim("waiting", 500, "678", Hold::Waiting),
        claim("paid", 500, "254712345678", Hold::Paid),
    ];
    let ours = Arrival {
        reference: "REFpaid".into(),
        ..arrival(500, "678", 20)
    };
    assert_eq!(
        judge(&ours, &claims),
        pays("paid", Why::Reference),
        "the prompt that was paid needs its receipt; the sale goes on waiting"
    );
    assert_eq!(
        judge(&arrival(500, "678", 20), &claims),
        offered(&["paid", "waiting"]),
        "digits alone: the same customer may have paid the till for something of the same price"
    );
    let claims = [
        claim("waiting", 500, "678", Hold::Waiting),
        claim("open", 500, "254712345678", Hold::Open),
    ];
    assert_eq!(
        judge(&arrival(500, "678", 20), &claims),
        offered(&["open", "waiting"]),
        "a prompt that only may have been paid, and a sale that waits for the same money: asked, not guessed"
    );
}

#[test]
fn two_sales_of_one_phone_are_a_question_but_two_prompts_of_one_sale_are_not() {
    let mut second = claim("b", 500, "254712345678", Hold::Open);
    let claims = [claim("a", 500, "254712345678", Hold::Open), second.clone()];
    assert_eq!(
        judge(&arrival(500, "678", 20), &claims),
        offered(&["a", "b"]),
        "either sale could be meant"
    );
    second.sale_id = claims[0].sale_id.clone();
    second.window = (at(100), at(340));
    let claims = [claims[0].clone(), second];
    assert_eq!(
        judge(&arrival(500, "678", 20), &claims),
        pays("a", Why::Digits),
        "the second prompt was not out yet"
    );
    assert_eq!(
        judge(&arrival(500, "678", 200), &claims),
        pays("b", Why::Digits),
        "the same sale either way: while the older prompt was on the phone the younger could not come"
    );
}

#[test]
fn what_is_over_is_moved_by_its_own_reference_and_offered_for_less() {
    let over = claim("over", 500, "254712345678", Hold::Over);
    assert_eq!(
        judge(&arrival(500, "678", 20), std::slice::from_ref(&over)),
        offered(&["over"]),
        "whoever cancelled may have paid the till for something else"
    );
    let ours = Arrival {
        reference: "REFover".into(),
        ..arrival(500, "678", 20)
    };
    assert_eq!(
        judge(&ours, std::slice::from_ref(&over)),
        pays("over", Why::Reference),
        "money moves every state"
    );
    let claims = [over, claim("open", 500, "254712345678", Hold::Open)];
    assert_eq!(
        judge(&arrival(500, "678", 20), &claims),
        pays("open", Why::Digits),
        "what is believed to be over claims nothing that something else needs"
    );
}

#[test]
fn a_time_that_may_be_read_two_ways_fits_either_way() {
    let claims = [claim("a", 500, "254712345678", Hold::Open)];
    let unsure = Arrival {
        paid: (at(20), at(20 + 3 * 3600)),
        ..arrival(500, "678", 20)
    };
    assert_eq!(
        judge(&unsure, &claims),
        pays("a", Why::Digits),
        "the earlier reading fits"
    );
}

#[test]
fn doubt_is_wider_than_certainty() {
    let claim = claim("a", 500, "254712345678", Hold::Open);
    for (shillings, digits, seconds, could, why) in [
        (500, "678", 9_000, true, "very late is still possible"),
        (500, "", 20, true, "no digits at all"),
        (500, "679", 20, false, "another phone"),
        (499, "678", 20, false, "another amount"),
        (500, "678", -100, false, "before it was asked"),
    ] {
        assert_eq!(
            could_be(&arrival(shillings, digits, seconds), &claim),
            could,
            "{why}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever waits: a payment never attaches to another amount, to digits that disagree, or where another
    /// sale has the same right to it.
    #[test]
    fn nothing_is_guessed(
        claims in proptest::collection::vec((0..4_u8, 0..3_i64, 0..4_usize, 0..3_usize), 0..6),
        shillings in 0..3_i64, digits in 0..3_usize, seconds in -50..300_i64,
    ) {
        let known = ["678", "111", ""];
        let holds = [Hold::Paid, Hold::Open, Hold::Waiting, Hold::Over];
        let claims: Vec<Claim> = claims
            .iter()
            .enumerate()
            .map(|(n, (sale, amount, hold, digits))| Claim {
                sale_id: sale.to_string(),
                ..claim(&n.to_string(), amount + 1, known[*digits], holds[*hold])
            })
            .collect();
        let arrival = arrival(shillings + 1, known[digits], seconds);
        if let Verdict::Attach { tender_id, why } = judge(&arrival, &claims) {
            let chosen = claims.iter().find(|claim| claim.tender_id == tender_id).unwrap();
            prop_assert_eq!(why, Why::Digits, "there was nothing else to go by");
            prop_assert_eq!(chosen.amount, arrival.amount, "another amount");
            prop_assert_eq!(chosen.digits.as_deref(), Some(arrival.digits.as_str()), "digits that disagree");
            prop_assert!(chosen.hold != Hold::Over, "a prompt that is over, by digits alone");
            prop_assert!((0..=240).contains(&seconds), "out of time");
            let rival = claims.iter().any(|other| {
                other.sale_id != chosen.sale_id
                    && other.hold == chosen.hold
                    && other.amount == chosen.amount
                    && other.digits == chosen.digits
            });
            prop_assert!(!rival, "another sale has the same right to it");
        }
    }
}
