//! The owner's day: drawers, what goes back to customers, and the closes.

mod any_order;
mod restored;

use std::collections::BTreeMap;

use till::engine::{PaperPaid, PaperSale, RefundInput, RefundWay};
use till::people::Act;
use till::push::Ending;
use till::statement;
use till::verify::verify_in;
use till::view::{CarriedKind, MatterKind, ReadFrom, SaleState};
use till::{Code, Money, ReceiptNumber};

use super::support::{NJERI, Shop, kes, row};

fn pieces(list: &[(i64, u32)]) -> BTreeMap<i64, u32> {
    list.iter().copied().collect()
}

fn refund(sale_id: &str, shillings: i64, way: RefundWay, owed: bool) -> RefundInput {
    RefundInput {
        sale_id: sale_id.to_owned(),
        amount: kes(shillings),
        way,
        owed,
        reason: "the bag was torn".into(),
    }
}

fn called_back(shop: &mut Shop, push_id: &str, code: &str) {
    let receipt = ReceiptNumber::parse(code).unwrap();
    shop.called_back(push_id, Ending::Paid, Some(receipt)).unwrap();
}

#[test]
fn a_count_is_blind_and_names_what_is_short() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    shop.engine.open_shift(kes(1_000), now).unwrap();
    assert_eq!(
        shop.engine.open_shift(kes(1), now).unwrap_err().code,
        Code::NotAllowed,
        "one shift a drawer"
    );
    shop.engine.take_cash(None, kes(450), kes(500), now).unwrap();
    shop.engine.pay_out(kes(200), "water", now).unwrap();
    shop.engine.pay_in(kes(100), "change from the bank", now).unwrap();
    assert_eq!(
        shop.engine.pay_out(kes(10), " ", now).unwrap_err().code,
        Code::NotAllowed,
        "no shilling leaves without a reason"
    );
    let id = shop.engine.drawer(now).unwrap().here.unwrap().id;
    assert_eq!(
        shop.engine
            .close_shift(&id, &pieces(&[(300, 1)]), now)
            .unwrap_err()
            .code,
        Code::NotAllowed,
        "there is no note of 300"
    );
    // 1,000 + 450 − 200 + 100 = 1,350; fifty are missing.
    let counted = pieces(&[(1_000, 1), (200, 1), (100, 1)]);
    let (ended, _) = shop.engine.close_shift(&id, &counted, now).unwrap();
    assert_eq!(ended.expected, Some(kes(1_350)), "what the book says");
    assert_eq!(ended.counted, Some(kes(1_300)), "what was there");
    assert_eq!(ended.off, Money::ZERO.checked_sub(kes(50)), "short 50");
    assert_eq!(shop.balance("cash"), 0, "the drawer is empty by the book");
    assert_eq!(shop.balance("over_short"), 50, "short is a loss");
    assert!(
        shop.engine.close_shift(&id, &counted, now).is_err(),
        "a shift ends once"
    );
}

#[test]
fn cash_that_no_count_covers_is_named_by_the_close() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    shop.cash(None, 100, 100);
    assert!(
        !shop.engine.drawer(now).unwrap().used,
        "this shop counts no drawers"
    );
    shop.engine.open_shift(kes(1_000), now).unwrap();
    shop.cash(None, 450, 500);
    let added = shop.engine.x_report(now).unwrap();
    assert_eq!(
        (added.accounts.cash, added.outside_shifts),
        (kes(1_550), kes(100)),
        "in the drawer, and before it was opened"
    );
    let id = shop.engine.drawer(now).unwrap().here.unwrap().id;
    shop.engine
        .close_shift(&id, &pieces(&[(1_000, 1), (200, 2), (50, 1)]), now)
        .unwrap();
    let drawer = shop.engine.drawer(now).unwrap();
    assert!(
        drawer.used && drawer.here.is_none(),
        "drawers are counted here, and none is open"
    );
    let late = shop.cash(None, 300, 300);
    shop.engine
        .refund(&refund(&late.id, 70, RefundWay::Cash, false), now)
        .unwrap();
    let (z, _) = shop.engine.close_day(None, now).unwrap();
    assert_eq!(
        z.report.outside_shifts,
        kes(330),
        "100 before, 300 after, 70 back"
    );
    assert_eq!(
        z.report.accounts.cash, z.report.outside_shifts,
        "a close has no other cash: each drawer was counted"
    );
    let slip = receipts::text::render(&shop.engine.close_paper(Some(1), false, now).unwrap());
    assert!(
        slip.contains("Cash outside any shift") && slip.contains("KSh 330"),
        "the slip names it:\n{slip}"
    );
    assert!(
        !slip.contains("Left in drawers"),
        "and calls it nothing else:\n{slip}"
    );
    shop.cash(None, 10, 10);
    let (next, _) = shop.engine.close_day(None, now).unwrap();
    assert_eq!(next.report.outside_shifts, kes(10), "each close its own");
}

