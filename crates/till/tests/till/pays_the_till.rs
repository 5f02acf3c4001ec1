//! The customer pays the till: first the sale or first the money, and too little or too much of it.

use till::engine::{Effect, PulledRow, ToldAt};
use till::push::PushIntent;
use till::view::{
    MatterKind, MoneyInView, Outcome, Proof, PushState, SaleState, SaleStatus, SaleView, TenderKindView, Why,
};
use till::{Code, FirstName, Mono, ReceiptNumber};

use crate::people::staff;
use crate::support::{NJERI, OTIENO, PAID, Shop, kes, last_push, row};

fn shop() -> Shop {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    shop
}

fn receipt(text: &str) -> ReceiptNumber {
    ReceiptNumber::parse(text).unwrap()
}

/// A sale that waits for a payment by hand.
fn waits(shop: &mut Shop, shillings: i64, digits: Option<&str>) -> SaleView {
    let (sale, effects) = shop
        .engine
        .wait_for_till(None, kes(shillings), digits, shop.now)
        .unwrap();
    shop.effects.extend(effects);
    sale
}

/// A payment under a reference that the customer typed at a paybill.
fn under(sale: &SaleView, code: &str, shillings: i64, digits: &str, seconds: i64) -> PulledRow {
    PulledRow {
        reference: sale.reference.to_lowercase(),
        ..in_our_zone(row(code, shillings, digits, seconds))
    }
}

/// Its time cannot be misread.
fn in_our_zone(row: PulledRow) -> PulledRow {
    PulledRow {
        told_at: ToldAt {
            offset_s: Some(3 * 3_600),
            ..row.told_at
        },
        ..row
    }
}

fn cards(shop: &Shop) -> Vec<MoneyInView> {
    shop.engine.unplaced(shop.now).unwrap()
}

fn give(shop: &mut Shop, code: &str, sale_id: &str) -> Result<SaleView, till::TillError> {
    let (sale, effects) = shop.engine.place_money(&receipt(code), sale_id, shop.now)?;
    shop.effects.extend(effects);
    Ok(sale)
}

fn make_sale(shop: &mut Shop, code: &str, none_of_them: bool) -> Result<SaleView, till::TillError> {
    let (sale, effects) = shop
        .engine
        .sale_of_money(&receipt(code), none_of_them, shop.now)?;
    shop.effects.extend(effects);
    Ok(sale)
}

/// Everything that came in is explained: by sales, and by what is owed back.
fn balances(shop: &Shop, came: i64, sold: i64, owed_back: i64) {
    assert_eq!(
        shop.balance("mpesa_proved") + shop.balance("mpesa_not_proved"),
        came,
        "all that came is booked"
    );
    assert_eq!(-shop.balance("sales"), sold, "what was sold");
    assert_eq!(-shop.balance("refund_due"), owed_back, "what is owed back");
    assert_eq!(
        shop.sql("SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting"),
        0,
        "every entry has two sides"
    );
}

#[test]
fn too_little_under_our_reference_leaves_a_rest_that_cash_pays() {
    let mut shop = shop();
    let sale = waits(&mut shop, 730, None);
    shop.wait_s(60);
    shop.effects.retain(|effect| matches!(effect, Effect::Pull(_)));
    shop.read_list(&[under(&sale, "UKN3X8ABCD", 700, "678", 30)]);
    let part = shop.sale(&sale.id);
    assert_eq!(part.state, SaleState::Open, "30 are still to pay");
    assert_eq!(
        (part.paid, part.left),
        (kes(700), kes(30)),
        "what was paid stands"
    );
    assert_eq!(
        part.tenders[0].why,
        Some(Why::Reference),
        "the customer typed what this counter showed"
    );
    assert_eq!(part.status, SaleStatus::WaitingTill, "the rest is waited for");
    assert_eq!(
        part.tenders[0].amount,
        kes(700),
        "the part is what was paid, not what was asked"
    );
    assert_eq!(part.matters, [], "nothing is wrong: there is a rest to pay");
    assert!(!part.can_void, "money was taken");
    let outcomes: Vec<Outcome> = shop.ended().iter().map(|ended| ended.outcome).collect();
    assert_eq!(
        outcomes,
        [Outcome::Look],
        "somebody must say so before the customer leaves"
    );
    balances(&shop, 700, 700, 0);

    let paid = shop.cash(Some(&sale.id), 0, 50);
    assert_eq!(paid.state, SaleState::Settled, "the rest in cash");
    assert_eq!(shop.balance("cash"), 30, "20 went back");
    assert_eq!(-shop.balance("sales"), 730, "the whole sale");
    assert_eq!(cards(&shop), [], "the payment pays a sale");
}

