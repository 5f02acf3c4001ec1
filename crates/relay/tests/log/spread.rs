//! Shops spread over several databases.

use std::sync::Arc;

use relay::log::{EventLog, LogError, PostgresLog, SpreadLog, SqliteLog};

use crate::engines::{new_database_name, run, shared};
use crate::made::{add_shop, append, contents, event, hash, pair, public_key};
use crate::server::store;

#[test]
fn a_new_shop_goes_where_the_fewest_are_and_stays_there() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let open = |name| Arc::new(SqliteLog::open(&folder.path().join(name)).unwrap());
        let (one, two) = (open("one.db"), open("two.db"));
        for name in ["Old 1", "Old 2"] {
            add_shop(one.as_ref(), name).await;
        }
        let spread = SpreadLog::new(vec![one.clone(), two.clone()]);
        let mut shops = Vec::new();
        for name in ["a", "b", "c", "d"] {
            shops.push(add_shop(&spread, name).await);
        }
        let names = async |log: &SqliteLog| -> Vec<String> {
            log.shops()
                .await
                .unwrap()
                .into_iter()
                .map(|shop| shop.name)
                .collect()
        };
        assert_eq!(
            names(&two).await,
            ["a", "b", "d"],
            "the empty one until both have as many, then in turn"
        );
        assert_eq!(
            names(&one).await,
            ["Old 1", "Old 2", "c"],
            "the first of two that have as many"
        );
        append(&spread, &[event(&shops[0], "1"), event(&shops[2], "2")]).await;
        let again = SpreadLog::new(vec![two, one]);
        assert_eq!(
            contents(&again, &shops[0], 0).await,
            ["1"],
            "found, whatever the order of databases"
        );
        assert_eq!(contents(&again, &shops[2], 0).await, ["2"], "the other too");
    });
}

#[test]
fn a_database_that_is_down_takes_only_its_own_shops_with_it() {
    run(async {
        let names = [new_database_name(), new_database_name()];
        let mut logs: Vec<Arc<dyn EventLog>> = Vec::new();
        for name in &names {
            logs.push(Arc::new(
                PostgresLog::open(&store(&[shared()], name)).await.unwrap(),
            ));
        }
        let spread = SpreadLog::new(logs);
        let (dead, alive) = (add_shop(&spread, "Dead").await, add_shop(&spread, "Alive").await);
        pair(&spread, &alive, &public_key()).await;
        shared().sql("postgres", &format!("DROP DATABASE {} WITH (FORCE)", names[0]));

        let answers = spread
            .append(&[event(&dead, "1"), event(&alive, "2"), event(&dead, "3")])
            .await;
        let lost = |answer: &Result<_, _>| matches!(answer, Err(LogError::Unavailable(_)));
        assert!(
            lost(&answers[0]) && lost(&answers[2]),
            "not kept, and said so: {answers:?}"
        );
        assert!(answers[1].is_ok(), "the other shop's event is kept: {answers:?}");
        assert_eq!(contents(&spread, &alive, 0).await, ["2"], "there it is");
        assert!(
            spread.shop_of_hook(&alive.hook).await.unwrap().is_some(),
            "the living shop is found"
        );
        let unknown = spread.counter_of_token(&hash()).await;
        assert!(
            matches!(unknown, Err(LogError::Unavailable(_))),
            "a token that the dead one may know is not called unknown: {unknown:?}"
        );
    });
}
