//! What a running simulator is told at its start.

use std::path::PathBuf;

use crate::world::{Faults, Settings};

/// Everything a simulator needs to start. `Config::default()` is the practice set-up.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Same seed, same requests, same times: same ids, receipts and faults. `None` takes a fresh
    /// seed, so that two runs of one day do not mint the same receipt numbers.
    pub seed: Option<u64>,
    /// The shop, its numbers, its keys and the habits of the network.
    pub settings: Settings,
    /// Which faults are on from the first request.
    pub faults: Faults,
    /// Where the world is kept between runs; `None` keeps it in memory only.
    pub state_file: Option<PathBuf>,
}