#[test]
fn what_comes_while_the_counter_is_locked_is_whoevers_who_began_the_sale() {
    let mut staff = staff();
    let cashier = staff.cashier.clone();
    staff.sign_in(&cashier, "2718").unwrap();
    staff.shop.engine.skew_heard(0, staff.shop.now);
    let sale = waits(&mut staff.shop, 730, None);
    staff.shop.engine.lock(staff.shop.now).unwrap();
    staff.shop.wait_s(60);
    let mut list = vec![under(&sale, "UKN3X8ABCD", 700, "678", 30)];
    staff.shop.read_list(&list);
    staff.shop.wait_s(60);
    list.push(under(&sale, "UKN3X8ABCE", 30, "678", 90));
    staff.shop.read_list(&list);
    assert_eq!(
        staff.shop.sale(&sale.id).state,
        SaleState::Settled,
        "it is paid, though nobody is there"
    );
    assert_eq!(
        staff.column("SELECT person_id FROM tender"),
        [Some(cashier.clone()), Some(cashier.clone())],
        "no part of a sale is nobody's where people are told apart"
    );
    assert!(
        staff
            .column("SELECT person_id FROM posting")
            .iter()
            .all(|person| person.as_ref() == Some(&cashier)),
        "nor any entry of it"
    );
}

#[test]
fn the_rest_may_come_by_hand_too() {
    let mut shop = shop();
    let sale = waits(&mut shop, 730, None);
    shop.wait_s(60);
    let mut list = vec![under(&sale, "UKN3X8ABCD", 700, "678", 30)];
    shop.read_list(&list);
    shop.wait_s(60);
    list.push(under(&sale, "UKN3X8ABCE", 30, "678", 90));
    assert!(
        shop.engine.next_wake(shop.now).is_some(),
        "the list is read for the rest"
    );
    shop.read_list(&list);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Settled,
        "the same reference again, without anybody pressing a key"
    );
    balances(&shop, 730, 730, 0);
    assert_eq!(
        shop.engine.next_wake(shop.now),
        None,
        "nothing is waited for any more"
    );
    list.push(under(&sale, "UKN3X8ABCF", 730, "678", 100));
    shop.read_list(&list);
    balances(&shop, 730, 730, 0);
    assert_eq!(
        cards(&shop).len(),
        1,
        "once more under the same reference: the sale is over, a person must look"
    );
}

#[test]
fn too_much_settles_the_sale_and_is_owed_back() {
    let mut shop = shop();
    let sale = waits(&mut shop, 730, None);
    shop.wait_s(60);
    shop.effects.retain(|effect| matches!(effect, Effect::Pull(_)));
    let list = [under(&sale, "UKN3X8ABCD", 780, "678", 30)];
    shop.read_list(&list);
    let paid = shop.sale(&sale.id);
    assert_eq!(
        (paid.state, paid.proof),
        (SaleState::Settled, Proof::Proved),
        "it is paid"
    );
    let matters: Vec<_> = paid
        .matters
        .iter()
        .map(|matter| (matter.kind, matter.amount))
        .collect();
    assert_eq!(
        matters,
        [(MatterKind::TooMuch, kes(50))],
        "too much by 50, named on the sale"
    );
    balances(&shop, 780, 730, 50);
    let day = shop.today();
    assert_eq!(
        (day.accounts.sales, day.owed),
        (kes(730), kes(50)),
        "and on the day"
    );
    assert_eq!(shop.ended().len(), 1, "told once");
    shop.wait_s(600);
    shop.read_list(&list);
    balances(&shop, 780, 730, 50);
}

