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
const SECONDS: u64 = 8;

#[tokio::main]
async fn main() {
    // `cargo test --benches` only wants to know that it starts.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    allow_sockets();
    let house = House::start(50, 20).await;
    println!("relay alone: {} kB resident", house.resident());

    let most = posts::as_many_as_possible(&house, CONNECTIONS, Duration::from_secs(SECONDS)).await;
    let batch = house.mean_batch().await;
    println!(
        "durable confirmations: {:.0}/s over {CONNECTIONS} connections, {batch:.1} a commit; p50 {:.1} ms, p99 {:.1} ms",
        most.rate, most.p50, most.p99
    );
    let half = posts::at_a_rate(&house, most.rate / 2.0, Duration::from_secs(SECONDS)).await;
    println!(
        "at half that rate ({:.0}/s): p50 {:.1} ms, p99 {:.1} ms, counted from when each was due",
        half.rate, half.p50, half.p99
    );
    let bare = bare::rows_a_second(
        house.folder(),
        batch.round().max(1.0) as usize,
        Duration::from_secs(SECONDS),
    );
    println!(
        "bare group commit of {:.0} such rows in SQLite, nothing else: {bare:.0} rows/s; the relay has {:.0} % of it",
        batch.round().max(1.0),
        100.0 * most.rate / bare
    );
    waiting::counters(&house).await;
    waiting::silent(&house, 10_000).await;
}

/// As many sockets as the system allows at all.
fn allow_sockets() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).unwrap();
}
