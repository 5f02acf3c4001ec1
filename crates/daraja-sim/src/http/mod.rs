//! The world behind a real socket.

mod control;
mod daraja;
mod driver;
mod line;
mod page;
mod shared;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::Config;
use line::{Cut, Line};
use shared::Shared;

/// A simulator that is listening. Dropping it ends it.
pub struct Running {
    address: Option<SocketAddr>,
    line: Line,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
    driver: JoinHandle<()>,
}

impl Running {
    /// Where it listens: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        self.address
            .map(|address| format!("http://{address}"))
            .unwrap_or_default()
    }

    /// Ends it and waits until it has ended.
    pub async fn stop(mut self) {
        self.end();
        if let Some(server) = self.server.take() {
            // A client that keeps a request open must not keep the simulator alive.
            let _ = tokio::time::timeout(std::time::Duration::from_secs(1), server).await;
        }
    }

    fn end(&mut self) {
        self.line.close();
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        self.driver.abort();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Starts a simulator on `listener`. A state file that cannot be read is put aside with the ending
/// `.unreadable`, and a new world begins.
pub async fn serve(listener: TcpListener, config: Config) -> Running {
    // Building the client that carries callbacks needs a provider; another one's choice stands.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    let shared = Arc::new(Shared::open(config));
    let address = listener.local_addr().ok();
    let line = Line::new(listener);
    let (stop, stopped) = oneshot::channel::<()>();
    let driver = tokio::spawn(driver::run(Arc::clone(&shared)));
    let app = Router::new()
        .merge(page::routes())
        .merge(control::routes())
        .fallback(daraja::answer)
        .with_state(shared)
        .into_make_service_with_connect_info::<Cut>();
    let server = axum::serve(line.clone(), app).with_graceful_shutdown(async move {
        let _ = stopped.await;
    });
    let server = tokio::spawn(async move {
        if let Err(error) = server.await {
            tracing::warn!(%error, "the simulator's listener ended");
        }
    });
    Running {
        address,
        line,
        stop: Some(stop),
        server: Some(server),
        driver,
    }
}

/// Milliseconds since 1970 UTC by the PC's clock.
fn wall_clock_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or(0)
}