#[test]
fn a_prompts_own_payment_is_not_taken_for_a_payment_by_hand() {
    let mut shop = shop();
    // A prompt nobody knows about, and after it the cashier lets the customer pay by hand what was left of it.
    let (sale, _) = shop.prompted(None, 500, NJERI);
    shop.cash(Some(&sale.id), 0, 200);
    let (_, effects) = shop
        .engine
        .wait_for_till(Some(&sale.id), kes(300), None, shop.now)
        .unwrap();
    shop.effects.extend(effects);
    shop.wait_s(200);
    // Without visible digits, under the reference of both.
    shop.read_list(&[under(&sale, "UKN3X8ABCD", 500, "", 20)]);
    let view = shop.sale(&sale.id);
    let to_till = view
        .tenders
        .iter()
        .find(|tender| matches!(tender.kind, TenderKindView::ToTill { receipt: Some(_), .. }));
    assert_eq!(
        to_till, None,
        "it is as much as the prompt asked: the prompt's own payment"
    );
    let own = last_push(&view).receipt;
    assert_eq!(own, Some(receipt("UKN3X8ABCD")), "and the prompt has it");
    balances(&shop, 500, 500, 200);
}

#[test]
fn where_a_prompt_may_have_brought_it_a_reference_is_a_question_too() {
    let mut shop = shop();
    let (sale, _) = shop.prompted(None, 500, NJERI);
    let (_, effects) = shop
        .engine
        .wait_for_till(Some(&sale.id), kes(500), None, shop.now)
        .unwrap();
    shop.effects.extend(effects);
    // The same customer waits to pay as much for something else.
    waits(&mut shop, 500, Some("678"));
    shop.wait_s(60);
    shop.read_list(&[under(&sale, "UKN3X8ABCD", 500, "678", 30)]);
    assert_eq!(
        shop.sale(&sale.id).paid,
        kes(0),
        "the prompt's payment carries the same reference as one by hand"
    );
    assert_eq!(cards(&shop)[0].offers.len(), 2, "a person must say");
}

#[test]
fn our_reference_from_before_the_sale_waited_or_from_another_phone_is_only_offered() {
    let mut shop = shop();
    shop.wait_s(120);
    let sale = waits(&mut shop, 730, Some("678"));
    shop.wait_s(60);
    shop.read_list(&[
        under(&sale, "UKN3X8ABCD", 700, "678", 20),
        under(&sale, "UKN3X8ABCE", 710, "000", 150),
    ]);
    let view = shop.sale(&sale.id);
    assert_eq!(
        (view.state, view.paid),
        (SaleState::Open, kes(0)),
        "another PC may give out the same references"
    );
    let offers: Vec<usize> = cards(&shop).iter().map(|card| card.offers.len()).collect();
    assert_eq!(offers, [1, 1], "each is offered to the sale it names");
}

#[test]
fn a_phone_that_speaks_for_one_sale_and_a_reference_for_another_are_a_question() {
    let mut shop = shop();
    let named = waits(&mut shop, 730, None);
    let by_phone = waits(&mut shop, 500, Some("678"));
    shop.wait_s(60);
    shop.read_list(&[under(&named, "UKN3X8ABCD", 500, "678", 30)]);
    assert_eq!(
        shop.sale(&named.id).paid,
        kes(0),
        "the phone says that it is the other sale's"
    );
    assert_eq!(
        shop.sale(&by_phone.id).paid,
        kes(0),
        "the reference says that it is not this one's"
    );
    let offered: Vec<String> = cards(&shop)[0]
        .offers
        .iter()
        .map(|offer| offer.sale_id.clone())
        .collect();
    assert_eq!(offered, [by_phone.id, named.id], "a person must say");
}

