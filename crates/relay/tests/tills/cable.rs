//! The cable between the tills and their relay: it can be cut, and lead to another process afterwards.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Passes every connection on to wherever it leads now.
pub(crate) struct Cable {
    /// Where the tills think that the relay is.
    pub(crate) base: String,
    end: Arc<watch::Sender<Option<SocketAddr>>>,
}

impl Cable {
    pub(crate) async fn to(base: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let end = Arc::new(watch::Sender::new(Some(address(base))));
        let cable = Self {
            base: format!("http://{}", listener.local_addr().unwrap()),
            end: Arc::clone(&end),
        };
        tokio::spawn(async move {
            loop {
                let (near, _) = listener.accept().await.unwrap();
                tokio::spawn(carry(near, end.subscribe()));
            }
        });
        cable
    }

    /// Every connection ends at once, and no new one comes through.
    pub(crate) fn cut(&self) {
        self.end.send_replace(None);
    }

    /// It leads to this relay from now on.
    pub(crate) fn lead_to(&self, base: &str) {
        self.end.send_replace(Some(address(base)));
    }
}

fn address(base: &str) -> SocketAddr {
    base.trim_start_matches("http://").parse().unwrap()
}

async fn carry(mut near: TcpStream, mut end: watch::Receiver<Option<SocketAddr>>) {
    let Some(relay) = *end.borrow_and_update() else {
        return;
    };
    // Whoever cannot be reached, or hangs up in the middle, is what the test is about.
    let Ok(mut far) = TcpStream::connect(relay).await else {
        return;
    };
    let _ = near.set_nodelay(true);
    let _ = far.set_nodelay(true);
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        _ = end.changed() => {}
    }
}
