//! A disk that fills up, and one that lets nobody write any more, in the middle of a sale.
//!
//! With real small disks where the system lets the test mount them (Linux, root); elsewhere by SQLite's own
//! limit on a file's pages. Each test prints which way it went.

mod full;
mod read_only;
mod small_disk;

use std::io::{BufRead as _, BufReader, Read};
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use crate::support::{Shop, Simulator};

const PHONE: &str = "254712345678";

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// `pay --wait` to a phone that a person holds. Dropped, it is killed, so that its disk can go.
struct Sale {
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
    complaints: Vec<String>,
}

impl Sale {
    fn start(shop: &Shop) -> Self {
        let mut child = shop
            .command(&["--json", "pay", "--phone", PHONE, "--amount", "1250", "--wait"])
            .spawn()
            .unwrap();
        let stdout = lines(child.stdout.take().unwrap());
        let stderr = lines(child.stderr.take().unwrap());
        Self {
            child,
            stdout,
            stderr,
            complaints: Vec::new(),
        }
    }

    /// Waits for the line of this state, and returns it.
    fn until(&self, state: &str) -> Value {
        loop {
            let line = self.stdout.recv_timeout(PATIENCE);
            let line: Value = serde_json::from_str(&line.expect("the program goes on")).unwrap();
            if line["state"] == state {
                return line;
            }
        }
    }

    /// Waits until the program complains in these words.
    fn until_complaint(&mut self, words: &str) {
        loop {
            let line = self.stderr.recv_timeout(PATIENCE);
            let line = line.expect("the program says what is wrong");
            if line.starts_with("practice:") {
                continue;
            }
            let found = line.contains(words);
            self.complaints.push(line);
            if found {
                return;
            }
        }
    }

    /// The program ends by itself.
    fn exit_code(&mut self) -> i32 {
        self.child.wait().unwrap().code().expect("it ends by itself")
    }

    /// All that was complained of, to the end.
    fn complaints(&mut self) -> &[String] {
        let rest = self.stderr.iter().filter(|line| !line.starts_with("practice:"));
        self.complaints.extend(rest);
        &self.complaints
    }
}

impl Drop for Sale {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads lines beside the test, so that the program never waits for it.
fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (tell, heard) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            if tell.send(line.unwrap()).is_err() {
                return;
            }
        }
    });
    heard
}

/// The shop's book and Safaricom agree: one prompt, paid, counted once.
fn assert_paid_once(shop: &Shop, simulator: &Simulator) {
    assert_eq!(
        shop.run(&["day"]).last()["taken"],
        125_000,
        "the till counts it once"
    );
    let ledger = simulator.ledger();
    assert_eq!(
        ledger["pushes"].as_array().map(Vec::len),
        Some(1),
        "asked once: {ledger}"
    );
    assert_eq!(ledger["total"], 1250, "and Safaricom says the same: {ledger}");
}
