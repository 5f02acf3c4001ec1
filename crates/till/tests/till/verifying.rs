//! Every kind of edit to the file is found, and the finding names the place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use till::engine::{RefundInput, RefundWay};
use till::receipt_number::ReceiptNumber;
use till::store::chain;
use till::verify::{Anchor, Doubt, Sealed, Table, Trouble, Verdict, verify};

use crate::support::{NJERI, PAID, Shop, counter, half_past_two, kes};

/// A book on disk with a few sales, and what its end was.
struct Book {
    _folder: tempfile::TempDir,
    path: PathBuf,
    anchor: Anchor,
}

impl Book {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keshia.db");
        let mut shop = Shop::on_disk(&path, half_past_two());
        for shillings in [10, 20, 30, 40] {
            shop.cash(None, shillings, shillings);
        }
        let (_, push_id) = shop.prompted(None, 500, NJERI);
        shop.wait_s(10);
        shop.query_says(&push_id, PAID);
        drop(shop);
        let verdict = told(&path, &[]);
        assert!(
            verdict.is_good(),
            "a book that nobody touched: {:?}",
            verdict.troubles
        );
        let anchor = Anchor {
            rows: verdict.rows,
            head: verdict.head,
        };
        Self {
            _folder: folder,
            path,
            anchor,
        }
    }

    /// As somebody who has the file edits it: the triggers go first, and nothing is enforced.
    fn edit(&self, sql: &str) {
        let conn = Connection::open(&self.path).unwrap();
        free(&conn);
        conn.execute_batch(sql).unwrap();
    }

    /// With the anchor from before the edit.
    fn told(&self) -> Verdict {
        told(&self.path, std::slice::from_ref(&self.anchor))
    }

    /// The first finding.
    fn first(&self) -> Trouble {
        self.told()
            .troubles
            .into_iter()
            .next()
            .expect("the edit is found")
    }
}

fn free(conn: &Connection) {
    conn.pragma_update(None, "foreign_keys", "OFF").unwrap();
    for table in ["witness", "posting", "act", "z"] {
        conn.execute_batch(&format!(
            "DROP TRIGGER IF EXISTS {table}_keeps; DROP TRIGGER IF EXISTS {table}_stays"
        ))
        .unwrap();
    }
}

fn told(path: &Path, anchors: &[Anchor]) -> Verdict {
    verify(path, anchors, &mut |_| true)
        .unwrap()
        .expect("nobody cancelled")
}

/// Takes the book up again; as in a shop, with ids of its own.
fn reopened(path: &Path) -> Shop {
    let (store, now) = (till::store::Store::open(path).unwrap(), half_past_two());
    let ids = till::ids::IdSource::from_system().unwrap();
    let engine =
        till::engine::Engine::open(store, till::policy::Policy::live(), counter(), ids, now).unwrap();
    Shop {
        engine,
        now,
        effects: Vec::new(),
    }
}

/// Writes the whole chain anew, as somebody does who knows how it is made.
fn rehash(path: &Path) {
    let conn = Connection::open(path).unwrap();
    free(&conn);
    let columns = [
        ("witness", "at, told_by, push_id, receipt, amount, word"),
        (
            "posting",
            "entry, at, account, debit, credit, sale_id, tender_id, person_id, shift_id",
        ),
        ("act", "at, act, person_id, allowed_by, about, amount, reason_id"),
    ];
    let mut rows: Vec<(i64, &str, Vec<String>)> = Vec::new();
    for (table, columns) in columns {
        let mut statement = conn
            .prepare(&format!("SELECT seq, {columns} FROM {table}"))
            .unwrap();
        let count = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let field = |index| match row.get_ref(index).unwrap() {
                rusqlite::types::ValueRef::Integer(n) => n.to_string(),
                rusqlite::types::ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
                rusqlite::types::ValueRef::Null
                | rusqlite::types::ValueRef::Real(_)
                | rusqlite::types::ValueRef::Blob(_) => String::new(),
            };
            rows.push((row.get(0).unwrap(), table, (1..count).map(field).collect()));
        }
    }
    rows.sort();
    let mut previous = String::new();
    for (seq, table, fields) in rows {
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        previous = chain::hash(&previous, &fields);
        conn.execute(
            &format!("UPDATE {table} SET hash = ?1 WHERE seq = ?2"),
            (&previous, seq),
        )
        .unwrap();
    }
}

