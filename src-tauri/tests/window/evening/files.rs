//! The day as files: each is written by its button, opened by another program's eyes, and says what the screen says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Reader as _, Xlsx, open_workbook};

use super::Evening;
use super::people::CASHIER;
use super::sums::{cell, ksh, read};
use crate::support::{SOON, pdf, until};

type Rows = Vec<Vec<String>>;

/// The screen's own figures.
struct Screen {
    sold: i64,
    proved: i64,
    not_proved: i64,
    owed: i64,
}

impl Evening<'_> {
    pub async fn writes_files(&self) {
        let figure = async |id: &str| read(&self.till.text(id).await);
        let screen = Screen {
            sold: figure("day-taken").await,
            proved: figure("day-proved").await,
            not_proved: figure("day-not-proved").await,
            owed: figure("day-owed").await,
        };
        let tables = self.writes("files-csv", "csv", 3).await;
        self.goes_to("files").await;
        self.seen("29-files").await;
        let [sums, sales, book] = self
            .words
            .tables
            .map(|name| csv_rows(the_one(&tables, &format!(" {}.csv", name.to_lowercase()))));
        self.agrees("CSV", &screen, [&sums, &sales, &book]);

        let workbook = self.writes("files-xlsx", "xlsx", 1).await;
        let mut workbook: Xlsx<_> = open_workbook(&workbook[0]).unwrap();
        assert_eq!(
            workbook.sheet_names(),
            self.words.tables,
            "a sheet for each table"
        );
        let [sums, sales, book] = self.words.tables.map(|name| {
            let range = workbook.worksheet_range(name).unwrap();
            let text = |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect();
            range.rows().skip(1).map(text).collect::<Rows>()
        });
        self.agrees("XLSX", &screen, [&sums, &sales, &book]);

        let page = self.writes("files-pdf", "pdf", 1).await;
        pdf::keep(&format!("{}-30-page", self.shop.name), &page[0]);
        self.page_agrees(&screen, &pdf::text(&page[0]));
    }

    /// Presses a button and gives what is in the folder then.
    async fn writes(&self, button: &str, end: &str, many: usize) -> Vec<PathBuf> {
        self.till.click(button).await;
        until(&format!("{many} files .{end}"), SOON, async || {
            let told = self.till.text("files-written").await;
            let files: Vec<PathBuf> = fs::read_dir(&self.folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|file| file.extension().is_some_and(|of| of == end))
                .collect();
            let each = files
                .iter()
                .all(|file| told.contains(&file.display().to_string()));
            (files.len() == many && each).then_some(files)
        })
        .await
    }

    fn agrees(&self, what: &str, screen: &Screen, [sums, sales, book]: [&Rows; 3]) {
        let words = self.words;
        let line = |group: &str, name: &str| {
            let row = sums.iter().find(|row| row[0] == group && row[1] == name);
            cell(&row.unwrap_or_else(|| panic!("{what}: no {group}, {name} in {sums:?}"))[2])
        };
        assert_eq!(
            line(words.accounts, words.sold_line[0]),
            screen.sold,
            "{what}: sold"
        );
        for (name, shown) in [
            (words.proved, screen.proved),
            (words.not_proved, screen.not_proved),
            (words.owed, screen.owed),
        ] {
            assert_eq!(line(words.accounts, name), shown, "{what}: {name}");
        }
        for (name, (_, wanted)) in words.ways.iter().zip(self.ways()) {
            assert_eq!(line(words.by_way, name), wanted, "{what}: {name}");
        }
        assert_eq!(line(words.by_person, CASHIER), screen.sold, "{what}: who");
        let open: i64 = sums
            .iter()
            .filter(|row| row[0] == words.look)
            .map(|row| cell(&row[2]))
            .sum();
        assert_eq!(open, self.sums.not_known_at_all(), "{what}: what is open");

        let paid = |debts: bool| -> i64 {
            sales
                .iter()
                .filter(|row| row[3] == words.paid && (row[11] == words.pay_off) == debts)
                .map(|row| cell(&row[2]))
                .sum()
        };
        assert_eq!(paid(false), screen.sold, "{what}: the sales add up");
        assert_eq!(
            paid(true),
            self.sums.paid_off,
            "{what}: and the debts beside them"
        );
        let back: i64 = sales.iter().map(|row| cell(&row[10])).sum();
        assert_eq!(back, self.sums.given_back, "{what}: what went back");

        let mut accounts = BTreeMap::<&str, i64>::new();
        for row in book {
            *accounts.entry(&row[2]).or_default() += cell(&row[3]) - cell(&row[4]);
        }
        assert_eq!(accounts.values().sum::<i64>(), 0, "{what}: the book is even");
        for (name, shown) in [
            (words.sold_line[0], -screen.sold),
            (words.proved, screen.proved),
            (words.not_proved, screen.not_proved),
        ] {
            assert_eq!(accounts[name], shown, "{what}: {name} by its entries");
        }
    }

    /// The page is read row by row: words, and at the end of the row an amount.
    fn page_agrees(&self, screen: &Screen, text: &str) {
        let (words, sums) = (self.words, &self.sums);
        let rows: Vec<String> = text
            .lines()
            .map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|row| !row.is_empty())
            .collect();
        let said = |wanted: String| {
            assert!(rows.contains(&wanted), "{wanted:?} on the page:\n{text}");
        };
        said(words.practice.to_owned());
        said(format!("{} {}", words.sold_line[0], ksh(screen.sold)));
        said(format!("{} {}", words.proved, ksh(screen.proved)));
        said(format!("{} {}", words.not_proved, ksh(screen.not_proved)));
        for (name, (_, amount)) in words.ways.iter().zip(self.ways()) {
            said(format!("{name} {}", ksh(amount)));
        }
        said(format!("{CASHIER} {}", ksh(sums.sold())));
        let begins = rows.iter().position(|row| row == words.every_sale).unwrap();
        let (mut sold, mut debts) = (0, 0);
        for row in &rows[begins + 1..] {
            // A long line goes on in a second row, without an amount.
            let Some((what, amount)) = row.rsplit_once(" KSh ") else {
                continue;
            };
            if what.contains(words.pay_off) {
                debts += read(amount);
            } else if words.ways.iter().any(|way| what.contains(way)) {
                sold += read(amount);
            }
        }
        assert_eq!(sold, screen.sold, "the page's sales add up:\n{text}");
        assert_eq!(debts, sums.paid_off, "and a debt is no sale:\n{text}");
        assert!(text.contains(words.signed), "somebody signs it:\n{text}");
    }
}

/// The one file whose name ends so.
fn the_one<'a>(files: &'a [PathBuf], end: &str) -> &'a Path {
    let found = files
        .iter()
        .find(|file| file.display().to_string().ends_with(end));
    found.unwrap_or_else(|| panic!("{end:?} among {files:?}"))
}

fn csv_rows(file: &Path) -> Rows {
    let text = fs::read_to_string(file).unwrap();
    let text = text
        .strip_prefix('\u{feff}')
        .expect("Excel is told that it is UTF-8");
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}
