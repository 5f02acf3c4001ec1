//! Opening a book: its lock, its file, who sends its prompts, and the engine over it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use daraja::{BaseUrl, Client, Timeouts};
use daraja_sim::world::Settings as SimulatorSettings;
use receipts::Patience;
use till::backup::{Backup, Backups, Stick, StickState};
use till::clock::shop_day;
use till::driver::safaricom::Safaricom;
use till::driver::{
    Carrying, Clock, Daraja, Housekeeping, Looks, PrintLink, RelayClient, RelayLink, SystemClock, Till,
};
use till::engine::{Counter, Engine};
use till::files::{FileKind, FileLock};
use till::ids::IdSource;
use till::interactions::Interactions;
use till::pc::Pc;
use till::people::pepper;
use till::policy::Policy;
use till::secrets::StoreKind;
use till::shop::{self, Connection, PayEnvironment, ReceiverNumbers, Shop};
use till::store::{Store, person, setting};
use till::{Code, TillError};

use crate::keys::{self, Keys};
use crate::places::Places;
use crate::practice::{self, Practice};
use crate::relay;
use crate::views::{AppEnvironment, KeyStorage, Preferences};

/// Where a book keeps how its screens look and sound.
pub(crate) const PREFERENCES: &str = "ui";

/// The phone that practice names when it registers for Pull.
const PRACTICE_PHONE: &str = "254700000000";

/// Changes a shop before its book is used; may block, and may fail before anything is kept.
pub(crate) type SetUp = Box<dyn FnOnce(&mut Shop) -> Result<(), TillError> + Send>;

/// Longest time that closing waits for the copy on the stick.
const LONGEST_CLOSING: Duration = Duration::from_secs(5);

/// An open book.
pub(crate) struct Book {
    pub(crate) kind: FileKind,
    pub(crate) till: Till,
    pub(crate) shop: Shop,
    pub(crate) preferences: Preferences,
    pub(crate) line: Line,
    pub(crate) practice: Option<Practice>,
    /// What is said to Safaricom; none when its disk refuses, for it is only an aid.
    pub(crate) log: Option<Arc<Interactions>>,
    /// The way to the relay, and what reads it; both end with the book.
    pub(crate) relay: Option<(RelayClient, RelayLink)>,
    /// Prints what waits; none when the system gave no thread for it. Ends with the book.
    pub(crate) prints: Option<PrintLink>,
    /// Ends with the book.
    housekeeping: Option<Housekeeping>,
    carrying: Option<Carrying>,
    places: Arc<Places>,
    path: PathBuf,
    lock: FileLock,
}

/// Who sends the prompts, without the keys that let him.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) port: Option<Arc<dyn Daraja>>,
    /// The same, for what only the set-up asks.
    pub(crate) safaricom: Option<Safaricom>,
    /// Why a connected shop can send nothing.
    pub(crate) trouble: Option<Code>,
    pub(crate) receiver: Option<ReceiverNumbers>,
    pub(crate) environment: Option<AppEnvironment>,
    pub(crate) key_storage: KeyStorage,
    /// Can Safaricom's list of payments be read?
    pub(crate) pull: bool,
}

impl Book {
    /// Has the book copied each day, and carried to the stick; `tell` and `carried` hear of it.
    pub(crate) fn keep_house(
        &mut self,
        tell: impl Fn(Result<Backup, TillError>) + Send + Sync + 'static,
        carried: impl Fn(Result<StickState, TillError>) + Send + Sync + 'static,
    ) {
        let clock = Arc::new(SystemClock::default());
        let runtime = tokio::runtime::Handle::current();
        self.housekeeping = Some(Housekeeping::start(
            &self.path,
            clock,
            &runtime,
            Looks::default(),
            tell,
        ));
        let (places, file_id) = (Arc::clone(&self.places), self.shop.file_id.clone());
        self.carrying = Some(Carrying::start(
            Stick::of(&self.path),
            Arc::new(SystemClock::default()),
            &runtime,
            Carrying::usual(),
            move || keys::travelling(&places, &file_id),
            carried,
        ));
    }

