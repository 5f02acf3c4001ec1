use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use relay::log::{Appended, Copies, EventLog as _, PostgresLog, Shop};

use crate::made::{add_shop, claim_key, event, pair, public_key};
use crate::server::Server;
use crate::{Pair, run};

/// Where an event was said to be, by its content.
type Told = BTreeMap<String, (usize, Appended)>;

/// How many events each writer must have kept before it ends, after the primary was killed.
const AFTER: usize = 20;

#[test]
fn nothing_that_was_answered_is_lost_when_the_primary_is_killed() {
    for seed in 1..=3 {
        run(one_failover(seed));
    }
}

async fn one_failover(seed: u64) {
    let servers = Arc::new(Pair::start());
    let relays = [servers.log().await, servers.log().await];
    let mut shops = Vec::new();
    for name in ["One", "Two", "Three"] {
        shops.push(add_shop(&relays[0], name).await);
    }
    let key = public_key();
    let (a, b) = (
        pair(&relays[0], &shops[0], &key).await,
        pair(&relays[0], &shops[0], &key).await,
    );
    let payment = [claim_key("UJ6E5918JJ")];
    relays[0].claim(&a, &payment).await.unwrap();
    let life = relays[0].epoch(&shops[0].id).await.unwrap();

    let mut chance = StdRng::seed_from_u64(seed);
    let kill_after = chance.random_range(20..200);
    let (kept, promoted) = (Arc::<AtomicU64>::default(), Arc::<AtomicU64>::default());
    let writers = (0..4).map(|writer| write(writer, &relays[writer % 2], &shops, &kept, &promoted));
    // The operator works beside the relays, not between them.
    let operator = {
        let (servers, kept, promoted) = (Arc::clone(&servers), Arc::clone(&kept), Arc::clone(&promoted));
        tokio::task::spawn_blocking(move || {
            let reached = |count| kept.load(Ordering::SeqCst) >= count;
            while !reached(kill_after) {
                std::thread::yield_now();
            }
            servers.primary.stop_sending();
            // What is committed now is on one machine, and that one dies: whoever is told *both* is lied to.
            let before = kept.load(Ordering::SeqCst);
            while !reached(before + 20) && servers.waiting() == 0 {}
            servers.primary.kill();
            promote(&servers.standby);
            promoted.store(1, Ordering::SeqCst);
        })
    };
    let (told, operated) = tokio::join!(futures_util::future::join_all(writers), operator);
    operated.expect("the operator did everything");
    let told: Told = told.into_iter().flatten().collect();
    drop(relays);

    let log = servers.log().await;
    verify(&log, &shops, &told, seed).await;
    assert_eq!(
        log.claim(&b, &payment).await,
        Ok(vec!['A']),
        "seed {seed}: the claim is kept"
    );
    assert_ne!(
        log.epoch(&shops[0].id).await,
        Ok(life),
        "seed {seed}: a new life, so that all read again"
    );
}

/// Appends until the primary was killed and enough was kept after it; what it was told.
async fn write(
    writer: usize,
    log: &PostgresLog,
    shops: &[Shop],
    kept: &AtomicU64,
    promoted: &AtomicU64,
) -> Told {
    let mut told = Told::new();
    let mut after = 0;
    for round in 0.. {
        // Two events of different shops in one batch, each writer in another order.
        let (first, second) = (
            (writer + round) % shops.len(),
            (writer + 2 * round + 1) % shops.len(),
        );
        let contents = [format!("{writer}-{round}-a"), format!("{writer}-{round}-b")];
        let batch = [
            event(&shops[first], &contents[0]),
            event(&shops[second], &contents[1]),
        ];
        let since_promotion = promoted.load(Ordering::SeqCst);
        let answers = log.append(&batch).await;
        for ((content, shop), answer) in contents.into_iter().zip([first, second]).zip(answers) {
            // Nobody was answered 200; it may be there or not, but not twice.
            let Ok(appended) = answer else { continue };
            told.insert(content, (shop, appended));
            kept.fetch_add(1, Ordering::SeqCst);
            after += usize::try_from(since_promotion).unwrap();
        }
        if after >= AFTER {
            break;
        }
    }
    told
}

async fn verify(log: &PostgresLog, shops: &[Shop], told: &Told, seed: u64) {
    let mut found: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for (index, shop) in shops.iter().enumerate() {
        let page = log.read(&shop.id, 0, u32::MAX).await.unwrap();
        assert_eq!(
            page.events.len() as u64,
            page.newest,
            "seed {seed}: all places are filled"
        );
        for (place, event) in page.events.into_iter().enumerate() {
            assert_eq!(event.seq, place as u64 + 1, "seed {seed}: without gaps");
            let content = String::from_utf8(event.sealed).unwrap();
            let twice = found.insert(content.clone(), (index, event.seq));
            assert_eq!(twice, None, "seed {seed}: {content} is kept twice");
        }
    }
    let both = told
        .values()
        .filter(|(_, appended)| appended.copies == Copies::All)
        .count();
    assert!(
        both > 10 && both < told.len(),
        "seed {seed}: {both} of {} were in two copies",
        told.len()
    );
    for (content, (shop, appended)) in told {
        if appended.copies == Copies::One && !found.contains_key(content) {
            // Committed on the primary alone, in the moment before it died.
            continue;
        }
        let place = found.get(content);
        assert_eq!(
            place,
            Some(&(*shop, appended.seq)),
            "seed {seed}: {content} is where it was said to be"
        );
    }
}

/// As the operator does it, with the same script.
fn promote(standby: &Server) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("ops/promote.sh");
    let connection = format!("host={} user=postgres", standby.host().display());
    let output = Command::new(script)
        .args([&connection, "relay"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the standby is promoted: {said}");
}
