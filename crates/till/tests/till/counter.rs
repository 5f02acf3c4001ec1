//! Cash, typed codes, paying the till, giving a sale up.

use till::Code;
use till::engine::CodeInput;
use till::people::Act;
use till::view::{CodeWarning, MatterKind, Proof, ReadFrom, SaleState, SaleStatus};

use crate::support::{NJERI, PAID, Shop, kes};

fn code(sale_id: Option<&str>, shillings: i64, code: &str, warned: bool) -> CodeInput {
    CodeInput {
        sale_id: sale_id.map(str::to_owned),
        amount: kes(shillings),
        code: code.into(),
        read_from: ReadFrom::CustomerPhone,
        warned,
    }
}

#[test]
fn cash_gives_change() {
    let mut shop = Shop::in_memory();
    let (taken, _) = shop
        .engine
        .take_cash(None, kes(730), kes(1000), shop.now)
        .unwrap();
    assert_eq!(taken.change, kes(270), "1000 for 730");
    assert_eq!(
        (taken.sale.state, taken.sale.status),
        (SaleState::Settled, SaleStatus::PaidCash),
        "settled by cash"
    );
    assert_eq!(shop.balance("cash"), 730, "the change never stayed in the drawer");
}

#[test]
fn no_cash_is_no_payment() {
    let mut shop = Shop::in_memory();
    let error = shop
        .engine
        .take_cash(None, kes(730), kes(0), shop.now)
        .unwrap_err();
    assert_eq!(error.code, Code::AmountInvalid, "nothing was given");
    assert_eq!(shop.sql("SELECT COUNT(*) FROM sale"), 0, "so nothing is written");
}

#[test]
fn a_typed_code_settles_and_is_not_confirmed() {
    let mut shop = Shop::in_memory();
    let (sale, _) = shop
        .engine
        .take_code(code(None, 90, "ukn3x8abcd", false), shop.now)
        .unwrap();
    assert_eq!(
        (sale.status, sale.proof),
        (SaleStatus::CodeNotConfirmed, Proof::NotConfirmed),
        "a shown message proves nothing"
    );
    assert_eq!(shop.balance("mpesa_not_proved"), 90, "and the book says so");
    assert_eq!(
        shop.engine.roll(shop.now).unwrap().to_look_at,
        1,
        "the owner is told"
    );
}

#[test]
fn a_code_pays_once() {
    let mut shop = Shop::in_memory();
    let (first, _) = shop
        .engine
        .take_code(code(None, 90, "UKN3X8ABCD", false), shop.now)
        .unwrap();
    let error = shop
        .engine
        .take_code(code(None, 90, "UKN3X8ABCD", true), shop.now)
        .unwrap_err();
    assert_eq!(error.code, Code::CodeUsed, "one message, one sale");
    assert!(
        error.message.contains(&first.reference),
        "and it says which sale: {error}"
    );
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM sale"),
        1,
        "nothing else was written"
    );
}

#[test]
fn an_old_message_warns_before_it_is_taken() {
    let mut shop = Shop::in_memory();
    let check = shop.engine.check_code("SKC3X8ABCD", shop.now).unwrap();
    let date = chrono::NaiveDate::from_ymd_opt(2024, 11, 12).unwrap();
    assert_eq!(
        check.warnings,
        [CodeWarning::Old { date }],
        "S is 2024, K is November, C is the 12th"
    );
    let error = shop
        .engine
        .take_code(code(None, 90, "SKC3X8ABCD", false), shop.now)
        .unwrap_err();
    assert_eq!(error.code, Code::CodeWarned, "the cashier must have seen it");
    assert!(
        shop.engine
            .take_code(code(None, 90, "SKC3X8ABCD", true), shop.now)
            .is_ok(),
        "warned, never blocked"
    );
    let shape = shop.engine.check_code("12345", shop.now).unwrap();
    assert_eq!(shape.warnings, [CodeWarning::Shape], "five digits are no code");
}

