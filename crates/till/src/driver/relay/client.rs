//! The relay's HTTP, as a counter speaks it.

use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relay_wire::{
    Claims, ClaimsAnswer, Cursor, DayPage, Epoch, EventsPage, Heartbeat, HeartbeatAnswer, Inbound, Link,
    LinkPairing, PairAnswer, PairRequest, Pairing, Problem, ProblemCode, ShopKey, ShopSecret, Token, paths,
};
use reqwest::{Method, RequestBuilder, StatusCode, Url};
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::RelayKeys;
use crate::driver::Till;
use crate::engine::{AfterRestore, RelayPlace};
use crate::error::{Code, TillError};
use crate::receipt_number::ReceiptNumber;
use crate::shop::{RelayAddress, is_loopback_host};
use crate::store::chain;
use crate::verify::Anchor;
use crate::view::RelayTrouble;

/// Longest answer, bytes: a page of events is smaller.
const MAX_ANSWER: usize = 8 * 1024 * 1024;

/// Beyond what a long poll waits for by itself.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Why the relay did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No answer, or none that a relay gives.
    #[error("the relay does not answer")]
    NoAnswer,
    /// It said why.
    #[error("the relay refused: {1}")]
    Problem(ProblemCode, String),
}

/// One counter's way to its relay. Clones share its connections.
#[derive(Clone)]
pub struct RelayClient {
    http: reqwest::Client,
    address: RelayAddress,
    keys: RelayKeys,
    key: std::sync::Arc<ShopKey>,
}

impl std::fmt::Debug for RelayClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RelayClient")
            .field("address", &self.address.address)
            .finish_non_exhaustive()
    }
}

/// What a counter has after pairing.
#[derive(Debug, Clone)]
pub struct Paired {
    /// Where the relay is.
    pub address: RelayAddress,
    /// For the key store.
    pub keys: RelayKeys,
    /// The relay's own words.
    pub answer: PairAnswer,
}

impl RelayClient {
    /// The way to a relay that this counter is paired with.
    ///
    /// # Errors
    /// [`Code::NotSecure`] when no safe connection can be made at all.
    pub fn new(address: RelayAddress, keys: RelayKeys) -> Result<Self, TillError> {
        Ok(Self {
            http: http(&address.address)?,
            key: std::sync::Arc::new(super::shop_key(&keys)),
            address,
            keys,
        })
    }

    /// Joins a shop by a pairing line. `name` is what the operator sees of this counter.
    ///
    /// # Errors
    /// [`Code::AddressInvalid`], [`Code::NoNetwork`], or [`Code::NotAllowed`] with the relay's own reason.
    pub async fn pair(line: &Pairing, name: &str) -> Result<Paired, TillError> {
        let secret = line.secret.clone().unwrap_or_else(ShopSecret::random);
        let request = PairRequest {
            code: line.code.expose().to_owned(),
            name: name.to_owned(),
            key: ShopKey::of(&secret).public().clone(),
        };
        let url = join(&line.relay, paths::PAIR)?;
        let builder = http(&line.relay)?.request(Method::POST, url).json(&request);
        let answer: PairAnswer = send(builder).await.map_err(TillError::from)?;
        Ok(Paired {
            address: RelayAddress {
                address: line.relay.clone(),
                shop_id: answer.shop_id.clone(),
            },
            keys: RelayKeys {
                token: Token::new(answer.token.clone()),
                secret,
                hook: Token::new(answer.hook.clone()),
            },
            answer,
        })
    }

