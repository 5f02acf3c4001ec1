//! A person's word and what it does are one write: a power cut leaves both or neither.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use daraja::Secret;
use till::engine::{Engine, PaperPaid, PaperSale};
use till::ids::IdSource;
use till::policy::Policy;
use till::push::{Answer, Reason};
use till::store::Store;
use till::{Now, TillError};

use crate::support::{NJERI, Shop, counter, half_past_two, kes, last_push};

/// How many words the book lists that did nothing, when the power went just after the first write of one.
fn words_without_effect(name: &str, word: impl Fn(&mut Engine, &str, Now) -> Result<(), TillError>) -> i64 {
    let disk = format!("file:one_write_{name}?mode=memory&cache=shared");
    let disk = Path::new(&disk);
    let _spindle = rusqlite::Connection::open(disk).unwrap();
    let mut shop = Shop::on_disk(disk, half_past_two());
    let sale = shop.start(None, 500, NJERI).unwrap();
    let push_id = last_push(&sale).push_id;
    shop.begin(&push_id);
    shop.answer(&push_id, Answer::Unknown(Reason::Timeout));
    let Shop { engine, mut now, .. } = shop;

    let mut store = engine.into_store();
    let writes = AtomicU64::new(0);
    let power_is_gone = move || writes.fetch_add(1, Ordering::Relaxed) > 0;
    store.connection().commit_hook(Some(power_is_gone)).unwrap();
    // What is unknown already needs no write at the start.
    let mut engine = Engine::open(store, Policy::live(), counter(), IdSource::seeded(2), now).unwrap();
    now.mono = now.mono.plus_ms(160_000);
    let _ = word(&mut engine, &push_id, now);
    drop(engine);

    let book = Store::open(disk).unwrap();
    let sql = "SELECT COUNT(*) FROM person_word w JOIN push p ON p.id = w.push_id
         WHERE p.state = 'unknown' AND p.no_message = 0";
    book.read().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_judgement_is_listed_only_where_it_was_made() {
    let count = words_without_effect("judge", |engine, id, now| {
        engine.judge(id, false, "asked her", now).map(|_| ())
    });
    assert_eq!(count, 0, "the day would list a word that ended nothing");
}

#[test]
fn no_message_is_listed_only_where_it_was_said() {
    let count = words_without_effect("no_message", |engine, id, now| {
        engine.no_message(id, now).map(|_| ())
    });
    assert_eq!(count, 0, "the day would list a word that freed no phone");
}

#[test]
fn a_sale_from_paper_is_written_together_with_who_wrote_it_in() {
    let disk = Path::new("file:one_write_paper?mode=memory&cache=shared");
    let _spindle = rusqlite::Connection::open(disk).unwrap();
    let mut shop = Shop::on_disk(disk, half_past_two());
    shop.engine.set_pepper(Some(Secret::new("pepper")));
    let now = shop.now;
    shop.engine
        .make_owner("Njeri", "4071", "mango tree by the well", now)
        .unwrap();
    let mut store = shop.engine.into_store();
    let writes = AtomicU64::new(0);
    let power_is_gone = move || writes.fetch_add(1, Ordering::Relaxed) > 0;
    store.connection().commit_hook(Some(power_is_gone)).unwrap();
    let mut engine = Engine::open(store, Policy::live(), counter(), IdSource::seeded(2), now).unwrap();
    let line = PaperSale {
        amount: kes(250),
        at: now.utc,
        paid: PaperPaid::Cash,
    };
    // Whoever gets an error writes the line in once more.
    engine.write_in(&line, now).expect("one write is enough");
    drop(engine);

    let book = Store::open(disk).unwrap();
    let sql = "SELECT COUNT(*) FROM sale s JOIN act a ON a.about = s.id AND a.act = 'from_paper' WHERE s.from_paper = 1";
    let both: i64 = book.read().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(both, 1, "the sale, and who wrote it in");
}
