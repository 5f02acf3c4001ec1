//! A primary and its synchronous standby: what was answered is kept when either goes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

mod killed;
#[allow(dead_code, reason = "the other test program uses the rest")]
#[path = "../log/made.rs"]
mod made;
#[path = "../postgres/server.rs"]
mod server;
mod stopped;

use std::future::Future;
use std::time::{Duration, Instant};

use relay::log::PostgresLog;
use server::Server;

/// A primary that waits for its standby, both with an empty database `relay`.
struct Pair {
    primary: Server,
    standby: Server,
}

impl Pair {
    fn start() -> Self {
        let primary = Server::start(&["synchronous_standby_names = ''"]);
        primary.sql("postgres", "CREATE DATABASE relay");
        let standby = Server::standby_of(&primary);
        primary.sql(
            "postgres",
            "ALTER SYSTEM SET synchronous_standby_names = 'standby'",
        );
        primary.sql("postgres", "SELECT pg_reload_conf()");
        let pair = Self { primary, standby };
        pair.wait_until_synchronous();
        pair
    }

    /// As the operator sees it.
    fn wait_until_synchronous(&self) {
        let until = Instant::now() + Duration::from_secs(30);
        let ask = "SELECT sync_state FROM pg_stat_replication";
        while self.primary.sql("postgres", ask) != "sync" {
            assert!(Instant::now() < until, "the standby never became synchronous");
        }
    }

    /// Commits that wait for the standby.
    fn waiting(&self) -> u32 {
        let ask = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        self.primary.sql("postgres", ask).parse().unwrap()
    }

    async fn log(&self) -> PostgresLog {
        let store = server::store(&[&self.primary, &self.standby], "relay");
        PostgresLog::open(&store).await.expect("a relay on both servers")
    }
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}