#[test]
fn an_anchor_covers_what_is_before_it_and_the_rest_is_said() {
    let book = Book::new();
    let verdict = book.told();
    assert!(verdict.is_good(), "{:?}", verdict.troubles);
    assert_eq!(
        (verdict.anchored, verdict.not_anchored),
        (Some(book.anchor.rows), 0),
        "all of it is covered"
    );
    let mut shop = reopened(&book.path);
    shop.cash(None, 50, 50);
    drop(shop);
    let verdict = book.told();
    assert!(verdict.is_good(), "{:?}", verdict.troubles);
    assert_eq!(verdict.anchored, Some(book.anchor.rows), "the same");
    assert_eq!(
        verdict.not_anchored,
        verdict.rows - book.anchor.rows,
        "and how much came after it"
    );
    let none = told(&book.path, &[]);
    assert_eq!(
        (none.anchored, none.not_anchored),
        (None, none.rows),
        "without an anchor nothing is"
    );
    let front: Anchor = format!(
        "{}: {} {}",
        book.anchor.rows,
        &book.anchor.head[..4].to_uppercase(),
        &book.anchor.head[4..12]
    )
    .parse()
    .unwrap();
    let covered = told(&book.path, &[front]).anchored;
    assert_eq!(
        covered,
        Some(book.anchor.rows),
        "the front of the hash, as a person types it, is enough"
    );
    for bad in ["", "12", "12:abcdefg1", "12:abc", "0:abcdef12", "x:abcdef12"] {
        assert!(bad.parse::<Anchor>().is_err(), "{bad:?} is no anchor");
    }
}

#[test]
fn a_changed_row_is_named() {
    let book = Book::new();
    book.edit("UPDATE posting SET debit = debit + 100 WHERE seq = 3 AND debit > 0; UPDATE posting SET credit = credit + 100 WHERE seq = 4 AND credit > 0; UPDATE posting SET credit = credit + 100 WHERE seq = 3 AND credit > 0; UPDATE posting SET debit = debit + 100 WHERE seq = 4 AND debit > 0");
    let seqs: Vec<_> = book
        .told()
        .troubles
        .into_iter()
        .filter(|trouble| {
            matches!(
                trouble,
                Trouble::Changed {
                    table: Table::Posting,
                    ..
                }
            )
        })
        .collect();
    assert_eq!(
        seqs,
        [
            Trouble::Changed {
                table: Table::Posting,
                seq: 3
            },
            Trouble::Changed {
                table: Table::Posting,
                seq: 4
            }
        ],
        "both lines, and no other row"
    );
    let book = Book::new();
    let row: i64 = Connection::open(&book.path)
        .unwrap()
        .query_row("SELECT MIN(seq) FROM witness", [], |row| row.get(0))
        .unwrap();
    book.edit("UPDATE witness SET word = word || '!' WHERE seq = (SELECT MIN(seq) FROM witness)");
    assert_eq!(
        book.first(),
        Trouble::Changed {
            table: Table::Witness,
            seq: row
        },
        "a word of a witness"
    );
    // With its own hash made right, the row after it tells.
    let book = Book::new();
    book.edit("UPDATE posting SET hash = 'feedfacefeedface' WHERE seq = 2");
    let told = book.told().troubles;
    assert!(
        told.iter()
            .any(|trouble| matches!(trouble, Trouble::Changed { seq: 2 | 3, .. })),
        "{told:?}"
    );
}

#[test]
fn a_deleted_and_an_inserted_row_are_named() {
    let book = Book::new();
    book.edit("DELETE FROM posting WHERE seq = 5");
    let troubles = book.told().troubles;
    assert_eq!(
        troubles[0],
        Trouble::Missing { from: 5, to: 5 },
        "the place that is empty"
    );
    assert!(
        troubles.iter().any(|trouble| matches!(
            trouble,
            Trouble::Unchained {
                doubt: Doubt::Unbalanced,
                ..
            }
        )),
        "and its entry is lopsided: {troubles:?}"
    );
    let book = Book::new();
    book.edit("INSERT INTO act (seq, at, act, hash) VALUES (5, 0, 'price_changed', 'x')");
    assert_eq!(
        book.first(),
        Trouble::Inserted {
            table: Table::Act,
            seq: 5
        },
        "a second row in a place"
    );
}

#[test]
fn rows_in_each_others_place_are_named() {
    let book = Book::new();
    book.edit("UPDATE posting SET seq = -1 WHERE seq = 3; UPDATE posting SET seq = 3 WHERE seq = 5; UPDATE posting SET seq = 5 WHERE seq = -1");
    let troubles = book.told().troubles;
    for place in [3, 5] {
        assert!(
            troubles.contains(&Trouble::Changed {
                table: Table::Posting,
                seq: place
            }),
            "place {place}: {troubles:?}"
        );
    }
}

