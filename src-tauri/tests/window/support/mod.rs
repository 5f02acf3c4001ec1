//! What every journey needs: a desktop of its own, the till's window on it, a simulator that counts, and
//! pictures. Nothing here knows what the till should do; that is in the journeys.

pub mod axe;
pub mod cashier;
pub mod code;
pub mod desktop;
pub mod driver;
pub mod keys;
pub mod pdf;
pub mod printer;
pub mod process;
pub mod relay;
pub mod shots;
pub mod simulator;
pub mod sizes;
pub mod staff;
pub mod stick;
pub mod wait;
pub mod whole;

pub use driver::Till;
pub use printer::Printer;
pub use relay::Relay;
pub use simulator::Simulator;
pub use sizes::SIZES;
pub use stick::sealed_on;
pub use wait::{PAYMENT, SOON, until};

use std::fs;
use std::path::PathBuf;

use desktop::Desktop;

/// One shop: a desktop and the till's data folder on it. Dropped, everything it started is ended and its
/// folder removed; dropped by a failing test, it leaves a picture of the whole screen and the driver's log.
pub struct Shop {
    /// Short name of the journey; pictures begin with it.
    pub name: &'static str,
    /// Where the shop is.
    pub desktop: Desktop,
}

impl Shop {
    /// A new shop with an empty data folder.
    pub async fn new(name: &'static str) -> Self {
        // The practice simulator and the till are asked over HTTP by this process too.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            name,
            desktop: Desktop::start().await,
        }
    }

    /// Opens the till on this shop's data folder, practice simulator inside.
    pub async fn open(&self) -> Till<'_> {
        Till::open(self, &[]).await
    }

    /// Opens the till pointed at another server by `KESHIA_DARAJA_URL`.
    pub async fn open_at(&self, simulator: &Simulator) -> Till<'_> {
        Till::open(self, &[("KESHIA_DARAJA_URL", &simulator.url())]).await
    }

    /// Files of this shop, the till's output among them, that hold these words.
    pub fn files_holding(&self, words: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.desktop.home().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
                let Ok(kind) = entry.file_type() else { continue };
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    let bytes = fs::read(entry.path()).unwrap_or_default();
                    if bytes
                        .windows(words.len())
                        .any(|window| window == words.as_bytes())
                    {
                        found.push(entry.path());
                    }
                }
            }
        }
        found
    }

    /// Whether the till has written these words to its data folder.
    pub fn holds(&self, words: &str) -> bool {
        self.files_holding(words)
            .iter()
            .any(|file| file.starts_with(self.desktop.data_dir()))
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        if std::thread::panicking() {
            shots::whole_screen(&self.desktop, &format!("{}-FAILED", self.name));
            eprintln!(
                "--- the till's and the driver's output in {}:\n{}",
                self.name,
                self.desktop.log()
            );
        }
    }
}
