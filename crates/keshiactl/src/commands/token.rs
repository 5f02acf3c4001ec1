//! `token`: do the keys open the door?

use serde::Serialize;
use till::TillError;

use crate::cli::Global;
use crate::failure::Exit;
use crate::open::{self, Book};
use crate::print::Out;
use crate::reason_words;

#[derive(Serialize)]
struct Token {
    expires_in_s: u64,
    clock_skew_s: Option<i64>,
}

/// Fetches a token and says how long it is good for. The token itself is never shown.
///
/// # Errors
/// Why there is none.
pub(super) fn run(global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let connected = book.connect()?;
    let info = open::runtime()?
        .block_on(connected.client.token())
        .map_err(|not_sent| reason_words::not_sent(&not_sent))?;
    let token = Token {
        expires_in_s: info.expires_in.as_secs(),
        clock_skew_s: connected.client.clock_skew().map(|skew| skew.num_seconds()),
    };
    let mut words = format!(
        "The keys are right. A token is good for {} s.",
        token.expires_in_s
    );
    // As the window: less than a minute is nobody's trouble.
    if let Some(skew) = token.clock_skew_s.filter(|skew| skew.abs() >= 60) {
        let way = if skew > 0 { "fast" } else { "slow" };
        words.push_str(&format!("\nThis PC's clock is {} s {way}: set it.", skew.abs()));
    }
    out.tell(&words, "token", token);
    Ok(Exit::Done)
}