#[test]
fn a_wait_that_cash_paid_a_part_of_asks_for_the_rest_only() {
    let mut shop = shop();
    let sale = waits(&mut shop, 730, Some("678"));
    shop.cash(Some(&sale.id), 0, 200);
    shop.wait_s(60);
    shop.read_list(&[row("UKN3X8ABCD", 530, "678", 30)]);
    let paid = shop.sale(&sale.id);
    assert_eq!(paid.state, SaleState::Settled, "530 is what was left");
    balances(&shop, 530, 730, 0);
    assert_eq!(shop.balance("cash"), 200, "and the cash beside it");
}

#[test]
fn a_person_gives_another_amount_to_a_sale_that_waits() {
    let mut shop = shop();
    let under_paid = waits(&mut shop, 730, None);
    let over_paid = waits(&mut shop, 400, None);
    shop.wait_s(60);
    shop.read_list(&[
        row("UKN3X8ABCD", 700, "678", 30),
        row("UKN3X8ABCE", 450, "679", 40),
    ]);
    assert!(
        cards(&shop).iter().all(|card| card.offers.is_empty()),
        "no amount fits, nothing is guessed"
    );
    let part = give(&mut shop, "UKN3X8ABCD", &under_paid.id).unwrap();
    assert_eq!((part.state, part.left), (SaleState::Open, kes(30)), "30 are left");
    assert_eq!(
        part.tenders.len(),
        2,
        "the wait became the payment, and the rest is waited for"
    );
    let whole = give(&mut shop, "UKN3X8ABCE", &over_paid.id).unwrap();
    assert_eq!(
        (whole.state, whole.matters[0].amount),
        (SaleState::Settled, kes(50)),
        "50 go back"
    );
    assert_eq!(whole.tenders[0].why, Some(Why::Person), "a person said so");
    balances(&shop, 1_150, 1_100, 50);
    let twice = give(&mut shop, "UKN3X8ABCD", &under_paid.id).unwrap_err();
    assert_eq!(twice.code, Code::NotAllowed, "one payment, one part");
    let ended = give(&mut shop, "UKN3X8ABCF", &over_paid.id).unwrap_err();
    assert_eq!(ended.code, Code::NotFound, "a payment that never was");
}

#[test]
fn the_sale_in_hand_takes_a_payment_though_it_did_not_wait() {
    let mut shop = shop();
    let sale = shop.cash(None, 730, 30);
    shop.wait_s(60);
    shop.read_list(&[row("UKN3X8ABCD", 700, "678", 30)]);
    let paid = give(&mut shop, "UKN3X8ABCD", &sale.id).unwrap();
    assert_eq!(paid.state, SaleState::Settled, "cash and the rest by hand");
    balances(&shop, 700, 730, 0);
    shop.read_list(&[
        row("UKN3X8ABCD", 700, "678", 30),
        row("UKN3X8ABCE", 100, "678", 90),
    ]);
    let over = give(&mut shop, "UKN3X8ABCE", &sale.id).unwrap_err();
    assert_eq!(over.code, Code::NotAllowed, "a sale that is over takes nothing");
    let other = shop.cash(None, 730, 30);
    let odd = give(&mut shop, "UKN3X8ABCE", &other.id).unwrap_err();
    assert_eq!(
        odd.code,
        Code::NotAllowed,
        "nobody asked it for a payment by hand, and 100 is not what is left"
    );
}

