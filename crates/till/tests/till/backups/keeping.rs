//! One copy a day, fourteen of them.

use std::fs::OpenOptions;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use till::backup::{Taken, verify};
use till::driver::housekeeping::Daily;
use till::driver::{Clock, Housekeeping, Looks};
use till::policy::{CUSTOMER_FILES_KEPT_DAYS, DAILY_COPIES_KEPT};
use till::store::CHECKED_AT_START;
use till::{Code, Now};

use super::{Place, count, day};
use crate::support::{NJERI, half_past_two};

#[test]
fn a_copy_of_a_running_till_is_one_whole_file() {
    let place = Place::new();
    let mut shop = place.open();
    shop.start(None, 20, NJERI).unwrap();
    let (backup, facts) = place.backups().take_daily(day(23)).unwrap();
    shop.cash(None, 30, 30);
    assert_eq!(facts.sales, 2, "all that was committed when it was taken");
    assert_eq!(
        place.names(),
        ["keshia-2026-11-23.db"],
        "one plain file without a log beside it"
    );
    assert_eq!(
        verify(&backup.path).unwrap(),
        facts,
        "it says of itself what the book said"
    );
    assert_eq!(
        count(&backup.path, "SELECT COUNT(*) FROM push"),
        1,
        "what was only in the book's log is in it"
    );
    assert_eq!(shop.balance("cash"), 40, "the till went on selling");
}

#[test]
fn nobody_who_sells_is_held_up_by_a_copy() {
    let place = Place::new();
    let shop = Arc::new(Mutex::new(place.open()));
    // More pages than one step.
    shop.lock()
        .unwrap()
        .engine
        .store()
        .read()
        .execute_batch("INSERT INTO setting VALUES ('filler', hex(zeroblob(4000000)))")
        .unwrap();
    let (seller, steps) = (Arc::clone(&shop), Arc::new(AtomicI64::new(0)));
    let counted = Arc::clone(&steps);
    let beside = place.backups().watched(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        seller.lock().unwrap().cash(None, 5, 5);
        ControlFlow::Continue(())
    });
    let (_, facts) = beside.take_daily(day(23)).unwrap();
    let steps = steps.load(Ordering::Relaxed);
    assert!(steps > 3, "the copy was taken in steps: {steps}");
    assert_eq!(facts.sales, 1, "it is of the moment at which it began");
    assert_eq!(
        shop.lock().unwrap().sql("SELECT COUNT(*) FROM sale"),
        1 + steps,
        "each sale between two steps was written at once"
    );
}

#[test]
fn fourteen_days_are_kept() {
    let place = Place::new();
    let backups = place.backups();
    for n in 1..=20 {
        assert!(backups.due(day(n)), "a new day has no copy");
        backups.take_daily(day(n)).unwrap();
        assert!(!backups.due(day(n)), "one a day is enough");
    }
    let names = place.names();
    assert_eq!(names.len(), DAILY_COPIES_KEPT, "two weeks: {names:?}");
    assert_eq!(names[0], "keshia-2026-11-07.db", "the oldest went: {names:?}");
    let listed = backups.list().unwrap();
    assert_eq!(
        listed[0].reason,
        Taken::OfDay(day(20)),
        "the newest is listed first"
    );
    let past = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
    let (backup, _) = backups.take_daily(past).unwrap();
    assert!(
        backup.path.exists(),
        "a clock that fell back does not throw the new copy away"
    );
    assert_eq!(
        place.names().len(),
        DAILY_COPIES_KEPT,
        "and there are no more for it"
    );
}

#[test]
fn other_files_in_the_folder_are_left_alone() {
    let place = Place::new();
    let backups = place.backups();
    std::fs::create_dir(backups.folder()).unwrap();
    let others = [
        "keshia-2026-11-24 (copy).db",
        "keshia-yesterday.db",
        "notes.part",
        "practice-2026-11-24.db",
        "practice-2026-11-24.part",
    ];
    for name in others {
        std::fs::write(backups.folder().join(name), "mine").unwrap();
    }
    for n in 1..=16 {
        backups.take_daily(day(n)).unwrap();
    }
    for name in others {
        assert!(
            backups.folder().join(name).exists(),
            "{name} is not a copy of this book"
        );
    }
    assert_eq!(
        backups.list().unwrap().len(),
        DAILY_COPIES_KEPT,
        "and none of them is listed"
    );
}

#[test]
fn a_damaged_book_makes_no_copy_and_costs_none() {
    let place = Place::new();
    let (good, _) = place.backups().take_daily(day(23)).unwrap();
    let before = std::fs::read(&good.path).unwrap();
    std::fs::write(place.book(), vec![b'?'; 20_000]).unwrap();
    let error = place.backups().take_daily(day(23)).unwrap_err();
    assert_eq!(error.code, Code::DatabaseCorrupt, "{error}");
    assert_eq!(
        std::fs::read(&good.path).unwrap(),
        before,
        "the good copy of the same day stays"
    );
}