#[test]
fn a_debt_that_was_written_off_stands_on_the_slip() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = super::credit::customer(&mut shop, "Wanjiru", NJERI, 500);
    let given = till::engine::CreditInput {
        sale_id: None,
        amount: kes(500),
        customer_id: id.clone(),
        part: None,
        reason: None,
    };
    shop.engine.give_credit(&given, now).unwrap();
    shop.engine.write_off(&id, kes(120), "moved away", now).unwrap();
    shop.engine.close_day(None, now).unwrap();
    let slip = receipts::text::render(&shop.engine.close_paper(Some(1), false, now).unwrap());
    assert!(
        slip.contains("Debts written off") && slip.contains("KSh 120"),
        "every shilling is explained:\n{slip}"
    );
}

#[test]
fn a_void_gives_back_the_cash_that_was_taken() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let (taken, _) = shop.engine.take_cash(None, kes(800), kes(500), now).unwrap();
    assert_eq!(taken.sale.void_needs, Some(Act::VoidTaken), "money was taken");
    let (voided, _) = shop
        .engine
        .void_sale(&taken.sale.id, "changed their mind", now)
        .unwrap();
    let added = shop.engine.x_report(now).unwrap();
    assert_eq!((added.sales, added.voided), (0, 1), "it is no sale any more");
    assert_eq!(voided.state, SaleState::Voided, "given up");
    assert_eq!(
        (shop.balance("cash"), shop.balance("sales")),
        (0, 0),
        "as if never"
    );
}

#[test]
fn a_prompt_that_is_paid_after_its_void_is_owed_back() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let (sale, push_id) = shop.prompted(None, 730, NJERI);
    let seen = shop.sale(&sale.id);
    assert_eq!(seen.void_needs, Some(Act::VoidLive), "it may still be paid");
    shop.engine.void_sale(&sale.id, "left the shop", now).unwrap();
    called_back(&mut shop, &push_id, "UKN3X8ABCD");
    let seen = shop.sale(&sale.id);
    assert_eq!(
        seen.matters.iter().map(|matter| matter.kind).collect::<Vec<_>>(),
        [MatterKind::RefundDue],
        "named the moment it is known"
    );
    assert_eq!(shop.balance("refund_due"), -730, "owed to the customer");
    let now = shop.now;
    let due = refund(&sale.id, 730, RefundWay::Cash, true);
    let (after, _) = shop.engine.refund(&due, now).unwrap();
    assert!(after.matters.is_empty(), "given back");
    assert_eq!(shop.balance("refund_due"), 0, "nothing is owed");
    assert_eq!(
        shop.engine.refund(&due, now).unwrap_err().code,
        Code::AmountInvalid,
        "not a second time"
    );
}

