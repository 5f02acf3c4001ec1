//! Connections that can be cut: the only way to lose an answer on purpose.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// A listener whose connections can be cut.
#[derive(Clone)]
pub(super) struct Line {
    listener: Arc<TcpListener>,
    closed: Arc<AtomicBool>,
}

impl Line {
    pub(super) fn new(listener: TcpListener) -> Self {
        Self {
            listener: Arc::new(listener),
            closed: Arc::default(),
        }
    }

    /// Cuts every connection, now and later.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }
}

impl Listener for Line {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // Out of handles: wait a little rather than spin.
        loop {
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    let cut = Cut {
                        here: Arc::default(),
                        everywhere: Arc::clone(&self.closed),
                    };
                    return (Connection { stream, cut }, address);
                }
                Err(error) => {
                    tracing::debug!(%error, "a connection could not be accepted");
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// The knife for one connection.
#[derive(Clone)]
pub(super) struct Cut {
    here: Arc<AtomicBool>,
    everywhere: Arc<AtomicBool>,
}

impl Cut {
    /// From now on nothing is read from or written to the connection, and it closes.
    pub(super) fn cut(&self) {
        self.here.store(true, Ordering::Relaxed);
    }

    fn check(&self) -> io::Result<()> {
        if self.here.load(Ordering::Relaxed) || self.everywhere.load(Ordering::Relaxed) {
            return Err(io::Error::from(io::ErrorKind::ConnectionReset));
        }
        Ok(())
    }
}

impl Connected<IncomingStream<'_, Line>> for Cut {
    fn connect_info(stream: IncomingStream<'_, Line>) -> Self {
        stream.io().cut.clone()
    }
}

/// A connection that can be cut.
pub(super) struct Connection {
    stream: TcpStream,
    cut: Cut,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.cut.check()?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.cut.check()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
