//! Debts: what tortured days found.

use till::engine::{CodeInput, CreditInput, RefundInput, RefundWay};
use till::push::Ending;
use till::verify::verify_in;
use till::view::{MatterKind, ReadFrom, SaleView};
use till::{Code, ReceiptNumber};

use super::credit::customer;
use super::support::{NJERI, Shop, kes};

fn give(shop: &mut Shop, customer_id: &str, shillings: i64) -> SaleView {
    let input = CreditInput {
        sale_id: None,
        amount: kes(shillings),
        customer_id: customer_id.into(),
        part: None,
        reason: None,
    };
    shop.engine.give_credit(&input, shop.now).unwrap().0
}

fn refund(sale_id: &str, shillings: i64, way: RefundWay, owed: bool) -> RefundInput {
    RefundInput {
        sale_id: sale_id.into(),
        amount: kes(shillings),
        way,
        owed,
        reason: "came back".into(),
    }
}

fn paid(shop: &mut Shop, push_id: &str) {
    let receipt = ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    shop.called_back(push_id, Ending::Paid, Some(receipt)).unwrap();
}

fn nothing_is_odd(shop: &Shop) {
    let verdict = verify_in(shop.engine.store().read(), &[], &mut |_| true)
        .unwrap()
        .unwrap();
    assert_eq!(verdict.troubles, [], "the book agrees with its chain");
}

/// A prompt for all of it, a part paid in another way while nobody knew, and then the prompt's own message.
fn code_of_its_own_prompt(part: impl Fn(&mut Shop, &SaleView)) {
    let mut shop = Shop::in_memory();
    let (sale, push_id) = shop.prompted(None, 730, NJERI);
    part(&mut shop, &sale);
    let code = CodeInput {
        sale_id: Some(sale.id.clone()),
        amount: kes(730),
        code: "UKN3X8ABCD".into(),
        read_from: ReadFrom::CustomerPhone,
        warned: true,
    };
    shop.engine.take_code(code, shop.now).unwrap();
    for _ in 0..2 {
        paid(&mut shop, &push_id);
        assert_eq!(
            (
                shop.balance("mpesa_proved"),
                shop.balance("mpesa_not_proved"),
                shop.balance("refund_due")
            ),
            (730, 0, -500),
            "all that M-PESA brought is in the book, and what was too much is owed back, once"
        );
    }
    let kinds: Vec<_> = shop.sale(&sale.id).matters.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [MatterKind::RefundDue], "and named");
    nothing_is_odd(&shop);
}

#[test]
fn a_prompts_own_code_typed_for_less_than_it_brought_leaves_the_rest_to_give_back() {
    code_of_its_own_prompt(|shop, sale| {
        shop.cash(Some(&sale.id), 730, 500);
    });
    code_of_its_own_prompt(|shop, sale| {
        let id = customer(shop, "Wanjiru", NJERI, 1_000);
        let input = CreditInput {
            sale_id: Some(sale.id.clone()),
            amount: kes(730),
            customer_id: id,
            part: Some(kes(500)),
            reason: None,
        };
        shop.engine.give_credit(&input, shop.now).unwrap();
    });
}

#[test]
fn what_was_paid_too_much_may_go_off_the_rest_of_the_debt_and_verify_accuses_nobody() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 5_000);
    give(&mut shop, &id, 1_000);
    let (due, _) = shop.engine.pay_off(&id, kes(500), now).unwrap();
    let (_, push_id) = shop.prompted(Some(&due.id), 500, NJERI);
    shop.cash(Some(&due.id), 500, 500);
    paid(&mut shop, &push_id);
    shop.engine
        .refund(&refund(&due.id, 500, RefundWay::Debt, true), now)
        .unwrap();
    assert_eq!(
        (shop.balance("credit"), shop.balance("refund_due")),
        (0, 0),
        "paid twice, and so the other half of the debt is paid too"
    );
    nothing_is_odd(&shop);
}

#[test]
fn what_was_paid_off_and_went_back_for_goods_does_not_go_back_a_second_time() {
    let mut shop = Shop::in_memory();
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru", NJERI, 5_000);
    let sale = give(&mut shop, &id, 800);
    let money = |shop: &Shop, sale_id: &str| shop.engine.giving_back(sale_id).unwrap().money;
    let (due, _) = shop.engine.pay_off(&id, kes(800), now).unwrap();
    shop.cash(Some(&due.id), 800, 500);
    assert_eq!(
        money(&shop, &sale.id),
        kes(0),
        "a payment that is still open may be given up, and goes back then"
    );
    shop.cash(Some(&due.id), 800, 300);
    shop.engine
        .refund(&refund(&sale.id, 600, RefundWay::Cash, false), now)
        .unwrap();
    assert_eq!(
        money(&shop, &due.id),
        kes(200),
        "six hundred went back for the goods"
    );
    let told = shop
        .engine
        .refund(&refund(&due.id, 201, RefundWay::Cash, false), now)
        .unwrap_err();
    assert_eq!(told.code, Code::AmountInvalid, "and not once more");
    shop.engine
        .refund(&refund(&due.id, 200, RefundWay::Cash, false), now)
        .unwrap();
    assert_eq!(
        (shop.balance("cash"), shop.balance("credit")),
        (0, 200),
        "what went back is owed again, and no more cash than came"
    );
    nothing_is_odd(&shop);
}