#[test]
fn paid_after_a_typed_code_is_perhaps_the_same_money() {
    let mut shop = Shop::in_memory();
    let (sale, push_id) = shop.prompted(None, 90, NJERI);
    shop.wait_s(150);
    shop.engine
        .take_code(code(Some(&sale.id), 90, "UKN3X8ABCD", false), shop.now)
        .unwrap();
    shop.query_says(&push_id, PAID);
    let view = shop.sale(&sale.id);
    assert_eq!(
        view.matters[0].kind,
        MatterKind::PerhapsSameMoney,
        "no receipt, no refund"
    );
    assert_eq!(shop.balance("refund_due"), 0, "nothing is posted on a guess");
    let receipt = till::ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    shop.called_back(&push_id, till::push::Ending::Paid, Some(receipt))
        .unwrap();
    let view = shop.sale(&sale.id);
    assert!(view.matters.is_empty(), "the same receipt number: the same money");
    assert_eq!(
        (shop.balance("mpesa_proved"), shop.balance("mpesa_not_proved")),
        (90, 0),
        "and now it is proved"
    );
    assert_eq!(view.proof, Proof::Proved, "the sale too");
}

#[test]
fn a_sale_waits_for_the_till_and_ends_by_a_code() {
    let mut shop = Shop::in_memory();
    let (sale, _) = shop
        .engine
        .wait_for_till(None, kes(480), Some("981"), shop.now)
        .unwrap();
    assert_eq!(sale.status, SaleStatus::WaitingTill, "it waits on the roll");
    let error = shop
        .engine
        .wait_for_till(None, kes(480), Some("98"), shop.now)
        .unwrap_err();
    assert_eq!(error.code, Code::PhoneInvalid, "two digits are no three");
    let (sale, _) = shop
        .engine
        .take_code(code(Some(&sale.id), 480, "UKN3X8ABCD", false), shop.now)
        .unwrap();
    assert_eq!(sale.state, SaleState::Settled, "the customer showed the message");
}

#[test]
fn what_giving_up_a_sale_takes_depends_on_what_was_taken() {
    let mut shop = Shop::in_memory();
    let (sale, _) = shop.prompted(None, 100, NJERI);
    assert_eq!(
        (sale.can_void, sale.void_needs),
        (false, Some(Act::VoidLive)),
        "it may be paid: a manager's to say"
    );
    let part = shop.cash(None, 100, 40);
    assert_eq!(
        (part.can_void, part.void_needs),
        (false, Some(Act::VoidTaken)),
        "40 were taken: a manager's to give back"
    );
    let (waiting, _) = shop.engine.wait_for_till(None, kes(30), None, shop.now).unwrap();
    assert_eq!(
        shop.engine
            .void_sale(&waiting.id, " ", shop.now)
            .unwrap_err()
            .code,
        Code::NotAllowed,
        "without a reason"
    );
    let (void, _) = shop
        .engine
        .void_sale(&waiting.id, "customer left", shop.now)
        .unwrap();
    assert_eq!(void.state, SaleState::Voided, "nothing paid, nothing alive");
}

#[test]
fn a_sale_that_is_over_takes_nothing_more() {
    let mut shop = Shop::in_memory();
    let sale = shop.cash(None, 100, 100);
    assert_eq!(
        shop.start(Some(&sale.id), 100, NJERI).unwrap_err().code,
        Code::SaleEnded,
        "no prompt"
    );
    let cash = shop
        .engine
        .take_cash(Some(&sale.id), kes(100), kes(100), shop.now)
        .unwrap_err();
    assert_eq!(cash.code, Code::SaleEnded, "no cash");
    let typed = shop
        .engine
        .take_code(code(Some(&sale.id), 100, "UKN3X8ABCD", false), shop.now)
        .unwrap_err();
    assert_eq!(typed.code, Code::SaleEnded, "no code");
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM money_in"),
        0,
        "and a refused code is not used up"
    );
}
