//! A server below HTTP: it gives out a token as it should, and breaks every other connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What happens to a connection after the one for the token.
#[derive(Clone, Copy)]
pub enum Break {
    /// Closed before a byte was read: the other side sees a reset.
    AtOnce,
    /// Closed after the whole request was read.
    AfterRequest,
    /// Closed in the middle of the answer's head.
    InHead,
    /// Closed in the middle of the answer's body.
    InBody,
    /// Something that is not HTTP, then closed.
    Garbage,
    /// Head and half a body, then nothing more, for ever.
    StallInBody,
}

pub struct RawServer {
    pub url: String,
    broken: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

const TOKEN: &str = r#"{"access_token":"token-1","expires_in":"3599"}"#;

impl RawServer {
    pub async fn breaking(how: Break) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let broken = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&broken);
        let task = tokio::spawn(async move {
            let (mut first, _) = listener.accept().await.unwrap();
            read_request(&mut first).await;
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{TOKEN}",
                TOKEN.len()
            );
            first.write_all(head.as_bytes()).await.unwrap();
            // Kept open, so that a pool that should not exist would be used.
            let mut kept = vec![first];
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                counter.fetch_add(1, Ordering::SeqCst);
                if break_connection(&mut stream, how).await {
                    kept.push(stream);
                }
            }
        });
        Self { url, broken, task }
    }

    /// How many connections came after the one for the token.
    pub fn broken(&self) -> usize {
        self.broken.load(Ordering::SeqCst)
    }
}

/// Breaks it; `true` if it is to be kept open.
async fn break_connection(stream: &mut TcpStream, how: Break) -> bool {
    let half = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 300\r\n\r\n{\"ResponseCode\":\"0\",";
    let say = match how {
        Break::AtOnce => return false,
        Break::AfterRequest => "",
        Break::InHead => "HTTP/1.1 200 OK\r\nContent-Ty",
        Break::InBody | Break::StallInBody => half,
        Break::Garbage => "220 mail.example ESMTP\r\n",
    };
    read_request(stream).await;
    stream.write_all(say.as_bytes()).await.unwrap();
    matches!(how, Break::StallInBody)
}

/// Reads head and body of one request.
async fn read_request(stream: &mut TcpStream) {
    let mut bytes = Vec::new();
    while !is_whole(&bytes) {
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk).await.unwrap();
        assert_ne!(count, 0, "the client hung up in the middle of its request");
        bytes.extend_from_slice(&chunk[..count]);
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    body.len() >= length.map_or(0, |length| length.trim().parse().unwrap())
}
