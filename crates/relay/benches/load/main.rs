//! How much the real relay carries on this machine: `cargo bench -p keshia-relay --bench load`.
//!
//! The relay is a process of its own with its log on disk; the load comes from this one. Both share the machine's
//! processors, so that a relay with a machine to itself carries more. Each number is printed with what it is.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a measurement stops at its first surprise, and prints fractions"
)]

mod bare;
mod house;
mod posts;
#[path = "../../tests/postgres/server.rs"]
mod server;
mod waiting;

use std::time::Duration;

use bare::Bare;
use house::{House, Store};

const CONNECTIONS: usize = 64;
/// How many post at once: the more, the larger a group that is committed together.
const AT_ONCE: [usize; 5] = [1, 4, 16, 64, 256];
/// Relay and bare SQLite in turn, for each of these.
const TURNS: usize = 9;
const TURN: Duration = Duration::from_secs(1);
const SECONDS: Duration = Duration::from_secs(5);

// One thread: a sender that moves between processors would only take time from the relay.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    // `cargo test --benches` only wants to know that it starts.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    allow_sockets();
    sqlite().await;
    println!("-- by number of shops");
    for shops in [1, 100, 10_000] {
        let house = House::start(Store::Sqlite, shops, 1).await;
        let most = posts::as_many_as_possible(&house, CONNECTIONS, SECONDS).await;
        println!("{shops} shops: {most}");
    }
    postgres().await;
}

async fn sqlite() {
    println!("-- SQLite, 50 shops");
    let house = House::start(Store::Sqlite, 50, 20).await;
    println!("relay alone: {} kB resident", house.resident());
    let mut bare = Bare::beside(house.folder());
    let mut rate = 0.0;
    for at_once in AT_ONCE {
        let relayed = beside_bare(&house, &mut bare, at_once).await;
        if at_once == CONNECTIONS {
            rate = relayed;
        }
    }
    at_half(&house, rate).await;
    waiting::counters(&house).await;
    waiting::silent(&house, 10_000).await;
}

/// The relay and bare commits of groups as large as its own, in short turns, because the disk and other work on the
/// machine change from second to second. Returns the relay's rate.
async fn beside_bare(house: &House, bare: &mut Bare, at_once: usize) -> f64 {
    let (mut relayed, mut bares, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let (mut events, mut commits, mut seconds, mut costs) = (0.0, 0.0, 0.0, (0.0, 0.0));
    for _ in 0..TURNS {
        let before = house.counted().await;
        let most = posts::as_many_as_possible(house, at_once, TURN).await;
        let after = house.counted().await;
        let group = after.since(&before);
        events += group.events;
        commits += group.commits;
        seconds += group.seconds;
        costs = (costs.0 + most.relay_us, costs.1 + most.load_us);
        let rows = (group.events / group.commits).round() as usize;
        let alone = bare.rows_a_second((rows.max(1), (group.bytes / group.events) as usize), TURN);
        relayed.push(most.rate);
        bares.push(alone);
        ratios.push(most.rate / alone);
    }
    let turns = TURNS as f64;
    let (relayed, alone, ratio) = (median(&mut relayed), median(&mut bares), median(&mut ratios));
    println!(
        "{at_once} post at once: {relayed:.0} durable confirmations/s, {:.1} a commit of {:.2} ms; bare groups as large {alone:.0}/s; ratio {ratio:.2} ({:.2} to {:.2}); a post costs the relay {:.0} µs of a processor and its sender {:.0} (medians of {TURNS} turns)",
        events / commits,
        1000.0 * seconds / commits,
        ratios[0],
        ratios[TURNS - 1],
        costs.0 / turns,
        costs.1 / turns,
    );
    relayed
}

/// Of an odd number of figures, which are in order afterwards.
fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

async fn postgres() {
    println!("-- PostgreSQL without a standby, written through, 50 shops");
    // The tests' servers do not write through, because they kill no machines.
    let server = server::Server::start(&["fsync = on"]);
    server.sql("postgres", "CREATE DATABASE relay");
    let store = server::store(&[&server], "relay");
    let house = House::start(Store::Postgres(&store), 50, 1).await;
    let most = posts::as_many_as_possible(&house, CONNECTIONS, SECONDS).await;
    let counted = house.counted().await;
    println!("{most}; {:.1} a commit", counted.events / counted.commits);
    at_half(&house, most.rate).await;
}

async fn at_half(house: &House, rate: f64) {
    let half = posts::at_a_rate(house, rate / 2.0, SECONDS).await;
    println!("at half its rate, counted from when each was due: {half}");
}

/// As many sockets as the system allows at all.
#[cfg(unix)]
fn allow_sockets() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).unwrap();
}

#[cfg(not(unix))]
fn allow_sockets() {}
