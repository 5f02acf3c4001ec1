//! A real relay, as an operator runs it: the program itself, its log on the disk, its commands.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use till::driver::RelayClient;

use super::desktop::Desktop;
use super::process::{Running, first_line};
use super::wait::{PAYMENT, until};

/// One running relay with one shop.
pub struct Relay {
    _running: Running,
    url: String,
    store: PathBuf,
    /// The line that pairs the shop's first counter.
    pub pairing: String,
    /// Where Safaricom posts payments.
    pub confirmation: String,
    /// Where Safaricom asks before a payment.
    pub validation: String,
}

/// What the operator is told of a new shop.
struct Added {
    pairing: String,
    confirmation: String,
    validation: String,
}

impl Relay {
    /// Starts it on a free port, behind a proxy on the same machine as its unit says, and adds the shop.
    pub fn start(desktop: &Desktop) -> Self {
        let store = desktop.home().join("relay.db");
        let mut serve = desktop.command(program());
        serve
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--trusted-proxy",
                "127.0.0.1/32",
                "--store",
            ])
            .arg(&store)
            .stdout(Stdio::piped());
        let mut running = Running::start(&mut serve);
        let line = first_line(&mut running);
        let url = line.rsplit(' ').next().expect("it prints its address").to_owned();
        let added = add(desktop, &store, &url, "Mama Njeri");
        Self {
            _running: running,
            url,
            store,
            pairing: added.pairing,
            confirmation: added.confirmation,
            validation: added.validation,
        }
    }

    /// Another shop, with a counter of its own; returns where its payments are posted.
    pub async fn another_shop(&self, desktop: &Desktop) -> String {
        let added = add(desktop, &self.store, &self.url, "Baba Otieno");
        let line = added.pairing.parse().expect("a pairing line");
        RelayClient::pair(&line, "Mbele")
            .await
            .expect("its counter is let in");
        added.confirmation
    }

    /// What it has counted: one line of its metrics for each thing.
    pub async fn metrics(&self) -> String {
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a plain client");
        let answer = client.get(format!("{}/metrics", self.url)).send().await;
        answer.expect("it answers").text().await.expect("text")
    }

    /// The owner's page as the relay keeps it, once the till has put it there.
    pub async fn page(&self, link: &str) -> Vec<u8> {
        until("the owner's page", PAYMENT, async || {
            let answer = page_data(link).await?;
            let there = answer.status().is_success();
            let bytes = answer.bytes().await.ok()?;
            there.then(|| bytes.to_vec())
        })
        .await
    }

    /// Waits until the owner's page was taken away.
    pub async fn has_no_page(&self, link: &str) {
        until("the owner's page to go", PAYMENT, async || {
            let answer = page_data(link).await?;
            (answer.status() == reqwest::StatusCode::NOT_FOUND).then_some(())
        })
        .await;
    }
}

/// What a phone gets that has the link.
async fn page_data(link: &str) -> Option<reqwest::Response> {
    let data = format!("{}/data", link.split('#').next().expect("an address"));
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a plain client");
    client.get(data).send().await.ok()
}

/// Adds a shop, as an operator does.
fn add(desktop: &Desktop, store: &Path, url: &str, name: &str) -> Added {
    let (program, store) = (program(), store.to_str().expect("a folder with a plain name"));
    let added = desktop.ask(
        program.to_str().expect("a plain path"),
        &["shop", "add", name, "--store", store, "--public", url],
    );
    let after = |words: &str| {
        added
            .lines()
            .find_map(|line| line.split_once(words))
            .unwrap_or_else(|| panic!("{words} is not in {added}"))
            .1
            .trim()
            .to_owned()
    };
    Added {
        pairing: format!("keshia-pair {}", after("keshia-pair ")),
        confirmation: after("C2B confirmation"),
        validation: after("C2B validation"),
    }
}

/// Built beside the till by the same run of the tests.
fn program() -> PathBuf {
    let beside = PathBuf::from(env!("CARGO_BIN_EXE_keshia")).with_file_name("keshia-relay");
    assert!(
        beside.exists(),
        "{} is not built: run the tests of the whole workspace, or `cargo build -p keshia-relay` first",
        beside.display()
    );
    beside
}
