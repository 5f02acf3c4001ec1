//! Opens a book, finds its keys, starts its engine.

use std::path::PathBuf;
use std::sync::Arc;

use daraja::{BaseUrl, Client, Receiver, Secret, Timeouts};
use till::backup::Backups;
use till::driver::safaricom::Safaricom;
use till::driver::{Clock as _, RelayClient, RelayKeys, RelayLink, SystemClock, Till};
use till::engine::Engine;
use till::files::{DataDir, FileKind, FileLock};
use till::ids::IdSource;
use till::interactions::Interactions;
use till::pc::Pc;
use till::policy::Policy;
use till::secrets::KeyringChoice;
use till::shop::{self, Connection, PayEnvironment, Shop};
use till::store::{Store, person};
use till::{Code, Now, TillError};

use crate::cli::Global;
use crate::failure::internal;
use crate::keys;
use crate::print::Out;
use crate::who::Who;

/// The phone that practice names when it registers for Pull.
const PRACTICE_PHONE: &str = "254700000000";

/// A book that this process alone uses.
#[derive(Debug)]
pub(crate) struct Book {
    /// Who the shop is.
    pub(crate) shop: Shop,
    /// What is written.
    pub(crate) store: Store,
    who: Option<Who>,
    kind: FileKind,
    elsewhere: Option<BaseUrl>,
    keyring: KeyringChoice,
    log: PathBuf,
    lock: FileLock,
}

/// A shop that can speak with its server.
#[derive(Debug)]
pub(crate) struct Connected {
    /// The server.
    pub(crate) client: Client,
    /// Who is paid.
    pub(crate) receiver: Receiver,
    passkey: Secret,
    address: BaseUrl,
    log: Option<Arc<Interactions>>,
}

/// A running engine; the lock is held as long as it.
#[derive(Debug)]
pub(crate) struct Running {
    /// The engine's handle.
    pub(crate) till: Till,
    relay: Option<RelayLink>,
    log: Option<Arc<Interactions>>,
    lock: FileLock,
}

/// An engine whose effects a command carries out by itself.
#[derive(Debug)]
pub(crate) struct ByHand {
    /// The engine.
    pub(crate) engine: Engine,
    /// Safaricom.
    pub(crate) port: Safaricom,
    log: Option<Arc<Interactions>>,
    _lock: FileLock,
}

impl Book {
    /// Opens the book that the flags and `KESHIA_DARAJA_URL` name.
    ///
    /// # Errors
    /// [`Code::NotConnected`] before `setup`, [`Code::DatabaseInUse`] beside a running Keshia, or the
    /// disk's trouble. Nothing is created.
    pub(crate) fn open(global: &Global) -> Result<Self, TillError> {
        let elsewhere = shop::elsewhere_from_env()?;
        if global.data_dir.as_ref().is_some_and(|folder| !folder.exists()) {
            return Err(not_set_up());
        }
        let folder = folder(global)?;
        let kind = which(&folder, elsewhere.as_ref());
        let path = folder.database(kind);
        if !path.exists() {
            return Err(not_set_up());
        }
        let lock = folder.lock(kind)?;
        let mut store = Store::open(&path)?;
        let shop = Shop::load(&store)?.ok_or_else(not_set_up)?;
        claim(&mut store)?;
        let (store, who) = ask(store, &shop, kind, global)?;
        Ok(Self {
            shop,
            store,
            who,
            kind,
            elsewhere,
            keyring: keyring(global),
            log: folder.interactions(kind),
            lock,
        })
    }

    /// Which of the two books it is.
    pub(crate) const fn kind(&self) -> FileKind {
        self.kind
    }

    /// Whether its money is not real.
    pub(crate) fn is_practice(&self) -> bool {
        self.kind == FileKind::Practice
    }

    /// Whether what is paid into it is real money: receipts say so when it is not.
    pub(crate) fn is_play(&self) -> bool {
        self.shop.is_play(self.kind)
    }

