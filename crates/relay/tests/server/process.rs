//! The real program as a process of its own.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use relay_wire::{Pairing, ShopSecret};
use reqwest::Client;
use std::io::{BufRead as _, BufReader};

use crate::made::{Till, client};

/// A running `keshia-relay serve`; killed when it is dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) base: String,
}

/// A command of the program over the log of a folder.
pub(crate) fn command(folder: &Path) -> Command {
    over(folder.join("relay.db").to_str().unwrap(), folder)
}

/// The same over another log, with the folder's key.
fn over(store: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keshia-relay"));
    command
        .env_clear()
        .args(["--store", store])
        .arg("--key")
        .arg(folder.join("relay.db.key"))
        .args(["--public", "https://relay.example"]);
    command
}

pub(crate) fn log_file(folder: &Path) -> PathBuf {
    folder.join("log.json")
}

impl Program {
    pub(crate) fn start(folder: &Path, flags: &[&str]) -> Self {
        Self::of(command(folder), folder, flags)
    }

    /// Over another log than the folder's, with the folder's key.
    pub(crate) fn over(store: &str, folder: &Path, flags: &[&str]) -> Self {
        Self::of(over(store, folder), folder, flags)
    }

    fn of(mut command: Command, folder: &Path, flags: &[&str]) -> Self {
        let log = File::options()
            .create(true)
            .append(true)
            .open(log_file(folder))
            .unwrap();
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(flags)
            .env("RUST_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let base = line
            .trim()
            .strip_prefix("keshia-relay listening on ")
            .expect("where it listens")
            .to_owned();
        Self { child, base }
    }

    /// As a power cut for the process: nothing is finished, nothing is flushed.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn wait(&mut self) -> bool {
        self.child.wait().unwrap().success()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command to its end: did it succeed, and what it printed.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (bool, String) {
    finished(command(folder), arguments)
}

/// The same over another log than the folder's.
#[allow(dead_code, reason = "not every test program does")]
pub(crate) fn run_over(store: &str, folder: &Path, arguments: &[&str]) -> (bool, String) {
    finished(over(store, folder), arguments)
}

fn finished(mut command: Command, arguments: &[&str]) -> (bool, String) {
    let output = command.args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

/// The pairing line in what a command printed.
pub(crate) fn pairing(printed: &str) -> Pairing {
    let line = printed
        .lines()
        .find(|line| line.starts_with("keshia-pair "))
        .expect("a pairing line");
    line.parse().unwrap()
}

/// A shop made by the command, and its first counter.
pub(crate) async fn open_shop(folder: &Path, base: &str) -> (Client, Till) {
    let (made, printed) = run(folder, &["shop", "add", "Duka la Mama Wanjiku"]);
    assert!(made, "{printed}");
    let client = client();
    let till = Till::pair(
        &client,
        base,
        pairing(&printed).code.expose(),
        ShopSecret::random(),
    )
    .await;
    (client, till)
}