    /// The line for one more counter. It holds the shop's secret, which the relay never has.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn pairing_line(&self) -> Result<(Pairing, LinkPairing), Refused> {
        let made: LinkPairing = self.post(paths::PAIRINGS, &()).await?;
        let line = Pairing {
            relay: self.address.address.clone(),
            code: Token::new(made.code.clone()),
            secret: Some(self.keys.secret.clone()),
        };
        Ok((line, made))
    }

    /// The address that each push's path is added to.
    #[must_use]
    pub fn callback_base(&self) -> String {
        paths::stk_base(&self.address.address, self.keys.hook.expose())
    }

    /// The addresses to register for customers' payments: confirmation, validation.
    #[must_use]
    pub fn c2b_addresses(&self) -> (String, String) {
        paths::c2b(&self.address.address, self.keys.hook.expose())
    }

    /// Before the first event of a log that was never read.
    pub(super) fn first(&self) -> Cursor {
        Cursor {
            epoch: Epoch::random(),
            seq: 0,
        }
    }

    pub(super) async fn events(&self, after: Cursor, wait_s: u64) -> Result<EventsPage, Refused> {
        let mut url = self.url(paths::EVENTS)?;
        url.query_pairs_mut()
            .append_pair("after", &after.to_string())
            .append_pair("wait", &wait_s.to_string());
        let builder = self
            .http
            .get(url)
            .bearer_auth(self.keys.token.expose())
            .timeout(TIMEOUT + Duration::from_secs(wait_s));
        send(builder).await
    }

    pub(super) async fn heartbeat(&self, heartbeat: &Heartbeat) -> Result<HeartbeatAnswer, Refused> {
        self.post(paths::HEARTBEAT, heartbeat).await
    }

    /// The longest chain of this counter that the relay has seen: an anchor outside this PC. `None` when it has
    /// seen none, or this book has never read the relay.
    ///
    /// # Errors
    /// See [`Refused`]; the disk's trouble.
    pub async fn remembered(&self, book: &Path) -> Result<Option<Anchor>, TillError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let (cursor, chain) = {
            let conn = Connection::open_with_flags(book, flags)?;
            (RelayPlace::of(&conn)?.cursor, chain::newest(&conn)?)
        };
        let Some(cursor) = cursor else {
            return Ok(None);
        };
        let seen = self.seen(Some(cursor), chain).await.map_err(TillError::from)?;
        Ok(seen.map(|link| Anchor {
            rows: i64::try_from(link.rows).unwrap_or(i64::MAX),
            head: link.head,
        }))
    }

    /// The end of the longest chain of this counter that the relay has seen, as its book stands.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn seen(&self, cursor: Option<Cursor>, chain: Option<Link>) -> Result<Option<Link>, Refused> {
        let shown = Heartbeat {
            cursor: cursor.unwrap_or_else(|| self.first()),
            chain,
            before: None,
            begins_anew: false,
        };
        Ok(self.heartbeat(&shown).await?.anchor)
    }

    /// The relay goes on with a restored book, and keeps what it had seen before. To be asked when
    /// [`seen`](Self::seen) is not in the book.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] when the relay does not; see [`Refused`].
    pub async fn begin_anew(&self, cursor: Option<Cursor>, after: AfterRestore) -> Result<(), TillError> {
        let shown = Heartbeat {
            cursor: cursor.unwrap_or_else(|| self.first()),
            chain: Some(after.chain),
            before: after.before,
            begins_anew: true,
        };
        if self.heartbeat(&shown).await?.chain_refused {
            return Err(TillError::new(
                Code::NotAllowed,
                "The relay does not go on with this book. Is the relay of an older version?",
            ));
        }
        Ok(())
    }

    /// Lets the relay go on with the book of this till, if it was restored. The book writes down what the relay had
    /// seen.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] for a book that was not restored; see [`Refused`]; the disk's trouble.
    pub async fn go_on_restored(&self, till: &Till) -> Result<(), TillError> {
        let (cursor, chain) = till
            .look(|engine, _| {
                Ok((
                    engine.relay_place()?.cursor,
                    chain::newest(engine.store().read())?,
                ))
            })
            .await?;
        let Some(seen) = self.seen(cursor, chain).await? else {
            return Ok(());
        };
        let asked = seen.clone();
        let after = till
            .look(move |engine, _| engine.chain_after_restore(&asked))
            .await?;
        let Some(after) = after else { return Ok(()) };
        self.begin_anew(cursor, after).await?;
        till.call(move |engine, now| Ok((engine.relay_went_on(&seen, now)?, Vec::new())))
            .await
    }

    pub(super) async fn claims(
        &self,
        receipts: &[ReceiptNumber],
    ) -> Result<Vec<(ReceiptNumber, char)>, Refused> {
        self.named(paths::CLAIMS, receipts).await
    }

    /// Which of these payments another counter has; nothing is taken.
    pub(super) async fn holders(
        &self,
        receipts: &[ReceiptNumber],
    ) -> Result<Vec<(ReceiptNumber, char)>, Refused> {
        self.named(paths::HOLDERS, receipts).await
    }

    async fn named(
        &self,
        path: &str,
        receipts: &[ReceiptNumber],
    ) -> Result<Vec<(ReceiptNumber, char)>, Refused> {
        let claims = super::names(&self.keys, receipts);
        let answer: ClaimsAnswer = self
            .post(
                path,
                &Claims {
                    claims: claims.clone(),
                },
            )
            .await?;
        let holders = claims.iter().zip(receipts).filter_map(|(key, receipt)| {
            let claimed = answer.claims.iter().find(|claimed| claimed.key == *key)?;
            Some((receipt.clone(), claimed.holder))
        });
        Ok(holders.collect())
    }

    pub(super) async fn put_day(&self, page: &DayPage) -> Result<(), Refused> {
        let builder = self.http.put(self.url(paths::DAY)?).json(page);
        self.done(builder).await
    }

    /// Takes the owner's page away: the link shows nothing from then on.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn drop_day(&self) -> Result<(), Refused> {
        let builder = self.http.delete(self.url(paths::DAY)?);
        self.done(builder).await
    }

    /// The address of the owner's page.
    #[must_use]
    pub fn owners_address(&self, link: &super::OwnersLink) -> String {
        link.address(&self.address.address)
    }

    async fn done(&self, builder: RequestBuilder) -> Result<(), Refused> {
        let sent = builder.bearer_auth(self.keys.token.expose()).send().await;
        let response = sent.map_err(|_| Refused::NoAnswer)?;
        if response.status().is_success() {
            return Ok(());
        }
        let body = response.bytes().await.map_err(|_| Refused::NoAnswer)?;
        Err(refused(&body))
    }

    /// Opens an event; `None` when it is not for this shop, was changed, or is of a newer version.
    pub(super) fn open(&self, sealed: &str) -> Option<Inbound> {
        let sealed = STANDARD.decode(sealed).ok()?;
        self.key.open(&self.address.shop_id, &sealed).ok()
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, Refused> {
        let builder = self
            .http
            .post(self.url(path)?)
            .bearer_auth(self.keys.token.expose())
            .json(body);
        send(builder).await
    }

    fn url(&self, path: &str) -> Result<Url, Refused> {
        join(&self.address.address, path).map_err(|_| Refused::NoAnswer)
    }
}

