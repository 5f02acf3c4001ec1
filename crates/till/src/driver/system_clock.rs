//! The PC's clocks.

use std::time::Instant;

use chrono::Utc;

use super::Clock;
use crate::clock::{Mono, Now};

/// The PC's wall clock and its waiting clock, which counts from the start of this run.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self {
            started: Instant::now(),
        }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Now {
        let ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Now {
            utc: Utc::now(),
            mono: Mono(ms),
        }
    }
}
