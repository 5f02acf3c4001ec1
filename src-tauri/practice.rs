//! Practice: Safaricom's stand-in inside the app, on this computer only.

use daraja_sim::{Config, Running};
use till::files::DataDir;
use till::{Code, TillError};
use tokio::net::TcpListener;

/// The shop's name until its owner gives it one.
pub(crate) const SHOP_NAME: &str = "Mama Njeri Stores";

/// The phones of practice are kept beside its book, so that a prompt outlives a power cut as a real one
/// would.
const STATE_FILE: &str = "practice-phones.json";

/// The running stand-in.
pub(crate) struct Practice {
    running: Running,
}

impl Practice {
    /// Starts it on a free port of the loopback.
    ///
    /// # Errors
    /// [`Code::Internal`] when the system gives no port.
    pub(crate) async fn start(data: &DataDir, shop_name: &str) -> Result<Self, TillError> {
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|error| {
            TillError::new(
                Code::Internal,
                format!("Practice cannot start: no free port on this computer ({error})."),
            )
        })?;
        let mut config = Config {
            state_file: Some(data.root().join(STATE_FILE)),
            ..Config::default()
        };
        // M-PESA's messages name shops in capitals.
        config.settings.shop_name = shop_name.to_uppercase();
        Ok(Self {
            running: daraja_sim::serve(listener, config).await,
        })
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> String {
        self.running.url()
    }

    /// Ends it; what the phones know is kept.
    pub(crate) async fn stop(self) {
        self.running.stop().await;
    }
}
