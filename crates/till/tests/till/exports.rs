//! A period as files: opened again, they say what the screen says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use daraja::Secret;
use till::engine::{CreditInput, RefundInput, RefundWay};
use till::export::{self, Format, evening};
use till::people::Role;
use till::receipt::Language;
use till::shop::Shop as Facts;
use till::view::{DayReport, Period};
use till::{Code, Money, ReceiptNumber};

use super::credit::customer;
use super::support::{NJERI, OTIENO, Shop, half_past_two, kes};

/// What a spreadsheet would take for a formula.
const BAD_NAME: &str = "=cmd|' /C calc'!A0";

struct Written {
    folder: tempfile::TempDir,
    shop: Shop,
}

impl Written {
    /// 450 in cash of which 100 went back, 1,250 by prompt, a part in cash by another hand, a prompt that nobody knows
    /// the end of, and a drawer that is 50 short.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut shop = Shop::on_disk(&folder.path().join("keshia.db"), half_past_two());
        let facts = Facts::new("Mama Njeri Stores", "file".into(), None);
        shop.engine.save_shop(&facts).unwrap();
        shop.engine.set_pepper(Some(Secret::new("pepper".to_owned())));
        let now = shop.now;
        shop.engine
            .make_owner("Njeri", "4071", "mango tree by the well", now)
            .unwrap();
        let (desk, _) = shop
            .engine
            .add_person(BAD_NAME, Role::Manager, "2718", now)
            .unwrap();
        let other = desk.people.iter().find(|person| person.name == BAD_NAME).unwrap();
        shop.engine.open_shift(kes(1_000), now).unwrap();
        let (taken, _) = shop.engine.take_cash(None, kes(450), kes(500), now).unwrap();
        let back = RefundInput {
            sale_id: taken.sale.id,
            amount: kes(100),
            way: RefundWay::Cash,
            owed: false,
            reason: "the bag was torn".into(),
        };
        shop.engine.refund(&back, now).unwrap();
        let (_, push) = shop.prompted(None, 1_250, NJERI);
        let code = ReceiptNumber::parse("TKN1A2B3C4").unwrap();
        shop.called_back(&push, till::push::Ending::Paid, Some(code))
            .unwrap();
        shop.prompted(None, 480, OTIENO);
        shop.engine.sign_in(&other.id.clone(), "2718", now).unwrap();
        let cents = Money::from_cents(20_050).unwrap();
        shop.engine.take_cash(None, cents, cents, now).unwrap();
        let shift = shop.engine.drawer(now).unwrap().here.unwrap().id;
        let counted: BTreeMap<i64, u32> = [(1_000, 1), (500, 1)].into();
        shop.engine.close_shift(&shift, &counted, now).unwrap();
        Self { folder, shop }
    }

    fn period() -> Period {
        Period::Day {
            day: "2026-11-23".parse().unwrap(),
        }
    }

    fn report(&self) -> DayReport {
        self.shop.engine.report(Self::period(), self.shop.now).unwrap()
    }

    fn files(&self, format: Format) -> Vec<PathBuf> {
        self.written(format, &mut |_| true).expect("nobody stopped it")
    }

    fn written(
        &self,
        format: Format,
        go_on: &mut dyn FnMut(export::Progress) -> bool,
    ) -> Option<Vec<PathBuf>> {
        let wanted = self
            .shop
            .engine
            .export(Self::period(), format, Language::En, false, self.shop.now)
            .unwrap();
        export::write(&wanted, &self.book(), &self.out(), self.shop.now, go_on).unwrap()
    }

    fn book(&self) -> PathBuf {
        self.folder.path().join("keshia.db")
    }

    fn out(&self) -> PathBuf {
        let out = self.folder.path().join("out");
        fs::create_dir_all(&out).unwrap();
        out
    }
}

type Rows = Vec<Vec<String>>;

fn csv_rows(file: &Path) -> Rows {
    let text = fs::read_to_string(file).unwrap();
    let text = text
        .strip_prefix('\u{feff}')
        .expect("Excel is told that it is UTF-8");
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn cents(text: &str) -> i64 {
    if text.is_empty() {
        0
    } else {
        Money::parse(text.trim_start_matches('-')).unwrap().cents()
            * if text.starts_with('-') { -1 } else { 1 }
    }
}

/// What each account received beyond what it gave, as the rows of the book add up.
fn balances(rows: &Rows) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums.entry(row[2].clone()).or_default() += cents(&row[3]) - cents(&row[4]);
    }
    sums
}

/// The same, as the screen has it.
fn shown(report: &DayReport) -> BTreeMap<String, i64> {
    let all = &report.accounts;
    [
        ("Sold", -all.sales.cents()),
        ("Cash", all.cash.cents()),
        ("M-PESA, with code", all.mpesa_proved.cents()),
        ("Given back for goods", all.refunds.cents()),
        ("Owner's cash", -all.float.cents()),
        ("Short or over", -all.over_short.cents()),
    ]
    .into_iter()
    .map(|(name, cents)| (name.to_owned(), cents))
    .collect()
}

