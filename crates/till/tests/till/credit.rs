//! Credit: who may owe how much, how it is paid off, and that each debt is what was done.

use till::engine::{CreditInput, CustomerInput, RefundInput, RefundWay};
use till::people::Act;
use till::push::Ending;
use till::statement;
use till::verify::verify_in;
use till::view::{DebtLineKind, KnownCustomer, MatterKind, ReadFrom, SaleStatus, SaleView};
use till::{Code, Money, ReceiptNumber, TillError};

use super::people::Staff;
use super::support::{NJERI, OTIENO, Shop, kes, phone};

pub fn customer(shop: &mut Shop, name: &str, number: &str, limit: i64) -> String {
    let input = CustomerInput {
        name: name.into(),
        phone: Some(phone(number)),
        limit: kes(limit),
    };
    shop.engine.add_customer(&input, true, shop.now).unwrap().id
}

fn on_credit(customer_id: &str, shillings: i64) -> CreditInput {
    CreditInput {
        sale_id: None,
        amount: kes(shillings),
        customer_id: customer_id.into(),
        part: None,
        reason: None,
    }
}

fn give(shop: &mut Shop, customer_id: &str, shillings: i64) -> Result<SaleView, TillError> {
    let given = shop
        .engine
        .give_credit(&on_credit(customer_id, shillings), shop.now);
    given.map(|(sale, _)| sale)
}

fn seen(shop: &mut Shop, id: &str) -> KnownCustomer {
    let all = shop.engine.customers(shop.now).unwrap();
    all.into_iter().find(|one| one.id == id).unwrap()
}

fn owed(shop: &mut Shop, id: &str) -> Money {
    seen(shop, id).owed
}

/// Nothing was changed by hand, and the statement adds up to what is owed.
fn check(shop: &mut Shop, id: &str) {
    let verdict = verify_in(shop.engine.store().read(), &[], &mut |_| true)
        .unwrap()
        .unwrap();
    assert_eq!(verdict.troubles, [], "the book agrees with its chain");
    let told = shop.engine.debt_statement(id, shop.now).unwrap();
    let last = told.lines.last().map_or(Money::ZERO, |line| line.balance);
    assert_eq!(last, told.customer.owed, "the statement ends with what is owed");
}

fn refund(sale_id: &str, shillings: i64, way: RefundWay, owed: bool) -> RefundInput {
    RefundInput {
        sale_id: sale_id.into(),
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
fn a_customer_stands_in_the_list_only_with_consent_and_once() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let input = CustomerInput {
        name: "Wanjiru".into(),
        phone: Some(phone(NJERI)),
        limit: kes(1_000),
    };
    let refused = shop.engine.add_customer(&input, false, now).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed, "nobody asked her");
    let kept = shop.engine.add_customer(&input, true, now).unwrap();
    assert_eq!(kept.agreed_at, now.utc, "when she agreed is written down");
    assert_eq!(kept.phone_masked, "··678", "masked by default");
    let twice = shop.engine.add_customer(&input, true, now).unwrap_err();
    assert_eq!(twice.code, Code::NotAllowed, "one phone is one customer's");
    for typed in ["678", "wanj", "0712 345 678"] {
        let found = shop.engine.find_customers(typed, now).unwrap();
        assert_eq!(found.len(), 1, "found by {typed}");
    }
    for typed in ["", "w", "67", "679"] {
        assert!(
            shop.engine.find_customers(typed, now).unwrap().is_empty(),
            "{typed:?} lists nobody"
        );
    }
}

#[test]
fn a_sale_on_credit_is_owed_and_not_taken() {
    let mut shop = Shop::in_memory();
    let id = customer(&mut shop, "Wanjiru", NJERI, 1_000);
    let sale = give(&mut shop, &id, 800).unwrap();
    assert_eq!(sale.status, SaleStatus::OnCredit, "its line says so");
    assert_eq!(
        sale.debtor.and_then(|debtor| debtor.name).as_deref(),
        Some("Wanjiru"),
        "and whose word it is"
    );
    assert_eq!(
        (
            shop.balance("credit"),
            shop.balance("sales"),
            shop.balance("cash")
        ),
        (800, -800, 0),
        "sold, owed, and no money came"
    );
    check(&mut shop, &id);
}