    /// Finds the keys and the address. Says so when the money is not real.
    ///
    /// # Errors
    /// [`Code::NotConnected`], [`Code::KeysMissing`], [`Code::Keyring`], or [`Code::NotAllowed`] for an
    /// address that this book may not speak with.
    pub(crate) fn connect(&self) -> Result<Connected, TillError> {
        let Connection {
            environment,
            receiver,
            pull: _,
        } = self.shop.connection.clone().ok_or_else(not_set_up)?;
        let receiver = receiver.parse()?;
        let address = shop::address(self.kind, environment, self.elsewhere.as_ref())?;
        if self.is_practice() {
            Out::notice(&format!("practice: not real money, talking to {address}"));
        }
        let found = keys::find(environment, &self.shop.file_id, self.keyring)?;
        let client = Client::new(address.clone(), found.app, Timeouts::default()).map_err(|error| {
            TillError::new(
                Code::NotSecure,
                format!("No safe connection can be made: {error}."),
            )
        })?;
        let log = Interactions::open_or_none(&self.log);
        let client = match &log {
            Some(log) => client.observed(Arc::<Interactions>::clone(log)),
            None => client,
        };
        Ok(Connected {
            client,
            receiver,
            passkey: found.passkey,
            address,
            log,
        })
    }

    /// The way to its relay; `None` without one, or without its keys.
    ///
    /// # Errors
    /// [`Code::Keyring`], or no safe connection.
    pub(crate) fn relay(&self) -> Result<Option<RelayClient>, TillError> {
        let Some(address) = self.shop.relay.clone() else {
            return Ok(None);
        };
        keys::relay(&self.shop.file_id, self.keyring)?
            .map(|keys| RelayClient::new(address, keys))
            .transpose()
    }

    /// Keeps the keys of its relay; `false` when nothing keeps them.
    ///
    /// # Errors
    /// [`Code::Keyring`] when the keyring is there and refuses.
    pub(crate) fn keep_relay(&self, keys: &RelayKeys) -> Result<bool, TillError> {
        keys::keep_relay(keys, &self.shop.file_id, self.keyring)
    }

    /// Forgets them.
    pub(crate) fn forget_relay(&self) {
        keys::forget_relay(&self.shop.file_id, self.keyring);
    }

    /// Where its prompts go.
    pub(crate) fn environment(&self) -> Option<PayEnvironment> {
        self.shop
            .connection
            .as_ref()
            .map(|connection| connection.environment)
    }

    /// Whether Safaricom's list of payments is switched on for its short code.
    pub(crate) fn reads_list(&self) -> bool {
        self.shop
            .connection
            .as_ref()
            .is_some_and(|connection| connection.pull)
    }

    /// The engine alone, for looking things up: without a clock of its own and without a connection.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(crate) fn engine(self) -> Result<(Engine, FileLock), TillError> {
        let now = SystemClock::default().now();
        let reads_list = self.reads_list();
        let mut engine = engine(
            &self.shop,
            self.store,
            Policy::live(),
            false,
            now,
            self.who.as_ref(),
        )?;
        // Nothing is asked, but what the list has not shown is known as such.
        engine.set_line(false, reads_list);
        Ok((engine, self.lock))
    }

    /// The engine without its thread, and Safaricom beside it: for a command that does one thing and is done.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(crate) fn by_hand(self, connected: Connected) -> Result<ByHand, TillError> {
        let environment = self.environment();
        let calls = self.relay()?.map(|relay| relay.callback_base());
        let (port, policy, log) = connected.port(environment, calls);
        let now = SystemClock::default().now();
        let engine = engine(&self.shop, self.store, policy, true, now, self.who.as_ref())?;
        Ok(ByHand {
            engine,
            port,
            log,
            _lock: self.lock,
        })
    }

    /// The engine with its thread, connected. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(crate) fn run(self, connected: Connected) -> Result<Running, TillError> {
        Ok(self.run_with(connected)?.0)
    }

    /// As [`Self::run`], with Safaricom beside the engine for what only the set-up asks.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(crate) fn run_with(self, connected: Connected) -> Result<(Running, Safaricom), TillError> {
        let relay = self.relay()?;
        let calls = relay.as_ref().map(RelayClient::callback_base);
        let (port, policy, log) = connected.port(self.environment(), calls);
        let clock = SystemClock::default();
        let engine = engine(
            &self.shop,
            self.store,
            policy,
            true,
            clock.now(),
            self.who.as_ref(),
        )?;
        let runtime = tokio::runtime::Handle::current();
        let till = Till::start(
            engine,
            Some(Arc::new(port.clone())),
            Arc::new(clock),
            runtime.clone(),
        )?;
        let relay = relay.map(|client| RelayLink::start(till.clone(), client, None, &runtime));
        let running = Running {
            till,
            relay,
            log,
            lock: self.lock,
        };
        Ok((running, port))
    }
}