fn join(relay: &str, path: &str) -> Result<Url, TillError> {
    Url::parse(&format!("{relay}{path}"))
        .map_err(|_| TillError::new(Code::AddressInvalid, "That is not the address of a relay."))
}

/// # Errors
/// [`Code::NotSecure`]: plain `http` beyond this computer, or no TLS.
fn http(address: &str) -> Result<reqwest::Client, TillError> {
    // On this computer nobody listens in between.
    let here = Url::parse(address).is_ok_and(|url| url.host_str().is_some_and(is_loopback_host));
    if !here && !address.starts_with("https://") {
        return Err(TillError::new(
            Code::NotSecure,
            "A relay's address begins with https://.",
        ));
    }
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("keshia/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .timeout(TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false);
    if here {
        builder = builder.no_proxy();
    }
    if address.starts_with("http://") {
        builder = builder.tls_certs_only([]);
    }
    builder.build().map_err(|error| {
        TillError::new(
            Code::NotSecure,
            format!("No safe connection can be made: {error}."),
        )
    })
}

/// One request. 410 has a page like 200: it says what is gone.
async fn send<T: DeserializeOwned>(builder: RequestBuilder) -> Result<T, Refused> {
    let mut response = builder.send().await.map_err(|_| Refused::NoAnswer)?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Refused::NoAnswer)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER {
            return Err(Refused::NoAnswer);
        }
    }
    if status.is_success() || status == StatusCode::GONE {
        return serde_json::from_slice(&body).map_err(|_| Refused::NoAnswer);
    }
    Err(refused(&body))
}

fn refused(body: &[u8]) -> Refused {
    serde_json::from_slice::<Problem>(body).map_or(Refused::NoAnswer, |problem| {
        Refused::Problem(problem.code, problem.message)
    })
}

impl From<Refused> for RelayTrouble {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NoAnswer => Self::Unreachable,
            Refused::Problem(code, _) => match code {
                ProblemCode::NotLetIn => Self::NotLetIn,
                ProblemCode::PairingCode
                | ProblemCode::OtherKey
                | ProblemCode::BadRequest
                | ProblemCode::TooLarge
                | ProblemCode::TooMany
                | ProblemCode::NotFound
                | ProblemCode::Unavailable
                | ProblemCode::Unknown => Self::Unreachable,
            },
        }
    }
}

impl From<Refused> for TillError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NoAnswer => Self::new(
                Code::NoNetwork,
                "The relay does not answer. Check its address and the internet, then try again.",
            ),
            Refused::Problem(code, message) => {
                let words = match code {
                    ProblemCode::PairingCode => {
                        "This pairing line was used already, or is older than ten minutes: make a new one."
                    }
                    ProblemCode::OtherKey => {
                        "This shop has counters already: make the pairing line on one of them."
                    }
                    ProblemCode::NotLetIn => "The relay does not let this counter in any more.",
                    ProblemCode::BadRequest
                    | ProblemCode::TooLarge
                    | ProblemCode::TooMany
                    | ProblemCode::NotFound
                    | ProblemCode::Unavailable
                    | ProblemCode::Unknown => message.as_str(),
                };
                Self::new(Code::NotAllowed, words)
            }
        }
    }
}