#[test]
fn a_part_on_credit_leaves_the_rest_to_pay() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 1_000);
    let part = CreditInput {
        part: Some(kes(300)),
        ..on_credit(&id, 800)
    };
    let (sale, _) = shop.engine.give_credit(&part, now).unwrap();
    assert_eq!(sale.left, kes(500), "five hundred is still to pay");
    let more = CreditInput {
        sale_id: Some(sale.id.clone()),
        part: Some(kes(501)),
        ..part
    };
    let told = shop.engine.give_credit(&more, now).unwrap_err();
    assert_eq!(told.code, Code::AmountInvalid, "no more than is left");
    let other = customer(&mut shop, "Otieno", OTIENO, 1_000);
    let second = CreditInput {
        customer_id: other,
        part: Some(kes(100)),
        ..more
    };
    let told = shop.engine.give_credit(&second, now).unwrap_err();
    assert_eq!(told.code, Code::NotAllowed, "one sale is one customer's debt");
    let done = shop.cash(Some(&sale.id), 800, 500);
    assert_eq!(done.status, SaleStatus::OnCredit, "settled, a part of it owed");
    check(&mut shop, &id);
}

#[test]
fn nobody_owes_more_than_the_limit_unless_a_manager_says_why() {
    let mut staff = Staff::new();
    let (cashier, manager) = (staff.cashier.clone(), staff.manager.clone());
    staff.sign_in(&manager, "5093").unwrap();
    let id = customer(&mut staff.shop, "Wanjiru", NJERI, 1_000);
    let now = staff.shop.now;
    let told = give(&mut staff.shop, &id, 1_001).unwrap_err();
    assert_eq!(told.code, Code::NotAllowed, "a manager too must say why");
    staff.sign_in(&cashier, "2718").unwrap();
    give(&mut staff.shop, &id, 900).unwrap();
    let told = give(&mut staff.shop, &id, 101).unwrap_err();
    assert_eq!(
        (told.code, told.act),
        (Code::NotPermitted, Some(Act::CreditBeyondLimit)),
        "not a cashier's to say, and the screen knows whom to ask"
    );
    assert_eq!(staff.shop.balance("credit"), 900, "nothing was written");
    staff
        .shop
        .engine
        .grant(
            Act::CreditBeyondLimit,
            (&manager, "5093"),
            "she gets paid on Friday",
            now,
        )
        .unwrap();
    give(&mut staff.shop, &id, 101).unwrap();
    let written = staff.column(
        "SELECT act || ' ' || allowed_by || ' ' || text FROM act JOIN reason ON reason.id = reason_id",
    );
    assert_eq!(
        written,
        [Some(format!(
            "credit_beyond_limit {manager} she gets paid on Friday"
        ))],
        "by whose leave, and why"
    );
    assert_eq!(
        give(&mut staff.shop, &id, 1).unwrap_err().code,
        Code::NotPermitted,
        "one leave is one sale"
    );
}

#[test]
fn the_limit_counts_what_was_paid_off() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 1_000);
    give(&mut shop, &id, 1_000).unwrap();
    let (due, _) = shop.engine.pay_off(&id, kes(400), now).unwrap();
    assert!(give(&mut shop, &id, 1).is_err(), "it is not paid yet");
    shop.cash(Some(&due.id), 400, 400);
    give(&mut shop, &id, 400).unwrap();
    assert_eq!(owed(&mut shop, &id), kes(1_000), "as much as before");
    check(&mut shop, &id);
}

