//! Counters that wait, and connections that say nothing.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::house::{House, get};
use crate::posts::{Poster, as_many_as_possible};

/// A waiting counter's connection.
async fn wait(house: &House, shop: usize, counter: usize, seq: u64) -> TcpStream {
    let shop = &house.shops[shop];
    let mut stream = TcpStream::connect(house.address).await.unwrap();
    let head = format!(
        "GET /v1/events?after={}-{seq}&wait=25 HTTP/1.1\r\nhost: r\r\nauthorization: Bearer {}\r\n\r\n",
        shop.cursor.epoch, shop.tokens[counter]
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// The newest event of a shop, by reading on from one page to the next.
async fn newest(house: &House, shop: usize) -> u64 {
    let made = &house.shops[shop];
    let mut seq = 0;
    for page in 0.. {
        let token = &made.tokens[page % made.tokens.len()];
        let path = format!("/v1/events?after={}-{seq}&wait=0", made.cursor.epoch);
        let answer = get(
            house.address,
            &path,
            &format!("authorization: Bearer {token}\r\n"),
        )
        .await;
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        let page: relay_wire::EventsPage = serde_json::from_str(body).unwrap();
        let Some(last) = page.events.last() else { break };
        seq = last.seq;
    }
    seq
}

/// The memory of a thousand counters that wait, and how soon one hears of a post.
pub(crate) async fn counters(house: &House) {
    let mut places = Vec::new();
    for shop in 0..house.shops.len() {
        places.push(newest(house, shop).await);
    }
    let before = house.resident();
    let mut waiting = Vec::new();
    for (shop, made) in house.shops.iter().enumerate() {
        for counter in 0..made.tokens.len() {
            waiting.push(wait(house, shop, counter, places[shop]).await);
        }
    }
    while !get(house.address, "/metrics", "")
        .await
        .contains(&format!("long_polls {}", waiting.len()))
    {}
    let after = house.resident();
    println!(
        "{} counters that wait: {after} kB resident, {before} kB before: {:.1} kB each",
        waiting.len(),
        (after.saturating_sub(before)) as f64 / waiting.len() as f64
    );
    drop(waiting);
    let mut poster = Poster::connect(house, 0).await;
    let (mut heard, mut after_answer) = (Vec::new(), Vec::new());
    for n in 0..400 {
        let mut stream = wait(house, 0, n % house.shops[0].tokens.len(), places[0]).await;
        while !get(house.address, "/metrics", "")
            .await
            .contains("long_polls 1\n")
        {}
        let sent = Instant::now();
        poster.post().await;
        let answered = sent.elapsed();
        let mut some = [0; 4096];
        assert_ne!(stream.read(&mut some).await.unwrap(), 0, "woken");
        heard.push(sent.elapsed());
        after_answer.push(sent.elapsed().saturating_sub(answered));
        places[0] += 1;
    }
    let at = |took: &mut Vec<Duration>, part: usize| {
        took.sort_unstable();
        took[(took.len() - 1) * part / 100].as_secs_f64() * 1000.0
    };
    println!(
        "a waiting counter hears of a post: p50 {:.1} ms, p95 {:.1} ms after it was sent; {:.1} and {:.1} ms after its 200",
        at(&mut heard, 50),
        at(&mut heard, 95),
        at(&mut after_answer, 50),
        at(&mut after_answer, 95)
    );
}

/// Many connections that begin a request and then say nothing.
pub(crate) async fn silent(house: &House, count: usize) {
    let before = house.resident();
    let mut silent = Vec::new();
    for _ in 0..count {
        let mut stream = TcpStream::connect(house.address).await.unwrap();
        stream.write_all(b"POST /h/").await.unwrap();
        silent.push(stream);
    }
    // Until the relay has taken them all: the system takes them first.
    let open = loop {
        let text = get(house.address, "/metrics", "").await;
        let mut lines = text.lines();
        let line = lines
            .find(|line| line.starts_with("keshia_relay_connections"))
            .unwrap();
        let open: usize = line.rsplit(' ').next().unwrap().parse().unwrap();
        if open >= count {
            break open;
        }
    };
    let after = house.resident();
    let others = as_many_as_possible(house, 8, Duration::from_secs(3)).await;
    println!(
        "{count} silent connections ({open}): {after} kB resident, {before} kB before; others meanwhile: {:.0} posts/s, p99 {:.1} ms",
        others.rate, others.p99
    );
}
