//! A shop goes back to an older copy of its book: the relay has seen more, says so, and goes on when the owner says
//! that it was him.

use std::path::PathBuf;

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, Relay, SOON, Shop, Simulator, Till, until};

#[tokio::test]
async fn to_an_older_copy_and_the_relay_goes_on_by_the_owner_s_word() {
    let shop = Shop::new("went_back").await;
    let simulator = Simulator::start().await;
    let relay = Relay::start(&shop.desktop);
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.click("nav-settings").await;
    till.write("relay-paste", &relay.pairing).await;
    till.click("relay-pair").await;
    till.says_within("relay-state", "last heard", PAYMENT).await;
    till.click("nav-sell").await;
    sells(&till, "100").await;
    till.close().await;
    let program = PathBuf::from(env!("CARGO_BIN_EXE_keshia")).with_file_name("keshiactl");
    let program = program.to_str().expect("a plain path");
    let copy = until("a copy of the book", SOON, async || {
        shop.desktop.ask(program, &["backup"]);
        let copies = std::fs::read_dir(shop.desktop.data_dir().join("backups")).ok()?;
        let mut copies = copies.filter_map(|entry| Some(entry.ok()?.path()));
        copies.find(|path| path.extension().is_some_and(|end| end == "db"))
    })
    .await;

    // What is sold now, the relay sees at the next start.
    let till = shop.open_at(&simulator).await;
    sells(&till, "200").await;
    sells(&till, "250").await;
    till.close().await;
    let till = shop.open_at(&simulator).await;
    relay_says(&till, "last heard").await;
    till.close().await;

    let words = ["restore", copy.to_str().expect("a plain path"), "--yes"];
    // The window is gone a moment before the program lets go of the book.
    until("the copy in the place of the book", SOON, async || {
        let went = shop.desktop.ask(program, &words);
        went.contains("The book is back").then_some(())
    })
    .await;
    let till = shop.open_at(&simulator).await;
    relay_says(&till, "not in this book").await;
    till.picture("1-refused").await;
    till.click("relay-go-on").await;
    till.says_within("relay-state", "last heard", PAYMENT).await;
    till.gone("relay-go-on").await;
    till.picture("2-goes-on").await;
    till.click("nav-sell").await;
    sells(&till, "300").await;
    till.close().await;
}

async fn sells(till: &Till<'_>, amount: &str) {
    till.ready_to_sell().await;
    till.type_keys(&format!("{amount}c")).await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    till.next_customer().await;
}

/// What Settings say of the relay, once it has answered.
async fn relay_says(till: &Till<'_>, words: &str) {
    till.ready_to_sell().await;
    till.click("nav-settings").await;
    till.says_within("relay-state", words, PAYMENT).await;
}
