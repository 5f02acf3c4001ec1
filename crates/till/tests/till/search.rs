//! Sales found by what somebody remembers of them.

use chrono::TimeDelta;
use till::clock::shop_day;
use till::engine::CodeInput;
use till::push::Ending;
use till::view::{Period, ReadFrom, SalesFound};
use till::{Code, ReceiptNumber};

use super::people::staff;
use super::support::{NJERI, OTIENO, Shop, kes, row};

fn found(shop: &Shop, words: &str) -> SalesFound {
    let day = shop_day(shop.now.utc);
    shop.engine
        .find_sales(words, (Period::Day { day }, true), None, shop.now)
        .unwrap()
}

fn amounts(shop: &Shop, words: &str) -> Vec<i64> {
    let sales = found(shop, words).sales;
    sales.iter().map(|sale| sale.amount.shillings()).collect()
}

fn paid_by_prompt(shop: &mut Shop, shillings: i64, to: &str, receipt: &str) -> String {
    let (sale, push_id) = shop.prompted(None, shillings, to);
    let receipt = ReceiptNumber::parse(receipt).unwrap();
    shop.called_back(&push_id, Ending::Paid, Some(receipt)).unwrap();
    sale.reference
}

#[test]
fn each_thing_that_is_remembered_finds_its_sale() {
    let mut shop = Shop::in_memory();
    let reference = paid_by_prompt(&mut shop, 730, NJERI, "UKN3X8ABCD");
    shop.wait_s(3_600);
    paid_by_prompt(&mut shop, 1_250, OTIENO, "UKN3X8EFGH");
    shop.wait_s(3_600);
    shop.cash(None, 678, 700);
    assert_eq!(amounts(&shop, "UKN3X8ABCD"), [730], "its code");
    assert_eq!(
        amounts(&shop, "ukn3x8"),
        [1_250, 730],
        "the front of a code, the newest first"
    );
    assert_eq!(amounts(&shop, &reference), [730], "its reference");
    assert_eq!(
        amounts(&shop, &reference.to_lowercase()),
        [730],
        "as a customer types it"
    );
    assert_eq!(amounts(&shop, "0712 345 678"), [730], "the whole phone");
    assert_eq!(
        amounts(&shop, "678"),
        [678, 730],
        "three digits are the end of a phone, and an amount too"
    );
    assert_eq!(amounts(&shop, "1,250"), [1_250], "an amount");
    assert_eq!(amounts(&shop, "KSh 1,250"), [1_250], "with its sign");
    assert_eq!(amounts(&shop, "15:25"), [1_250], "a time, ten minutes about");
    assert!(amounts(&shop, "0712 345 999").is_empty(), "another phone");
    assert!(amounts(&shop, "345678999").is_empty(), "more digits than agree");
    assert!(
        amounts(&shop, "mango").is_empty(),
        "a word that means nothing here"
    );
}

#[test]
fn a_sale_must_fit_every_word() {
    let mut shop = Shop::in_memory();
    paid_by_prompt(&mut shop, 730, NJERI, "UKN3X8ABCD");
    paid_by_prompt(&mut shop, 730, OTIENO, "UKN3X8EFGH");
    assert_eq!(amounts(&shop, "730").len(), 2, "both");
    assert_eq!(amounts(&shop, "730 678").len(), 1, "hers");
    assert_eq!(amounts(&shop, "14:30 730 111").len(), 1, "his, at that time");
    assert!(amounts(&shop, "730 999").is_empty(), "neither");
    assert!(amounts(&shop, "730 mango").is_empty(), "a word that fits nothing");
}

