//! What a receipt says.

use receipts::text;
use till::Code;
use till::engine::{CreditInput, PulledRow};
use till::people::Role;
use till::receipt::{Language, Printing, VatKind};
use till::shop::Shop as Facts;

use super::{cash, shop, with_printer};
use crate::credit::customer;
use crate::support::{NJERI, Shop, kes, row};

fn named(printing: &Printing) -> Shop {
    let mut shop = shop(printing);
    let facts = Facts::new("Mama Njeri Stores", "file".into(), None);
    shop.engine.save_shop(&facts).unwrap();
    shop
}

fn shops_own() -> Printing {
    Printing {
        kra_pin: "P051234567X".into(),
        address: "Tom Mboya Street\nNairobi".into(),
        footer: "Karibu tena".into(),
        ..with_printer("10.0.0.9")
    }
}

#[test]
fn a_cash_receipt_says_who_what_and_the_change() {
    let mut shop = named(&shops_own());
    let sale = cash(&mut shop, 730, 1000);
    let said = text::render(&shop.engine.receipt(&sale, false, shop.now).unwrap());
    for line in [
        "MAMA NJERI STORES",
        "Tom Mboya Street",
        "KRA PIN P051234567X",
        "23.11.2026 14:30       Counter A",
        "Cash                     KSh 730",
        "  Received             KSh 1,000",
        "  Change                 KSh 270",
        "Total                    KSh 730",
        "Payment receipt, not a tax",
        "Karibu tena",
    ] {
        assert!(said.contains(line), "`{line}` in\n{said}");
    }
    assert!(
        !said.contains("VAT"),
        "VAT is off unless the shop says otherwise:\n{said}"
    );
    assert!(
        !said.contains("PRACTICE") && !said.contains("COPY"),
        "the first one, of real money:\n{said}"
    );
}

#[test]
fn play_money_says_so_in_the_papers_language() {
    let mut shop = named(&Printing {
        language: Language::Sw,
        ..shops_own()
    });
    let sale = cash(&mut shop, 730, 730);
    let said = text::render(&shop.engine.receipt(&sale, true, shop.now).unwrap());
    assert!(said.contains("MAZOEZI: SI PESA HALISI"), "{said}");
    assert!(said.contains("Taslimu"), "{said}");
    assert!(said.contains("si tax invoice"), "{said}");
}

#[test]
fn an_mpesa_receipt_has_the_code_and_no_phone() {
    let mut shop = named(&shops_own());
    let (sale, push) = shop.prompted(None, 1250, NJERI);
    let code = till::ReceiptNumber::parse("TKN1A2B3C4").unwrap();
    shop.called_back(&push, till::push::Ending::Paid, Some(code))
        .unwrap();
    let said = text::render(&shop.engine.receipt(&sale.id, false, shop.now).unwrap());
    assert!(
        said.contains("M-PESA                 KSh 1,250\n  TKN1A2B3C4"),
        "{said}"
    );
    assert!(
        !said.contains("678"),
        "a receipt that is thrown away tells nobody's number:\n{said}"
    );
}

#[test]
fn a_sale_that_is_not_paid_has_no_receipt() {
    let mut shop = named(&shops_own());
    let (sale, _) = shop.prompted(None, 1250, NJERI);
    let refused = shop.engine.receipt(&sale.id, false, shop.now).unwrap_err();
    assert_eq!(
        refused.code,
        Code::NotAllowed,
        "a receipt says that money was paid"
    );
    let refused = shop.engine.print_receipt(&sale.id, shop.now).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed, "nor is one printed");
}

