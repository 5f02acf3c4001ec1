//! Words for people, JSON for scripts.

use std::io::Write as _;

use serde::Serialize;
use till::{Money, TillError};

/// Where a command's findings go.
#[derive(Debug)]
pub(crate) struct Out {
    json: bool,
}

/// One line of JSON: the event's name, then what belongs to it.
#[derive(Serialize)]
struct Line<'a, T: Serialize> {
    event: &'a str,
    #[serde(flatten)]
    body: T,
}

#[derive(Serialize)]
struct Usage {
    code: &'static str,
    message: String,
}

impl Out {
    /// With `--json` or without.
    pub(crate) const fn new(json: bool) -> Self {
        Self { json }
    }

    /// One finding: `words` for a person, or `event` with `body` for a script.
    pub(crate) fn tell(&self, words: &str, event: &str, body: impl Serialize) {
        if self.json {
            self.json_line(event, body);
        } else if !words.is_empty() {
            line(words);
        }
    }

    /// What went wrong, in one sentence.
    pub(crate) fn problem(&self, error: &TillError) {
        if self.json {
            self.json_line("error", error);
        }
        Self::notice(&error.message);
    }

    /// Flags that clap does not understand, in clap's words.
    pub(crate) fn usage(&self, error: &clap::Error) {
        if self.json {
            let text = error.to_string();
            let message = text
                .lines()
                .next()
                .unwrap_or_default()
                .trim_start_matches("error: ")
                .to_owned();
            self.json_line(
                "error",
                Usage {
                    code: "usage",
                    message,
                },
            );
        }
        let _ = error.print();
    }

    /// Something beside the findings: standard error.
    pub(crate) fn notice(words: &str) {
        // Nobody is there to be told that standard error is closed.
        let _ = writeln!(std::io::stderr(), "{words}");
    }

    fn json_line(&self, event: &str, body: impl Serialize) {
        match serde_json::to_string(&Line { event, body }) {
            Ok(text) => line(&text),
            Err(error) => Self::notice(&error.to_string()),
        }
    }
}

/// One line on standard output. A reader that has gone away (`| head -1`) is no error: the payment goes
/// its way whether somebody reads or not.
fn line(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = writeln!(stdout, "{text}");
    let _ = stdout.flush();
}

/// `KSh 1,250`.
pub(crate) fn ksh(money: Money) -> String {
    format!("KSh {money}")
}