    /// Stops the engine, then lets go of the file.
    pub(crate) async fn close(mut self) {
        let keeps_house = self.housekeeping.take().is_some();
        drop(self.carrying.take());
        drop(self.prints);
        drop(self.relay);
        self.till.stop();
        // Answered only after the engine and its file are gone: there is no other end of this question.
        let _ = self.till.look(|_, _| Ok(())).await;
        if let Some(practice) = self.practice {
            practice.stop().await;
        }
        if let Some(log) = self.log {
            // Waits for a disk, at most two seconds.
            let _ = tokio::task::spawn_blocking(move || log.close()).await;
        }
        if keeps_house {
            copy_at_closing(self.path, self.places, self.shop.file_id).await;
        }
        drop(self.lock);
    }
}

/// A shop that has a stick is to have the whole day on it, also when the PC dies over night. Whoever switches
/// off waits a few seconds at most: what is not done then is cut off, cleaned up, and made up for.
async fn copy_at_closing(path: PathBuf, places: Arc<Places>, file_id: String) {
    let copied = tokio::task::spawn_blocking(move || {
        let stick = Stick::of(&path);
        if !stick.state().is_some_and(|stick| stick.there) {
            return Ok(());
        }
        let now = SystemClock::default().now().utc;
        Backups::beside(&path).take_daily(shop_day(now))?;
        stick
            .carry(now, &|| keys::travelling(&places, &file_id))
            .map(|_| ())
    });
    if let Ok(Ok(Err(error))) = tokio::time::timeout(LONGEST_CLOSING, copied).await {
        tracing::warn!("no copy at closing: {error}");
    }
}

/// Opens a book, made new if there is none. `preferences` are for a book that has none yet.
///
/// # Errors
/// [`Code::DatabaseInUse`] when another Keshia holds it, whatever is wrong with the file, and what
/// `set_up` says.
pub(crate) async fn book(
    places: &Arc<Places>,
    kind: FileKind,
    preferences: Preferences,
    set_up: SetUp,
) -> Result<Book, TillError> {
    let data = places.data.clone()?;
    let elsewhere = places.elsewhere.clone()?;
    let lock = data.lock(kind)?;
    let path = data.database(kind);
    let pc = places.pc.clone();
    let (store, shop, preferences) =
        blocking(move || read(&path, kind, pc.as_ref(), preferences, set_up)).await?;
    let practice = match (kind, elsewhere) {
        (FileKind::Practice, None) => Some(Practice::start(&data, &shop.name).await?),
        (FileKind::Practice | FileKind::Live, _) => None,
    };
    let log = {
        let path = data.interactions(kind);
        blocking(move || Ok(Interactions::open_or_none(&path))).await?
    };
    let line = {
        let (places, shop, url, log) = (
            Arc::clone(places),
            shop.clone(),
            practice.as_ref().map(Practice::url),
            log.clone(),
        );
        blocking(move || line(&places, kind, &shop, url.as_deref(), log)).await?
    };
    let counter = Counter {
        pull: line.port.is_some() && line.pull,
        ..shop.counter(line.port.is_some())?
    };
    let policy = shop.policy_of(policy(places, practice.as_ref()));
    let ids = IdSource::from_system().map_err(internal)?;
    let clock = Arc::new(SystemClock::default());
    let now = clock.now();
    let engine = {
        let (places, file_id) = (Arc::clone(places), shop.file_id.clone());
        blocking(move || {
            let mut engine = Engine::open(store, policy, counter, ids, now)?;
            if engine.tells_people_apart() {
                // Without it nobody signs in, and the lock says why; what waits goes on waiting.
                let found = pepper::read(kind, || (places.secrets)(&file_id));
                engine.set_pepper(found.unwrap_or_else(|error| {
                    tracing::error!(code = ?error.code, "{error}");
                    None
                }));
            }
            Ok(engine)
        })
        .await?
    };
    let till = Till::start(
        engine,
        line.port.clone(),
        clock,
        tokio::runtime::Handle::current(),
    )?;
    let prints = PrintLink::start(
        till.clone(),
        shop.is_play(kind),
        Patience::default(),
        &tokio::runtime::Handle::current(),
    )
    .inspect_err(|error| tracing::warn!("nothing can be printed: {error}"))
    .ok();
    let (client, owner) = {
        let (places, shop) = (Arc::clone(places), shop.clone());
        blocking(move || {
            let client = relay::client(&places, &shop);
            let owner = client.as_ref().and_then(|_| relay::owners_link(&places, &shop));
            Ok((client, owner))
        })
        .await?
    };
    let relay = client.map(|client| relay::link(&till, client, owner));
    Ok(Book {
        kind,
        till,
        relay,
        shop,
        preferences,
        line,
        practice,
        log,
        prints,
        housekeeping: None,
        carrying: None,
        places: Arc::clone(places),
        path: data.database(kind),
        lock,
    })
}