#[test]
fn a_book_that_was_cut_off_is_shorter_than_its_anchor() {
    let book = Book::new();
    let ends = book.anchor.rows - 3;
    for table in ["witness", "posting", "act"] {
        book.edit(&format!("DELETE FROM {table} WHERE seq > {ends}"));
    }
    let known = book.anchor.rows;
    assert!(
        book.told().troubles.contains(&Trouble::Shorter { ends, known }),
        "how much is gone"
    );
    let alone = told(&book.path, &[]);
    assert_eq!(
        (alone.anchored, alone.not_anchored),
        (None, ends),
        "without an anchor it says that nobody vouches for it"
    );
    assert!(
        !alone.is_good(),
        "though the sales still know of what was cut off: {:?}",
        alone.troubles
    );
}

#[test]
fn a_chain_written_anew_is_another_than_its_anchor() {
    let book = Book::new();
    // Each cent that is gone is gone everywhere, and every hash is right again.
    book.edit("UPDATE posting SET debit = debit / 10 WHERE debit > 0; UPDATE posting SET credit = credit / 10 WHERE credit > 0; UPDATE sale SET amount = amount / 10; UPDATE tender SET amount = amount / 10, tendered = tendered / 10; UPDATE posting_sum SET debit = debit / 10, credit = credit / 10");
    rehash(&book.path);
    let until = book.anchor.rows;
    assert_eq!(
        book.told().troubles,
        [Trouble::Rewritten { after: 0, until }],
        "only the anchor can know"
    );
    let alone = told(&book.path, &[]);
    assert!(
        alone.is_good() && alone.anchored.is_none(),
        "without it the book says that nothing covers it"
    );
}

#[test]
fn two_anchors_name_the_stretch_that_was_rewritten() {
    let book = Book::new();
    let first = Connection::open(&book.path)
        .unwrap()
        .query_row("SELECT hash FROM posting WHERE seq = 2", [], |row| {
            row.get::<_, String>(0)
        })
        .unwrap();
    let first = Anchor { rows: 2, head: first };
    book.edit("UPDATE posting SET at = at + 1 WHERE seq = 6");
    rehash(&book.path);
    let told = told(&book.path, &[book.anchor.clone(), first]);
    assert_eq!(
        told.troubles,
        [Trouble::Rewritten {
            after: 2,
            until: book.anchor.rows
        }],
        "after the one that fits"
    );
}

#[test]
fn an_old_copy_in_the_book_s_place_is_found() {
    let book = Book::new();
    let old = std::fs::read(&book.path).unwrap();
    let mut shop = reopened(&book.path);
    shop.cash(None, 60, 60);
    drop(shop);
    let now = told(&book.path, &[]);
    std::fs::write(&book.path, old).unwrap();
    let known = Anchor {
        rows: now.rows,
        head: now.head,
    };
    let ends = book.anchor.rows;
    let verdict = told(&book.path, std::slice::from_ref(&known));
    assert_eq!(
        verdict.troubles,
        [Trouble::Shorter {
            ends,
            known: known.rows
        }],
        "it ends too early"
    );
    // And sold on with until it is as long again.
    let mut shop = reopened(&book.path);
    for _ in 0..3 {
        shop.cash(None, 70, 70);
    }
    drop(shop);
    let verdict = told(&book.path, std::slice::from_ref(&known));
    assert_eq!(
        verdict.troubles,
        [Trouble::Rewritten {
            after: 0,
            until: known.rows
        }],
        "it is another book"
    );
}

#[test]
fn a_moved_start_of_the_chain_hides_nothing() {
    let book = Book::new();
    book.edit("UPDATE setting SET value = '7' WHERE key = 'chain_from'; UPDATE posting SET debit = 5 WHERE seq = 1 AND debit > 0");
    assert!(!book.told().is_good(), "rows below the start have a chain too");
}

