//! Many connections: bounded, and others are served.

use std::time::Duration;

use relay::{Proxies, Settings};
use reqwest::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use crate::made::{House, payment};
use crate::process::{Program, open_shop};

/// A connection from one of this machine's own addresses.
async fn connect(house: &House, from: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
    socket.connect(house.serving.address).await.unwrap()
}

/// Was it hung up on?
async fn is_closed(stream: &mut TcpStream) -> bool {
    let mut one = [0];
    matches!(stream.read(&mut one).await, Ok(0) | Err(_))
}

#[tokio::test]
async fn who_takes_too_many_seats_leaves_them_to_others() {
    let few = Settings {
        most_connections_each: 20,
        head_time: Duration::from_secs(30),
        ..Settings::default()
    };
    let house = House::with(few).await;
    let (shop, till) = house.open_shop("Duka").await;
    let mut greedy = Vec::new();
    for _ in 0..200 {
        let mut stream = connect(&house, "127.0.0.2").await;
        // The first bytes of a request, and then nothing.
        let _ = stream.write_all(b"POST /").await;
        greedy.push(stream);
    }
    assert!(
        is_closed(&mut greedy[150]).await,
        "beyond its seats it is hung up on"
    );
    let metrics = house.metrics().await;
    assert!(
        metrics.contains(r#"refused_total{reason="connections"} 180"#),
        "counted:\n{metrics}"
    );
    let status = house
        .post(&shop.confirmation(), payment("UJ6E5918JJ", ""))
        .await
        .status();
    assert_eq!(status, StatusCode::OK, "others are served meanwhile");
    assert_eq!(till.all().await.len(), 1, "and their posts kept");
}

#[tokio::test]
async fn silent_connections_give_their_seats_back() {
    let hasty = Settings {
        most_connections: 50,
        head_time: Duration::from_millis(300),
        proxies: Proxies::new(vec!["127.0.0.0/8".parse().unwrap()]),
        ..Settings::default()
    };
    let house = House::with(hasty).await;
    let mut silent = Vec::new();
    for _ in 0..50 {
        silent.push(connect(&house, "127.0.0.3").await);
    }
    for stream in &mut silent {
        assert!(is_closed(stream).await, "whoever says nothing is let go");
    }
    let url = format!("{}/healthz", house.base());
    assert_eq!(
        house.client.get(url).send().await.unwrap().status(),
        StatusCode::OK,
        "there is room again"
    );
}

/// A process's memory, kB.
#[cfg(target_os = "linux")]
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn ten_thousand_silent_connections_keep_nobody_out() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    const MANY: u64 = 10_000;
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let relay = Program::start(folder.path(), &["--connections-each", "12000"]);
    let (client, till) = open_shop(folder.path(), &relay.base).await;
    let before = resident(relay.id());
    let address = relay.base.trim_start_matches("http://");
    let mut silent = Vec::new();
    for _ in 0..MANY {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"POST /h/").await.unwrap();
        silent.push(stream);
    }
    let metrics = client.get(format!("{}/metrics", relay.base)).send();
    let metrics = metrics.await.unwrap().text().await.unwrap();
    let open = metrics
        .lines()
        .find_map(|line| line.strip_prefix("keshia_relay_connections "));
    // On a busy machine the first ones are let go before the last ones have come.
    assert!(
        open.is_some_and(|open| open.parse::<u64>().unwrap() > MANY / 2),
        "they are open at one time: {open:?}"
    );
    let each = resident(relay.id()).saturating_sub(before) / MANY;
    assert!(each < 64, "{each} kB for each, and no more");
    let url = format!("{}/h/{}/c2b/confirmation", relay.base, till.paired.hook);
    let answer = client
        .post(url)
        .body(payment("UJ6E5918JJ", ""))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "a payment gets through");
    assert_eq!(till.all().await.len(), 1, "and is kept");
}
