//! What the shop told us about itself, and where its prompts go.

use std::path::Path;

use daraja::{BaseUrl, Environment, Receiver, ShortCode};
use rusqlite::OpenFlags;
use serde::{Deserialize, Serialize};

use crate::doctor::TillOwner;
use crate::engine::{Counter, Sharing};
use crate::error::{Code, TillError};
use crate::files::FileKind;
use crate::money::Money;
use crate::policy::Policy;
use crate::reference::{CounterChar, Incarnation};
use crate::store::{Store, setting};

/// Where a book keeps its shop.
pub(crate) const KEY: &str = "shop";

/// The shop, as stored in its book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// On the top bar and on receipts.
    pub name: String,
    /// This counter's letter in references.
    pub counter: char,
    /// [`Incarnation`]: another one after a restore or a move, so that old and new references never meet.
    pub incarnation: String,
    /// Random; names this book in the system keyring.
    pub file_id: String,
    /// The till or paybill number customers pay to, from the sticker.
    pub pay_number: Option<String>,
    /// How prompts are sent; `None` for a shop that started without keys.
    pub connection: Option<Connection>,
    /// Do other counters take payments on the same short code?
    #[serde(default)]
    pub sharing: Sharing,
    /// The relay that brings what Safaricom posts, without its keys.
    #[serde(default)]
    pub relay: Option<RelayAddress>,
    /// What a relay tells settles payments up to this amount; `None` for Keshia's own choice.
    #[serde(default)]
    pub told_limit: Option<Money>,
    /// Who owns the number; `None` while nobody has said.
    #[serde(default)]
    pub till_owner: Option<TillOwner>,
}

/// The relay that a counter is paired with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayAddress {
    /// Its address, without a path.
    pub address: String,
    /// The shop's id there.
    pub shop_id: String,
}

/// How prompts are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Which Safaricom.
    pub environment: PayEnvironment,
    /// Who is paid.
    pub receiver: ReceiverNumbers,
    /// Is Pull Transactions registered for the short code? It is done once, and needs Safaricom's consent.
    #[serde(default)]
    pub pull: bool,
}

/// Where money would be real, and where not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayEnvironment {
    /// The simulator.
    Practice,
    /// Safaricom's sandbox.
    Sandbox,
    /// Real money.
    Production,
}

/// Who is paid, as typed and stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReceiverNumbers {
    /// A paybill.
    Paybill {
        /// Its number.
        number: String,
    },
    /// A till (Buy Goods).
    Till {
        /// The store number from Safaricom's go-live e-mail.
        store: String,
        /// The till number on the sticker.
        till: String,
    },
}

impl Shop {
    /// A shop that takes cash and typed codes at once.
    #[must_use]
    pub fn new(name: &str, file_id: String, pay_number: Option<String>) -> Self {
        Self {
            name: name.trim().to_owned(),
            counter: 'A',
            incarnation: Incarnation::FIRST.to_string(),
            file_id,
            pay_number,
            connection: None,
            sharing: Sharing::Alone,
            relay: None,
            told_limit: None,
            till_owner: None,
        }
    }

    /// Reads the shop of a book; `None` before its first set-up.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn load(store: &Store) -> Result<Option<Self>, TillError> {
        setting::get(store.read(), KEY)
    }

    /// Reads the shop of a book that another program may have open, or that may be damaged: then `None`.
    #[must_use]
    pub fn peek(book: &Path) -> Option<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = rusqlite::Connection::open_with_flags(book, flags).ok()?;
        setting::get(&conn, KEY).ok()?
    }

    /// Writes it.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn save(&self, store: &mut Store) -> Result<(), TillError> {
        store.write(|tx| setting::put(tx, KEY, self))
    }

    /// The numbers that customers' payments to this shop name.
    #[must_use]
    pub fn numbers(&self) -> Vec<String> {
        let connected = self
            .connection
            .iter()
            .flat_map(|connection| match &connection.receiver {
                ReceiverNumbers::Paybill { number } => vec![number.clone()],
                ReceiverNumbers::Till { store, till } => vec![store.clone(), till.clone()],
            });
        self.pay_number.iter().cloned().chain(connected).collect()
    }

    /// Whether the money of a book of this kind is play: in practice, and on Safaricom's sandbox.
    #[must_use]
    pub fn is_play(&self, kind: FileKind) -> bool {
        kind == FileKind::Practice
            || self
                .connection
                .as_ref()
                .is_some_and(|connection| connection.environment != PayEnvironment::Production)
    }

    /// What the engine must know; `connected` is whether prompts can be sent now. Pull Transactions needs the
    /// same keys.
    ///
    /// # Errors
    /// [`Code::DatabaseCorrupt`] when the book names no valid counter.
    pub fn counter(&self, connected: bool) -> Result<Counter, TillError> {
        CounterChar::new(self.counter)
            .zip(Incarnation::parse(&self.incarnation))
            .map(|(letter, incarnation)| Counter {
                letter,
                incarnation,
                connected,
                sharing: self.sharing,
                numbers: self.numbers(),
                pull: connected && self.connection.as_ref().is_some_and(|connection| connection.pull),
            })
            .ok_or_else(|| TillError::new(Code::DatabaseCorrupt, "Keshia's file names no valid counter."))
    }
}

