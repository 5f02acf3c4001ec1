//! What the owner reads: days, weeks, months and closes added up, and what needs looking at.

use chrono::{NaiveDate, TimeDelta};
use till::clock::shop_day;
use till::engine::{CodeInput, RefundInput, RefundWay};
use till::push::Ending;
use till::report;
use till::store::extent::Extent;
use till::verify::{Doubt, Trouble, verify_in};
use till::view::{CarriedKind, DayReport, MatterKind, PaidBy, Period, ReadFrom};
use till::{Code, Money, ReceiptNumber};

use super::people::staff;
use super::support::{NJERI, OTIENO, PAID, Shop, kes};

fn today(shop: &Shop) -> Period {
    Period::Day {
        day: shop_day(shop.now.utc),
    }
}

fn said(shop: &Shop, period: Period) -> DayReport {
    shop.engine.report(period, shop.now).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(shillings: i64, code: &str) -> CodeInput {
    CodeInput {
        sale_id: None,
        amount: kes(shillings),
        code: code.to_owned(),
        read_from: ReadFrom::ShopPhone,
        warned: true,
    }
}

fn paid_by_prompt(shop: &mut Shop, shillings: i64, to: &str, receipt: &str) {
    let (_, push_id) = shop.prompted(None, shillings, to);
    let receipt = ReceiptNumber::parse(receipt).unwrap();
    shop.called_back(&push_id, Ending::Paid, Some(receipt)).unwrap();
}

#[test]
fn a_day_says_how_everything_was_paid_and_what_of_it_is_proved() {
    let mut shop = Shop::in_memory();
    shop.cash(None, 450, 500);
    shop.cash(None, 50, 50);
    paid_by_prompt(&mut shop, 730, NJERI, "UKN3X8ABCD");
    let (_, push_id) = shop.prompted(None, 300, OTIENO);
    shop.query_says(&push_id, PAID);
    shop.engine.take_code(code(200, "UKN3X8WXYZ"), shop.now).unwrap();
    let day = shop.today();
    let way = |way| {
        let one = day.ways.iter().find(|one| one.way == way).unwrap();
        (one.sold, one.count, one.proved, one.not_proved)
    };
    let none = Money::ZERO;
    assert_eq!(
        way(PaidBy::Cash),
        (kes(500), 2, none, none),
        "cash needs no proof"
    );
    assert_eq!(
        way(PaidBy::Push),
        (kes(1_030), 2, kes(730), kes(300)),
        "one prompt has its receipt number, the other is only called paid"
    );
    assert_eq!(
        way(PaidBy::Code),
        (kes(200), 1, none, kes(200)),
        "nothing has confirmed the code"
    );
    assert_eq!((day.sales, day.accounts.sales), (5, kes(1_730)), "all of it");
    assert!(day.goes_on, "the day is not over");
    assert_eq!(day.bars.len(), 1, "all in one hour");
    assert_eq!(
        (day.bars[0].sold, day.bars[0].mpesa),
        (kes(1_730), kes(1_230)),
        "M-PESA apart from the rest"
    );
}

#[test]
fn whoever_took_the_money_answers_for_it() {
    let mut staff = staff();
    let (cashier, manager) = (staff.cashier.clone(), staff.manager.clone());
    staff.sign_in(&cashier, "2718").unwrap();
    staff.shop.cash(None, 100, 100);
    staff
        .shop
        .engine
        .take_code(code(200, "UKN3X8WXYZ"), staff.shop.now)
        .unwrap();
    let refused = staff.shop.engine.report(Period::Open, staff.shop.now);
    assert_eq!(
        refused.unwrap_err().code,
        Code::NotPermitted,
        "a cashier counts blindly and sees no sums"
    );
    staff.sign_in(&manager, "5093").unwrap();
    let (_, push_id) = staff.shop.prompted(None, 700, NJERI);
    staff.shop.query_says(&push_id, PAID);
    let day = staff.shop.today();
    let people: Vec<_> = day
        .people
        .iter()
        .map(|one| {
            (
                one.name.as_deref().unwrap(),
                one.sold,
                one.count,
                one.cash,
                one.mpesa,
            )
        })
        .collect();
    assert_eq!(
        people,
        [
            ("Otieno", kes(700), 1, kes(0), kes(700)),
            ("Achieng", kes(300), 2, kes(100), kes(200))
        ],
        "by name, who sold most first"
    );
    let open: Vec<_> = day
        .open
        .not_confirmed
        .iter()
        .map(|one| (one.person.as_deref().unwrap(), one.count, one.amount))
        .collect();
    assert_eq!(
        open,
        [("Otieno", 1, kes(700)), ("Achieng", 1, kes(200))],
        "what nothing confirms is one figure for each person"
    );
}

#[test]
fn what_needs_looking_at_comes_with_all_that_is_known_of_it() {
    let mut shop = Shop::in_memory();
    shop.engine.take_code(code(200, "UKN3X8WXYZ"), shop.now).unwrap();
    shop.wait_s(60);
    let (sale, push_id) = shop.prompted(None, 730, NJERI);
    shop.engine
        .void_sale(&sale.id, "left the shop", shop.now)
        .unwrap();
    let receipt = ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    shop.called_back(&push_id, Ending::Paid, Some(receipt)).unwrap();
    let open = shop.today().open;
    assert_eq!((open.count, open.amount), (2, kes(930)), "both");
    let newest = &open.lines[0];
    assert_eq!(
        (newest.kind, newest.matter, newest.amount),
        (CarriedKind::Matter, Some(MatterKind::RefundDue), kes(730)),
        "the newest first"
    );
    assert_eq!(
        newest.reference.as_deref(),
        Some(sale.reference.as_str()),
        "of which sale"
    );
    let code = &open.lines[1];
    assert_eq!(
        code.receipt.as_ref().map(ReceiptNumber::as_str),
        Some("UKN3X8WXYZ"),
        "the code that was typed"
    );
}

#[test]
fn what_is_owed_stands_until_it_is_given_back() {
    let mut shop = Shop::in_memory();
    let (sale, push_id) = shop.prompted(None, 730, NJERI);
    shop.engine
        .void_sale(&sale.id, "left the shop", shop.now)
        .unwrap();
    let receipt = ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    shop.called_back(&push_id, Ending::Paid, Some(receipt)).unwrap();
    let first = today(&shop);
    shop.wait_s(86_400);
    let second = today(&shop);
    assert_eq!(
        said(&shop, second).owed,
        kes(730),
        "it arose yesterday, and is owed today"
    );
    let back = RefundInput {
        sale_id: sale.id,
        amount: kes(730),
        way: RefundWay::Cash,
        owed: true,
        reason: "paid after the void".into(),
    };
    shop.engine.refund(&back, shop.now).unwrap();
    assert_eq!(said(&shop, first).owed, kes(730), "yesterday ended with it");
    assert_eq!(said(&shop, second).owed, Money::ZERO, "today it was given back");
    assert_eq!(
        said(&shop, Period::Open).owed,
        Money::ZERO,
        "and so by the open close"
    );
}

#[test]
fn days_weeks_and_months_end_where_the_calendar_of_the_shop_says() {
    let mut shop = Shop::in_memory();
    // Monday 23 November, 14:30. The next midnight in Nairobi is nine and a half hours away.
    shop.cash(None, 100, 100);
    shop.wait_s(9 * 3_600 + 1_799);
    shop.cash(None, 20, 20);
    shop.wait_s(2);
    shop.cash(None, 3, 3);
    shop.now.utc += TimeDelta::days(6);
    shop.cash(None, 1_000, 1_000);
    shop.now.utc += TimeDelta::days(1);
    shop.cash(None, 4_000, 4_000);
    let sold = |period| said(&shop, period).accounts.sales;
    let day = |text| Period::Day { day: date(text) };
    assert_eq!(
        sold(day("2026-11-23")),
        kes(120),
        "up to the last second before midnight"
    );
    assert_eq!(sold(day("2026-11-24")), kes(3), "from midnight on");
    let week = |text| Period::Week { day: date(text) };
    assert_eq!(
        sold(week("2026-11-29")),
        kes(123),
        "Monday to Sunday, by any of its days"
    );
    assert_eq!(
        sold(week("2026-11-30")),
        kes(1_000 + 4_000),
        "the next Monday begins another"
    );
    let month = |text| Period::Month { day: date(text) };
    assert_eq!(sold(month("2026-11-01")), kes(1_123), "November");
    assert_eq!(sold(month("2026-12-31")), kes(4_000), "December");
    let november = said(&shop, month("2026-11-01"));
    let bars: Vec<_> = november
        .bars
        .iter()
        .map(|bar| (shop_day(bar.at), bar.sold))
        .collect();
    assert_eq!(
        bars,
        [
            (date("2026-11-23"), kes(120)),
            (date("2026-11-24"), kes(3)),
            (date("2026-11-30"), kes(1_000))
        ],
        "a month's bars are its days"
    );
    assert!(!november.goes_on, "it is over");
}

#[test]
fn a_close_has_its_own_money_whatever_the_clock_says() {
    let mut shop = Shop::in_memory();
    shop.cash(None, 100, 100);
    let (first, _) = shop.engine.close_day(None, shop.now).unwrap();
    // The PC's battery is dead: its date goes back a year.
    shop.now.utc -= TimeDelta::days(365);
    shop.cash(None, 70, 70);
    let number = first.number;
    assert_eq!(
        said(&shop, Period::Close { number }).accounts.sales,
        kes(100),
        "what it closed"
    );
    let open = said(&shop, Period::Open);
    assert_eq!(
        (open.sales, open.accounts.sales),
        (1, kes(70)),
        "what came after it"
    );
    let missing = shop.engine.report(Period::Close { number: 9 }, shop.now);
    assert_eq!(
        missing.unwrap_err().code,
        Code::NotFound,
        "there is no ninth close"
    );
}

#[test]
fn the_drawer_stands_beside_the_sums_while_the_day_goes_on() {
    let mut shop = Shop::in_memory();
    assert_eq!(shop.today().in_drawers, None, "no drawer is open");
    shop.engine.open_shift(kes(1_000), shop.now).unwrap();
    shop.cash(None, 450, 450);
    assert_eq!(
        shop.today().in_drawers,
        Some(kes(1_450)),
        "the float and what was taken"
    );
    let id = shop.engine.drawer(shop.now).unwrap().here.unwrap().id;
    let counted = [(1_000, 1), (200, 2)].into_iter().collect();
    shop.engine.close_shift(&id, &counted, shop.now).unwrap();
    let day = shop.today();
    assert_eq!(day.in_drawers, None, "it is counted");
    let off: Vec<_> = day.counts.iter().map(|count| count.off).collect();
    assert_eq!(
        off,
        [Money::ZERO.checked_sub(kes(50)).unwrap()],
        "fifty are missing"
    );
}

#[test]
fn the_sales_of_a_stretch_come_one_by_one_with_their_parts() {
    let mut shop = Shop::in_memory();
    let first = shop.cash(None, 450, 200);
    paid_by_prompt_for(&mut shop, &first.id, 250);
    shop.wait_s(60);
    shop.cash(None, 30, 30);
    let conn = shop.engine.store().read();
    let found = report::find(conn, today(&shop)).unwrap();
    let mut lines = Vec::new();
    let mut keep = |line| {
        lines.push(line);
        Ok(true)
    };
    report::sales(conn, found.extent, &mut keep).unwrap();
    assert_eq!(lines.len(), 2, "both, the oldest first");
    let parts: Vec<_> = lines[0]
        .parts
        .iter()
        .map(|part| (part.way, part.amount, part.proved, part.digits.as_deref()))
        .collect();
    assert_eq!(
        parts,
        [
            (PaidBy::Cash, kes(200), false, None),
            (PaidBy::Push, kes(250), true, Some("678"))
        ],
        "cash and the prompt; of the phone only its end"
    );
    let mut stopped = 0;
    let mut stop = |_| {
        stopped += 1;
        Ok(false)
    };
    report::sales(conn, Extent::Rows(1, i64::MAX), &mut stop).unwrap();
    assert_eq!(stopped, 1, "whoever cancels gets no more");
}

fn paid_by_prompt_for(shop: &mut Shop, sale_id: &str, shillings: i64) {
    let (_, push_id) = shop.prompted(Some(sale_id), shillings, NJERI);
    let receipt = ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    shop.called_back(&push_id, Ending::Paid, Some(receipt)).unwrap();
}

#[test]
fn sums_that_somebody_changed_are_found() {
    let mut shop = Shop::in_memory();
    shop.cash(None, 100, 100);
    let doubts = |shop: &Shop| -> Vec<Trouble> {
        verify_in(shop.engine.store().read(), &[], &mut |_| true)
            .unwrap()
            .unwrap()
            .troubles
    };
    assert!(doubts(&shop).is_empty(), "nobody touched them");
    shop.engine
        .store()
        .read()
        .execute(
            "UPDATE posting_sum SET credit = credit + 100 WHERE account = 'sales'",
            [],
        )
        .unwrap();
    assert_eq!(
        doubts(&shop),
        [Trouble::Unchained {
            doubt: Doubt::SumChanged,
            id: "sales".into()
        }],
        "the day's screen would say a shilling too much"
    );
}
