//! Many connections: bounded, and others are served.

use std::time::Duration;

use relay::{Proxies, Settings};
use reqwest::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use crate::made::{House, payment};

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
