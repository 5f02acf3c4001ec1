//! What only practice has: the lesson in its steps.

use super::{HARD, Look, USUAL, Walk};
use crate::support::{PAYMENT, SOON, Shop, until};

#[tokio::test]
async fn hard() {
    practice("every_practice_hard", HARD).await;
}

#[tokio::test]
async fn usual() {
    practice("every_practice_usual", USUAL).await;
}

async fn practice(name: &'static str, look: Look) {
    let shop = Shop::new(name).await;
    let till = shop.open().await;
    till.practise().await;
    let walk = Walk::new(&shop, &till, look).await;
    walk.at("1-nothing-sold").await;
    till.click("lesson-begin").await;
    till.see("lesson").await;
    walk.at("2-lesson").await;
    till.ask_phone("350", "0700000000").await;
    lesson_is_at(&walk, 1).await;
    walk.at("3-cancelled-next").await;
    till.next_customer().await;
    till.ask_phone("200", "0700000032").await;
    lesson_is_at(&walk, 2).await;
    till.next_customer().await;
    till.ask_phone("120", "126").await;
    till.counter_is("waiting_till", SOON).await;
    till.see("lesson-play").await;
    walk.at("4-number").await;
    walk.ends();
    till.close().await;
}

async fn lesson_is_at(walk: &Walk<'_>, step: u8) {
    let selector = format!("[data-testid=lesson][data-step=\"{step}\"]");
    until(&format!("lesson {step}"), PAYMENT, async || {
        walk.till.try_find(&selector).await
    })
    .await;
}
