//! Runs days from the command line: `days SEED DAYS`.
use torture::{Options, run};

fn main() {
    let words: Vec<u64> = std::env::args()
        .skip(1)
        .filter_map(|word| word.parse().ok())
        .collect();
    let options = Options {
        seed: words.first().copied().unwrap_or(1),
        story: std::env::var_os("STORY").is_some(),
        counters: if std::env::var_os("TWO").is_some() { 2 } else { 1 },
        pull: std::env::var_os("NOPULL").is_none(),
        relay: std::env::var_os("NORELAY").is_none(),
        ..Options::default()
    };
    let days = u32::try_from(words.get(1).copied().unwrap_or(1)).unwrap_or(1);
    let report = run(options, days, |day| {
        eprintln!("{} {} sales {:?}", day.seed, day.sales, day.faults.len())
    })
    .unwrap();
    println!("{report:#?}");
}