#[test]
fn a_debt_is_paid_off_in_every_way_and_is_no_sale() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 5_000);
    give(&mut shop, &id, 1_000).unwrap();
    let pay = |shop: &mut Shop, amount: i64| shop.engine.pay_off(&id, kes(amount), now).unwrap().0;
    let by_cash = pay(&mut shop, 100);
    let paid = shop.cash(Some(&by_cash.id), 100, 200);
    assert!(
        paid.pays_off && paid.status == SaleStatus::PaidCash,
        "paid, with change"
    );
    let by_push = pay(&mut shop, 200);
    let (_, push_id) = shop.prompted(Some(&by_push.id), 200, NJERI);
    called_back(&mut shop, &push_id, "UKN3X8ABCD");
    let by_hand = pay(&mut shop, 300);
    shop.engine
        .wait_for_till(Some(&by_hand.id), kes(300), Some("678"), now)
        .unwrap();
    let code = till::engine::CodeInput {
        sale_id: Some(by_hand.id.clone()),
        amount: kes(300),
        code: "UKN3X8ABCE".into(),
        read_from: ReadFrom::ShopPhone,
        warned: false,
    };
    shop.engine.take_code(code, now).unwrap();
    assert_eq!(owed(&mut shop, &id), kes(400), "each lessened it");
    assert_eq!(
        (
            shop.balance("sales"),
            shop.balance("credit"),
            shop.balance("cash")
        ),
        (-1_000, 400, 100),
        "sold once; the money is in the drawer and on the phone"
    );
    let report = shop.engine.x_report(now).unwrap();
    assert_eq!(
        (report.sales, report.accounts.sales),
        (1, kes(1_000)),
        "one sale of the day"
    );
    let told = report.accounts;
    assert_eq!(
        (told.credit_given, told.credit_paid),
        (kes(1_000), kes(600)),
        "lines of the close"
    );
    let promise = CreditInput {
        sale_id: Some(pay(&mut shop, 50).id),
        ..on_credit(&id, 50)
    };
    assert_eq!(
        shop.engine.give_credit(&promise, now).unwrap_err().code,
        Code::NotAllowed,
        "a promise pays no debt"
    );
    check(&mut shop, &id);
}

#[test]
fn no_more_is_paid_off_than_is_owed_also_by_two_at_once() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 5_000);
    let sold = give(&mut shop, &id, 1_000).unwrap();
    let refused = |told: TillError| assert_eq!(told.code, Code::AmountInvalid, "beyond what is owed");
    refused(shop.engine.pay_off(&id, kes(1_001), now).unwrap_err());
    refused(shop.engine.pay_off(&id, Money::ZERO, now).unwrap_err());
    let (first, _) = shop.engine.pay_off(&id, kes(700), now).unwrap();
    shop.cash(Some(&first.id), 700, 100);
    refused(shop.engine.pay_off(&id, kes(301), now).unwrap_err());
    refused(
        shop.engine
            .write_off(&id, kes(301), "moved away", now)
            .unwrap_err(),
    );
    refused(
        shop.engine
            .refund(&refund(&sold.id, 301, RefundWay::Debt, false), now)
            .unwrap_err(),
    );
    assert_eq!(seen(&mut shop, &id).under_way, kes(600), "the rest of the first");
    shop.engine.void_sale(&first.id, "left", now).unwrap();
    assert_eq!(
        (owed(&mut shop, &id), shop.balance("cash")),
        (kes(1_000), 0),
        "given up: the hundred went back, and is owed again"
    );
    check(&mut shop, &id);
}

#[test]
fn a_payment_beyond_the_debt_is_owed_back_by_name() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 5_000);
    give(&mut shop, &id, 500).unwrap();
    let (due, _) = shop.engine.pay_off(&id, kes(500), now).unwrap();
    let (_, push_id) = shop.prompted(Some(&due.id), 500, NJERI);
    shop.cash(Some(&due.id), 500, 500);
    called_back(&mut shop, &push_id, "UKN3X8ABCD");
    let after = shop.sale(&due.id);
    assert_eq!(
        after.matters.iter().map(|matter| matter.kind).collect::<Vec<_>>(),
        [MatterKind::RefundDue],
        "paid twice, and named"
    );
    assert_eq!(
        (owed(&mut shop, &id), shop.balance("refund_due")),
        (Money::ZERO, -500),
        "the debt never falls below nothing"
    );
    check(&mut shop, &id);
}