#[test]
fn money_first_becomes_a_sale_with_one_key() {
    let mut shop = shop();
    shop.wait_s(60);
    let jane = PulledRow {
        first_name: FirstName::of("JANE WANJIKU"),
        ..row("UKN3X8ABCD", 730, "126", 30)
    };
    shop.read_list(&[jane]);
    let card = cards(&shop).remove(0);
    assert_eq!(
        card.first_name.as_ref().map(FirstName::as_str),
        Some("JANE"),
        "the card can be asked for by name"
    );
    assert_eq!(
        (card.amount, card.digits.as_deref()),
        (kes(730), Some("126")),
        "and by what is visible"
    );
    let sale = make_sale(&mut shop, "UKN3X8ABCD", false).unwrap();
    assert_eq!(
        (sale.amount, sale.state, sale.proof),
        (kes(730), SaleState::Settled, Proof::Proved),
        "paid and proved"
    );
    assert_eq!(sale.tenders[0].why, Some(Why::Person), "a person wrote it");
    assert_eq!(cards(&shop), [], "the card is gone");
    balances(&shop, 730, 730, 0);
    let again = make_sale(&mut shop, "UKN3X8ABCD", true).unwrap_err();
    assert_eq!(again.code, Code::NotAllowed, "one payment, one sale");
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM sale"),
        1,
        "and no second sale was begun for it"
    );
}

#[test]
fn a_payment_that_a_prompt_may_have_brought_is_no_sale_of_its_own() {
    let mut shop = shop();
    let (sale, push_id) = shop.prompted(None, 730, NJERI);
    shop.wait_s(20);
    // Not even the digits are visible: it may be hers.
    shop.read_list(&[row("UKN3X8ABCD", 730, "", 15)]);
    let offers = cards(&shop).remove(0).offers;
    assert_eq!(offers[0].sale_id, sale.id, "the card shows whose it may be");
    let refused = make_sale(&mut shop, "UKN3X8ABCD", false).unwrap_err();
    assert_eq!(
        refused.code,
        Code::NotAllowed,
        "one careless key must not take a prompt's payment away"
    );
    shop.query_says(&push_id, PAID);
    assert!(
        make_sale(&mut shop, "UKN3X8ABCD", false).is_err(),
        "now it is almost certainly hers"
    );
    let own = make_sale(&mut shop, "UKN3X8ABCD", true).unwrap();
    assert_eq!(
        own.state,
        SaleState::Settled,
        "a person who has looked may say otherwise"
    );
}

#[test]
fn a_payment_of_the_phone_of_an_unexplained_prompt_is_no_sale_of_its_own_however_late() {
    let mut shop = shop();
    let (sale, _) = shop.prompted(None, 730, NJERI);
    shop.wait_s(3_600);
    shop.read_list(&[in_our_zone(row("UKN3X8ABCD", 730, "678", 3_000))]);

    let offers = cards(&shop).remove(0).offers;
    assert_eq!(
        offers.len(),
        1,
        "the same phone, the same amount, and a prompt that nobody can explain"
    );
    assert_eq!(offers[0].sale_id, sale.id, "hers");
    assert!(
        make_sale(&mut shop, "UKN3X8ABCD", false).is_err(),
        "somebody must look first"
    );
}

#[test]
fn a_payment_that_a_sale_waits_for_is_no_sale_of_its_own() {
    let mut shop = shop();
    let sale = waits(&mut shop, 730, None);
    shop.wait_s(60);
    shop.read_list(&[row("UKN3X8ABCD", 730, "678", 30)]);
    assert!(
        make_sale(&mut shop, "UKN3X8ABCD", false).is_err(),
        "the sale would be asked for again"
    );
    assert_eq!(cards(&shop)[0].offers[0].sale_id, sale.id, "it is offered");
    let none = make_sale(&mut shop, "UKN3X8ABCD", true).unwrap();
    assert_ne!(none.id, sale.id, "a stranger's, says the cashier");
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Open,
        "the sale goes on waiting"
    );
}

