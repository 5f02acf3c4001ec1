//! Personal data: what is kept of a customer, for how long, given out and erased.

use daraja::Secret;
use tempfile::TempDir;
use till::engine::{CreditInput, RefundInput, RefundWay};
use till::push::Ending;
use till::verify::verify_in;
use till::view::TenderKindView;
use till::{Code, ReceiptNumber};

use super::credit::customer;
use super::people::Staff;
use super::support::{NJERI, OTIENO, Shop, half_past_two, kes};

fn phones(shop: &Shop) -> Vec<String> {
    let conn = shop.engine.store().read();
    let mut statement = conn
        .prepare("SELECT p.msisdn FROM push p JOIN sale s ON s.id = p.sale_id ORDER BY s.number")
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn paid(shop: &mut Shop, push_id: &str, code: &str) {
    let receipt = ReceiptNumber::parse(code).unwrap();
    shop.called_back(push_id, Ending::Paid, Some(receipt)).unwrap();
}

#[test]
fn the_close_of_the_day_forgets_phones_whose_money_is_known() {
    let mut shop = Shop::in_memory();
    let (_, first) = shop.prompted(None, 100, NJERI);
    paid(&mut shop, &first, "UKN3X8ABCD");
    // Paid twice: somebody must be found to give it back.
    let (twice, second) = shop.prompted(None, 200, OTIENO);
    shop.cash(Some(&twice.id), 200, 200);
    paid(&mut shop, &second, "UKN3X8ABCE");
    // Nobody knows what became of this one.
    let (_, _) = shop.prompted(None, 300, "0733000222");
    shop.wait_s(200);
    assert_eq!(
        phones(&shop).iter().filter(|phone| phone.len() == 12).count(),
        3,
        "whole by day"
    );
    let now = shop.now;
    shop.engine.close_day(Some("seen"), now).unwrap();
    assert_eq!(
        phones(&shop),
        ["678", "254722000111", "254733000222"],
        "only what is known and settled is cut to three digits"
    );
    let ids = shop.sql("SELECT COUNT(*) FROM push WHERE checkout_request_id IS NOT NULL");
    assert_eq!(
        ids, 2,
        "Safaricom's id of a prompt ends with the phone, and goes with it"
    );
    let due = RefundInput {
        sale_id: twice.id.clone(),
        amount: kes(200),
        way: RefundWay::Cash,
        owed: true,
        reason: "paid twice".into(),
    };
    shop.engine.refund(&due, now).unwrap();
    shop.cash(None, 10, 10);
    shop.engine.close_day(Some("seen"), now).unwrap();
    assert_eq!(
        phones(&shop)[1],
        "111",
        "given back, and forgotten by the next close"
    );
    let seen = shop.sale(&twice.id);
    let shown = seen.tenders.iter().find_map(|tender| match &tender.kind {
        TenderKindView::Push(push) => Some(push.phone.clone()),
        TenderKindView::Cash { .. }
        | TenderKindView::ToTill { .. }
        | TenderKindView::Code { .. }
        | TenderKindView::Credit { .. } => None,
    });
    assert_eq!(shown.as_deref(), Some("··111"), "the sale is still shown, masked");
    let store = std::mem::replace(&mut shop, Shop::in_memory())
        .engine
        .into_store();
    Shop::over(store, now).sale(&twice.id);
}

#[test]
fn all_that_is_kept_is_given_out_and_then_erased_from_the_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("book.sqlite");
    let mut shop = Shop::on_disk(&path, half_past_two());
    let now = shop.now;
    let id = customer(&mut shop, "Wanjiru Kamau", NJERI, 100);
    let input = CreditInput {
        sale_id: None,
        amount: kes(500),
        customer_id: id.clone(),
        part: None,
        reason: Some("her salary comes on Friday".into()),
    };
    shop.engine.give_credit(&input, now).unwrap();
    let (due, _) = shop.engine.pay_off(&id, kes(300), now).unwrap();
    let (_, push_id) = shop.prompted(Some(&due.id), 300, NJERI);
    paid(&mut shop, &push_id, "UKN3X8ABCD");
    let now = shop.now;
    let told = shop.engine.erase_customer(&id, now).unwrap_err();
    assert_eq!(told.code, Code::NotAllowed, "two hundred are still owed");
    let text = shop.engine.personal_data(&id, now).unwrap();
    for kept in [
        "Wanjiru Kamau",
        "0712 345 678",
        "KSh 200",
        "UKN3X8ABCD",
        "Paid off",
    ] {
        assert!(text.contains(kept), "{kept} is told: {text}");
    }
    shop.engine
        .write_off(&id, kes(200), "moved to her mother in Kisumu", now)
        .unwrap();
    let sums =
        |shop: &Shop| ["credit", "sales", "mpesa_proved", "written_off"].map(|account| shop.balance(account));
    let before = sums(&shop);
    shop.engine.erase_customer(&id, now).unwrap();
    assert_eq!(sums(&shop), before, "no shilling moved");
    assert!(
        shop.engine.customers(now).unwrap().is_empty(),
        "gone from the list"
    );
    let sale = shop.sale(&due.id);
    assert_eq!(
        sale.debtor.unwrap().name,
        None,
        "the sale stands, and names nobody"
    );
    let verdict = verify_in(shop.engine.store().read(), &[], &mut |_| true)
        .unwrap()
        .unwrap();
    assert_eq!(verdict.troubles, [], "book and chain are whole");
    drop(shop);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let file = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&file) else { continue };
        for word in ["Wanjiru", "712345678", "salary", "Kisumu"] {
            assert!(
                !bytes.windows(word.len()).any(|window| window == word.as_bytes()),
                "{word} is still in {}",
                file.display()
            );
        }
    }
}

#[test]
fn personal_data_is_the_owners_with_the_passphrase_and_is_written_down() {
    let mut staff = Staff::new();
    let (owner, manager) = (staff.owner.clone(), staff.manager.clone());
    staff.sign_in(&manager, "5093").unwrap();
    let id = customer(&mut staff.shop, "Wanjiru", NJERI, 1_000);
    let now = staff.shop.now;
    staff
        .shop
        .engine
        .set_pepper(Some(Secret::new("pepper".to_owned())));
    let refused = staff.shop.engine.personal_data(&id, now).unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted, "not a manager's");
    let refused = staff.shop.engine.erase_customer(&id, now).unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted, "nor this");
    staff.sign_in(&owner, "4071").unwrap();
    let refused = staff.shop.engine.erase_customer(&id, now).unwrap_err();
    assert_eq!(refused.code, Code::PassphraseNeeded, "with the passphrase only");
    staff
        .shop
        .engine
        .give_passphrase("mango tree by the well", now)
        .unwrap();
    staff.shop.engine.personal_data(&id, now).unwrap();
    staff.shop.engine.erase_customer(&id, now).unwrap();
    assert_eq!(
        staff.column("SELECT person_id FROM act WHERE act = 'personal_data'"),
        [Some(owner.clone()), Some(owner)],
        "who gave it out, and who erased it"
    );
}