impl ReceiverNumbers {
    /// Checks the numbers.
    ///
    /// # Errors
    /// [`Code::NumberInvalid`], naming the field.
    pub fn parse(&self) -> Result<Receiver, TillError> {
        let number = |field: &str, text: &str| {
            ShortCode::parse(text.trim()).map_err(|_| {
                TillError::new(
                    Code::NumberInvalid,
                    format!("The {field} number has 5 to 7 digits."),
                )
            })
        };
        Ok(match self {
            Self::Paybill { number: paybill } => Receiver::Paybill {
                number: number("paybill", paybill)?,
            },
            Self::Till { store, till } => Receiver::Till {
                store: number("store", store)?,
                till: number("till", till)?,
            },
        })
    }

    /// The number a customer types on the own phone.
    #[must_use]
    pub fn pay_number(&self) -> &str {
        match self {
            Self::Paybill { number } => number,
            Self::Till { till, .. } => till,
        }
    }
}

/// Where a book's prompts go. A live book speaks with Safaricom's two hosts and nobody else.
///
/// # Errors
/// [`Code::NotAllowed`] for any other pairing of book, environment and address.
pub fn address(
    file: FileKind,
    environment: PayEnvironment,
    elsewhere: Option<&BaseUrl>,
) -> Result<BaseUrl, TillError> {
    match (file, environment, elsewhere) {
        (FileKind::Live, PayEnvironment::Production, None) => Ok(BaseUrl::of(Environment::Production)),
        (FileKind::Live, PayEnvironment::Sandbox, None) => Ok(BaseUrl::of(Environment::Sandbox)),
        (FileKind::Practice, _, Some(elsewhere)) => Ok(elsewhere.clone()),
        (FileKind::Live, _, Some(_)) => Err(TillError::new(
            Code::NotAllowed,
            "KESHIA_DARAJA_URL opens the practice book only: real sales go to Safaricom and nowhere else.",
        )),
        (FileKind::Live, PayEnvironment::Practice, None) => Err(TillError::new(
            Code::NotAllowed,
            "The real book cannot send prompts to the practice phone.",
        )),
        (FileKind::Practice, _, None) => Err(TillError::new(
            Code::NotConnected,
            "Practice needs its simulator: start `daraja-sim` and set KESHIA_DARAJA_URL to the address it prints.",
        )),
    }
}

impl Shop {
    /// The numbers in force, with the owner's own.
    #[must_use]
    pub fn policy_of(&self, policy: Policy) -> Policy {
        Policy {
            told_limit: self.told_limit.unwrap_or(policy.told_limit),
            ..policy
        }
    }
}

/// How eagerly a book asks its server: a simulator on this computer may be asked as often as one
/// likes; any other server may count.
#[must_use]
pub fn policy(address: &BaseUrl) -> Policy {
    if is_loopback(address) {
        Policy::practice()
    } else {
        Policy::live()
    }
}

/// Whether a server is on this computer.
#[must_use]
pub fn is_loopback(address: &BaseUrl) -> bool {
    is_loopback_host(address.host())
}

/// Whether a host of a web address is this computer.
pub(crate) fn is_loopback_host(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// `KESHIA_DARAJA_URL`, when it is set: never the address where money is real, because the book that
/// it opens calls its money play.
///
/// # Errors
/// [`Code::AddressInvalid`] with what is wrong, [`Code::NotAllowed`] for Safaricom's production host.
pub fn elsewhere_from_env() -> Result<Option<BaseUrl>, TillError> {
    let Some(text) = std::env::var("KESHIA_DARAJA_URL")
        .ok()
        .filter(|text| !text.trim().is_empty())
    else {
        return Ok(None);
    };
    let address = BaseUrl::parse(text.trim())
        .map_err(|error| TillError::new(Code::AddressInvalid, format!("KESHIA_DARAJA_URL: {error}.")))?;
    match address.environment() {
        Some(Environment::Production) => Err(TillError::new(
            Code::NotAllowed,
            "KESHIA_DARAJA_URL is for practice: leave it unset to take real money.",
        )),
        Some(Environment::Sandbox) | None => Ok(Some(address)),
    }
}
