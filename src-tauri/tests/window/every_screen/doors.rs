//! Before there is a book, and when there is one that cannot be opened.

use std::fs;

use till::files::{DataDir, FileKind};

use super::{HARD, Look, USUAL, Walk};
use crate::support::Shop;
use crate::support::keys::{ENTER, ESCAPE};

#[tokio::test]
async fn hard() {
    first_start("every_doors_hard", HARD).await;
}

#[tokio::test]
async fn usual() {
    first_start("every_doors_usual", USUAL).await;
}

async fn first_start(name: &'static str, look: Look) {
    let shop = Shop::new(name).await;
    let till = shop.open().await;
    till.see("door-practice").await;
    till.choose(&format!("language-{}", look.locale)).await;
    let walk = Walk::outside(&shop, &till, look);
    walk.at("doors").await;
    till.click("door-connect").await;
    till.see("connect-go").await;
    walk.at("connect").await;
    till.choose("kind-paybill").await;
    walk.at("connect-paybill").await;
    till.type_keys(ESCAPE).await;
    till.click("door-restore").await;
    till.see("restore").await;
    walk.at("restore").await;
    till.write(
        "restore-file",
        "/media/njeri/STICK/keshia-3f9a/keshia-2026-11-30.sealed",
    )
    .await;
    till.write("restore-code", "0000 0000").await;
    till.click("restore-go").await;
    till.see("error-line").await;
    walk.at("restore-refused").await;
    till.type_keys(ESCAPE).await;
    till.click("door-today").await;
    till.see("today-go").await;
    till.type_keys(ENTER).await;
    walk.at("start-today").await;
    till.write("today-name", "Mama Njeri Stores").await;
    till.write("today-till", "123456").await;
    till.click("today-go").await;
    till.ready_to_sell().await;
    walk.at("shop-without-keys").await;
    walk.ends();
    till.kill().await;
    another_pc(&shop, look).await;
    a_newer_book(&shop, look).await;
}

/// The folder was carried to another PC: the id of this one is not the book's.
async fn another_pc(shop: &Shop, look: Look) {
    let id = shop.desktop.home().join("config/ke.keshia.pc/id");
    fs::write(id, "another-pc").expect("this PC's id");
    let till = shop.open().await;
    till.see("moved-here").await;
    let walk = Walk::outside(shop, &till, look);
    walk.at("other-pc").await;
    walk.ends();
    till.kill().await;
}

/// A later Keshia wrote the book.
async fn a_newer_book(shop: &Shop, look: Look) {
    let folder = DataDir::at(shop.desktop.data_dir()).expect("the till's folder");
    let file = folder.database(FileKind::Live);
    let book = rusqlite::Connection::open(file).expect("the book");
    book.pragma_update(None, "user_version", 9_999)
        .expect("it is newer now");
    drop(book);
    let till = shop.open().await;
    till.see("problem-again").await;
    let walk = Walk::outside(shop, &till, look);
    walk.at("problem").await;
    walk.ends();
    till.close().await;
}