#[test]
fn a_prompt_that_is_paid_after_all_pays_the_debt_when_somebody_says_so() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 5_000);
    let (sale, push_id) = shop.prompted(None, 500, NJERI);
    let promise = CreditInput {
        sale_id: Some(sale.id.clone()),
        ..on_credit(&id, 500)
    };
    shop.engine.give_credit(&promise, now).unwrap();
    called_back(&mut shop, &push_id, "UKN3X8ABCD");
    assert_eq!(
        shop.balance("refund_due"),
        -500,
        "paid, though it was to be paid later"
    );
    let (after, _) = shop
        .engine
        .refund(&refund(&sale.id, 500, RefundWay::Debt, true), now)
        .unwrap();
    assert!(after.matters.is_empty(), "nothing is left to look at");
    assert_eq!(
        (owed(&mut shop, &id), shop.balance("refund_due")),
        (Money::ZERO, 0),
        "the payment went off the debt"
    );
    check(&mut shop, &id);
}

#[test]
fn a_payment_that_is_taken_back_makes_the_debt_alive_again() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 5_000);
    give(&mut shop, &id, 500).unwrap();
    let (due, _) = shop.engine.pay_off(&id, kes(500), now).unwrap();
    let (_, push_id) = shop.prompted(Some(&due.id), 500, NJERI);
    called_back(&mut shop, &push_id, "UKN3X8ABCD");
    let csv = "Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.\n\
        UKNBACK001,23-11-2026 15:20:00,23-11-2026 15:20:00,Reversal of Merchant Payment,Completed,,-500.00,\"9,000.00\",true,Payment Reversal,2547****678 - NJERI,UKN3X8ABCD,\n";
    let read = statement::read(csv.as_bytes()).unwrap();
    for _ in 0..2 {
        shop.engine.take_statement(&read, now).unwrap();
        assert_eq!(
            (
                owed(&mut shop, &id),
                shop.balance("mpesa_proved"),
                shop.balance("reversed")
            ),
            (kes(500), 0, 0),
            "owed again, once, however often it is told"
        );
    }
    let back = shop
        .engine
        .refund(&refund(&due.id, 1, RefundWay::Cash, false), now);
    assert_eq!(
        back.unwrap_err().code,
        Code::AmountInvalid,
        "and nothing of it can go back a second time"
    );
    let told = shop.engine.debt_statement(&id, now).unwrap();
    assert_eq!(
        told.lines
            .iter()
            .map(|line| (line.kind, line.balance))
            .collect::<Vec<_>>(),
        [
            (DebtLineKind::Given, kes(500)),
            (DebtLineKind::PaidOff, Money::ZERO),
            (DebtLineKind::OwedAgain, kes(500))
        ],
        "each step with its balance"
    );
    check(&mut shop, &id);
}