impl Connected {
    /// Safaricom as the engine needs it, and how eagerly it may be asked.
    fn port(
        self,
        environment: Option<PayEnvironment>,
        calls: Option<String>,
    ) -> (Safaricom, Policy, Option<Arc<Interactions>>) {
        let Self {
            client,
            receiver,
            passkey,
            address,
            log,
        } = self;
        let port = Safaricom::new(client, receiver, passkey, calls);
        let port = if environment == Some(PayEnvironment::Practice) {
            port.registering_pull(PRACTICE_PHONE)
        } else {
            port
        };
        (port, shop::policy(&address), log)
    }
}

impl ByHand {
    /// Writes the log to its end and lets go of the book.
    pub(crate) fn close(self) {
        if let Some(log) = self.log {
            log.close();
        }
    }
}

impl Running {
    /// Stops the engine, then lets go of the book.
    pub(crate) async fn close(self) {
        drop(self.relay);
        self.till.stop();
        // Answered only when the engine and its file are gone: this question has no other end.
        let _ = self.till.look(|_, _| Ok(())).await;
        if let Some(log) = self.log {
            log.close();
        }
        drop(self.lock);
    }
}

/// A book about to be set up: it may be new.
#[derive(Debug)]
pub(crate) struct Blank {
    /// What is written; for a new book, nothing.
    pub(crate) store: Store,
    /// Who the shop was until now.
    pub(crate) shop: Option<Shop>,
    /// Where it is.
    pub(crate) folder: DataDir,
    /// Which of the two books it is.
    pub(crate) kind: FileKind,
    /// Another server than Safaricom's.
    pub(crate) elsewhere: Option<BaseUrl>,
    _lock: FileLock,
}

impl Blank {
    /// Opens or creates the book that `environment` belongs into.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] for real money at another address, [`Code::DatabaseInUse`], the disk's trouble.
    pub(crate) fn open(global: &Global, environment: PayEnvironment) -> Result<Self, TillError> {
        let elsewhere = shop::elsewhere_from_env()?;
        let kind = book_of(environment, elsewhere.as_ref())?;
        let folder = folder(global)?;
        let lock = folder.lock(kind)?;
        let mut store = Store::open(&folder.database(kind))?;
        let shop = Shop::load(&store)?;
        claim(&mut store)?;
        let store = match &shop {
            Some(shop) => ask(store, shop, kind, global)?.0,
            None => store,
        };
        Ok(Self {
            store,
            shop,
            folder,
            kind,
            elsewhere,
            _lock: lock,
        })
    }
}

/// Refuses a set-up that could never be used.
///
/// # Errors
/// [`Code::NotAllowed`] for real money at another address.
pub(crate) fn may_set_up(environment: PayEnvironment) -> Result<(), TillError> {
    book_of(environment, shop::elsewhere_from_env()?.as_ref()).map(|_| ())
}

/// Which book a shop of this environment is written into.
fn book_of(environment: PayEnvironment, elsewhere: Option<&BaseUrl>) -> Result<FileKind, TillError> {
    let kind = match (environment, elsewhere) {
        (PayEnvironment::Practice, _) | (PayEnvironment::Sandbox, Some(_)) => FileKind::Practice,
        (PayEnvironment::Sandbox, None) | (PayEnvironment::Production, _) => FileKind::Live,
    };
    if kind == FileKind::Live {
        shop::address(kind, environment, elsewhere)?;
    }
    Ok(kind)
}