fn read(
    path: &Path,
    kind: FileKind,
    pc: Option<&Pc>,
    preferences: Preferences,
    set_up: SetUp,
) -> Result<(Store, Shop, Preferences), TillError> {
    let mut store = Store::open(path)?;
    // Two PCs must never give out the same references.
    if let Some(pc) = pc {
        pc.claim(&mut store, SystemClock::default().now().utc)?;
    }
    let found = Shop::load(&store)?;
    let mut shop = match &found {
        Some(shop) => shop.clone(),
        None => new_shop(kind)?,
    };
    // Whoever stands at the doors is nobody yet: a book that tells people apart is opened as it is, locked.
    if person::here(store.read())?.is_empty() {
        set_up(&mut shop)?;
    }
    if found.as_ref() != Some(&shop) {
        shop.save(&mut store)?;
    }
    let kept = setting::get(store.read(), PREFERENCES).unwrap_or_else(|error| {
        tracing::warn!("how the screens should look is not readable, so they look as usual: {error}");
        None
    });
    if kept.is_none() {
        store.write(|tx| setting::put(tx, PREFERENCES, &preferences))?;
    }
    Ok((store, shop, kept.unwrap_or(preferences)))
}

fn new_shop(kind: FileKind) -> Result<Shop, TillError> {
    let file_id = IdSource::from_system().map_err(internal)?.next_id();
    Ok(match kind {
        FileKind::Live => Shop::new("", file_id, None),
        FileKind::Practice => Shop::new(
            practice::SHOP_NAME,
            file_id,
            Some(SimulatorSettings::default().paybill),
        ),
    })
}

/// Who sends this book's prompts. Keys that cannot be had leave a till that takes everything else.
///
/// # Errors
/// [`Code::Internal`] only: practice needs nothing from outside.
pub(crate) fn line(
    places: &Places,
    kind: FileKind,
    shop: &Shop,
    practice: Option<&str>,
    log: Option<Arc<Interactions>>,
) -> Result<Line, TillError> {
    let elsewhere = places.elsewhere();
    let calls = relay::client(places, shop).map(|client| client.callback_base());
    if let Some(url) = practice {
        let base = BaseUrl::parse(url).map_err(internal)?;
        return practice_line(&base, &simulators_own(), calls, log);
    }
    match (&shop.connection, kind, elsewhere) {
        // A practice shop set up without a window: its keys are no secret and in no store.
        (Some(connection), FileKind::Practice, Some(elsewhere))
            if connection.environment == PayEnvironment::Practice =>
        {
            practice_line(elsewhere, connection, calls, log)
        }
        (Some(connection), _, _) => Ok(stored_line(places, kind, shop, connection, log).unwrap_or_else(
            |error| {
                tracing::warn!(code = ?error.code, "no prompts can be sent: {error}");
                Line {
                    trouble: Some(error.code),
                    ..Line::of(connection)
                }
            },
        )),
        (None, FileKind::Practice, Some(elsewhere)) => {
            practice_line(elsewhere, &simulators_own(), calls, log)
        }
        (None, FileKind::Practice | FileKind::Live, _) => Ok(Line::none()),
    }
}

