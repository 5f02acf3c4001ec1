//! Several relays on one database.

use std::time::Duration;

use relay::log::{EventLog as _, LogError, Paired, PostgresLog, Shop};

use crate::engines::{new_database, new_database_name, run, shared};
use crate::made::{NOW, a_code, a_counter, add_shop, append, contents, event, public_key};
use crate::server::store;

/// Waits until a relay is told of a shop; it may be told of others, and of its own.
async fn told_of(log: &PostgresLog, shop: &Shop) {
    let told = async { while !log.changed_elsewhere().await.contains(&shop.id) {} };
    tokio::time::timeout(Duration::from_secs(60), told)
        .await
        .expect("it is told");
}

#[test]
fn each_hears_what_the_others_append() {
    run(async {
        let database = new_database();
        let one = PostgresLog::open(&database).await.unwrap();
        let two = PostgresLog::open(&database).await.unwrap();
        let (shop, other) = (add_shop(&one, "Duka").await, add_shop(&one, "Other").await);
        append(&two, &[event(&shop, "1")]).await;
        told_of(&one, &shop).await;
        assert_eq!(contents(&one, &shop, 0).await, ["1"], "and there it is");
        append(&one, &[event(&other, "2")]).await;
        told_of(&two, &other).await;
    });
}

#[test]
fn what_was_said_while_nobody_listened_is_found_all_the_same() {
    run(async {
        let database = new_database_name();
        let address = store(&[shared()], &database);
        let one = PostgresLog::open(&address).await.unwrap();
        let two = PostgresLog::open(&address).await.unwrap();
        let shop = add_shop(&one, "Duka").await;
        append(&two, &[event(&shop, "1")]).await;
        told_of(&one, &shop).await;
        let ended = shared().sql(
            "postgres",
            &format!(
                "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
                 WHERE datname = '{database}' AND pid <> pg_backend_pid()"
            ),
        );
        assert_ne!(ended, "0", "both have lost every session");
        append(&two, &[event(&shop, "2")]).await;
        told_of(&one, &shop).await;
        assert_eq!(contents(&one, &shop, 1).await, ["2"], "what came meanwhile");
    });
}

#[test]
fn a_code_lets_in_once_whichever_relay_is_asked() {
    run(async {
        let database = new_database();
        let one = PostgresLog::open(&database).await.unwrap();
        let two = PostgresLog::open(&database).await.unwrap();
        let shop = add_shop(&one, "Duka").await;
        let key = public_key();
        for round in 1..=5 {
            let code = a_code(&one, &shop).await;
            let (a, b) = (a_counter(&key), a_counter(&key));
            let (a, b) = tokio::join!(one.pair(&code, &a, NOW), two.pair(&code, &b, NOW));
            let in_now = [a.unwrap(), b.unwrap()]
                .iter()
                .filter(|paired| matches!(paired, Paired::In { .. }))
                .count();
            assert_eq!(in_now, 1, "one of two that raced at two relays");
            assert_eq!(
                two.counters(&shop.id).await.unwrap().len(),
                round,
                "one more is kept"
            );
        }
    });
}

#[test]
fn relays_that_start_together_make_one_form() {
    run(async {
        let database = new_database();
        let (one, two) = tokio::join!(PostgresLog::open(&database), PostgresLog::open(&database));
        let (one, two) = (one.unwrap(), two.unwrap());
        let shop = add_shop(&one, "Duka").await;
        assert_eq!(one.epoch(&shop.id).await, two.epoch(&shop.id).await, "one life");
    });
}

#[test]
fn a_newer_database_is_refused() {
    run(async {
        let database = new_database_name();
        let address = store(&[shared()], &database);
        drop(PostgresLog::open(&address).await.unwrap());
        shared().sql(&database, "UPDATE life SET form = 99");
        let refused = PostgresLog::open(&address).await.unwrap_err();
        assert!(matches!(refused, LogError::Unusable(_)), "{refused}");
        assert!(refused.to_string().contains("newer"), "it says why: {refused}");
    });
}
