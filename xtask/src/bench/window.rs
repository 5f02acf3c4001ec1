//! Start and memory of the till's window and of an empty one, in turn, so that whatever else the machine
//! does falls on both.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::driver::{Driver, poll};
use crate::shell::{Outcome, root};

/// Starts of each; the median is kept.
const STARTS: usize = 15;

/// Where the first screen leads to practice, and what says that selling can begin.
const PRACTICE_DOOR: &str = "door-practice";
const READY_TO_SELL: &str = "amount";

/// One of the two programs.
struct Program {
    path: PathBuf,
    ready: &'static str,
    starts: Vec<Duration>,
    memory: Vec<u64>,
}

/// Measures both and prints the figures.
pub(super) fn compare(driver: &str) -> Outcome {
    let home = env::home_dir().unwrap_or_else(env::temp_dir);
    let program = |name: &str, ready| Program {
        path: root().join("target/release").join(name),
        ready,
        starts: Vec::new(),
        memory: Vec::new(),
    };
    let mut empty = program("empty-window", "ready");
    let mut till = program("keshia", READY_TO_SELL);

    // A shop that has chosen practice, as on every morning but the first.
    let first_driver = Driver::start(driver, &home)?;
    let first = first_driver.open(&till.path)?;
    first.click(PRACTICE_DOOR)?;
    first.wait_for(READY_TO_SELL)?;
    drop(first);
    drop(first_driver);
    poll("the end of the program", || {
        processes(&home)
            .all(|(_, running)| running != till.path)
            .then_some(())
    })?;
    // The first start of each fills the system's file cache and is not counted.
    start(driver, &mut empty, &home)?;
    start(driver, &mut till, &home)?;
    for program in [&mut empty, &mut till] {
        program.starts.clear();
        program.memory.clear();
    }
    for _ in 0..STARTS {
        start(driver, &mut empty, &home)?;
        start(driver, &mut till, &home)?;
    }
    println!("figure empty_start_us {}", median(&mut empty.starts).as_micros());
    println!("figure till_start_us {}", median(&mut till.starts).as_micros());
    println!("figure empty_memory_kb {}", median(&mut empty.memory));
    println!("figure till_memory_kb {}", median(&mut till.memory));
    Ok(())
}

/// One start, measured. WebKit's driver now and then closes the connection instead of opening a window;
/// such a start says nothing about the program and is made again.
fn start(driver: &str, program: &mut Program, home: &Path) -> Outcome {
    for _ in 0..4 {
        if start_once(driver, program, home).is_ok() {
            return Ok(());
        }
    }
    start_once(driver, program, home)
}

fn start_once(driver: &str, program: &mut Program, home: &Path) -> Outcome {
    // A driver of its own, ready before the clock runs: one that has just ended a session may refuse the next.
    let driver = Driver::start(driver, home)?;
    let begun = Instant::now();
    let session = driver.open(&program.path)?;
    session.wait_for(program.ready)?;
    program.starts.push(begun.elapsed());
    program.memory.push(memory_of_tree(&program.path, home));
    drop(session);
    // A till that is still closing would be brought to the front instead of a new one starting.
    poll("the end of the program", || {
        processes(home)
            .all(|(_, running)| running != program.path)
            .then_some(())
    })
}

/// The processes that were started with this home folder: where they are in `/proc`, and what they run.
fn processes(home: &Path) -> impl Iterator<Item = (PathBuf, PathBuf)> {
    let mark = format!("HOME={}", home.display()).into_bytes();
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(move |process| {
            fs::read(process.join("environ"))
                .is_ok_and(|all| all.split(|byte| *byte == 0).any(|one| one == mark))
        })
        .filter_map(|process| Some((process.clone(), fs::read_link(process.join("exe")).ok()?)))
}

/// Memory of the program and of the web processes it started, in kB: each page counted by its share (PSS),
/// so that what the processes have in common counts once.
fn memory_of_tree(program: &Path, home: &Path) -> u64 {
    processes(home)
        .filter(|(_, running)| {
            let name = running.file_name().unwrap_or_default().to_string_lossy();
            running == program || (name.starts_with("WebKit") && name.ends_with("Process"))
        })
        .map(|(process, _)| {
            let shares = fs::read_to_string(process.join("smaps_rollup")).unwrap_or_default();
            let line = shares
                .lines()
                .find(|line| line.starts_with("Pss:"))
                .unwrap_or_default()
                .to_owned();
            line.split_whitespace()
                .nth(1)
                .and_then(|value| value.parse::<u64>().ok())
                .unwrap_or(0)
        })
        .sum()
}

fn median<T: Ord + Copy + Default>(values: &mut [T]) -> T {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}