fn sums_say(rows: &Rows, report: &DayReport, what: &str) {
    let line = |group: &str, name: &str| {
        let row = rows.iter().find(|row| row[0] == group && row[1] == name);
        cents(&row.unwrap_or_else(|| panic!("{what}: no {group}, {name} in {rows:?}"))[2])
    };
    assert_eq!(
        line("Accounts", "Sold"),
        report.accounts.sales.cents(),
        "{what}: sold"
    );
    assert_eq!(
        line("Accounts", "M-PESA, with code"),
        report.accounts.mpesa_proved.cents(),
        "{what}: proved"
    );
    for way in &report.ways {
        let name = match way.way {
            till::view::PaidBy::Push => "M-PESA prompt",
            till::view::PaidBy::Cash => "Cash",
            till::view::PaidBy::ToTill | till::view::PaidBy::Code | till::view::PaidBy::Credit => continue,
        };
        assert_eq!(line("By way of paying", name), way.sold.cents(), "{what}: {name}");
    }
    let by_person: i64 = rows
        .iter()
        .filter(|row| row[0] == "By person")
        .map(|row| cents(&row[2]))
        .sum();
    assert_eq!(by_person, report.accounts.sales.cents(), "{what}: people add up");
}

#[test]
fn the_tables_say_what_the_screen_says() {
    let written = Written::new();
    let report = written.report();
    assert_eq!(
        report.accounts.sales.cents(),
        190_050,
        "450, 1,250 and 200.50 were sold"
    );
    let files = written.files(Format::Csv);
    let [sums, sales, book] = files.as_slice() else {
        panic!("three tables: {files:?}");
    };
    sums_say(&csv_rows(sums), &report, "CSV");
    assert_eq!(
        balances(&csv_rows(book)),
        shown(&report),
        "every entry of the day, and no other"
    );
    let rows = csv_rows(sales);
    let paid: i64 = rows
        .iter()
        .filter(|row| row[3] == "Paid")
        .map(|row| cents(&row[5]))
        .sum();
    assert_eq!(
        paid,
        report.accounts.sales.cents(),
        "the parts of paid sales are what was sold"
    );
    let mpesa = rows
        .iter()
        .find(|row| row[6] == "TKN1A2B3C4")
        .expect("with its code");
    assert_eq!(
        (mpesa[7].as_str(), mpesa[8].as_str()),
        ("678", "Yes"),
        "{mpesa:?}"
    );
    let all = fs::read_to_string(sales).unwrap();
    assert!(
        !all.contains("0712345678") && !all.contains("712345"),
        "nobody's phone:\n{all}"
    );
}

#[test]
fn a_name_is_no_formula_in_any_table() {
    let written = Written::new();
    for file in written.files(Format::Csv) {
        for field in csv_rows(&file).iter().flatten() {
            let figure = Money::parse(field.trim_start_matches('-')).is_ok();
            assert!(
                figure || !field.starts_with(['=', '+', '-', '@']),
                "{field:?} in {}",
                file.display()
            );
        }
    }
    let [file] = &written.files(Format::Xlsx)[..] else {
        panic!("one workbook");
    };
    let mut workbook: Xlsx<_> = open_workbook(file).unwrap();
    let mut named = 0;
    for sheet in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&sheet).unwrap();
        assert!(formulas.used_cells().next().is_none(), "no formula in {sheet}");
        let range = workbook.worksheet_range(&sheet).unwrap();
        let is_name = |cell: &(usize, usize, &Data)| matches!(cell.2, Data::String(text) if text == BAD_NAME);
        named += range.used_cells().filter(is_name).count();
    }
    assert!(named > 0, "the name is there, as words");
}

#[test]
fn the_workbook_says_what_the_screen_says() {
    let written = Written::new();
    let report = written.report();
    let [file] = &written.files(Format::Xlsx)[..] else {
        panic!("one workbook");
    };
    let mut workbook: Xlsx<_> = open_workbook(file).unwrap();
    assert_eq!(workbook.sheet_names(), ["Sums", "Sales", "Book"], "three sheets");
    let mut rows = |sheet: &str| -> Rows {
        let range = workbook.worksheet_range(sheet).unwrap();
        range
            .rows()
            .skip(1)
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect()
    };
    sums_say(&rows("Sums"), &report, "XLSX");
    assert_eq!(
        balances(&rows("Book")),
        shown(&report),
        "every entry of the day, and no other"
    );
}

#[test]
fn the_page_to_file_is_a_pdf_of_a4() {
    let written = Written::new();
    let [file] = &written.files(Format::Pdf)[..] else {
        panic!("one page or more in one file");
    };
    let bytes = fs::read(file).unwrap();
    assert!(bytes.starts_with(b"%PDF-"), "a PDF");
    assert!(
        file.ends_with("Keshia 2026-11-23.pdf"),
        "sorted by its day: {}",
        file.display()
    );
}