#[test]
fn never_more_goes_back_than_was_paid() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let (taken, _) = shop.engine.take_cash(None, kes(800), kes(1_000), now).unwrap();
    let id = taken.sale.id;
    let part = refund(&id, 300, RefundWay::Cash, false);
    shop.engine.refund(&part, now).unwrap();
    let more = refund(&id, 501, RefundWay::Cash, false);
    assert_eq!(
        shop.engine.refund(&more, now).unwrap_err().code,
        Code::AmountInvalid,
        "300 went back already"
    );
    let sent = refund(&id, 500, RefundWay::Phone("UKN3X8ZZ11".into()), false);
    let (after, _) = shop.engine.refund(&sent, now).unwrap();
    assert_eq!(after.refunded, kes(800), "all of it");
    assert_eq!(
        shop.engine.giving_back(&id).unwrap().money,
        Money::ZERO,
        "nothing is left to give"
    );
    assert_eq!(shop.balance("cash"), 500, "the drawer gave 300");
    assert_eq!(shop.balance("sent_back"), -500, "the phone gave 500");
}

#[test]
fn one_code_sends_money_back_once_and_a_statement_confirms_it() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let (taken, _) = shop.engine.take_cash(None, kes(800), kes(800), now).unwrap();
    let sent = refund(&taken.sale.id, 500, RefundWay::Phone("UKN3X8ZZ11".into()), false);
    shop.engine.refund(&sent, now).unwrap();
    let again = RefundInput {
        amount: kes(100),
        ..sent
    };
    assert_eq!(
        shop.engine.refund(&again, now).unwrap_err().code,
        Code::CodeUsed,
        "a code is one payment"
    );
    let unconfirmed = |shop: &Shop| {
        let seen = shop.engine.closing_day(shop.now).unwrap().not_known;
        seen.iter()
            .filter(|one| one.kind == CarriedKind::SentBack)
            .count()
    };
    assert_eq!(unconfirmed(&shop), 1, "nobody has shown it yet");
    let csv = "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Other Party Info\n\
        UKN3X8ZZ11,23-11-2026 14:20:00,Customer Transfer to 254712345678,Completed,,-500.00,254712345678 - NJERI\n";
    let read = statement::read(csv.as_bytes()).unwrap();
    shop.engine.take_statement(&read, now).unwrap();
    assert_eq!(unconfirmed(&shop), 0, "the statement shows it");
    let verdict = verify_in(shop.engine.store().read(), &[], &mut |_| true).unwrap();
    assert_eq!(
        verdict.unwrap().troubles,
        [],
        "what was sent back is no payment that is gone"
    );
}

#[test]
fn a_close_is_numbered_chained_and_happens_once() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    shop.engine.open_shift(kes(500), now).unwrap();
    shop.engine.take_cash(None, kes(450), kes(450), now).unwrap();
    assert_eq!(
        shop.engine.close_day(None, now).unwrap_err().code,
        Code::NotAllowed,
        "the drawer is not counted"
    );
    let id = shop.engine.drawer(now).unwrap().here.unwrap().id;
    shop.engine
        .close_shift(&id, &pieces(&[(500, 1), (200, 2), (50, 1)]), now)
        .unwrap();
    let (first, _) = shop.engine.close_day(None, now).unwrap();
    assert_eq!(
        (first.number, first.report.accounts.sales),
        (1, kes(450)),
        "its sums"
    );
    assert_eq!(first.report.three_way.counted, kes(950), "float and sale");
    let (again, _) = shop.engine.close_day(None, now).unwrap();
    assert_eq!(again, first, "a second key closes nothing");
    let store = std::mem::replace(&mut shop, Shop::in_memory())
        .engine
        .into_store();
    let mut shop = Shop::over(store, now);
    let (again, _) = shop.engine.close_day(None, now).unwrap();
    assert_eq!(again, first, "nor does a start after a crash");
    shop.engine.take_cash(None, kes(70), kes(70), now).unwrap();
    let (second, _) = shop.engine.close_day(None, now).unwrap();
    assert_eq!(
        (second.number, second.report.accounts.sales),
        (2, kes(70)),
        "the next day begins where the last ended"
    );
    assert!(second.rows > first.rows, "each close continues the chain");
    let sealed: i64 = shop
        .engine
        .store()
        .read()
        .query_row("SELECT COUNT(*) FROM witness WHERE told_by = 'z'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(sealed, 2, "each close is a row of the chain");
}