#[test]
fn what_comes_back_goes_off_the_debt_first_and_in_money_only_what_was_paid_off() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 5_000);
    let sale = give(&mut shop, &id, 800).unwrap();
    let can = |shop: &Shop| {
        let left = shop.engine.giving_back(&sale.id).unwrap();
        (left.money.shillings(), left.debt.shillings())
    };
    assert_eq!(
        can(&shop),
        (0, 800),
        "nothing was paid, so nothing goes back in money"
    );
    let (due, _) = shop.engine.pay_off(&id, kes(500), now).unwrap();
    shop.cash(Some(&due.id), 500, 500);
    assert_eq!(can(&shop), (500, 300), "the rest of the debt, and what was paid");
    shop.engine
        .refund(&refund(&sale.id, 300, RefundWay::Debt, false), now)
        .unwrap();
    shop.engine
        .refund(&refund(&sale.id, 500, RefundWay::Cash, false), now)
        .unwrap();
    assert_eq!(can(&shop), (0, 0), "all of it went back");
    let told = shop.engine.x_report(now).unwrap().accounts;
    assert_eq!(
        (told.credit_given, told.credit_paid, told.taken_off, told.refunds),
        (kes(800), kes(500), kes(300), kes(800)),
        "what goods took off a debt was paid by nobody"
    );
    let other = give(&mut shop, &id, 200).unwrap();
    shop.engine.write_off(&id, kes(200), "moved away", now).unwrap();
    let left = shop.engine.giving_back(&other.id).unwrap();
    assert_eq!(
        (left.money, left.debt),
        (Money::ZERO, Money::ZERO),
        "what was written off was never paid"
    );
    check(&mut shop, &id);
}

#[test]
fn a_sale_given_up_is_owed_no_more_and_what_was_paid_off_goes_back() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 5_000);
    let part = CreditInput {
        part: Some(kes(300)),
        ..on_credit(&id, 800)
    };
    let (sale, _) = shop.engine.give_credit(&part, now).unwrap();
    let (due, _) = shop.engine.pay_off(&id, kes(100), now).unwrap();
    let told = shop.engine.void_sale(&sale.id, "left", now).unwrap_err();
    assert_eq!(told.code, Code::NotAllowed, "a payment for it is under way");
    shop.cash(Some(&due.id), 100, 100);
    shop.engine.void_sale(&sale.id, "left", now).unwrap();
    assert_eq!(
        (
            owed(&mut shop, &id),
            shop.balance("sales"),
            shop.balance("refund_due")
        ),
        (Money::ZERO, 0, -100),
        "the hundred that was paid off is the customer's"
    );
    let told = shop.engine.x_report(now).unwrap().accounts;
    assert_eq!(
        (told.sales, told.credit_given, told.credit_paid, told.taken_off),
        (Money::ZERO, kes(100), kes(100), Money::ZERO),
        "a sale given up was not paid off by that"
    );
    check(&mut shop, &id);
}

#[test]
fn a_debt_is_written_off_by_a_manager_with_a_reason() {
    let mut staff = Staff::new();
    let (cashier, manager) = (staff.cashier.clone(), staff.manager.clone());
    staff.sign_in(&manager, "5093").unwrap();
    let id = customer(&mut staff.shop, "Wanjiru", NJERI, 1_000);
    give(&mut staff.shop, &id, 600).unwrap();
    let now = staff.shop.now;
    staff.sign_in(&cashier, "2718").unwrap();
    let told = staff
        .shop
        .engine
        .write_off(&id, kes(600), "moved", now)
        .unwrap_err();
    assert_eq!(told.code, Code::NotPermitted, "not a cashier's to say");
    staff.sign_in(&manager, "5093").unwrap();
    let told = staff.shop.engine.write_off(&id, kes(600), " ", now).unwrap_err();
    assert_eq!(told.code, Code::NotAllowed, "not without a reason");
    staff
        .shop
        .engine
        .write_off(&id, kes(600), "moved to Kisumu", now)
        .unwrap();
    assert_eq!(
        (staff.shop.balance("written_off"), staff.shop.balance("credit")),
        (600, 0),
        "a loss, and no debt"
    );
    let told = staff.shop.engine.debt_statement(&id, now).unwrap();
    let last = told.lines.last().unwrap();
    assert_eq!(
        (last.kind, last.reason.as_deref()),
        (DebtLineKind::WrittenOff, Some("moved to Kisumu")),
        "the statement says why"
    );
    let accounts = staff.shop.engine.x_report(now).unwrap().accounts;
    assert_eq!(
        (accounts.credit_paid, accounts.written_off),
        (Money::ZERO, kes(600)),
        "the close does not call it paid"
    );
    check(&mut staff.shop, &id);
}

