//! The slip of a day's close, from the book to the paper.

use std::collections::BTreeMap;

use daraja::Secret;
use receipts::{Printed, Roll, paper, text};
use till::Code;
use till::engine::{RefundInput, RefundWay};
use till::people::Role;
use till::receipt::{Language, Printing, seal_text};
use till::shop::Shop as Facts;
use till::verify::Anchor;
use till::view::ZView;

use super::{cash, next, read, shop, with_printer};
use crate::support::{NJERI, OTIENO, Shop, kes};

/// By hand only: a close is printed all the same.
fn printing() -> Printing {
    Printing {
        automatic: false,
        ..with_printer("10.0.0.9")
    }
}

/// Njeri owns the shop and is at the till.
fn staffed(printing: &Printing) -> Shop {
    let mut shop = shop(printing);
    let facts = Facts::new("Mama Njeri Stores", "file".into(), None);
    shop.engine.save_shop(&facts).unwrap();
    shop.engine.set_pepper(Some(Secret::new("pepper".to_owned())));
    let now = shop.now;
    shop.engine
        .make_owner("Njeri", "4071", "mango tree by the well", now)
        .unwrap();
    shop
}

/// A day with everything that a close has a line for: 450 in cash of which 100 went back, 1,250 by prompt, a prompt
/// that nobody knows the end of, and a drawer that is 50 short.
fn day(shop: &mut Shop) {
    let now = shop.now;
    shop.engine.open_shift(kes(1_000), now).unwrap();
    let sale = cash(shop, 450, 500);
    let back = RefundInput {
        sale_id: sale,
        amount: kes(100),
        way: RefundWay::Cash,
        owed: false,
        reason: "the bag was torn".into(),
    };
    shop.engine.refund(&back, now).unwrap();
    let (_, push) = shop.prompted(None, 1_250, NJERI);
    let code = till::ReceiptNumber::parse("TKN1A2B3C4").unwrap();
    shop.called_back(&push, till::push::Ending::Paid, Some(code))
        .unwrap();
    shop.prompted(None, 480, OTIENO);
    let shift = shop.engine.drawer(now).unwrap().here.unwrap().id;
    let counted: BTreeMap<i64, u32> = [(1_000, 1), (200, 1), (100, 1)].into();
    shop.engine.close_shift(&shift, &counted, now).unwrap();
}

fn closed(shop: &mut Shop) -> ZView {
    shop.engine
        .close_day(Some("she pays tomorrow"), shop.now)
        .unwrap()
        .0
}

#[test]
fn a_close_says_everything_that_it_sealed() {
    let mut shop = staffed(&printing());
    day(&mut shop);
    let z = closed(&mut shop);
    let said = text::render(&shop.engine.close_paper(Some(1), false, shop.now).unwrap());
    for line in [
        "MAMA NJERI STORES",
        "CLOSE 1",
        "Day                   23.11.2026",
        "Closed          23.11.2026 14:30",
        "Closed by                  Njeri",
        "Sold                   KSh 1,700",
        "Number of sales                2",
        "Times money went back          1",
        "Book, with code        KSh 1,250",
        "Shown by Safaricom         KSh 0",
        "More in the book       KSh 1,250",
        "Cash counted           KSh 1,300",
        "Shift 1                 Short 50",
        "  Should be there      KSh 1,350",
        "M-PESA, with code      KSh 1,250",
        "Given back for goods     KSh 100",
        "Handed to the owner      KSh 300",
        "Short (-) or over        KSh -50",
        "By person",
        "Njeri                  KSh 1,700",
        "Not known, carried to tomorrow:",
        "Prompt, end not known    KSh 480",
        "SEAL OF THE BOOK",
        "Signed        __________________",
    ] {
        assert!(said.contains(line), "`{line}` in\n{said}");
    }
    assert!(
        !said.contains("From") && !said.contains("COPY") && !said.contains("PRACTICE"),
        "the first close of a real book has nothing before it:\n{said}"
    );
    let head: String = said.chars().filter(|letter| !letter.is_whitespace()).collect();
    assert!(
        head.contains(&format!("{}:{}", z.rows, z.head.to_uppercase())),
        "the whole seal, to be typed:\n{said}"
    );
}

#[test]
fn the_next_close_says_since_when_and_what_became_known() {
    let mut shop = staffed(&printing());
    day(&mut shop);
    closed(&mut shop);
    shop.wait_s(24 * 3_600);
    cash(&mut shop, 20, 20);
    closed(&mut shop);
    let said = text::render(&shop.engine.close_paper(Some(2), false, shop.now).unwrap());
    assert!(said.contains("From            23.11.2026 14:30"), "{said}");
    assert!(said.contains("  since close 1"), "what is carried still:\n{said}");
    assert!(said.contains("No drawer was counted"), "{said}");
}