/// A random name for a new book in the keyring.
///
/// # Errors
/// The system gives no randomness.
pub(crate) fn new_file_id() -> Result<String, TillError> {
    Ok(ids()?.next_id())
}

/// Whether the keyring may be asked.
pub(crate) const fn keyring(global: &Global) -> KeyringChoice {
    if global.no_keyring {
        KeyringChoice::Never
    } else {
        KeyringChoice::IfItAnswers
    }
}

/// A runtime for one command.
///
/// # Errors
/// The system gives no threads.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, TillError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(internal)
}

fn engine(
    shop: &Shop,
    store: Store,
    policy: Policy,
    connected: bool,
    now: Now,
    who: Option<&Who>,
) -> Result<Engine, TillError> {
    let mut engine = Engine::open(
        store,
        shop.policy_of(policy),
        shop.counter(connected)?,
        ids()?,
        now,
    )?;
    if let Some(who) = who {
        who.sign_in(&mut engine, now)?;
        who.passphrase(&mut engine, now)?;
    }
    Ok(engine)
}

/// Asks the book's own table whether the person named may run this command.
fn ask(
    store: Store,
    shop: &Shop,
    kind: FileKind,
    global: &Global,
) -> Result<(Store, Option<Who>), TillError> {
    let Some(mut who) = Who::of(&store, shop, kind, global)? else {
        return Ok((store, None));
    };
    let now = SystemClock::default().now();
    let mut engine = engine(shop, store, Policy::live(), false, now, None)?;
    if let Some(needs) = global.needs {
        who.asks(&mut engine, needs)?;
    }
    Ok((engine.into_store(), Some(who)))
}

/// The same for a command that uses no engine. A book that is not there, or that cannot be read, has no table.
///
/// # Errors
/// What the table says, or [`Code::DatabaseInUse`] beside a running Keshia.
pub(crate) fn ask_of(folder: &DataDir, kind: FileKind, global: &Global) -> Result<(), TillError> {
    let path = folder.database(kind);
    if !person::works_in(&path) {
        return Ok(());
    }
    let _lock = folder.lock(kind)?;
    let Ok(store) = Store::open(&path) else {
        return Ok(());
    };
    let Some(shop) = Shop::load(&store)? else {
        return Ok(());
    };
    ask(store, &shop, kind, global).map(|_| ())
}

fn ids() -> Result<IdSource, TillError> {
    IdSource::from_system().map_err(internal)
}

fn folder(global: &Global) -> Result<DataDir, TillError> {
    global.data_dir.as_ref().map_or_else(DataDir::usual, DataDir::at)
}

/// With another address, the practice book. Without one, the real book if there is one.
fn which(folder: &DataDir, elsewhere: Option<&BaseUrl>) -> FileKind {
    if elsewhere.is_none()
        && (folder.database(FileKind::Live).exists() || !folder.database(FileKind::Practice).exists())
    {
        FileKind::Live
    } else {
        FileKind::Practice
    }
}

/// Which book is `named`, or else by the flags and `KESHIA_DARAJA_URL`, and its copies. The book itself may be damaged or
/// gone, so it is not opened.
///
/// # Errors
/// [`Code::NotConnected`] without a folder, or the disk's trouble. Nothing is created.
pub(crate) fn backups(
    global: &Global,
    named: Option<FileKind>,
) -> Result<(DataDir, FileKind, Backups), TillError> {
    let elsewhere = shop::elsewhere_from_env()?;
    if global.data_dir.as_ref().is_some_and(|folder| !folder.exists()) {
        return Err(not_set_up());
    }
    let folder = folder(global)?;
    let kind = named.unwrap_or_else(|| which(&folder, elsewhere.as_ref()));
    let backups = Backups::of(&folder, kind);
    Ok((folder, kind, backups))
}

/// Two PCs must never give out the same references.
fn claim(store: &mut Store) -> Result<(), TillError> {
    let now = SystemClock::default().now().utc;
    Pc::this().map_or(Ok(()), |pc| pc.claim(store, now))
}

/// There is no book.
pub(crate) fn not_set_up() -> TillError {
    TillError::new(
        Code::NotConnected,
        "Keshia is not connected here yet: run `keshiactl setup` first.",
    )
}
