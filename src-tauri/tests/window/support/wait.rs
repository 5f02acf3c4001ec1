//! Waiting for a condition, never for a length of time.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

/// How long a screen may take to show what is already true. Generous: two tests may share two slow cores.
pub const SOON: Duration = Duration::from_secs(20);

/// How long a payment of the practice customers may take: the slowest approves after 20 seconds.
pub const PAYMENT: Duration = Duration::from_secs(60);

/// Looks again and again until `look` finds something; past the limit the test fails with `what`.
pub async fn until<T>(what: &str, limit: Duration, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    let mut beat = interval(Duration::from_millis(40));
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        if let Some(found) = look().await {
            return found;
        }
        assert!(
            begun.elapsed() < limit,
            "after {limit:?} still waiting for {what}"
        );
    }
}
