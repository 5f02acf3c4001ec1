//! When a receipt is printed, and when not any more.

use receipts::{Document, Printed, Trouble};
use till::Code;
use till::engine::{PaperPaid, PaperSale};
use till::receipt::Printing;
use till::store::Store;

use super::{cash, next, read, shop, with_printer};
use crate::support::{NJERI, Shop, half_past_two, kes};

fn not_printed(shop: &Shop) -> u32 {
    shop.engine.printer().unwrap().not_printed
}

#[test]
fn a_receipt_waits_from_the_moment_that_its_sale_is_paid() {
    let mut shop = shop(&with_printer("10.0.0.9"));
    let (sale, push) = shop.prompted(None, 1250, NJERI);
    assert_eq!(next(&mut shop), None, "a prompt on a phone is no payment");
    let code = till::ReceiptNumber::parse("TKN1A2B3C4").unwrap();
    shop.called_back(&push, till::push::Ending::Paid, Some(code))
        .unwrap();
    let order = next(&mut shop).expect("paid, so it is printed");
    assert!(read(&order).text.contains(&sale.reference), "this sale's receipt");
    shop.engine.print_ended(order.seq, Printed::Yes).unwrap();
    assert_eq!(next(&mut shop), None, "once");
}

#[test]
fn without_a_printer_or_by_hand_only_nothing_waits() {
    for printing in [
        Printing::default(),
        Printing {
            automatic: false,
            ..with_printer("10.0.0.9")
        },
    ] {
        let mut shop = shop(&printing);
        cash(&mut shop, 100, 100);
        assert_eq!(next(&mut shop), None, "nobody asked for it: {printing:?}");
        assert_eq!(shop.engine.printer().unwrap().waiting, 0, "and nothing piles up");
    }
    let mut shop = shop(&Printing::default());
    let sale = cash(&mut shop, 100, 100);
    let refused = shop.engine.print_receipt(&sale, shop.now).unwrap_err();
    assert_eq!(refused.code, Code::NoPrinter, "and who asks by hand is told");
}

#[test]
fn what_is_older_than_two_minutes_never_prints_by_itself() {
    let mut shop = shop(&with_printer("10.0.0.9"));
    for _ in 0..3 {
        cash(&mut shop, 100, 100);
    }
    let order = next(&mut shop).unwrap();
    shop.engine
        .print_ended(order.seq, Printed::No(Trouble::NoPaper))
        .unwrap();
    let seen = shop.engine.printer().unwrap();
    assert_eq!(
        (seen.trouble, seen.waiting),
        (Some(Trouble::NoPaper), 3),
        "it goes on waiting"
    );

    shop.wait_s(119);
    assert_eq!(
        next(&mut shop).unwrap().seq,
        order.seq,
        "within two minutes it is tried again, in order"
    );
    shop.engine
        .print_ended(order.seq, Printed::No(Trouble::NoPaper))
        .unwrap();
    shop.wait_s(2);
    assert_eq!(next(&mut shop), None, "two minutes are over");
    assert_eq!(not_printed(&shop), 3, "and it is said how many");

    shop.wait_s(600);
    assert_eq!(next(&mut shop), None, "nor later");
    shop.engine.print_late(true, shop.now).unwrap();
    assert_eq!(not_printed(&shop), 0, "one key asks for them");
    for _ in 0..3 {
        let order = next(&mut shop).expect("all three are printed");
        assert!(
            !read(&order).text.contains("COPY"),
            "none of them came out before"
        );
        shop.engine.print_ended(order.seq, Printed::Yes).unwrap();
    }
    assert_eq!(next(&mut shop), None, "and no more");
}

#[test]
fn late_slips_may_be_given_up() {
    let mut shop = shop(&with_printer("10.0.0.9"));
    cash(&mut shop, 100, 100);
    shop.wait_s(121);
    assert_eq!(next(&mut shop), None, "too old");
    shop.engine.print_late(false, shop.now).unwrap();
    assert_eq!(
        (not_printed(&shop), next(&mut shop)),
        (0, None),
        "nobody wants them any more"
    );
}

#[test]
fn a_clock_that_is_set_back_does_not_make_an_old_slip_new() {
    let mut shop = shop(&with_printer("10.0.0.9"));
    cash(&mut shop, 100, 100);
    shop.now.utc -= chrono::TimeDelta::hours(3);
    assert_eq!(next(&mut shop), None, "how old it is, nobody can say");
    assert_eq!(not_printed(&shop), 1, "so a person does");
}

