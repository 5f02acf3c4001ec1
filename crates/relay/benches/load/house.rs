//! The relay as a process, and shops with counters in its log.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use relay::HookKey;
use relay::log::{EventLog, NewCounter, Paired, PairingCode, PostgresLog, Shop, SqliteLog, Validation};
use relay_wire::{Cursor, ShopKey, ShopSecret, Token};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Where the relay keeps its log.
pub(crate) enum Store<'a> {
    /// A file in the house's folder.
    Sqlite,
    /// A database that is there.
    Postgres(&'a str),
}

pub(crate) struct House {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) shops: Vec<ShopMade>,
    folder: TempDir,
}

/// Events, the commits that wrote them, their sealed bytes, and the commits' time.
pub(crate) struct Counted {
    pub(crate) events: f64,
    pub(crate) commits: f64,
    pub(crate) bytes: f64,
    pub(crate) seconds: f64,
}

impl Counted {
    /// What came to it.
    pub(crate) fn since(&self, before: &Self) -> Self {
        Self {
            events: self.events - before.events,
            commits: self.commits - before.commits,
            bytes: self.bytes - before.bytes,
            seconds: self.seconds - before.seconds,
        }
    }
}

pub(crate) struct ShopMade {
    pub(crate) hook: String,
    pub(crate) tokens: Vec<String>,
    pub(crate) cursor: Cursor,
}

impl House {
    pub(crate) async fn start(store: Store<'_>, shops: usize, counters: usize) -> Self {
        // Beside the build and not in a memory disk, which would have nothing to write through.
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let key = folder.path().join("relay.key");
        let hooks = HookKey::open(&key).unwrap();
        let (store, log): (String, Box<dyn EventLog>) = match store {
            Store::Sqlite => {
                let file = folder.path().join("relay.db");
                (
                    file.display().to_string(),
                    Box::new(SqliteLog::open(&file).unwrap()),
                )
            }
            Store::Postgres(address) => (
                address.to_owned(),
                Box::new(PostgresLog::open(address).await.unwrap()),
            ),
        };
        let mut made = Vec::new();
        for n in 0..shops {
            made.push(shop(log.as_ref(), &hooks, n, counters).await);
        }
        drop(log);
        let mut child = Command::new(env!("CARGO_BIN_EXE_keshia-relay"))
            .args(["--store", &store, "--key"])
            .arg(&key)
            .args(["serve", "--listen", "127.0.0.1:0", "--connections-each", "20000"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().rsplit("http://").next().unwrap().parse().unwrap();
        schedule("--batch");
        Self {
            child,
            address,
            shops: made,
            folder,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The relay's memory, kB.
    pub(crate) fn resident(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// What the relay has used of the processors so far.
    pub(crate) fn used(&self) -> Duration {
        used(&self.child.id().to_string())
    }

    /// What the relay has counted so far.
    pub(crate) async fn counted(&self) -> Counted {
        let text = get(self.address, "/metrics", "").await;
        let of = |name: &str| -> f64 {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap();
            line.rsplit(' ').next().unwrap().parse().unwrap()
        };
        Counted {
            events: of("keshia_relay_batch_events_sum"),
            commits: of("keshia_relay_batch_events_count"),
            bytes: of("keshia_relay_sealed_bytes_total"),
            seconds: of("keshia_relay_append_seconds_sum"),
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        schedule("--other");
    }
}

/// Sets this process' scheduling policy (sched(7)). As batch work the sender does not push the relay aside at each
/// answer, as a sender on another machine would not. What it starts is like it, so that it is usual again without a
/// relay.
fn schedule(policy: &str) {
    let process = std::process::id().to_string();
    let set = Command::new("chrt")
        .args([policy, "--pid", "0", &process])
        .status();
    if !set.is_ok_and(|set| set.success()) {
        println!("(chrt is not here: the sender interrupts the relay)");
    }
}

/// Processor time of a process, in its own code and in the system's for it (proc(5): fields 14 and 15 of `stat`, in
/// hundredths of a second).
pub(crate) fn used(process: &str) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks: u64 = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|field| field.parse::<u64>().unwrap())
        .sum();
    Duration::from_millis(ticks * 10)
}

async fn shop(log: &dyn EventLog, hooks: &HookKey, n: usize, counters: usize) -> ShopMade {
    let id = format!("shop-{n}");
    let hook = hooks.hook(&id);
    let shop = Shop {
        id: id.clone(),
        name: id.clone(),
        hook: hook.hash(),
        key: None,
        validation: Validation::AcceptAll,
    };
    log.add_shop(&shop).await.unwrap();
    let key = ShopKey::of(&ShopSecret::random()).public().clone();
    let mut tokens = Vec::new();
    for counter in 0..counters {
        let code = Token::random();
        let kept = PairingCode {
            hash: code.hash(),
            shop_id: id.clone(),
            expires_ms: i64::MAX,
        };
        log.add_pairing(&kept).await.unwrap();
        let token = Token::random();
        let new = NewCounter {
            id: format!("{n}-{counter}"),
            name: "counter".into(),
            token: token.hash(),
            key: key.clone(),
        };
        let paired = log.pair(&code.hash(), &new, 0).await.unwrap();
        assert!(matches!(paired, Paired::In { .. }), "{paired:?}");
        tokens.push(token.expose().to_owned());
    }
    ShopMade {
        hook: hook.expose().into(),
        tokens,
        cursor: Cursor {
            epoch: log.epoch(&id).await.unwrap(),
            seq: 0,
        },
    }
}

/// One request on a connection of its own, to the end.
pub(crate) async fn get(address: SocketAddr, path: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nhost: r\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
