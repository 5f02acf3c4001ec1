//! The PC's date went back: it is asked about once, and what was written with the later date is marked.

use till::files::{DataDir, FileKind};

use crate::support::keys::ENTER;
use crate::support::{SOON, Shop};

const THREE_DAYS_MS: i64 = 3 * 24 * 3_600_000;

#[tokio::test]
async fn a_date_before_the_newest_sale_is_asked_about_once() {
    let shop = Shop::new("date_doubt").await;
    let till = shop.open().await;
    till.starts_today("Duka la Achieng").await;
    till.type_keys("350c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    let sale = till.sale_on_counter().await;
    assert!(
        !till.shows("date-doubt").await,
        "a date that goes forward is not asked about"
    );
    till.kill().await;

    // As if that sale had been written with a clock three days ahead.
    let folder = DataDir::at(shop.desktop.data_dir()).expect("the till's folder");
    let book = rusqlite::Connection::open(folder.database(FileKind::Live)).expect("the shop's book");
    let changed = book
        .execute("UPDATE sale SET opened_at = opened_at + ?1", [THREE_DAYS_MS])
        .expect("the sale gets a later time");
    assert_eq!(changed, 1, "one sale was written");
    drop(book);

    let till = shop.open().await;
    till.says("date-doubt", "Is the PC’s date right?").await;
    till.picture("1-asked").await;
    till.click("date-right").await;
    till.gone("date-doubt").await;
    till.click("roll-line").await;
    till.says("time-unsure", "in doubt").await;
    let line = till.on_roll(&sale, "paid_cash", SOON).await;
    assert!(
        line.text.contains("date was in doubt"),
        "the line on the roll says so too: {}",
        line.text
    );
    till.picture("2-marked").await;
    till.close().await;
}
