//! `kill -9` under load: what was answered 200 is there afterwards, once, in order, without gaps.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use reqwest::StatusCode;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::made::payment;
use crate::process::{Program, open_shop};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_was_answered_is_there_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut chance = StdRng::seed_from_u64(20_261_124);
    let mut relay = Program::start(folder.path(), &[]);
    let (client, mut till) = open_shop(folder.path(), &relay.base).await;
    let mut answered: Vec<String> = Vec::new();
    for round in 0..8 {
        let count = Arc::new(Semaphore::new(0));
        let senders: Vec<_> = (0..16)
            .map(|sender| {
                let (client, url) = (
                    client.clone(),
                    format!("{}/h/{}/c2b/confirmation", relay.base, till.paired.hook),
                );
                let count = Arc::clone(&count);
                tokio::spawn(async move {
                    let mut kept = Vec::new();
                    for n in 0..10_000 {
                        let receipt = format!("R{round}-{sender}-{n}");
                        match client.post(&url).body(payment(&receipt, "")).send().await {
                            Ok(answer) if answer.status() == StatusCode::OK => {
                                kept.push(receipt);
                                count.add_permits(1);
                            }
                            // It was killed in the middle: nobody promised anything.
                            Ok(_) | Err(_) => break,
                        }
                    }
                    kept
                })
            })
            .collect();
        // At a moment that the seed chooses: after so many answers, in the middle of the others.
        let moment = chance.random_range(1..150);
        let reached = timeout(Duration::from_secs(60), count.acquire_many(moment)).await;
        assert!(reached.is_ok(), "round {round} has a load");
        relay.kill();
        for sender in senders {
            answered.extend(timeout(Duration::from_secs(30), sender).await.unwrap().unwrap());
        }
        relay = Program::start(folder.path(), &[]);
        till.base.clone_from(&relay.base);
        let events = till.all().await;
        let places: Vec<u64> = events.iter().map(|(seq, _)| *seq).collect();
        assert_eq!(
            places,
            (1..=events.len() as u64).collect::<Vec<_>>(),
            "in order, without gaps"
        );
        let mut seen: HashMap<String, u32> = HashMap::new();
        for (_, event) in &events {
            let body: serde_json::Value = serde_json::from_slice(&event.body).unwrap();
            *seen.entry(body["TransID"].as_str().unwrap().into()).or_default() += 1;
        }
        for receipt in &answered {
            assert_eq!(
                seen.get(receipt),
                Some(&1),
                "{receipt} was answered 200: once, after kill {round}"
            );
        }
        assert!(
            seen.values().all(|times| *times == 1),
            "what was not answered is there once or not at all"
        );
    }
    assert!(answered.len() > 100, "there was a load: {}", answered.len());
}
