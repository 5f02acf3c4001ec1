//! Confirmations, as many as go or at a rate.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

use crate::house::{House, used};

pub(crate) struct Measured {
    /// Answered 200, a second.
    pub(crate) rate: f64,
    /// Milliseconds.
    pub(crate) p50: f64,
    /// Milliseconds.
    pub(crate) p99: f64,
    /// Processor time of the relay for each post, microseconds.
    pub(crate) relay_us: f64,
    /// And of this process, which makes the load.
    pub(crate) load_us: f64,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.0} durable confirmations/s; p50 {:.1} ms, p99 {:.1} ms; a post costs the relay {:.0} µs of a processor, and its sender {:.0} µs",
            self.rate, self.p50, self.p99, self.relay_us, self.load_us
        )
    }
}

/// What both processes had used when a measurement began.
struct Began {
    at: Instant,
    relay: Duration,
    load: Duration,
}

impl Began {
    fn now(house: &House) -> Self {
        Self {
            at: Instant::now(),
            relay: house.used(),
            load: used("self"),
        }
    }

    fn measured(&self, house: &House, mut took: Vec<Duration>) -> Measured {
        let each = |used: Duration| used.as_secs_f64() * 1e6 / took.len() as f64;
        let (relay_us, load_us) = (each(house.used() - self.relay), each(used("self") - self.load));
        let rate = took.len() as f64 / self.at.elapsed().as_secs_f64();
        took.sort_unstable();
        let at = |part: f64| took[((took.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
        Measured {
            rate,
            p50: at(0.50),
            p99: at(0.99),
            relay_us,
            load_us,
        }
    }
}

/// A kept-open connection that posts to one shop.
pub(crate) struct Poster {
    stream: TcpStream,
    request: Vec<u8>,
}

impl Poster {
    pub(crate) async fn connect(house: &House, shop: usize) -> Self {
        let body = r#"{"TransactionType":"Pay Bill","TransID":"UJ6E5918JJ","TransTime":"20261006095233","TransAmount":"11720.00","BusinessShortCode":"600638","BillRefNumber":"K1000273","InvoiceNumber":"","OrgAccountBalance":"49197.00","ThirdPartyTransID":"","MSISDN":"2547 ***** 126","FirstName":"NICHOLAS","MiddleName":"","LastName":""}"#;
        let hook = &house.shops[shop % house.shops.len()].hook;
        let head = format!(
            "POST /h/{hook}/c2b/confirmation HTTP/1.1\r\nhost: r\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let stream = TcpStream::connect(house.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            request: [head.as_bytes(), body.as_bytes()].concat(),
        }
    }

    /// Posts once and waits for the 200.
    pub(crate) async fn post(&mut self) {
        self.stream.write_all(&self.request).await.unwrap();
        let mut answer = [0; 1024];
        let mut have = 0;
        while !answer[..have].ends_with(b"}") {
            let read = self.stream.read(&mut answer[have..]).await.unwrap();
            assert_ne!(read, 0, "the relay hung up");
            have += read;
        }
        assert!(
            answer.starts_with(b"HTTP/1.1 200"),
            "{}",
            String::from_utf8_lossy(&answer[..have])
        );
    }
}

pub(crate) async fn as_many_as_possible(house: &House, connections: usize, time: Duration) -> Measured {
    let mut posters = Vec::new();
    for n in 0..connections {
        posters.push(Poster::connect(house, n).await);
    }
    let began = Began::now(house);
    let begun = began.at;
    let mut senders = Vec::new();
    for mut poster in posters {
        senders.push(tokio::spawn(async move {
            let mut took = Vec::new();
            while begun.elapsed() < time {
                let sent = Instant::now();
                poster.post().await;
                took.push(sent.elapsed());
            }
            took
        }));
    }
    let mut all = Vec::new();
    for sender in senders {
        all.extend(sender.await.unwrap());
    }
    began.measured(house, all)
}

/// Each post is due at its time, whether the ones before it were answered or not: one that finds no connection free
/// is late, and counts as late.
pub(crate) async fn at_a_rate(house: &House, rate: f64, time: Duration) -> Measured {
    let count = (rate * time.as_secs_f64()) as u32;
    let mut posters = Vec::new();
    for n in 0..256 {
        posters.push(Poster::connect(house, n).await);
    }
    let next = Arc::new(AtomicU32::new(0));
    let began = Began::now(house);
    let begun = began.at;
    let mut senders = Vec::new();
    for mut poster in posters {
        let next = Arc::clone(&next);
        senders.push(tokio::spawn(async move {
            let mut took = Vec::new();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= count {
                    return took;
                }
                let due = begun + Duration::from_secs_f64(f64::from(n) / rate);
                sleep_until(due).await;
                poster.post().await;
                took.push(due.elapsed());
            }
        }));
    }
    let mut all = Vec::new();
    for sender in senders {
        all.extend(sender.await.unwrap());
    }
    began.measured(house, all)
}
