//! Two relays on one PostgreSQL database.

use std::sync::Arc;
use std::time::Duration;

use relay::Settings;
use relay::log::PostgresLog;
use reqwest::StatusCode;
use tokio::time::Instant;

use crate::made::{House, Till, payment};
use crate::process::{Program, open_shop, run};
use crate::server::{Server, store};

/// Where the shop's path leads, on either relay.
async fn post(house: &House, till: &Till, receipt: &str) -> StatusCode {
    let path = format!("/h/{}/c2b/confirmation", till.paired.hook);
    house.post(&path, payment(receipt, "")).await.status()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_takes_the_other_gives_and_a_restart_of_the_database_loses_nothing() {
    let server = Arc::new(Server::start(&[]));
    let address = store(&[&server], "postgres");
    let log = async || Arc::new(PostgresLog::open(&address).await.unwrap());
    let patient = Settings {
        keep_time: Duration::from_secs(60),
        ..Settings::default()
    };
    let one = House::over(log().await, tempfile::tempdir().unwrap(), patient).await;
    let two = one.beside(log().await).await;
    let (_, till) = one.open_shop("Duka").await;

    let waiting = {
        let till = till.at(&one);
        tokio::spawn(async move {
            let begun = Instant::now();
            let (_, page) = till.read(till.paired.cursor, 25).await;
            (till.open(&page).len(), begun.elapsed())
        })
    };
    while !one.metrics().await.contains("long_polls 1") {}
    assert_eq!(
        post(&two, &till, "A").await,
        StatusCode::OK,
        "kept by the other relay"
    );
    let (count, took) = waiting.await.unwrap();
    assert_eq!(count, 1, "who waits at this one hears of it");
    assert!(took < Duration::from_secs(15), "as it comes: {took:?}");

    let restarts = {
        let server = Arc::clone(&server);
        tokio::task::spawn_blocking(move || {
            server.stop();
            server.begin();
        })
    };
    let mut kept = 1;
    while !restarts.is_finished() || kept < 20 {
        let house = if kept % 2 == 0 { &one } else { &two };
        assert_eq!(
            post(house, &till, &format!("R{kept}")).await,
            StatusCode::OK,
            "held until the database is back"
        );
        kept += 1;
    }
    restarts.await.unwrap();
    let from_two = till.at(&two).all().await;
    let places: Vec<u64> = from_two.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(
        places,
        (1..=places.len() as u64).collect::<Vec<_>>(),
        "in order, without gaps"
    );
    let mut bodies: Vec<_> = from_two.iter().map(|(_, event)| event.body.clone()).collect();
    bodies.sort();
    bodies.dedup();
    assert_eq!(bodies.len(), kept, "every post that was answered 200");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_moves_from_its_file_to_a_database_and_its_paths_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut old = Program::start(folder.path(), &[]);
    let (http, mut till) = open_shop(folder.path(), &old.base).await;
    let path = format!("/h/{}/c2b/confirmation", till.paired.hook);
    let post = async |base: &str, receipt: &str| {
        let sent = http
            .post(format!("{base}{path}"))
            .body(payment(receipt, ""))
            .send()
            .await;
        assert_eq!(sent.unwrap().status(), StatusCode::OK, "{receipt} is kept");
    };
    post(&old.base, "A").await;
    let server = Server::start(&[]);
    let address = store(&[&server], "postgres");
    let (moved, said) = run(folder.path(), &["move", "--to", &address]);
    assert!(
        !moved && said.contains("another relay serves"),
        "not under a running relay: {said}"
    );
    old.kill();
    let (moved, said) = run(folder.path(), &["move", "--to", &address]);
    assert!(moved && said.contains("1 shops, 1 counters, 1 events"), "{said}");
    let (served, said) = run(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert!(!served, "nobody goes on with the old file: {said}");

    let new = Program::over(&address, folder.path(), &[]);
    post(&new.base, "B").await;
    till.base.clone_from(&new.base);
    let (status, page) = till.read(till.paired.cursor, 25).await;
    assert_eq!(status, StatusCode::OK, "the counter's token is still good");
    assert_ne!(page.epoch, till.paired.cursor.epoch, "in a new life");
    assert_eq!(till.open(&page).len(), 2, "what was moved, and what came since");
}
