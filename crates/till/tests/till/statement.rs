//! Statements of the M-PESA account: how they are read, what they prove, and what they do not.

use chrono::TimeDelta;
use till::ReceiptNumber;
use till::clock::east_africa;
use till::engine::StatementReport;
use till::push::Ending;
use till::statement::{self, Statement, StatementError};
use till::view::{MatterKind, Proof, PushState, SaleState, ToldBy};

use crate::pull::{lost, shop};
use crate::support::{NJERI, OTIENO, PAID, Shop, half_past_two, kes, last_push};

const HEADS: &str = "Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,\
                     Balance,Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.";

/// As the portal writes it: some lines first, the newest transaction on top.
fn file(lines: &[String]) -> String {
    let mut text = format!("Organization Name:,MAMA NJERI SHOP\nShort Code:,600100\n\n{HEADS}\n");
    for line in lines.iter().rev() {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// `minutes` after half past two, as the portal writes it.
fn time(minutes: i64) -> String {
    (half_past_two().utc + TimeDelta::minutes(minutes))
        .with_timezone(&east_africa())
        .format("%d-%m-%Y %H:%M:%S")
        .to_string()
}

pub fn paid(receipt: &str, minutes: i64, shillings: i64, digits: &str) -> String {
    let at = time(minutes);
    format!(
        "{receipt},{at},{at},Pay Merchant,Completed,\"{}.00\",,\"10,000.00\",true,Customer Buy Goods Online,\
         2547****{digits} - JOHN DOE,,",
        kes(shillings)
    )
}

pub fn charge(receipt: &str, minutes: i64) -> String {
    let at = time(minutes);
    format!("{receipt},{at},{at},Merchant Charge,Completed,,-5.00,\"9,995.00\",true,Charge,,,")
}

fn reversed(receipt: &str, of: &str, minutes: i64, shillings: i64) -> String {
    let at = time(minutes);
    format!(
        "{receipt},{at},{at},Reversal of Merchant Payment,Completed,,-{shillings}.00,\"9,000.00\",true,\
         Payment Reversal,2547****678 - NJERI,{of},"
    )
}

fn read(lines: &[String]) -> Statement {
    statement::read(file(lines).as_bytes()).unwrap()
}

pub fn take(shop: &mut Shop, lines: &[String]) -> StatementReport {
    let (report, effects) = shop.engine.take_statement(&read(lines), shop.now).unwrap();
    shop.effects.extend(effects);
    report
}

/// A shop with a payment that Safaricom told of by callback, and one prompt that nobody can tell about any more.
fn long_unknown(shop: &mut Shop) -> (String, String) {
    let (known, known_push) = shop.prompted(None, 70, OTIENO);
    let receipt = ReceiptNumber::parse("UKNCALLED1").unwrap();
    shop.called_back(&known_push, Ending::Paid, Some(receipt))
        .unwrap();
    shop.wait_s(600);
    let (unsure, _) = lost(shop, 500, NJERI);
    for _ in 0..50 {
        shop.wait_s(3_600);
    }
    assert_eq!(
        last_push(&shop.sale(&unsure)).state,
        PushState::AwaitsStatement,
        "two days later only a statement can tell"
    );
    (known.id, unsure)
}

/// Every payment of the day in which that prompt was sent, but not its own.
fn without_it() -> Vec<String> {
    vec![
        charge("UKN0CHARGE", -120),
        paid("UKNCALLED1", 0, 70, "111"),
        charge("UKN9CHARGE", 120),
    ]
}

#[test]
fn the_portals_forms_are_read() {
    let mut text = String::from("\u{feff}");
    text.push_str(&file(&[
        "uknq8abcd1,2026-11-23 09:15:00,2026-11-23 09:14:58,Pay Bill from 254712345678 - JANE DOE Acc. A100019,\
         Completed,\"1,250.00\",,\"51,250.00\",true,Pay Bill Online,254712345678 - JANE DOE,,A100019"
            .into(),
        "UKNQ8ABCD2,23-11-2026 10:00:00,,Pay Merchant,Failed,500.00,,,,,2547****111 - X,,".into(),
        "UKNQ8ABCD3,23-11-2026 11:00:00,,Organization Settle to Bank,Completed,,-4000.00,1100.00,true,Withdraw,\
         KCB BANK,,"
            .into(),
        "UKNQ8ABCD4,23-11-2026 12:00:00,,Funds received from KCB,Completed,\"600,000.00\",,,true,Settlement,\
         123456 - KCB,,"
            .into(),
        "UKNQ8ABCD5,yesterday,,Pay Merchant,Completed,500.00,,,,,2547****111 - X,,".into(),
        "UKNQ8ABCD6,23-11-2026 13:00:00,,Pay Merchant,Completed,12.34.5,,,,,2547****111 - X,,".into(),
        ",,,Totals,,\"601,750.00\",4000.00,".into(),
    ]));
    let read = statement::read(text.as_bytes()).unwrap();
    let [payment] = &read.payments[..] else {
        panic!("one customer paid: {:?}", read.payments)
    };
    assert_eq!(
        (
            payment.receipt.as_str(),
            payment.amount,
            payment.digits.as_str(),
            payment.reference.as_str()
        ),
        ("UKNQ8ABCD1", kes(1_250), "254712345678", "A100019"),
        "with what tells whose it is"
    );
    assert_eq!(
        payment.at.to_rfc3339(),
        "2026-11-23T06:15:00+00:00",
        "the portal's times are East Africa's"
    );
    assert_eq!(read.others, 2, "a bank is no customer");
    assert_eq!(
        read.unreadable.len(),
        2,
        "a line without a time or an amount is named, not guessed: {:?}",
        read.unreadable
    );
}

#[test]
fn what_is_no_statement_is_refused_in_words() {
    let refused = |bytes: &[u8]| statement::read(bytes).unwrap_err();
    assert_eq!(refused(b""), StatementError::NoHeads, "an empty file");
    assert_eq!(
        refused(b"Name,Phone\nJane,0712\n"),
        StatementError::NoHeads,
        "another table"
    );
    assert_eq!(
        refused(b"PK\x03\x04\x00\x00"),
        StatementError::NotText,
        "an Excel file"
    );
    assert_eq!(
        refused(file(&[]).as_bytes()),
        StatementError::Empty,
        "heads and nothing else"
    );
}

#[test]
fn a_prompt_that_nobody_reaches_any_more_is_paid_by_the_statement() {
    let mut shop = shop();
    let (_, unsure) = long_unknown(&mut shop);
    let mut lines = without_it();
    lines.insert(2, paid("UKN3X8ABCD", 11, 500, "678"));
    let report = take(&mut shop, &lines);
    let view = shop.sale(&unsure);
    assert_eq!(
        (view.state, view.proof),
        (SaleState::Settled, Proof::Proved),
        "the statement names its payment"
    );
    assert_eq!(
        (report.payments, report.known, report.found, report.dead),
        (2, 1, 1, 0),
        "and says what it changed: {report:?}"
    );
    let witnesses = shop.sql("SELECT COUNT(*) FROM witness");
    let again = take(&mut shop, &lines);
    assert_eq!(
        (again.known, again.found),
        (2, 0),
        "the same file brings no news: {again:?}"
    );
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM witness"),
        witnesses,
        "and writes nothing"
    );
    assert_eq!(shop.balance("mpesa_proved"), 570, "each payment once");
}

#[test]
fn a_statement_is_taken_bit_by_bit_while_the_shop_sells() {
    let mut lines = without_it();
    lines.insert(2, paid("UKN3X8ABCD", 11, 500, "678"));
    lines.insert(3, reversed("UKNBACK001", "UKNCALLED1", 12, 70));
    let mut at_once = shop();
    long_unknown(&mut at_once);
    let whole = take(&mut at_once, &lines);

    let mut shop = shop();
    let (_, unsure) = long_unknown(&mut shop);
    let mut taking = shop.engine.begin_statement(read(&lines), shop.now).unwrap();
    while taking.taken() < taking.all() {
        let before = taking.taken();
        shop.engine.take_some(&mut taking, 1, shop.now).unwrap();
        assert_eq!(taking.taken(), before + 1, "one at a time");
        shop.cash(None, 45, 45);
    }
    let (report, _) = shop.engine.end_statement(taking, shop.now).unwrap();
    assert_eq!(report, whole, "it says what it says when it is taken at once");
    assert_eq!(
        (
            shop.balance("mpesa_proved"),
            shop.balance("reversed"),
            shop.balance("cash")
        ),
        (500, 70, 90),
        "and books the same, beside what was sold meanwhile"
    );
    assert_eq!(shop.sale(&unsure).state, SaleState::Settled, "its sale is paid");
}

#[test]
fn what_was_taken_of_a_statement_that_was_stopped_stays() {
    let mut lines = without_it();
    lines.insert(2, paid("UKN3X8ABCD", 11, 500, "678"));
    let mut shop = shop();
    let (_, unsure) = long_unknown(&mut shop);
    let mut taking = shop.engine.begin_statement(read(&lines), shop.now).unwrap();
    shop.engine.take_some(&mut taking, 1, shop.now).unwrap();
    drop(taking);
    assert_eq!(
        last_push(&shop.sale(&unsure)).state,
        PushState::AwaitsStatement,
        "its payment was not reached, and nothing was decided by what was not read"
    );
    let again = take(&mut shop, &lines);
    assert_eq!(
        (again.known, again.found),
        (1, 1),
        "the same file goes on: {again:?}"
    );
    assert_eq!(shop.balance("mpesa_proved"), 570, "each payment once");
}

#[test]
fn a_whole_statement_without_its_payment_ends_a_prompt() {
    let mut shop = shop();
    let (_, unsure) = long_unknown(&mut shop);
    let report = take(&mut shop, &without_it());
    let push = last_push(&shop.sale(&unsure));
    assert_eq!(
        (push.state, push.told_by),
        (PushState::Failed, Some(ToldBy::Statement)),
        "every payment of its time is shown, and none is this"
    );
    assert!(report.whole && report.dead == 1, "and it says so: {report:?}");
}

#[test]
fn a_statement_that_may_lack_something_proves_no_absence() {
    let short = |lines: &mut Vec<String>| lines[2] = charge("UKN9CHARGE", 12);
    let foreign = |lines: &mut Vec<String>| {
        lines[1] = paid("UKNSTRANGE", 0, 70, "111");
    };
    let fitting = |lines: &mut Vec<String>| lines.insert(2, paid("UKN3X8ABCD", 11, 500, "**"));
    type Spoil<'a> = &'a dyn Fn(&mut Vec<String>);
    let cases: [(&str, Spoil<'_>); 3] = [
        ("it ends before the prompt's time is over", &short),
        (
            "it lacks a payment that Safaricom told of: another till's",
            &foreign,
        ),
        ("a payment without a visible phone may be its own", &fitting),
    ];
    for (why, spoil) in cases {
        let mut shop = shop();
        let (_, unsure) = long_unknown(&mut shop);
        let mut lines = without_it();
        spoil(&mut lines);
        let report = take(&mut shop, &lines);
        assert_eq!(
            last_push(&shop.sale(&unsure)).state,
            PushState::AwaitsStatement,
            "{why}: {report:?}"
        );
    }
}

#[test]
fn a_payment_that_was_taken_back_is_written_once() {
    let mut shop = shop();
    let (known, _) = long_unknown(&mut shop);
    let mut lines = without_it();
    lines.insert(2, reversed("UKNBACK001", "UKNCALLED1", 10, 70));
    for news in [1, 0] {
        let report = take(&mut shop, &lines);
        assert_eq!(report.reversed, news, "the second reading brings no news");
        assert_eq!(
            (shop.balance("reversed"), shop.balance("mpesa_proved")),
            (70, 0),
            "the shop does not have this money, and the book says where it went"
        );
    }
    let matters = shop.sale(&known).matters;
    assert_eq!(
        matters.iter().map(|matter| matter.kind).collect::<Vec<_>>(),
        [MatterKind::ReversedAfterSale],
        "and somebody must look, once"
    );
}

#[test]
fn a_typed_code_is_proved_or_named_as_missing() {
    let mut shop = shop();
    let (_, known_push) = shop.prompted(None, 70, OTIENO);
    let receipt = ReceiptNumber::parse("UKNCALLED1").unwrap();
    shop.called_back(&known_push, Ending::Paid, Some(receipt))
        .unwrap();
    let mut typed = |shillings: i64, code: &str| {
        let input = till::engine::CodeInput {
            sale_id: None,
            amount: kes(shillings),
            code: code.into(),
            read_from: till::view::ReadFrom::CustomerPhone,
            warned: true,
        };
        shop.engine.take_code(input, shop.now).unwrap().0
    };
    let honest = typed(300, "UKN3X8ABCD");
    let forged = typed(900, "UKN3XF0RGE");
    let mut lines = without_it();
    lines.insert(1, paid("UKN3X8ABCD", -1, 300, "222"));
    let report = take(&mut shop, &lines);
    assert_eq!(shop.sale(&honest.id).proof, Proof::Proved, "M-PESA knows it");
    let missing: Vec<_> = report
        .missing_codes
        .iter()
        .map(|code| (code.receipt.as_str(), code.reference.as_str(), code.amount))
        .collect();
    assert_eq!(
        missing,
        [("UKN3XF0RGE", forged.reference.as_str(), kes(900))],
        "the owner is told which code M-PESA does not know"
    );
}

#[test]
fn where_nothing_else_names_receipts_a_paid_prompt_tells_whose_statement_it_is() {
    for (whose, shillings, whole) in [("this till's", 70, true), ("another till's", 71, false)] {
        let mut shop = shop();
        let (_, known) = shop.prompted(None, 70, OTIENO);
        shop.wait_s(20);
        shop.query_says(&known, PAID);
        shop.wait_s(600);
        let (unsure, _) = lost(&mut shop, 500, NJERI);
        for _ in 0..50 {
            shop.wait_s(3_600);
        }
        let lines = [
            charge("UKN0CHARGE", -120),
            paid("UKN3XOTIEN", 0, shillings, "111"),
            charge("UKN9CHARGE", 120),
        ];
        let report = take(&mut shop, &lines);
        let state = last_push(&shop.sale(&unsure)).state;
        let ended = if whole {
            PushState::Failed
        } else {
            PushState::AwaitsStatement
        };
        assert_eq!((report.whole, state), (whole, ended), "{whose}: {report:?}");
    }
}

#[test]
fn a_statement_too_leaves_two_payments_for_a_prompt_and_a_code_to_a_person() {
    let mut shop = shop();
    let (mine, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(120);
    shop.query_says(&push_id, PAID);
    let input = till::engine::CodeInput {
        sale_id: None,
        amount: kes(500),
        code: "UKN3X8ABCD".into(),
        read_from: till::view::ReadFrom::CustomerPhone,
        warned: true,
    };
    let other = shop.engine.take_code(input, shop.now).unwrap().0;
    shop.wait_s(1_000);
    let lines = [
        charge("UKN0CHARGE", -120),
        paid("UKN3X8ABCD", 0, 500, "678"),
        paid("UKN3X8WXYZ", 1, 500, "678"),
        charge("UKN9CHARGE", 120),
    ];
    take(&mut shop, &lines);
    assert_eq!(
        (shop.sale(&mine.id).proof, shop.sale(&other.id).proof),
        (Proof::NotProved, Proof::NotConfirmed),
        "either may be the prompt's own"
    );
}

#[test]
fn payments_of_no_sale_here_do_not_fill_the_roll() {
    let mut shop = shop();
    let (_, _) = long_unknown(&mut shop);
    let mut lines = without_it();
    lines.insert(2, paid("UKNELSE001", 5, 4_321, "333"));
    let report = take(&mut shop, &lines);
    assert_eq!(report.elsewhere, 1, "counted: {report:?}");
    assert!(
        shop.engine.unplaced(shop.now).unwrap().is_empty(),
        "a month of old payments is not a month of questions"
    );
}

mod any_file {
    use proptest::prelude::*;

    use super::{HEADS, charge, file, paid, statement};

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn gets_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = statement::read(&bytes);
            let mut with_heads = format!("{HEADS}\n").into_bytes();
            with_heads.extend(bytes);
            let _ = statement::read(&with_heads);
        }

        /// One character more, less or other makes no payment of another amount.
        #[test]
        fn a_broken_line_is_no_other_payment(at in 0_usize..400, with in ".{0,2}", cut in 0_usize..3) {
            let text = file(&[charge("UKN0CHARGE", -9), paid("UKN3X8ABCD", 0, 1_250, "678")]);
            let mut chars: Vec<char> = text.chars().collect();
            let at = at.min(chars.len());
            let end = (at + cut).min(chars.len());
            chars.splice(at..end, with.chars());
            let broken: String = chars.into_iter().collect();
            if let Ok(read) = statement::read(broken.as_bytes()) {
                for payment in read.payments {
                    prop_assert!(payment.amount.cents() > 0, "an amount: {payment:?}");
                    prop_assert!(payment.digits.is_empty() || payment.digits.len() >= 3, "{payment:?}");
                }
            }
        }
    }
}
