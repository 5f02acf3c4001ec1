//! What the app finds around it: its folder, another server, a key store.

use std::sync::Arc;

use daraja::BaseUrl;
use till::TillError;
use till::files::DataDir;
use till::pc::Pc;
use till::secrets::{self, KeyringChoice, SecretError, SecretStore};
use till::shop;

/// Opens the key store of the book with this id. May block.
pub type OpenSecrets = Arc<dyn Fn(&str) -> Result<Box<dyn SecretStore>, SecretError> + Send + Sync>;

/// The app's surroundings, read once. What is wrong with them is a problem the window shows, so it is kept
/// and not returned.
pub struct Places {
    /// Keshia's folder.
    pub data: Result<DataDir, TillError>,
    /// Another server than Safaricom's; with it, only the practice book opens.
    pub elsewhere: Result<Option<BaseUrl>, TillError>,
    /// Where keys are kept.
    pub secrets: OpenSecrets,
    /// This PC; `None` when its id can neither be read nor made.
    pub pc: Option<Pc>,
}

impl Places {
    /// `KESHIA_DATA_DIR`, `KESHIA_DARAJA_URL` and the system's keyring.
    #[must_use]
    pub fn from_system() -> Self {
        Self {
            data: DataDir::usual(),
            elsewhere: shop::elsewhere_from_env(),
            secrets: Arc::new(|file_id| secrets::open(file_id, KeyringChoice::IfItAnswers)),
            pc: Pc::this(),
        }
    }

    /// The other server, if a good one is named.
    pub(crate) fn elsewhere(&self) -> Option<&BaseUrl> {
        self.elsewhere.as_ref().ok().and_then(Option::as_ref)
    }
}