#[test]
fn what_is_not_chained_is_held_against_the_chain() {
    let cases = [
        (
            "UPDATE sale SET amount = amount + 100 WHERE number = 1",
            Doubt::SaleChanged,
        ),
        (
            "UPDATE sale SET state = 'open' WHERE number = 1",
            Doubt::SaleChanged,
        ),
        ("DELETE FROM sale WHERE number = 1", Doubt::SaleGone),
        ("DELETE FROM tender WHERE kind = 'cash'", Doubt::TenderGone),
        (
            "UPDATE tender SET amount = amount + 100, tendered = tendered + 100 WHERE kind = 'cash'",
            Doubt::TenderChanged,
        ),
        ("DELETE FROM push", Doubt::PushGone),
    ];
    for (sql, doubt) in cases {
        let book = Book::new();
        book.edit(sql);
        let troubles = book.told().troubles;
        assert!(
            troubles
                .iter()
                .any(|trouble| matches!(trouble, Trouble::Unchained { doubt: found, .. } if *found == doubt)),
            "{sql}: {troubles:?}"
        );
        assert!(
            !troubles
                .iter()
                .any(|trouble| matches!(trouble, Trouble::Changed { .. })),
            "{sql}: the chain itself is whole: {troubles:?}"
        );
    }
}

#[test]
fn drawers_refunds_and_closes_are_held_against_the_chain() {
    let cases = [
        ("UPDATE refund SET amount = amount + 100", Doubt::RefundChanged),
        ("DELETE FROM refund", Doubt::RefundChanged),
        ("UPDATE shift SET counted = counted - 100", Doubt::ShiftChanged),
        ("UPDATE shift SET float = float - 100", Doubt::ShiftChanged),
        (
            "UPDATE z SET report = replace(report, '\"sales\":', '\"sales\": ')",
            Doubt::CloseChanged,
        ),
        ("UPDATE z SET number = number + 1", Doubt::CloseChanged),
        ("DELETE FROM z", Doubt::CloseGone),
    ];
    for (sql, doubt) in cases {
        let book = Book::new();
        closes_a_day(&book.path);
        assert!(told(&book.path, &[]).is_good(), "nobody touched it");
        book.edit(sql);
        let troubles = book.told().troubles;
        assert!(
            troubles
                .iter()
                .any(|trouble| matches!(trouble, Trouble::Unchained { doubt: found, .. } if *found == doubt)),
            "{sql}: {troubles:?}"
        );
    }
}

/// A shift that is 50 short, of whose one sale a part went back, and the close.
fn closes_a_day(path: &Path) {
    let mut shop = reopened(path);
    let now = shop.now;
    shop.engine.open_shift(kes(100), now).unwrap();
    let sale = shop.cash(None, 200, 200);
    let back = RefundInput {
        sale_id: sale.id,
        amount: kes(50),
        way: RefundWay::Cash,
        owed: false,
        reason: "torn".into(),
    };
    shop.engine.refund(&back, now).unwrap();
    let shift = shop.engine.drawer(now).unwrap().here.unwrap().id;
    let counted = BTreeMap::from([(200, 1)]);
    shop.engine.close_shift(&shift, &counted, now).unwrap();
    shop.engine.close_day(Some("seen"), now).unwrap();
}

#[test]
fn a_payment_that_was_raised_or_removed_is_found() {
    let receipt = ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    let cases = [
        ("UPDATE money_in SET amount = amount * 10", Doubt::PaymentChanged),
        (
            "UPDATE money_in SET tender_id = NULL; DELETE FROM money_in",
            Doubt::PaymentGone,
        ),
    ];
    for (sql, doubt) in cases {
        let book = Book::new();
        book.edit(&format!(
            "INSERT INTO money_in (receipt, amount, at, grade) VALUES ('{0}', 5000, 0, 4);
             INSERT INTO witness (seq, at, told_by, receipt, amount, word, hash)
             VALUES ({1}, 0, 'pull', '{0}', 5000, 'paid', '')",
            receipt.as_str(),
            book.anchor.rows + 1
        ));
        rehash(&book.path);
        assert!(
            book.told().is_good(),
            "as the engine would have written it: {:?}",
            book.told().troubles
        );
        book.edit(sql);
        let found = Trouble::Unchained {
            doubt,
            id: receipt.as_str().to_owned(),
        };
        assert_eq!(book.told().troubles, [found], "{sql}");
    }
}