#[test]
fn a_cashier_sees_neither_the_list_nor_a_whole_phone_and_a_look_is_written_down() {
    let mut staff = Staff::new();
    let (cashier, manager) = (staff.cashier.clone(), staff.manager.clone());
    staff.sign_in(&manager, "5093").unwrap();
    let id = customer(&mut staff.shop, "Wanjiru", NJERI, 1_000);
    let now = staff.shop.now;
    staff.sign_in(&cashier, "2718").unwrap();
    let engine = &mut staff.shop.engine;
    let refused = [
        engine.customers(now).map(drop),
        engine.customer_phone(&id, now).map(drop),
        engine.debt_statement(&id, now).map(drop),
        engine
            .change_customer(
                &id,
                &CustomerInput {
                    name: "W".into(),
                    phone: None,
                    limit: kes(9_000),
                },
                now,
            )
            .map(drop),
    ];
    for told in refused {
        assert_eq!(told.unwrap_err().code, Code::NotPermitted, "a manager's");
    }
    assert_eq!(
        engine.find_customers("678", now).unwrap().len(),
        1,
        "she finds who stands before her"
    );
    staff.sign_in(&manager, "5093").unwrap();
    assert_eq!(
        staff.shop.engine.customer_phone(&id, now).unwrap(),
        "0712 345 678",
        "the whole number"
    );
    assert_eq!(
        staff.column("SELECT person_id FROM act WHERE act = 'see_customers'"),
        [Some(manager)],
        "who looked is written down"
    );
}

#[test]
fn a_debt_that_is_given_to_somebody_else_by_hand_is_found() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let one = customer(&mut shop, "Wanjiru", NJERI, 5_000);
    let other = customer(&mut shop, "Otieno", OTIENO, 5_000);
    give(&mut shop, &one, 500).unwrap();
    give(&mut shop, &one, 300).unwrap();
    let (due, _) = shop.engine.pay_off(&one, kes(100), now).unwrap();
    shop.cash(Some(&due.id), 100, 100);
    shop.engine.write_off(&one, kes(50), "torn", now).unwrap();
    check(&mut shop, &one);
    for edit in [
        format!(
            "UPDATE tender SET customer_id = '{other}' WHERE kind = 'credit'; UPDATE sale SET customer_id = '{other}' WHERE kind = 'sale'"
        ),
        format!(
            "UPDATE sale SET customer_id = '{other}' WHERE id = (SELECT id FROM sale WHERE kind = 'sale' LIMIT 1)"
        ),
        format!("UPDATE sale SET customer_id = '{other}' WHERE kind = 'pay_off'"),
        format!("UPDATE write_off SET customer_id = '{other}'"),
        "DELETE FROM write_off".to_owned(),
        "UPDATE sale SET customer_id = NULL WHERE kind = 'sale'".to_owned(),
    ] {
        shop.engine
            .store()
            .read()
            .execute_batch(&format!("SAVEPOINT hand; {edit}"))
            .unwrap();
        let verdict = verify_in(shop.engine.store().read(), &[], &mut |_| true)
            .unwrap()
            .unwrap();
        assert!(verdict.wrong > 0, "found: {edit}");
        shop.engine
            .store()
            .read()
            .execute_batch("ROLLBACK TO hand; RELEASE hand")
            .unwrap();
    }
    check(&mut shop, &one);
}

#[test]
fn a_manager_may_go_beyond_the_limit_in_a_shop_without_people_too() {
    let mut shop = Shop::in_memory();
    let id = customer(&mut shop, "Wanjiru", NJERI, 100);
    assert_eq!(
        give(&mut shop, &id, 101).unwrap_err().code,
        Code::NotAllowed,
        "the limit holds"
    );
    let why = CreditInput {
        reason: Some("she is my sister".into()),
        ..on_credit(&id, 101)
    };
    shop.engine.give_credit(&why, shop.now).unwrap();
    check(&mut shop, &id);
}