#[test]
fn vat_is_in_the_amount_and_stays_as_it_was_when_the_sale_was_paid() {
    let mut shop = named(&Printing {
        vat: Some(VatKind::Standard),
        ..shops_own()
    });
    let sale = cash(&mut shop, 1250, 1250);
    let tax = shop.engine.tax(&sale).unwrap().unwrap();
    assert_eq!(tax.vat.cents(), 17_241, "16/116 of 1,250, to the cent");
    shop.engine
        .save_printing(
            &Printing {
                vat: Some(VatKind::Exempt),
                ..shops_own()
            },
            shop.now,
        )
        .unwrap();
    let said = text::render(&shop.engine.receipt(&sale, false, shop.now).unwrap());
    assert!(said.contains("Of which VAT 16 %     KSh 172.41"), "{said}");

    let set = shop
        .engine
        .set_tax(&sale, VatKind::Zero, Some(" 0041234567890123 "), shop.now)
        .unwrap();
    assert!(set.vat.is_zero(), "zero-rated");
    let said = text::render(&shop.engine.receipt(&sale, false, shop.now).unwrap());
    assert!(said.contains("Zero-rated (VAT 0 %)"), "{said}");
    assert!(said.contains("Tax invoice     0041234567890123"), "{said}");
    assert!(
        said.contains("not a tax"),
        "it still is not the tax invoice itself:\n{said}"
    );
}

#[test]
fn where_vat_is_off_no_sale_is_taxed() {
    let mut shop = named(&shops_own());
    let sale = cash(&mut shop, 1250, 1250);
    let refused = shop
        .engine
        .set_tax(&sale, VatKind::Standard, None, shop.now)
        .unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed, "nobody taxes a sale by mistake");
    assert_eq!(shop.engine.tax(&sale).unwrap(), None, "and nothing was written");
}

#[test]
fn what_the_customer_is_owed_stands_on_the_receipt() {
    let mut shop = named(&shops_own());
    shop.engine.skew_heard(0, shop.now);
    let (sale, effects) = shop.engine.wait_for_till(None, kes(730), None, shop.now).unwrap();
    shop.effects.extend(effects);
    shop.wait_s(60);
    let paid = PulledRow {
        reference: sale.reference.to_lowercase(),
        ..row("UKN3X8ABCD", 780, "678", 30)
    };
    shop.read_list(&[paid]);
    let said = text::render(&shop.engine.receipt(&sale.id, false, shop.now).unwrap());
    assert!(said.contains("To be given back          KSh 50"), "{said}");
}

#[test]
fn the_receipt_names_who_took_the_money() {
    let mut shop = named(&shops_own());
    let sale = cash(&mut shop, 730, 730);
    let said = text::render(&shop.engine.receipt(&sale, false, shop.now).unwrap());
    assert!(
        !said.contains("Served by"),
        "a shop that tells nobody apart:\n{said}"
    );

    shop.engine
        .set_pepper(Some(daraja::Secret::new("pepper".to_owned())));
    let now = shop.now;
    shop.engine
        .make_owner("Njeri", "4071", "mango tree by the well", now)
        .unwrap();
    let (desk, _) = shop
        .engine
        .add_person("Achieng", Role::Cashier, "2718", now)
        .unwrap();
    let achieng = desk
        .people
        .iter()
        .find(|person| person.name == "Achieng")
        .unwrap();
    let (begun, _) = shop.engine.take_cash(None, kes(730), kes(500), now).unwrap();
    shop.engine.sign_in(&achieng.id.clone(), "2718", now).unwrap();
    shop.engine
        .take_cash(Some(&begun.sale.id), kes(230), kes(230), now)
        .unwrap();
    let said = text::render(&shop.engine.receipt(&begun.sale.id, false, now).unwrap());
    assert!(
        said.contains("Served by                Achieng"),
        "who took the last of it:\n{said}"
    );
}

#[test]
fn a_debt_that_is_paid_off_is_no_sale_on_its_receipt() {
    let mut shop = named(&shops_own());
    let debtor = customer(&mut shop, "Wanjiru", NJERI, 1_000);
    let given = CreditInput {
        sale_id: None,
        amount: kes(800),
        customer_id: debtor.clone(),
        part: None,
        reason: None,
    };
    let now = shop.now;
    let (bought, _) = shop.engine.give_credit(&given, now).unwrap();
    let (due, _) = shop.engine.pay_off(&debtor, kes(200), now).unwrap();
    shop.cash(Some(&due.id), 200, 200);
    let said = |id: &str| text::render(&shop.engine.receipt(id, false, now).unwrap());
    let (sold, paid) = (said(&bought.id), said(&due.id));
    assert!(sold.contains("Sale "), "goods were sold:\n{sold}");
    assert!(
        paid.contains("Debt paid off ") && !paid.contains("Sale "),
        "and only once:\n{paid}"
    );
}