#[test]
fn an_older_book_with_two_chains_is_walked_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keshia.db");
    let mut conn = Connection::open(&path).unwrap();
    till::store::migration::run(&mut conn, None, &till::store::migration::MIGRATIONS[..4]).unwrap();
    conn.execute_batch("INSERT INTO sale (number, id, reference, amount, state, opened_at, changed_at) VALUES (1, 's', 'A100011', 500, 'settled', 0, 0);
         INSERT INTO tender (sale_id, seq, id, kind, amount, stands, opened_at, tendered) VALUES ('s', 1, 't', 'cash', 500, 1, 0, 500)").unwrap();
    let said = chain::hash("", &["0", "person", "", "", "", "yes"]);
    conn.execute(
        "INSERT INTO witness (at, told_by, word, hash) VALUES (0, 'person', 'yes', ?1)",
        [&said],
    )
    .unwrap();
    let mut previous = String::new();
    for (account, debit, credit) in [("cash", "500", "0"), ("sales", "0", "500")] {
        previous = chain::hash(&previous, &["e", "0", account, debit, credit, "s", "t"]);
        conn.execute("INSERT INTO posting (entry, at, account, debit, credit, sale_id, tender_id, hash) VALUES ('e', 0, ?1, ?2, ?3, 's', 't', ?4)", (account, debit.parse::<i64>().unwrap(), credit.parse::<i64>().unwrap(), &previous)).unwrap();
    }
    drop(conn);
    let mut shop = Shop::on_disk(&path, half_past_two());
    shop.cash(None, 30, 30);
    drop(shop);
    let verdict = told(&path, &[]);
    assert!(
        verdict.is_good(),
        "both chains and the one after them: {:?}",
        verdict.troubles
    );
    let edit = |sql: &str| {
        let conn = Connection::open(&path).unwrap();
        free(&conn);
        conn.execute_batch(sql).unwrap();
        told(&path, &[]).troubles
    };
    let named = edit("UPDATE posting SET person_id = 'somebody' WHERE seq = 2");
    assert_eq!(
        named.first(),
        Some(&Trouble::Changed {
            table: Table::Posting,
            seq: 2
        }),
        "an old entry names nobody"
    );
    edit("UPDATE posting SET person_id = NULL WHERE seq = 2");
    let gone = edit("DELETE FROM witness WHERE seq = 1");
    assert!(!gone.is_empty(), "the one chain continues the ends of both");
}

#[test]
fn somebody_may_cancel() {
    let book = Book::new();
    let shop = reopened(&book.path);
    shop.engine.store().read().execute_batch(
        "WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO act (seq, at, act, hash) SELECT i, 0, 'x', 'x' FROM n",
    ).unwrap();
    drop(shop);
    let mut heard = Vec::new();
    let cancelled = verify(&book.path, &[], &mut |progress| {
        heard.push(progress.done);
        false
    });
    assert_eq!(cancelled.unwrap(), None, "no verdict of half a book");
    assert_eq!(heard, [1_000], "at the first word about the progress");
}

#[test]
fn a_close_tells_what_it_covers_and_parts_what_departs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keshia.db");
    let mut shop = Shop::on_disk(&path, half_past_two());
    shop.cash(None, 100, 100);
    let (z, _) = shop.engine.close_day(None, shop.now).unwrap();
    shop.cash(None, 40, 40);
    drop(shop);
    let sealed = Sealed::read(&path, 1).unwrap();
    assert_eq!(
        (sealed.rows, &sealed.head),
        (z.rows, &z.head),
        "what its slip says"
    );
    let verdict = told(&path, &[]);
    let parted = sealed.part(&verdict);
    assert!(
        parted.covered.is_empty() && parted.after.is_empty() && parted.beside.is_empty(),
        "nobody changed anything: {parted:?}"
    );

    let conn = Connection::open(&path).unwrap();
    free(&conn);
    let last: i64 = conn
        .query_row("SELECT MAX(seq) FROM posting", [], |row| row.get(0))
        .unwrap();
    assert!(last > z.rows, "one entry is before the close, and one after it");
    conn.execute("UPDATE posting SET at = at + 1 WHERE seq IN (2, ?1)", [last])
        .unwrap();
    conn.execute("UPDATE sale SET amount = amount + 1", []).unwrap();
    let verdict = told(&path, &[]);
    let parted = sealed.part(&verdict);
    assert_eq!(
        parted.covered.iter().map(place_of).collect::<Vec<_>>(),
        [Some(2)],
        "what the slip proves wrong"
    );
    assert_eq!(
        parted.after.iter().map(place_of).collect::<Vec<_>>(),
        [Some(last)],
        "what it says nothing of"
    );
    assert!(
        parted
            .beside
            .iter()
            .all(|trouble| matches!(trouble, Trouble::Unchained { .. })),
        "and what has no place: {parted:?}"
    );
    let gone = Sealed::read(&path, 2).unwrap_err();
    assert!(
        gone.code == till::Code::NotFound && gone.message.contains("close 1:"),
        "whoever holds the slip of a close that is gone is told: {}",
        gone.message
    );
}

fn place_of(trouble: &&Trouble) -> Option<i64> {
    trouble.place()
}