#[test]
fn unknown_money_is_signed_carried_and_solved() {
    let mut shop = Shop::in_memory();
    let (_, push_id) = shop.prompted(None, 730, NJERI);
    shop.wait_s(200);
    let now = shop.now;
    shop.engine.take_cash(None, kes(450), kes(450), now).unwrap();
    assert_eq!(
        shop.engine.close_day(None, now).unwrap_err().code,
        Code::NotAllowed,
        "somebody must have seen it"
    );
    let (first, _) = shop
        .engine
        .close_day(Some("Njeri will look at her phone"), now)
        .unwrap();
    assert_eq!(
        first
            .report
            .carried
            .iter()
            .map(|one| (one.kind, one.amount))
            .collect::<Vec<_>>(),
        [(CarriedKind::Push, kes(730))],
        "its own line"
    );
    shop.wait_s(20 * 3600);
    called_back(&mut shop, &push_id, "UKN3X8ABCD");
    let forgotten = |shop: &Shop| shop.engine.closing_day(shop.now).unwrap().forgotten;
    assert!(!forgotten(&shop), "the new day began with it");
    shop.wait_s(24 * 3600);
    assert!(forgotten(&shop), "nobody closed that day");
    let now = shop.now;
    let (second, _) = shop.engine.close_day(None, now).unwrap();
    assert_eq!(
        second
            .report
            .solved
            .iter()
            .map(|one| (one.kind, one.since_z))
            .collect::<Vec<_>>(),
        [(CarriedKind::Push, Some(1))],
        "solved on this day, from that close"
    );
    assert_eq!(second.report.accounts.mpesa_proved, kes(730), "and counted once");
}

#[test]
fn money_that_nobody_placed_stays_in_every_close() {
    let mut shop = Shop::in_memory();
    shop.read_list(&[
        row("UKN3X8ABCD", 730, "678", -60),
        row("UKN3X8ZZ11", 90, "111", 900),
    ]);
    let carried = |shop: &mut Shop| {
        let now = shop.now;
        shop.engine.take_cash(None, kes(10), kes(10), now).unwrap();
        let (z, _) = shop.engine.close_day(Some("seen"), now).unwrap();
        let cards = z
            .report
            .carried
            .iter()
            .filter(|one| one.kind == CarriedKind::MoneyIn);
        (
            cards
                .map(|one| (one.about.clone(), one.since_z))
                .collect::<Vec<_>>(),
            z.report.solved.len(),
        )
    };
    let first = carried(&mut shop).0;
    assert!(first.contains(&("UKN3X8ABCD".into(), None)), "carried: {first:?}");
    // The roll shows the cards of two days.
    shop.wait_s(3 * 24 * 3600);
    let (later, solved) = carried(&mut shop);
    assert_eq!(later.len(), first.len(), "nobody has said whose it is: {later:?}");
    assert_eq!(solved, 0, "time alone solves nothing");
}

#[test]
fn a_sale_from_paper_says_when_it_was_made() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let line = |hours: i64, paid| PaperSale {
        amount: kes(250),
        at: now.utc - chrono::TimeDelta::hours(hours),
        paid,
    };
    let (cash, _) = shop.engine.write_in(&line(20, PaperPaid::Cash), now).unwrap();
    assert!(
        cash.from_paper && cash.opened_at < now.utc,
        "marked, with its own time"
    );
    let code = PaperPaid::Code {
        code: "UKM3X8ABCD".into(),
        read_from: ReadFrom::ShopPhone,
    };
    let (typed, _) = shop.engine.write_in(&line(21, code), now).unwrap();
    assert!(typed.from_paper, "by a code too");
    assert!(
        shop.engine.write_in(&line(-1, PaperPaid::Cash), now).is_err(),
        "not of tomorrow"
    );
    assert!(
        shop.engine.write_in(&line(200, PaperPaid::Cash), now).is_err(),
        "not of last month"
    );
    let (next, _) = shop.engine.take_cash(None, kes(10), kes(10), now).unwrap();
    assert!(!next.sale.from_paper, "the next sale is of today");
}