struct At(Now);

impl Clock for At {
    fn now(&self) -> Now {
        self.0
    }
}

#[test]
fn the_day_s_copy_is_taken_once_and_its_trouble_told_once() {
    let place = Place::new();
    let mut daily = Daily::of(place.backups());
    let today = At(half_past_two());
    // A file where the folder should be.
    std::fs::write(place.backups().folder(), "").unwrap();
    assert!(daily.look(&today).is_err(), "the first time it is told");
    assert_eq!(daily.look(&today), Ok(None), "not again every hour");
    std::fs::remove_file(place.backups().folder()).unwrap();
    assert!(
        matches!(daily.look(&today), Ok(Some(_))),
        "taken as soon as it can be"
    );
    assert_eq!(daily.look(&today), Ok(None), "once a day");
    let mut tomorrow = half_past_two();
    tomorrow.utc += chrono::TimeDelta::days(1);
    std::fs::rename(place.backups().folder(), place.folder.path().join("away")).unwrap();
    std::fs::write(place.backups().folder(), "").unwrap();
    assert!(
        daily.look(&At(tomorrow)).is_err(),
        "new trouble after a good copy is told again"
    );
}

#[test]
fn a_long_book_opens_at_once_and_its_damage_is_told_by_the_first_look() {
    let place = Place::new();
    let shop = place.open();
    shop.engine
        .store()
        .read()
        .execute_batch(&format!(
            "CREATE TABLE filler (bytes BLOB); INSERT INTO filler VALUES (zeroblob({CHECKED_AT_START}))"
        ))
        .unwrap();
    drop(shop);
    assert!(
        matches!(Daily::of(place.backups()).look(&At(half_past_two())), Ok(Some(_))),
        "a long book without damage is checked and copied"
    );
    damage(&place);
    drop(place.open());
    let mut daily = Daily::of(place.backups());
    let today = At(half_past_two());
    let error = daily
        .look(&today)
        .expect_err("the copy of today stands, and yet it looks");
    assert_eq!(error.code, Code::DatabaseCorrupt, "the damage is told: {error}");
    assert_eq!(daily.look(&today), Ok(None), "once");
}

/// Overwrites a page in the middle of the book.
fn damage(place: &Place) {
    let mut file = OpenOptions::new().write(true).open(place.book()).unwrap();
    let middle = file.metadata().unwrap().len() / 2 / 4096 * 4096;
    file.seek(SeekFrom::Start(middle)).unwrap();
    file.write_all(&[0xA5; 4096]).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_task_beside_the_engine_takes_the_copy_and_tells() {
    let place = Place::new();
    let shop = place.open();
    let (tell, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let at_once = Looks {
        first: Duration::ZERO,
        every: Duration::from_millis(1),
    };
    let clock = Arc::new(At(half_past_two()));
    let runtime = tokio::runtime::Handle::current();
    let task = Housekeeping::start(&place.book(), clock, &runtime, at_once, move |news| {
        let _ = tell.send(news);
    });
    let news = tokio::time::timeout(Duration::from_secs(60), heard.recv()).await;
    let backup = news.expect("told within a minute").unwrap().unwrap();
    assert_eq!(
        backup.reason,
        Taken::OfDay(day(23)),
        "the copy of the shop's day, beside an open book"
    );
    drop(shop);
    drop(task);
    let after = tokio::time::timeout(Duration::from_secs(60), heard.recv()).await;
    assert_eq!(
        after.expect("the task ends with its handle"),
        None,
        "and a day has one copy, however often it looks"
    );
}

#[test]
fn files_about_customers_go_when_their_time_is_over() {
    let place = Place::new();
    place.open();
    let folder = place.folder.path().join("customers");
    std::fs::create_dir(&folder).unwrap();
    let now = half_past_two();
    let written = |name: &str, days: i64| {
        let file = std::fs::File::create(folder.join(name)).unwrap();
        let at = now.utc - chrono::TimeDelta::days(days);
        file.set_modified(at.into()).unwrap();
    };
    written("customer-1.txt", CUSTOMER_FILES_KEPT_DAYS - 1);
    written("customer-2.txt", CUSTOMER_FILES_KEPT_DAYS + 1);
    written("customer-2.pdf", CUSTOMER_FILES_KEPT_DAYS + 1);
    written("dated-ahead.txt", -400);
    let mut daily = Daily::of(place.backups());
    daily.look(&At(now)).unwrap();
    let left: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["customer-1.txt"], "what is young enough stays");
    let mut later = now;
    later.utc += chrono::TimeDelta::days(2);
    daily.look(&At(later)).unwrap();
    assert_eq!(
        std::fs::read_dir(&folder).unwrap().count(),
        0,
        "and goes on the day on which its time is over, without a new start"
    );
}
