//! Whether every word of the window can be read: none is cut, outside, too small, or under another.

use super::Till;

/// A line for each place that somebody could not read.
const SPOILT: &str = include_str!("spoilt.js");

impl Till<'_> {
    /// Every place of the window gone to that nobody could read.
    pub async fn spoilt(&self) -> Vec<String> {
        serde_json::from_value(self.run(SPOILT).await).expect("the script returns lines")
    }
}