#[test]
fn the_printed_seal_is_read_by_a_camera_and_vouches_for_the_book() {
    let mut shop = staffed(&printing());
    day(&mut shop);
    let z = closed(&mut shop);
    let order = next(&mut shop).expect("a close is printed where there is a printer");
    let printed = paper::print(&order.bytes, Roll::Wide);
    assert!(printed.unknown.is_empty(), "a printer knows each command");
    let picture = printed.picture;
    let mut seen = rqrr::PreparedImage::prepare_from_greyscale(picture.width, picture.height(), |x, y| {
        if picture.is_black(x, y) { 0 } else { 255 }
    });
    let grids = seen.detect_grids();
    let read = grids.first().expect("a square code").decode().unwrap().1;
    assert_eq!(read, seal_text(&z), "what the camera reads");
    let anchor: Anchor = read.parse().unwrap();
    assert_eq!(
        (anchor.rows, anchor.head),
        (z.rows, z.head),
        "is an anchor as it is"
    );
}

#[test]
fn a_close_is_printed_once_by_itself_and_as_a_copy_when_asked() {
    let mut shop = staffed(&printing());
    day(&mut shop);
    closed(&mut shop);
    let order = next(&mut shop).unwrap();
    assert!(!read(&order).text.contains("COPY"), "the first");
    shop.engine.print_ended(order.seq, Printed::Yes).unwrap();
    closed(&mut shop);
    assert_eq!(next(&mut shop), None, "a second key closes and prints nothing");
    for _ in 0..2 {
        shop.engine.print_close(Some(1), false, shop.now).unwrap();
    }
    let order = next(&mut shop).expect("asked for by hand");
    assert!(read(&order).text.contains("COPY"), "one came out before");
    shop.engine.print_ended(order.seq, Printed::Yes).unwrap();
    assert_eq!(next(&mut shop), None, "a key that is pressed twice asks once");
    assert_eq!(
        shop.engine
            .print_close(Some(7), false, shop.now)
            .unwrap_err()
            .code,
        Code::NotFound,
        "there is no such close"
    );
}

#[test]
fn the_open_day_is_printed_without_a_seal_and_closes_nothing() {
    let mut shop = staffed(&Printing {
        language: Language::Sw,
        ..printing()
    });
    cash(&mut shop, 730, 730);
    shop.engine.print_close(None, true, shop.now).unwrap();
    let order = next(&mut shop).expect("as often as somebody wants to know");
    let said = read(&order).text;
    for words in [
        "SIKU HADI SASA",
        "MAZOEZI: SI PESA HALISI",
        "KSh 730",
        "haifungi siku",
    ] {
        assert!(said.contains(words), "`{words}` in\n{said}");
    }
    assert!(!said.contains('['), "no square code:\n{said}");
    assert!(
        shop.engine.closes(9, shop.now).unwrap().is_empty(),
        "nothing is closed"
    );
    shop.engine.print_ended(order.seq, Printed::Yes).unwrap();
    let kept: String = shop
        .engine
        .store()
        .read()
        .query_row("SELECT document FROM print_job WHERE kind = 'paper'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(
        kept, r#"{"lines":[]}"#,
        "who is named on it is not kept with the printer's tasks"
    );
}

#[test]
fn without_a_printer_a_close_waits_for_none_and_says_so_when_asked() {
    let mut shop = staffed(&Printing::default());
    cash(&mut shop, 730, 730);
    closed(&mut shop);
    assert_eq!(shop.engine.printer().unwrap().waiting, 0, "nothing piles up");
    assert_eq!(
        shop.engine
            .print_close(Some(1), false, shop.now)
            .unwrap_err()
            .code,
        Code::NoPrinter,
        "none is set up"
    );
}

#[test]
fn a_cashier_sees_no_close_and_prints_none() {
    let mut shop = staffed(&printing());
    cash(&mut shop, 730, 730);
    closed(&mut shop);
    let now = shop.now;
    let (desk, _) = shop
        .engine
        .add_person("Achieng", Role::Cashier, "2718", now)
        .unwrap();
    let achieng = desk
        .people
        .iter()
        .find(|person| person.name == "Achieng")
        .unwrap();
    shop.engine.sign_in(&achieng.id.clone(), "2718", now).unwrap();
    for number in [Some(1), None] {
        let looked = shop.engine.close_paper(number, false, now).unwrap_err();
        let printed = shop.engine.print_close(number, false, now).unwrap_err();
        assert_eq!(
            [looked.code, printed.code],
            [Code::NotPermitted; 2],
            "what was taken is not a cashier's to see"
        );
    }
    assert!(
        next(&mut shop).is_some(),
        "though what its manager closed comes out while a cashier is at the till"
    );
}
