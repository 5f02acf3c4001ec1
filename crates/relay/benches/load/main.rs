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
mod waiting;

use std::time::Duration;

use house::House;

const CONNECTIONS: usize = 64;
const SECONDS: u64 = 5;

#[tokio::main]
async fn main() {
    // `cargo test --benches` only wants to know that it starts.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    allow_sockets();
    let house = House::start(50, 20).await;
    println!("relay alone: {} kB resident", house.resident());

    let time = Duration::from_secs(SECONDS);
    // In turns, because other work on the machine comes and goes.
    let (mut relayed, mut bare) = (Vec::new(), Vec::new());
    for turn in 0..3 {
        let most = posts::as_many_as_possible(&house, CONNECTIONS, time).await;
        let (batch, sealed) = house.means().await;
        println!(
            "durable confirmations: {:.0}/s over {CONNECTIONS} connections, {batch:.1} a commit; p50 {:.1} ms, p99 {:.1} ms",
            most.rate, most.p50, most.p99
        );
        let (rows, bytes) = (batch.round() as usize, sealed.round() as usize);
        let alone = bare::rows_a_second(house.folder(), turn, (rows, bytes), time);
        println!(
            "bare group commit of {rows} rows of {bytes} sealed bytes in SQLite, nothing else: {alone:.0} rows/s"
        );
        relayed.push(most.rate);
        bare.push(alone);
    }
    let (relayed, bare) = (relayed.iter().sum::<f64>() / 3.0, bare.iter().sum::<f64>() / 3.0);
    println!(
        "the relay has {:.0} % of the bare group commit ({relayed:.0} of {bare:.0} a second)",
        100.0 * relayed / bare
    );
    let half = posts::at_a_rate(&house, relayed / 2.0, time).await;
    println!(
        "at half its rate ({:.0}/s): p50 {:.1} ms, p99 {:.1} ms, counted from when each was due",
        half.rate, half.p50, half.p99
    );
    waiting::counters(&house).await;
    waiting::silent(&house, 10_000).await;
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