#[test]
fn a_reprint_is_a_copy_only_if_one_came_out() {
    let mut shop = shop(&with_printer("10.0.0.9"));
    let sale = cash(&mut shop, 100, 100);
    let ends = [
        (
            Printed::No(Trouble::Absent),
            "nothing left: the next is the first",
        ),
        (Printed::Perhaps(Trouble::Silent), "the first"),
    ];
    for (end, why) in ends {
        let order = next(&mut shop).unwrap();
        assert!(!read(&order).text.contains("COPY"), "{why}");
        shop.engine.print_ended(order.seq, end).unwrap();
    }
    assert_eq!(
        next(&mut shop),
        None,
        "what perhaps came out does not come out twice by itself"
    );

    shop.engine.print_receipt(&sale, shop.now).unwrap();
    let order = next(&mut shop).unwrap();
    assert!(
        read(&order).text.contains("PERHAPS A COPY"),
        "nobody can say, and it says so"
    );
    shop.engine.print_ended(order.seq, Printed::Yes).unwrap();

    shop.engine.print_receipt(&sale, shop.now).unwrap();
    shop.engine.print_receipt(&sale, shop.now).unwrap();
    let order = next(&mut shop).unwrap();
    let text = read(&order).text;
    assert!(
        text.contains("COPY") && !text.contains("PERHAPS"),
        "one did:\n{text}"
    );
    shop.engine.print_ended(order.seq, Printed::Yes).unwrap();
    assert_eq!(next(&mut shop), None, "a key that is pressed twice asks once");
}

#[test]
fn a_crash_while_bytes_leave_is_perhaps_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut shop = Shop::on_disk(&path, half_past_two());
    shop.engine
        .save_printing(&with_printer("10.0.0.9"), shop.now)
        .unwrap();
    let sale = cash(&mut shop, 100, 100);
    next(&mut shop).expect("bytes may leave from now on");
    drop(shop);

    let mut shop = Shop::over(Store::open(&path).unwrap(), half_past_two());
    shop.engine.printing_restarts(shop.now).unwrap();
    assert_eq!(next(&mut shop), None, "not a second time by itself");
    shop.engine.print_receipt(&sale, shop.now).unwrap();
    let text = read(&next(&mut shop).unwrap()).text;
    assert!(text.contains("PERHAPS A COPY"), "{text}");
}

#[test]
fn a_crash_before_anything_left_loses_no_receipt() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut shop = Shop::on_disk(&path, half_past_two());
    shop.engine
        .save_printing(&with_printer("10.0.0.9"), shop.now)
        .unwrap();
    cash(&mut shop, 100, 100);
    drop(shop);
    let mut shop = Shop::over(Store::open(&path).unwrap(), half_past_two());
    shop.engine.printing_restarts(shop.now).unwrap();
    assert!(next(&mut shop).is_some(), "it was written with the sale");
}

#[test]
fn cash_opens_the_drawer_at_once_or_not_at_all() {
    let printing = Printing {
        drawer: true,
        automatic: false,
        ..with_printer("10.0.0.9")
    };
    let mut shop = shop(&printing);
    let (_, push) = shop.prompted(None, 1250, NJERI);
    let code = till::ReceiptNumber::parse("TKN1A2B3C4").unwrap();
    shop.called_back(&push, till::push::Ending::Paid, Some(code))
        .unwrap();
    assert_eq!(next(&mut shop), None, "M-PESA needs no drawer");
    cash(&mut shop, 100, 100);
    let order = next(&mut shop).unwrap();
    let paper = read(&order);
    assert_eq!(
        (paper.kicks, paper.text.as_str()),
        (1, ""),
        "open, and nothing printed"
    );
    shop.engine
        .print_ended(order.seq, Printed::No(Trouble::Absent))
        .unwrap();
    shop.wait_s(16);
    assert_eq!(next(&mut shop), None, "nobody may stand at it any more");
    assert_eq!(not_printed(&shop), 0, "and a drawer is no slip");
}

#[test]
fn a_sale_from_paper_prints_nothing_and_opens_nothing() {
    let printing = Printing {
        drawer: true,
        ..with_printer("10.0.0.9")
    };
    let mut shop = shop(&printing);
    let line = PaperSale {
        amount: kes(350),
        at: shop.now.utc - chrono::TimeDelta::hours(5),
        paid: PaperPaid::Cash,
    };
    shop.engine.write_in(&line, shop.now).unwrap();
    assert_eq!(next(&mut shop), None, "its customer left long ago");
}

#[test]
fn a_report_goes_the_same_way() {
    let mut shop = shop(&with_printer("10.0.0.9"));
    let report = Document::new()
        .heading("Z 12")
        .figure("Taken", "KSh 12,500")
        .cut();
    shop.engine.print_paper(report, shop.now).unwrap();
    let order = next(&mut shop).unwrap();
    assert!(read(&order).text.contains("KSh 12,500"), "as it was made");
}
