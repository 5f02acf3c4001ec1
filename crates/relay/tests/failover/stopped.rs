use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use relay::log::{Copies, EventLog as _};

use crate::made::{add_shop, append, contents, event};
use crate::{Pair, run};

/// What Safaricom may be kept waiting: half of its shortest patience, the 8 s of a validation.
const PATIENCE: Duration = Duration::from_secs(5);

#[test]
fn without_its_standby_an_event_is_kept_in_one_copy_and_answered_in_time() {
    run(async {
        let servers = Pair::start();
        let relays = [servers.log().await, servers.log().await];
        let shop = add_shop(&relays[0], "Duka").await;
        let first = append(&relays[0], &[event(&shop, "0")]).await[0];
        assert_eq!((first.seq, first.copies), (1, Copies::All), "both are there");

        tokio::task::block_in_place(|| servers.standby.stop());
        for round in 0..3 {
            for (relay, log) in relays.iter().enumerate() {
                let begun = Instant::now();
                let kept = append(log, &[event(&shop, "1")]).await[0];
                assert_eq!(
                    kept.copies,
                    Copies::One,
                    "round {round}, relay {relay}: the primary alone has it"
                );
                let took = begun.elapsed();
                assert!(
                    took < PATIENCE,
                    "round {round}, relay {relay}: answered after {took:?}"
                );
                println!("round {round}, relay {relay}: one copy after {took:?}");
            }
        }

        tokio::task::block_in_place(|| servers.standby.begin());
        for log in &relays {
            let until = Instant::now() + Duration::from_secs(60);
            while append(log, &[event(&shop, "2")]).await[0].copies == Copies::One {
                assert!(
                    Instant::now() < until,
                    "the standby is back, and its relay never noticed"
                );
            }
        }
        let page = relays[1].read(&shop.id, 0, u32::MAX).await.unwrap();
        let copy = servers.standby.sql("relay", "SELECT COUNT(*) FROM event");
        assert_eq!(
            page.newest.to_string(),
            copy,
            "what was kept in one copy is in both again"
        );
        assert_eq!(contents(&relays[0], &shop, 0).await[1..7], ["1"; 6], "in order");
    });
}

#[test]
fn a_standby_that_is_silent_is_as_good_as_gone() {
    run(async {
        let servers = Pair::start();
        let log = servers.log().await;
        let shop = add_shop(&log, "Duka").await;
        append(&log, &[event(&shop, "0")]).await;
        // It stays connected and says nothing, as behind a network that swallows everything.
        servers.standby.signal("STOP");
        let begun = Instant::now();
        let batches = [[event(&shop, "1")], [event(&shop, "2")]];
        let (one, two) = tokio::join!(append(&log, &batches[0]), append(&log, &batches[1]));
        assert_eq!(
            [one[0].copies, two[0].copies],
            [Copies::One; 2],
            "the primary alone has them"
        );
        let took = begun.elapsed();
        assert!(took < PATIENCE, "answered after {took:?}");
        servers.standby.signal("CONT");
        let until = Instant::now() + Duration::from_secs(60);
        while append(&log, &[event(&shop, "3")]).await[0].copies == Copies::One {
            assert!(
                Instant::now() < until,
                "the standby speaks again, and nobody noticed"
            );
        }
    });
}

#[test]
fn a_commit_that_broke_off_is_looked_for_and_not_repeated() {
    run(async {
        let servers = Arc::new(Pair::start());
        let log = servers.log().await;
        let shop = add_shop(&log, "Duka").await;
        append(&log, &[event(&shop, "0")]).await;
        servers.primary.stop_sending();
        let answered = Arc::<AtomicBool>::default();
        let breaks = {
            let (servers, answered) = (Arc::clone(&servers), Arc::clone(&answered));
            tokio::task::spawn_blocking(move || {
                while servers.waiting() == 0 && !answered.load(Ordering::SeqCst) {}
                // Committed on the primary, and the answer never comes.
                let end = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
                           WHERE wait_event = 'SyncRep'";
                servers.primary.sql("postgres", end)
            })
        };
        let kept = append(&log, &[event(&shop, "1"), event(&shop, "2")]).await;
        answered.store(true, Ordering::SeqCst);
        // On a machine so slow that the relay cut the wait first, nothing is left to break; the rest holds all
        // the same.
        println!("{} session was broken off in its commit", breaks.await.unwrap());
        let (seqs, copies): (Vec<u64>, Vec<Copies>) = kept.iter().map(|one| (one.seq, one.copies)).unzip();
        assert_eq!(seqs, [2, 3], "answered with the places of the first try");
        assert_eq!(copies, [Copies::One; 2], "nobody heard of a second copy");
        assert_eq!(contents(&log, &shop, 0).await, ["0", "1", "2"], "kept once");
        servers.primary.signal("CONT");
    });
}
