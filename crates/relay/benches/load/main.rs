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

use house::{House, Store};

const CONNECTIONS: usize = 64;
const SECONDS: Duration = Duration::from_secs(5);

#[tokio::main]
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
    // In turns, because other work on the machine comes and goes.
    let (mut relayed, mut bare) = (Vec::new(), Vec::new());
    for turn in 0..3 {
        let most = posts::as_many_as_possible(&house, CONNECTIONS, SECONDS).await;
        let (batch, sealed) = house.means().await;
        println!("{most}; {batch:.1} a commit");
        let (rows, bytes) = (batch.round() as usize, sealed.round() as usize);
        let (alone, each) = bare::rows_a_second(house.folder(), turn, (rows, bytes), SECONDS);
        println!(
            "bare group commit of {rows} rows of {bytes} sealed bytes in SQLite, nothing else: {alone:.0} rows/s, {each:.0} µs of a processor each"
        );
        relayed.push(most.rate);
        bare.push(alone);
    }
    let (relayed, bare) = (relayed.iter().sum::<f64>() / 3.0, bare.iter().sum::<f64>() / 3.0);
    println!(
        "the relay has {:.0} % of the bare group commit ({relayed:.0} of {bare:.0} a second)",
        100.0 * relayed / bare
    );
    at_half(&house, relayed).await;
    waiting::counters(&house).await;
    waiting::silent(&house, 10_000).await;
}

async fn postgres() {
    println!("-- PostgreSQL without a standby, written through, 50 shops");
    // The tests' servers do not write through, because they kill no machines.
    let server = server::Server::start(&["fsync = on"]);
    server.sql("postgres", "CREATE DATABASE relay");
    let store = server::store(&[&server], "relay");
    let house = House::start(Store::Postgres(&store), 50, 1).await;
    let most = posts::as_many_as_possible(&house, CONNECTIONS, SECONDS).await;
    let (batch, _) = house.means().await;
    println!("{most}; {batch:.1} a commit");
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
