//! Reading: waiting, waking, lives of the log, and what is not kept any more.

use std::time::Duration;

use relay::log::Retention;
use relay_wire::{Cursor, Epoch, Gone, ProblemCode};
use reqwest::{Method, StatusCode};
use tokio::time::Instant;

use crate::made::{House, payment, refused};

#[tokio::test]
async fn who_waits_is_woken_by_the_append_and_nobody_elses() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    let (other_shop, _) = house.open_shop("Jirani").await;
    let waiting = tokio::spawn(async move {
        let begun = Instant::now();
        let (status, page) = till.read(till.paired.cursor, 25).await;
        (status, till.open(&page), begun.elapsed())
    });
    while !house.metrics().await.contains("long_polls 1") {}
    house.post(&other_shop.confirmation(), payment("OTHER", "")).await;
    assert!(!waiting.is_finished(), "another shop's event is not waited for");
    house.post(&shop.confirmation(), payment("UJ6E5918JJ", "")).await;
    let (status, events, took) = waiting.await.unwrap();
    assert_eq!((status, events.len()), (StatusCode::OK, 1), "the event");
    assert!(
        took < Duration::from_secs(10),
        "as it came, not when the wait was over: {took:?}"
    );
}

#[tokio::test]
async fn an_empty_wait_ends_in_an_empty_page() {
    let house = House::new().await;
    let (_, till) = house.open_shop("Duka").await;
    let begun = Instant::now();
    let (status, page) = till.read(till.paired.cursor, 1).await;
    assert_eq!(
        (status, page.events.len(), page.more),
        (StatusCode::OK, 0, false),
        "nothing"
    );
    assert!(begun.elapsed() >= Duration::from_millis(900), "it waited");
    assert_eq!(page.epoch, till.paired.cursor.epoch, "the same life");
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    let large = format!("{{\"pad\":\"{}\"}}", "x".repeat(40_000));
    for n in 0..130 {
        let body = if n < 20 {
            large.clone()
        } else {
            payment(&format!("R{n}"), "")
        };
        house.post(&shop.confirmation(), body).await;
    }
    let mut cursor = till.paired.cursor;
    let mut pages = Vec::new();
    loop {
        let (_, page) = till.read(cursor, 0).await;
        let Some(last) = page.events.last() else { break };
        assert_eq!(page.events[0].seq, cursor.seq + 1, "no gap");
        cursor.seq = last.seq;
        pages.push((page.events.len(), page.more));
    }
    assert_eq!(cursor.seq, 130, "to the end");
    let last = pages.len() - 1;
    assert!(pages[0].0 < 20, "large events make short pages: {pages:?}");
    assert!(
        pages.iter().all(|(count, _)| *count <= 100),
        "no page is too long: {pages:?}"
    );
    assert!(
        pages
            .iter()
            .enumerate()
            .all(|(n, (_, more))| *more == (n != last)),
        "more, until the last: {pages:?}"
    );
}

#[tokio::test]
async fn a_place_of_another_life_begins_at_the_first_that_is_kept() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    for receipt in ["A", "B"] {
        house.post(&shop.confirmation(), payment(receipt, "")).await;
    }
    let old = Cursor {
        epoch: Epoch::random(),
        seq: 77,
    };
    let (status, page) = till.read(old, 25).await;
    assert_eq!(
        (status, page.events.len()),
        (StatusCode::OK, 2),
        "at once, from the beginning"
    );
    assert_eq!(
        page.epoch, till.paired.cursor.epoch,
        "and the present life is named"
    );
}

#[tokio::test]
async fn a_log_that_is_older_than_its_reader_begins_a_new_life_once() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    house.post(&shop.confirmation(), payment("A", "")).await;
    let beyond = Cursor {
        seq: 5,
        ..till.paired.cursor
    };
    let (status, page) = till.read(beyond, 25).await;
    assert_eq!((status, page.events.len()), (StatusCode::OK, 1), "what there is");
    assert_ne!(
        page.epoch, beyond.epoch,
        "under a new life, so that all others read again too"
    );
    let again = Cursor {
        epoch: page.epoch,
        seq: 5,
    };
    let path = format!("/v1/events?after={again}&wait=0");
    let answer = till.ask(Method::GET, &path).send().await.unwrap();
    assert!(answer.headers().contains_key("retry-after"), "when to come again");
    assert_eq!(
        refused(answer).await,
        (503, ProblemCode::Unavailable),
        "one broken counter must not have all others read again and again"
    );
}

#[tokio::test]
async fn what_was_dropped_is_counted() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    for receipt in ["A", "B", "C"] {
        house.post(&shop.confirmation(), payment(receipt, "")).await;
    }
    let nothing = Retention {
        after_ack_ms: 0,
        most_ms: 0,
    };
    let dropped = house.log.sweep(nothing, i64::MAX / 2).await.unwrap();
    assert_eq!(dropped, 3, "ninety days have passed");
    let after = Cursor {
        seq: 1,
        ..till.paired.cursor
    };
    let (status, page) = till.read(after, 25).await;
    assert_eq!(status, StatusCode::GONE, "at once");
    assert_eq!(
        page.gone,
        Some(Gone { count: 2, through: 3 }),
        "it has seen one, and missed two"
    );
    house.post(&shop.confirmation(), payment("D", "")).await;
    let (status, page) = till.read(Cursor { seq: 3, ..after }, 25).await;
    assert_eq!(status, StatusCode::OK, "it reads on");
    assert_eq!(page.events[0].seq, 4, "numbers are never given out a second time");
    assert!(
        house.metrics().await.contains("keshia_relay_gone_total 1"),
        "the operator sees it"
    );
}

#[tokio::test]
async fn a_stop_answers_who_waits_and_finishes_what_is_under_way() {
    let house = House::new().await;
    let (_, till) = house.open_shop("Duka").await;
    let waiting = tokio::spawn(async move { till.read(till.paired.cursor, 25).await });
    while !house.metrics().await.contains("long_polls 1") {}
    let begun = Instant::now();
    house.relay.stop();
    let (status, page) = waiting.await.unwrap();
    assert_eq!(
        (status, page.events.len()),
        (StatusCode::OK, 0),
        "an honest answer, not a broken connection"
    );
    house.serving.ended.await.unwrap();
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "and soon: {:?}",
        begun.elapsed()
    );
}