#[test]
fn whoever_began_a_sale_or_took_money_for_it_finds_it() {
    let mut staff = staff();
    let (cashier, manager) = (staff.cashier.clone(), staff.manager.clone());
    staff.sign_in(&cashier, "2718").unwrap();
    let begun = staff.shop.cash(None, 450, 200);
    let refused = staff
        .shop
        .engine
        .find_sales("450", (Period::Open, true), None, staff.shop.now);
    assert_eq!(
        refused.unwrap_err().code,
        Code::NotPermitted,
        "what was taken is not a cashier's to list"
    );
    staff.sign_in(&manager, "5093").unwrap();
    staff.shop.cash(Some(&begun.id), 0, 250);
    staff.shop.cash(None, 30, 30);
    assert_eq!(amounts(&staff.shop, "achieng"), [450], "she began it");
    assert_eq!(
        amounts(&staff.shop, "Otieno"),
        [30, 450],
        "he took the rest, and a sale of his own"
    );
    assert_eq!(amounts(&staff.shop, "Otieno 450"), [450], "his part of hers");
}

#[test]
fn a_payment_without_a_sale_is_found_too() {
    let mut shop = Shop::in_memory();
    shop.read_list(&[row("UKN3X8ABCD", 730, "126", 0)]);
    for words in ["UKN3X8ABCD", "126", "730"] {
        let payments = found(&shop, words).payments;
        assert_eq!(
            payments.first().map(|one| one.amount),
            Some(kes(730)),
            "by {words}: it reached the shop"
        );
    }
}

#[test]
fn the_roll_of_a_period_comes_page_by_page() {
    let mut shop = Shop::in_memory();
    for n in 1..=120 {
        shop.cash(None, n, n);
        shop.now.utc += TimeDelta::seconds(1);
    }
    let day = shop_day(shop.now.utc);
    let page = |before: Option<&str>| {
        shop.engine
            .find_sales(" ", (Period::Day { day }, true), before, shop.now)
            .unwrap()
    };
    let mut all = Vec::new();
    let mut before = None;
    for more in [true, true, false] {
        let next = page(before.as_deref());
        assert_eq!(next.more, more, "as long as there are older ones");
        before = next.sales.last().map(|sale| sale.id.clone());
        all.extend(next.sales.iter().map(|sale| sale.amount.shillings()));
    }
    assert_eq!(
        all,
        (1..=120).rev().collect::<Vec<_>>(),
        "each once, the newest first"
    );
    let yesterday = Period::Day {
        day: day.pred_opt().unwrap(),
    };
    let none = shop
        .engine
        .find_sales("", (yesterday, true), None, shop.now)
        .unwrap();
    assert!(none.sales.is_empty(), "another day has its own");
}

#[test]
fn a_search_that_stops_early_says_so() {
    let mut shop = Shop::in_memory();
    for _ in 0..60 {
        shop.cash(None, 100, 100);
    }
    let hits = found(&shop, "100");
    assert_eq!(
        (hits.sales.len(), hits.more),
        (50, true),
        "a page, and the word that there are more"
    );
    let input = CodeInput {
        sale_id: None,
        amount: kes(70),
        code: "UKN3X8WXYZ".into(),
        read_from: ReadFrom::ShopPhone,
        warned: true,
    };
    shop.engine.take_code(input, shop.now).unwrap();
    let one = found(&shop, "UKN3X8WXYZ");
    assert_eq!(
        (one.sales.len(), one.more),
        (1, false),
        "a typed code too, and that is all"
    );
}

#[test]
fn an_amount_and_the_end_of_a_phone_are_found_however_long_ago() {
    let mut shop = Shop::in_memory();
    paid_by_prompt(&mut shop, 730, NJERI, "UKN3X8ABCD");
    // More of either than a search looks at, all newer.
    for n in 0..160 {
        shop.wait_s(600);
        paid_by_prompt(&mut shop, 45, NJERI, &format!("UKP{n:07}"));
        shop.cash(None, 730, 730);
    }
    for words in ["730 678", "678 730"] {
        assert_eq!(amounts(&shop, words), [730], "{words}: hers, of the first day");
    }
    assert_eq!(amounts(&shop, "0712345678 730"), [730], "by her whole phone too");
    assert!(
        found(&shop, "730 678").more,
        "that there may be more of another kind is said"
    );
}
