//! Regulars at the counter: found by the last digits, asked without their number being shown, and what they owe on paper.

use receipts::{Printed, text};
use till::Code;
use till::engine::{CreditInput, RegularInput};
use till::push::{Answer, PushIntent, Reason};
use till::view::SaleView;

use super::credit::customer;
use super::people::Staff;
use super::printing::{next, read, shop as with_paper, with_printer};
use super::support::{NJERI, OTIENO, Shop, half_past_two, kes, last_push};

fn regular(customer_id: &str) -> RegularInput {
    RegularInput {
        sale_id: None,
        amount: kes(730),
        customer_id: customer_id.to_owned(),
        intent: PushIntent::Ordinary,
    }
}

fn prompt(shop: &mut Shop, customer_id: &str) -> SaleView {
    shop.engine
        .prompt_regular(regular(customer_id), shop.now)
        .unwrap()
        .0
}

fn names(shop: &Shop, typed: &str) -> Vec<String> {
    let found = shop.engine.regulars(typed, shop.now).unwrap();
    found
        .into_iter()
        .map(|one| format!("{} {}", one.name, one.phone_masked))
        .collect()
}

#[test]
fn regulars_are_offered_by_the_end_of_their_number_and_masked() {
    let mut shop = Shop::in_memory();
    customer(&mut shop, "Wanjiru", NJERI, 100);
    customer(&mut shop, "Baraka", "0733 999 678", 100);
    customer(&mut shop, "Otieno", OTIENO, 100);
    assert_eq!(names(&shop, "678"), ["Baraka ··678", "Wanjiru ··678"]);
    assert_eq!(
        names(&shop, "5678"),
        ["Wanjiru ··678"],
        "one more digit tells them apart"
    );
    assert_eq!(
        names(&shop, "0712 345 678"),
        ["Wanjiru ··678"],
        "the whole number as it is grouped"
    );
    for typed in ["", "78", "07123", "wan", "999"] {
        assert_eq!(
            names(&shop, typed),
            Vec::<String>::new(),
            "{typed:?} means nobody"
        );
    }
}

#[test]
fn a_regular_is_asked_without_the_number_on_the_screen() {
    let mut shop = Shop::in_memory();
    let id = customer(&mut shop, "Wanjiru Kamau", NJERI, 100);
    let sale = prompt(&mut shop, &id);
    let push = last_push(&sale);
    assert_eq!(
        (push.phone.as_str(), push.phone_masked.as_str()),
        ("Wanjiru Kamau ··678", "··678"),
        "by name and three digits"
    );
    shop.begin(&push.push_id);
    assert_eq!(shop.sent(), 1, "the prompt leaves");
    let asked = shop.sql("SELECT COUNT(*) FROM push WHERE msisdn = '254712345678'");
    assert_eq!(
        asked, 1,
        "to the whole number, which is kept as that of any prompt"
    );
    let second = shop.engine.prompt_regular(regular(&id), shop.now).unwrap_err();
    assert_eq!(second.code, Code::PushLive, "one live prompt a phone");
    let known = RegularInput {
        sale_id: Some(sale.id.clone()),
        ..regular("nobody")
    };
    assert_eq!(
        shop.engine.prompt_regular(known, shop.now).unwrap_err().code,
        Code::NotFound,
        "and nobody who is not in the list"
    );
}

#[test]
fn a_prompt_is_sent_again_without_its_number_coming_back() {
    let mut shop = Shop::in_memory();
    let id = customer(&mut shop, "Wanjiru Kamau", NJERI, 100);
    let sale = prompt(&mut shop, &id);
    let first = last_push(&sale).push_id;
    shop.begin(&first);
    shop.answer(&first, Answer::NotSent(Reason::NoNetwork));
    let (again, _) = shop.engine.send_again(&first, shop.now).unwrap();
    let push = last_push(&again);
    assert_ne!(push.push_id, first, "a prompt of its own");
    assert_eq!(push.phone, "Wanjiru Kamau ··678", "masked as the first was");
    assert_eq!(again.id, sale.id, "for the same sale");
    // A restart remembers it.
    let store = std::mem::replace(&mut shop, Shop::in_memory())
        .engine
        .into_store();
    let shop = Shop::over(store, half_past_two());
    assert_eq!(last_push(&shop.sale(&sale.id)).phone, "Wanjiru Kamau ··678");
}