/// The line of a shop that was connected, with its keys from the key store.
///
/// # Errors
/// [`Code::Keyring`], [`Code::KeysMissing`], [`Code::NumberInvalid`] or [`Code::NotAllowed`].
pub(crate) fn stored_line(
    places: &Places,
    kind: FileKind,
    shop: &Shop,
    connection: &Connection,
    log: Option<Arc<Interactions>>,
) -> Result<Line, TillError> {
    let store = (places.secrets)(&shop.file_id).map_err(|error| keys::refused(&error))?;
    let keys = Keys::read(&*store)?;
    let base = shop::address(kind, connection.environment, places.elsewhere())?;
    let calls = relay::client(places, shop).map(|client| client.callback_base());
    let key_storage = match store.kind() {
        StoreKind::Keyring => KeyStorage::Keyring,
        StoreKind::Environment => KeyStorage::Environment,
        StoreKind::Memory => KeyStorage::Practice,
    };
    let safaricom = safaricom(base, keys, &connection.receiver, calls, log)?;
    Ok(Line {
        key_storage,
        ..Line::with(safaricom, connection)
    })
}

fn practice_line(
    base: &BaseUrl,
    connection: &Connection,
    calls: Option<String>,
    log: Option<Arc<Interactions>>,
) -> Result<Line, TillError> {
    let keys = Keys::practice(&SimulatorSettings::default(), &connection.receiver);
    let safaricom =
        safaricom(base.clone(), keys, &connection.receiver, calls, log)?.registering_pull(PRACTICE_PHONE);
    Ok(Line {
        key_storage: KeyStorage::Practice,
        pull: true,
        ..Line::with(safaricom, connection)
    })
}

/// The paybill that the simulator knows unless it is told another.
fn simulators_own() -> Connection {
    Connection {
        environment: PayEnvironment::Practice,
        receiver: ReceiverNumbers::Paybill {
            number: SimulatorSettings::default().paybill,
        },
        pull: true,
    }
}

fn safaricom(
    base: BaseUrl,
    keys: Keys,
    receiver: &ReceiverNumbers,
    calls: Option<String>,
    log: Option<Arc<Interactions>>,
) -> Result<Safaricom, TillError> {
    let client = Client::new(base, keys.app, Timeouts::default()).map_err(internal)?;
    let client = match log {
        Some(log) => client.observed(log),
        None => client,
    };
    Ok(Safaricom::new(client, receiver.parse()?, keys.passkey, calls))
}

impl Line {
    fn none() -> Self {
        Self {
            port: None,
            safaricom: None,
            trouble: None,
            receiver: None,
            environment: None,
            key_storage: KeyStorage::None,
            pull: false,
        }
    }

    fn with(safaricom: Safaricom, connection: &Connection) -> Self {
        Self {
            port: Some(Arc::new(safaricom.clone())),
            safaricom: Some(safaricom),
            ..Self::of(connection)
        }
    }

    fn of(connection: &Connection) -> Self {
        Self {
            receiver: Some(connection.receiver.clone()),
            environment: Some(connection.environment.into()),
            pull: connection.pull,
            ..Self::none()
        }
    }
}

/// How eagerly the book's server may be asked. A book that sends no prompts asks nobody.
fn policy(places: &Places, practice: Option<&Practice>) -> Policy {
    match (practice, places.elsewhere()) {
        (Some(_), _) => Policy::practice(),
        (None, Some(elsewhere)) => shop::policy(elsewhere),
        (None, None) => Policy::live(),
    }
}

/// Runs what may wait for a disk or a keyring where waiting hurts nobody.
///
/// # Errors
/// Whatever the work returns.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TillError> + Send + 'static,
) -> Result<T, TillError> {
    tokio::task::spawn_blocking(work).await.map_err(internal)?
}

pub(crate) fn internal(why: impl std::fmt::Display) -> TillError {
    TillError::new(
        Code::Internal,
        format!("Keshia made a mistake: {why}. Nothing was lost; please report it."),
    )
}