#[test]
fn a_typed_codes_payment_is_no_sale_of_its_own() {
    let mut shop = shop();
    let (_, push_id) = shop.prompted(None, 500, NJERI);
    shop.query_says(&push_id, PAID);
    let input = till::engine::CodeInput {
        sale_id: None,
        amount: kes(500),
        code: "UKN3X8ABCD".into(),
        read_from: till::view::ReadFrom::CustomerPhone,
        warned: true,
    };
    let (_, effects) = shop.engine.take_code(input, shop.now).unwrap();
    shop.effects.extend(effects);
    shop.wait_s(60);
    shop.read_list(&[
        row("UKN3X8ABCD", 500, "678", 10),
        row("UKN3X8ABCE", 500, "678", 20),
    ]);
    let typed = make_sale(&mut shop, "UKN3X8ABCD", true).unwrap_err();
    assert_eq!(typed.code, Code::NotAllowed, "it pays the sale it was typed for");
    assert!(
        make_sale(&mut shop, "UKN3X8ABCE", false).is_err(),
        "either may be the prompt's own: two payments of one phone are a question"
    );
}

fn everything_in(shop: &Shop, table: &str) -> String {
    let store = shop.engine.store().read();
    let mut statement = store.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let columns = statement.column_count();
    let rows = statement
        .query_map([], |row| {
            (0..columns)
                .map(|column| row.get::<_, rusqlite::types::Value>(column))
                .collect::<Result<Vec<_>, _>>()
        })
        .unwrap();
    rows.map(|row| format!("{row:?}")).collect()
}

#[test]
fn names_live_for_a_day_and_in_one_place() {
    let mut shop = shop();
    let named = |code: &str, digits: &str, seconds| PulledRow {
        first_name: FirstName::of("WANGARI"),
        ..row(code, 730, digits, seconds)
    };
    shop.wait_s(60);
    let list = [named("UKN3X8ABCD", "126", 30), named("UKN3X8ABCE", "127", 40)];
    shop.read_list(&list);
    make_sale(&mut shop, "UKN3X8ABCE", false).unwrap();
    assert_eq!(shop.sql("SELECT COUNT(*) FROM payer_name"), 2, "today they help");
    for table in ["witness", "posting", "money_in", "tender", "sale", "matter"] {
        assert!(
            !everything_in(&shop, table).contains("WANGARI"),
            "{table} names nobody"
        );
    }
    shop.wait_s(10 * 3_600);
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM payer_name"),
        0,
        "half past midnight: they are gone, used or not"
    );
    assert_eq!(cards(&shop)[0].first_name, None, "the card stands without it");
    shop.read_list(&list);
    let late = PulledRow {
        first_name: FirstName::of("WANGARI"),
        ..in_our_zone(row("UKN3X8ABCF", 90, "128", 3_600))
    };
    shop.read_list(&[list[0].clone(), list[1].clone(), late]);
    assert_eq!(cards(&shop).len(), 2, "a payment of yesterday that shows up now");
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM payer_name"),
        0,
        "brings no name any more"
    );
}

#[test]
fn the_file_refuses_a_second_part_for_one_payment() {
    let mut shop = shop();
    shop.wait_s(60);
    shop.read_list(&[row("UKN3X8ABCD", 730, "126", 30)]);
    make_sale(&mut shop, "UKN3X8ABCD", false).unwrap();
    let other = waits(&mut shop, 100, None);
    let refused = shop.engine.store().read().execute(
        "UPDATE tender SET receipt = 'UKN3X8ABCD', stands = 1, waiting = 0 WHERE sale_id = ?1",
        [&other.id],
    );
    assert!(
        refused.is_err(),
        "whatever a program says, the number pays one part"
    );
}

