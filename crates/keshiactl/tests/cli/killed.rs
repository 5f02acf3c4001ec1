//! `kill -9` at random moments of real sales, again and again, over one book: what Safaricom's ledger says
//! and what the till's says agree to the shilling, and nobody was asked twice.

mod agree;
mod evening;

use evening::Evening;

/// How often the process is killed.
const KILLS: u32 = 200;

#[test]
fn two_hundred_kills_lose_nothing_and_double_nothing() {
    let seed = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    println!("seed {seed}");
    let mut evening = Evening::begin(seed);
    while evening.kills() < KILLS {
        evening.round();
    }
    evening.end();
    let facts = agree::ledger_and_book(&evening);
    println!("{} rounds, {facts:?}", evening.rounds());
    assert!(
        facts.prompts >= 40 && facts.payments >= 20,
        "the kills came while customers paid: {facts:?}"
    );
}