#[test]
fn a_stopped_export_leaves_nothing_and_an_older_file_whole() {
    let written = Written::new();
    let before = written.files(Format::Xlsx);
    let kept = fs::read(&before[0]).unwrap();
    let there = || -> BTreeSet<_> {
        let entries = fs::read_dir(written.out()).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    for format in [Format::Csv, Format::Xlsx, Format::Pdf] {
        let had = there();
        // So few rows may be written before anybody is asked, and then their files stay.
        if written.written(format, &mut |_| false).is_none() {
            assert_eq!(there(), had, "{format:?} left nothing");
        }
    }
    assert_eq!(fs::read(&before[0]).unwrap(), kept, "what was there is whole");
}

#[test]
fn a_folder_that_is_gone_is_said_and_not_made() {
    let written = Written::new();
    let gone = written.folder.path().join("stick");
    let wanted = written
        .shop
        .engine
        .export(
            Written::period(),
            Format::Csv,
            Language::En,
            false,
            written.shop.now,
        )
        .unwrap();
    let refused =
        export::write(&wanted, &written.book(), &gone, written.shop.now, &mut |_| true).unwrap_err();
    assert_eq!(refused.code, Code::NotFound, "the stick is not plugged in");
    assert!(!gone.exists(), "and nothing takes its place");
}

#[test]
fn the_evening_is_eight_lines_and_a_link() {
    let mut written = Written::new();
    let now = written.shop.now;
    let text = written
        .shop
        .engine
        .evening(Written::period(), Language::En, false, now)
        .unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "Mama Njeri Stores · 23.11.2026",
            "Sold KSh 1,900.50 (3 sales), given back KSh 100",
            "Cash KSh 650.50",
            "M-PESA KSh 1,250",
            "On credit KSh 0",
            "Drawer: short 50.50",
            &format!("Njeri 1,700, {BAD_NAME} 200.50"),
            "To look at: 1, KSh 480",
        ],
        "what an owner reads on the phone"
    );
    let link = evening::link(&text);
    assert!(
        link.starts_with("https://wa.me/?text=Mama%20Njeri%20Stores%20%C2%B7") && link.contains("%0ASold"),
        "{link}"
    );
    let (z, _) = written.shop.engine.close_day(Some("seen"), now).unwrap();
    let closed = written
        .shop
        .engine
        .evening(Period::Close { number: 1 }, Language::Sw, true, now)
        .unwrap();
    assert!(
        closed.starts_with("MAZOEZI: SI PESA HALISI\nMama Njeri Stores · Z 1"),
        "{closed}"
    );
    let seal = closed
        .lines()
        .last()
        .unwrap()
        .strip_prefix("Muhuri ")
        .expect("the seal");
    let anchor: till::verify::Anchor = seal.parse().unwrap();
    assert!(
        anchor.rows == z.rows && z.head.starts_with(&anchor.head),
        "on the owner's phone it vouches for the book: {seal}"
    );
}

#[test]
fn a_debt_is_named_in_the_evening_and_the_files_and_is_no_sale() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::on_disk(&folder.path().join("keshia.db"), half_past_two());
    let facts = Facts::new("Mama Njeri Stores", "file".into(), None);
    shop.engine.save_shop(&facts).unwrap();
    let now = shop.now;
    let debtor = customer(&mut shop, "Wanjiru", NJERI, 1_000);
    let given = CreditInput {
        sale_id: None,
        amount: kes(800),
        customer_id: debtor.clone(),
        part: None,
        reason: None,
    };
    shop.engine.give_credit(&given, now).unwrap();
    let (due, _) = shop.engine.pay_off(&debtor, kes(300), now).unwrap();
    shop.cash(Some(&due.id), 300, 300);
    shop.engine
        .write_off(&debtor, kes(200), "moved to Kisumu", now)
        .unwrap();
    let written = Written { folder, shop };
    let text = written
        .shop
        .engine
        .evening(Written::period(), Language::En, false, now)
        .unwrap();
    for line in [
        "Sold KSh 800 (1 sale)",
        "Cash KSh 0",
        "On credit KSh 800, debts paid off KSh 300",
    ] {
        assert!(text.lines().any(|said| said == line), "{line:?} in\n{text}");
    }
    let files = written.files(Format::Csv);
    let sums = csv_rows(&files[0]);
    let figure = |what: &str| {
        let row = sums.iter().find(|row| row[0] == "Accounts" && row[1] == what);
        row.unwrap_or_else(|| panic!("no {what} in {sums:?}"))[2].clone()
    };
    assert_eq!(
        [
            "Sold on credit",
            "Paid off debts",
            "Taken off debts for goods",
            "Debts written off"
        ]
        .map(figure),
        ["800", "300", "0", "200"],
        "each way in which a debt grew or went"
    );
    let sales = csv_rows(&files[1]);
    let paid_off: Vec<_> = sales.iter().filter(|row| row[11] == "A debt paid off").collect();
    assert_eq!(
        (sales.len(), paid_off.len(), paid_off[0][5].as_str()),
        (2, 1, "300"),
        "its line says that nothing was sold: {sales:?}"
    );
}