#[test]
fn a_wrong_numbers_prompt_goes_on_beside_a_part_by_hand() {
    let mut shop = shop();
    let (sale, _) = shop.prompted(None, 730, NJERI);
    let (_, effects) = shop
        .engine
        .wait_for_till(Some(&sale.id), kes(730), None, shop.now)
        .unwrap();
    shop.effects.extend(effects);
    shop.wait_s(60);
    shop.read_list(&[under(&sale, "UKN3X8ABCD", 700, "111", 30)]);
    let view = shop.sale(&sale.id);
    assert_eq!(
        (view.left, view.state),
        (kes(30), SaleState::Open),
        "by hand, from another phone"
    );
    let rest = shop
        .start_as(Some(&sale.id), 30, OTIENO, PushIntent::WrongNumber)
        .unwrap();
    assert_eq!(
        last_push(&rest).state,
        PushState::Intended,
        "the rest may be asked of another phone"
    );
}

#[test]
fn money_first_is_seen_while_somebody_sells_and_a_quiet_shop_reads_nothing() {
    let mut shop = shop();
    let mut list = vec![row("UKN3X8ABCD", 730, "126", 700)];
    shop.read_list(&[]);
    shop.engine.save_draft(&till::view::Draft::default()).unwrap();
    shop.wait_s(299);
    assert_eq!(shop.page(), None, "not all the time");
    shop.wait_s(420);
    assert!(
        shop.page().is_some(),
        "nothing is open, and the list is read all the same"
    );
    shop.read_list(&list);
    assert_eq!(
        cards(&shop).len(),
        1,
        "the card is there before anybody has written a sale"
    );
    list.push(row("UKN3X8ABCE", 65, "127", 750));
    for _ in 0..15 {
        shop.wait_s(30);
        if shop.page().is_some() {
            shop.read_list(&list);
        }
    }
    assert_eq!(
        cards(&shop).len(),
        2,
        "and so is the next one, not half an hour later"
    );
    while shop.engine.next_wake(shop.now).is_some() {
        shop.wait_s(30);
        if shop.page().is_some() {
            shop.read_list(&list);
        }
        assert!(
            shop.now.mono < Mono(6_000_000),
            "an hour after the last key it must end"
        );
    }
    shop.wait_s(3_600);
    assert_eq!(shop.page(), None, "nobody has sold anything for an hour");
    assert_eq!(shop.engine.next_wake(shop.now), None, "and nobody will ask");
}

#[test]
fn a_payment_is_booked_whole_or_not_at_all() {
    let mut shop = shop();
    shop.wait_s(60);
    let waiting = waits(&mut shop, 400, None);
    shop.read_list(&[
        row("UKN3X8ABCD", 730, "126", 30),
        row("UKN3X8ABCE", 450, "127", 40),
    ]);
    let sales = shop.sql("SELECT COUNT(*) FROM sale");
    // The very last thing that is written of either: the disk takes no change of a sale's state.
    shop.engine
        .store()
        .read()
        .execute_batch(
            "CREATE TEMP TRIGGER full BEFORE UPDATE ON sale BEGIN SELECT RAISE (ABORT, 'no room'); END;",
        )
        .unwrap();
    assert!(
        make_sale(&mut shop, "UKN3X8ABCD", false).is_err(),
        "nothing is said to be done"
    );
    assert!(
        give(&mut shop, "UKN3X8ABCE", &waiting.id).is_err(),
        "nor of the other"
    );
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM sale"),
        sales,
        "no sale without its payment"
    );
    balances(&shop, 0, 0, 0);
    assert_eq!(cards(&shop).len(), 2, "both payments still stand there");
    assert_eq!(shop.sql("SELECT COUNT(*) FROM matter"), 0, "and nothing is owed");
    shop.engine
        .store()
        .read()
        .execute_batch("DROP TRIGGER full")
        .unwrap();
    make_sale(&mut shop, "UKN3X8ABCD", false).unwrap();
    give(&mut shop, "UKN3X8ABCE", &waiting.id).unwrap();
    balances(&shop, 1_180, 1_130, 50);
}