#[test]
fn who_may_not_know_customers_is_offered_none_and_asked_nothing() {
    let mut staff = Staff::new();
    staff.sign_in(&staff.owner.clone(), "4071").unwrap();
    customer(&mut staff.shop, "Wanjiru", NJERI, 100);
    staff.shop.engine.lock(staff.shop.now).unwrap();
    assert_eq!(names(&staff.shop, "678"), Vec::<String>::new(), "nobody is here");
    staff.sign_in(&staff.cashier.clone(), "2718").unwrap();
    assert_eq!(names(&staff.shop, "678"), ["Wanjiru ··678"], "a cashier sells");
}

fn owes(shop: &mut Shop, id: &str, shillings: i64) {
    let input = CreditInput {
        sale_id: None,
        amount: kes(shillings),
        customer_id: id.to_owned(),
        part: None,
        reason: None,
    };
    shop.engine.give_credit(&input, shop.now).unwrap();
}

fn paper(shop: &mut Shop, id: &str) -> String {
    text::render(&shop.engine.statement_paper(id, false, shop.now).unwrap())
}

#[test]
fn a_statement_says_what_is_owed_since_nothing_was() {
    let mut shop = Shop::in_memory();
    let id = customer(&mut shop, "Wanjiru Kamau", NJERI, 5_000);
    assert!(paper(&mut shop, &id).contains("KSh 0"), "of nothing too");
    owes(&mut shop, &id, 100);
    let (due, _) = shop.engine.pay_off(&id, kes(100), shop.now).unwrap();
    shop.cash(Some(&due.id), 100, 100);
    assert!(
        paper(&mut shop, &id).contains("On credit"),
        "paid off just now: how it came to that is still told"
    );
    for shillings in [1_000, 250] {
        owes(&mut shop, &id, shillings);
    }
    shop.engine.write_off(&id, kes(50), "moved", shop.now).unwrap();
    let said = paper(&mut shop, &id);
    for line in [
        "Wanjiru Kamau",
        "··678",
        "1,000",
        "250",
        "Written off",
        "KSh 1,200",
    ] {
        assert!(said.contains(line), "{line} stands on it:\n{said}");
    }
    assert!(
        !said.contains("Paid off"),
        "what was settled before is not:\n{said}"
    );
    assert!(!said.contains("0712"), "and no whole number:\n{said}");
    for _ in 0..60 {
        owes(&mut shop, &id, 10);
    }
    let said = paper(&mut shop, &id);
    assert!(
        said.contains("Owed before that") && said.contains("KSh 1,800"),
        "a long one begins with a sum:\n{said}"
    );
}

/// What the printer prints next.
fn out(shop: &mut Shop) -> String {
    let order = next(shop).expect("something waits");
    shop.engine.print_ended(order.seq, Printed::Yes).unwrap();
    read(&order).text
}

fn all_out(shop: &mut Shop) {
    while shop.engine.printer().unwrap().waiting > 0 {
        out(shop);
    }
}

#[test]
fn the_same_statement_is_a_copy_the_second_time() {
    let mut shop = with_paper(&with_printer("10.0.0.9"));
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru Kamau", NJERI, 5_000);
    owes(&mut shop, &id, 100);
    all_out(&mut shop);
    shop.engine.print_statement(&id, false, now).unwrap();
    shop.engine.print_statement(&id, false, now).unwrap();
    assert_eq!(shop.engine.printer().unwrap().waiting, 1, "asked for once");
    let first = out(&mut shop);
    assert!(first.contains("KSh 100") && !first.contains("COPY"), "{first}");
    shop.engine.print_statement(&id, false, now).unwrap();
    let second = out(&mut shop);
    assert!(second.contains("COPY"), "{second}");
    shop.engine.print_statement(&id, false, now).unwrap();
    owes(&mut shop, &id, 40);
    let third = out(&mut shop);
    assert!(
        third.contains("KSh 100") && third.contains("COPY"),
        "as it was asked for, whatever came between: {third}"
    );
    all_out(&mut shop);
    shop.engine.print_statement(&id, false, now).unwrap();
    let another = out(&mut shop);
    assert!(
        another.contains("KSh 140") && !another.contains("COPY"),
        "another statement is no copy: {another}"
    );
}
