//! Sockets: TLS, how many, how long, how slow. What is asked on them is [`crate::http`]'s business.

mod seats;
mod tls;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tower_service::Service as _;

use crate::http;
use crate::metrics::Open;
use crate::relay::Relay;
use seats::Seats;
pub use tls::Tls;

/// A request's head: Safaricom's and a till's are below 2 kB.
const HEAD_BYTES: usize = 16 * 1024;
const HEAD_LINES: usize = 64;
/// A connection is ended after this, between two requests, so that none lives for ever.
const LIFE: Duration = Duration::from_secs(15 * 60);
/// What is under way when a connection or the relay ends has this long: a page that nobody reads does not hold it.
const LAST_WORDS: Duration = Duration::from_secs(20);
const HANDSHAKE: Duration = Duration::from_secs(10);
/// After the system could not accept (no descriptors left), before trying again.
const ACCEPT_AGAIN: Duration = Duration::from_millis(50);

/// Why the relay cannot serve here.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The socket's own trouble.
    #[error("the address cannot be listened on: {0}")]
    Socket(#[from] io::Error),
    /// Phone numbers would travel readable.
    #[error("without TLS only a loopback address or a trusted proxy's network may be served")]
    NeedsTls,
}

/// A relay on a socket.
pub struct Serving {
    /// Where it listens.
    pub address: SocketAddr,
    /// Until when it serves: what it returns is awaited.
    pub ended: tokio::task::JoinHandle<()>,
}

/// Serves until [`Relay::stop`], then answers what is under way and returns.
///
/// # Errors
/// A [`ServeError`].
pub fn serve(listener: TcpListener, relay: Arc<Relay>, tls: Option<Arc<Tls>>) -> Result<Serving, ServeError> {
    let address = listener.local_addr()?;
    if tls.is_none() && !address.ip().is_loopback() && relay.settings.proxies.is_empty() {
        return Err(ServeError::NeedsTls);
    }
    let ended = tokio::spawn(accept(listener, relay, tls));
    Ok(Serving { address, ended })
}

async fn accept(listener: TcpListener, relay: Arc<Relay>, tls: Option<Arc<Tls>>) {
    let housekeeping = relay.housekeeping();
    let router = http::router(Arc::clone(&relay));
    let seats = Seats::new(&relay.settings);
    let mut stopping = relay.stopping();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(ACCEPT_AGAIN).await;
                continue;
            }
        };
        // Whoever finds no seat is hung up on at once: a queue would only hide it.
        let Some(seat) = seats.take(peer.ip()) else {
            relay.metrics.refused("connections");
            continue;
        };
        let connection = Connection {
            relay: Arc::clone(&relay),
            router: router.clone(),
            peer,
        };
        let tls = tls.clone();
        tokio::spawn(async move {
            let _open = Open::one(&connection.relay.metrics.connections);
            connection.run(stream, tls).await;
            drop(seat);
        });
    }
    drop(listener);
    if timeout(LAST_WORDS + Duration::from_secs(1), seats.empty())
        .await
        .is_err()
    {
        tracing::warn!("some connections did not end in time");
    }
    relay.batcher.drain().await;
    drop(housekeeping);
}

struct Connection {
    relay: Arc<Relay>,
    router: Router,
    peer: SocketAddr,
}

impl Connection {
    async fn run(self, stream: TcpStream, tls: Option<Arc<Tls>>) {
        // An answer is one small write; waiting for more of it would only cost time.
        let _ = stream.set_nodelay(true);
        match tls {
            None => self.speak(stream).await,
            Some(tls) => match timeout(HANDSHAKE, tls.acceptor().accept(stream)).await {
                Ok(Ok(stream)) => self.speak(stream).await,
                Ok(Err(_)) | Err(_) => self.relay.metrics.refused("tls"),
            },
        }
    }

    async fn speak(self, io: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let peer = http::Peer(self.peer.ip());
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(peer);
            let mut router = self.router.clone();
            async move { Ok::<_, Infallible>(router.call(request).await.unwrap_or_else(|never| match never {})) }
        });
        let mut builder = http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            .header_read_timeout(self.relay.settings.head_time)
            .max_buf_size(HEAD_BYTES)
            .max_headers(HEAD_LINES);
        let mut stopping = self.relay.stopping();
        let mut connection = pin!(builder.serve_connection(TokioIo::new(io), service));
        let under_way = tokio::select! {
            // A connection's own errors (hung up, too slow, no HTTP) are the client's affair.
            _ = connection.as_mut() => false,
            () = sleep(LIFE) => true,
            () = until(&mut stopping) => true,
        };
        if under_way {
            connection.as_mut().graceful_shutdown();
            let _ = timeout(LAST_WORDS, connection).await;
        }
    }
}

async fn until(stopping: &mut watch::Receiver<bool>) {
    // An error means that the relay is gone, which is the same.
    let _ = stopping.wait_for(|stop| *stop).await;
}
