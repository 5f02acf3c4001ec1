//! The one state of the app: which book is open, or why none is.

mod copies;
mod people;
mod relay;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tauri::{AppHandle, Runtime};
use till::driver::{Daraja, PrintLink, Printer, Till};
use till::files::FileKind;
use till::interactions::Interactions;
use till::secrets::EnvironmentStore;
use till::shop::{Shop, is_loopback};
use till::{Code, TillError};
use tokio::sync::{Mutex as AsyncMutex, Notify, OnceCell};

use crate::announce;
use crate::jobs::Jobs;
use crate::open::{self, Book, Line, SetUp, blocking};
use crate::places::Places;
use crate::practice::Practice;
use crate::views::{AppState, CustomerView, Door, KeyStorage, Kind, Locale, Mode, Preferences, Settings};
use crate::windows;

/// See the module. Managed by Tauri, one for each app.
pub struct Shell {
    places: Arc<Places>,
    /// Set once the book of the last time is open, or it is known why not.
    started: OnceCell<()>,
    /// Held while a book is opened, closed or changed: one such change at a time.
    changing: AsyncMutex<()>,
    open: Mutex<Open>,
    /// A page has asked for the state, so it can also show a question.
    page_answers: AtomicBool,
    /// What the customer's display shows, for one that opens.
    customer: Mutex<Option<CustomerView>>,
    jobs: Jobs,
}

/// Where customers pay by hand.
pub(crate) struct PayPlace {
    pub(crate) till: Till,
    pub(crate) shop_name: String,
    pub(crate) kind: Kind,
    /// From the sticker, when somebody has told it.
    pub(crate) number: Option<String>,
    pub(crate) port: Option<Arc<dyn Daraja>>,
}

/// Where slips of the open book are printed.
pub(crate) struct PrintPlace {
    pub(crate) till: Till,
    pub(crate) play: bool,
    pub(crate) printer: Option<Printer>,
    /// Says that something waits.
    pub(crate) bell: Option<Arc<Notify>>,
}

#[derive(Default)]
struct Open {
    book: Option<Book>,
    /// As on the screens now, also before any book is open.
    preferences: Preferences,
    problem: Option<TillError>,
}

impl Shell {
    /// Nothing is opened yet.
    #[must_use]
    pub fn new(places: Places) -> Self {
        Self {
            places: Arc::new(places),
            started: OnceCell::new(),
            changing: AsyncMutex::new(()),
            open: Mutex::default(),
            page_answers: AtomicBool::new(false),
            customer: Mutex::default(),
            jobs: Jobs::default(),
        }
    }

    /// Opens the book of the last time, once.
    pub(crate) async fn ready<R: Runtime>(&self, app: &AppHandle<R>) {
        self.started.get_or_init(|| self.open_last(app)).await;
    }

    /// Tries once more, for a page that showed the problem and whose person has done something about it.
    pub(crate) async fn look_again<R: Runtime>(&self, app: &AppHandle<R>) {
        let shown = self.page_answers.load(Ordering::Relaxed) && self.open().problem.is_some();
        if shown {
            self.open_last(app).await;
        }
    }

    async fn open_last<R: Runtime>(&self, app: &AppHandle<R>) {
        let opened = match self.last_kind() {
            Ok(Some(kind)) => self.open_book(app, kind, Box::new(|_| Ok(()))).await,
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = &opened {
            tracing::error!(code = ?error.code, "{error}");
        }
        self.open().problem = opened.err();
    }

    fn last_kind(&self) -> Result<Option<FileKind>, TillError> {
        let chosen = self.places.data.as_ref().map_err(Clone::clone)?.chosen();
        let elsewhere = self.places.elsewhere.as_ref().map_err(Clone::clone)?.is_some();
        Ok(chosen.map(|kind| if elsewhere { FileKind::Practice } else { kind }))
    }

    /// The book real sales go into, which another server never sees.
    pub(crate) fn real_kind(&self) -> FileKind {
        if self.places.elsewhere().is_some() {
            FileKind::Practice
        } else {
            FileKind::Live
        }
    }

    /// Makes `kind` the open book and `set_up` its shop. The old book stays open until the new one is, and a
    /// book that is open already keeps running: a push under way loses nothing.
    ///
    /// # Errors
    /// See [`open::book`]; nothing has changed then.
    pub(crate) async fn switch<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        kind: FileKind,
        set_up: SetUp,
    ) -> Result<(), TillError> {
        self.open_book(app, kind, set_up).await?;
        self.remember(Some(kind))
    }

    async fn open_book<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        kind: FileKind,
        set_up: SetUp,
    ) -> Result<(), TillError> {
        let _changing = self.changing.lock().await;
        if self.open().book.as_ref().is_some_and(|book| book.kind == kind) {
            self.set_up_again(kind, set_up).await?;
        } else {
            let preferences = self.open().preferences;
            let mut book = open::book(&self.places, kind, preferences, set_up).await?;
            let hears = app.clone();
            let carried = app.clone();
            book.keep_house(
                move |news| announce::backup(&hears, news),
                move |news| announce::carried(&carried, news),
            );
            tauri::async_runtime::spawn(announce::forward(app.clone(), book.till.announcements()));
            self.replace(app, Some(book)).await;
        }
        Ok(())
    }

    /// Which book opens next time. A start with another server does not make a shop forget its real book.
    fn remember(&self, kind: Option<FileKind>) -> Result<(), TillError> {
        let data = self.places.data.clone()?;
        if self.places.elsewhere().is_some() && data.chosen() == Some(FileKind::Live) {
            return Ok(());
        }
        data.choose(kind)
    }

    async fn set_up_again(&self, kind: FileKind, set_up: SetUp) -> Result<(), TillError> {
        let (till, mut shop, practice, log) = {
            let open = self.open();
            let book = open.book.as_ref().ok_or_else(no_book)?;
            (
                book.till.clone(),
                book.shop.clone(),
                book.practice.as_ref().map(Practice::url),
                book.log.clone(),
            )
        };
        let places = Arc::clone(&self.places);
        let (shop, line) = blocking(move || {
            set_up(&mut shop)?;
            let line = open::line(&places, kind, &shop, practice.as_deref(), log)?;
            Ok((shop, line))
        })
        .await?;
        let kept = shop.clone();
        till.call(move |engine, _| engine.save_shop(&kept).map(|()| ((), Vec::new())))
            .await?;
        till.connect(line.port.clone(), line.pull);
        if let Some(book) = &mut self.open().book {
            book.shop = shop;
            book.line = line;
        }
        Ok(())
    }

    /// Refuses to change whom prompts are asked about while one may still be paid: with other numbers or
    /// keys nobody could ask Safaricom about it any more.
    ///
    /// # Errors
    /// [`Code::PushLive`] while a prompt is under way, or the disk's trouble.
    pub(crate) async fn nothing_under_way(&self, kind: FileKind) -> Result<(), TillError> {
        let till = match &self.open().book {
            Some(book) if book.kind == kind => book.till.clone(),
            Some(_) | None => return Ok(()),
        };
        let closing = till.look(|engine, now| engine.closing(now)).await?;
        if closing.under_way.is_empty() {
            return Ok(());
        }
        Err(TillError::new(
            Code::PushLive,
            "A prompt may still be paid. Wait for its end, then change the connection.",
        ))
    }

    /// Back to the three doors; the book stays as it is on the disk.
    ///
    /// # Errors
    /// The disk's trouble; nothing has changed then.
    pub(crate) async fn leave<R: Runtime>(&self, app: &AppHandle<R>) -> Result<(), TillError> {
        let _changing = self.changing.lock().await;
        self.remember(None)?;
        self.replace(app, None).await;
        Ok(())
    }

    async fn replace<R: Runtime>(&self, app: &AppHandle<R>, book: Option<Book>) {
        let old = {
            let mut open = self.open();
            if let Some(book) = &book {
                open.preferences = book.preferences;
            }
            open.problem = None;
            std::mem::replace(&mut open.book, book)
        };
        if let Some(old) = old {
            windows::shut_phone(app);
            old.close().await;
        }
    }

    /// Keeps the settings: in the book, or in mind until one is open.
    ///
    /// # Errors
    /// The disk's trouble; nothing has changed then.
    pub(crate) async fn save(&self, preferences: Preferences, set_up: SetUp) -> Result<(), TillError> {
        let _changing = self.changing.lock().await;
        let opened = self
            .open()
            .book
            .as_ref()
            .map(|book| (book.till.clone(), book.shop.clone()));
        if let Some((till, mut shop)) = opened {
            set_up(&mut shop)?;
            let kept = shop.clone();
            till.call(move |engine, _| {
                engine.save_shop(&kept)?;
                engine.save_setting(open::PREFERENCES, &preferences)?;
                Ok(((), Vec::new()))
            })
            .await?;
            if let Some(book) = &mut self.open().book {
                book.shop = shop;
                book.preferences = preferences;
            }
        }
        self.open().preferences = preferences;
        Ok(())
    }

    /// The till of the open book.
    ///
    /// # Errors
    /// The problem that keeps every book closed, or [`Code::NotAllowed`] at the doors.
    pub(crate) async fn till<R: Runtime>(&self, app: &AppHandle<R>) -> Result<Till, TillError> {
        self.ready(app).await;
        let open = self.open();
        match &open.book {
            Some(book) => Ok(book.till.clone()),
            None => Err(open.problem.clone().unwrap_or_else(no_book)),
        }
    }

    /// The open book's till, its shop, and who sends its prompts.
    ///
    /// # Errors
    /// The problem that keeps every book closed, or [`Code::NotAllowed`] at the doors.
    pub(crate) async fn connection<R: Runtime>(
        &self,
        app: &AppHandle<R>,
    ) -> Result<(Till, Shop, Line), TillError> {
        self.ready(app).await;
        let open = self.open();
        match &open.book {
            Some(book) => Ok((book.till.clone(), book.shop.clone(), book.line.clone())),
            None => Err(open.problem.clone().unwrap_or_else(no_book)),
        }
    }

    /// Changes the open book's shop, and nothing on the screens.
    ///
    /// # Errors
    /// The disk's trouble; nothing has changed then.
    pub(crate) async fn change_shop(&self, set_up: SetUp) -> Result<(), TillError> {
        let preferences = self.open().preferences;
        self.save(preferences, set_up).await
    }

    /// The open book's log of requests, and its shop; no log when its disk refused one.
    ///
    /// # Errors
    /// The problem that keeps every book closed, or [`Code::NotAllowed`] at the doors.
    pub(crate) async fn log<R: Runtime>(
        &self,
        app: &AppHandle<R>,
    ) -> Result<(Option<Arc<Interactions>>, Shop), TillError> {
        self.ready(app).await;
        let open = self.open();
        match &open.book {
            Some(book) => Ok((book.log.clone(), book.shop.clone())),
            None => Err(open.problem.clone().unwrap_or_else(no_book)),
        }
    }

    /// Where customers of the open book pay, and who may draw them a picture for it.
    ///
    /// # Errors
    /// The problem that keeps every book closed, or [`Code::NotAllowed`] at the doors.
    pub(crate) async fn pay_place<R: Runtime>(&self, app: &AppHandle<R>) -> Result<PayPlace, TillError> {
        self.ready(app).await;
        let open = self.open();
        let book = open
            .book
            .as_ref()
            .ok_or_else(|| open.problem.clone().unwrap_or_else(no_book))?;
        Ok(PayPlace {
            till: book.till.clone(),
            shop_name: book.shop.name.clone(),
            kind: book.line.receiver.as_ref().map_or(Kind::Till, Kind::from),
            number: book.shop.pay_number.clone(),
            port: book.line.port.clone(),
        })
    }

    /// The open book's till and its printer; no printer when the system gave no thread for one. `play` says that
    /// the book's money is not real.
    ///
    /// # Errors
    /// The problem that keeps every book closed, or [`Code::NotAllowed`] at the doors.
    pub(crate) async fn printer<R: Runtime>(&self, app: &AppHandle<R>) -> Result<PrintPlace, TillError> {
        self.ready(app).await;
        let open = self.open();
        let book = open
            .book
            .as_ref()
            .ok_or_else(|| open.problem.clone().unwrap_or_else(no_book))?;
        Ok(PrintPlace {
            till: book.till.clone(),
            play: book.shop.is_play(book.kind),
            printer: book.prints.as_ref().map(PrintLink::printer),
            bell: book.prints.as_ref().map(PrintLink::bell),
        })
    }

    /// Whom to ask before the window closes: nobody, without a book or a page that could show the answer.
    pub(crate) fn till_to_ask(&self) -> Option<Till> {
        self.page_answers
            .load(Ordering::Relaxed)
            .then(|| self.open().book.as_ref().map(|book| book.till.clone()))?
    }

    /// The language on the screens.
    pub(crate) fn locale(&self) -> Locale {
        self.open().preferences.locale
    }

    /// The long jobs that run now.
    pub(crate) fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// The customer's display shows this from now on.
    pub(crate) fn show_customer(&self, view: CustomerView) {
        *self.customer.lock().unwrap_or_else(PoisonError::into_inner) = Some(view);
    }

    /// What the customer's display shows.
    pub(crate) fn customer_view(&self) -> Option<CustomerView> {
        self.customer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Which server has a customer's phone to show.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] for a book with real customers, or a server on another computer.
    pub(crate) fn phone_server(&self) -> Result<String, TillError> {
        let open = self.open();
        let book = open.book.as_ref().ok_or_else(no_book)?;
        let elsewhere = self
            .places
            .elsewhere()
            .filter(|base| is_loopback(base))
            .map(ToString::to_string);
        book.practice
            .as_ref()
            .map(Practice::url)
            .or(elsewhere)
            .ok_or_else(|| {
                TillError::new(
                    Code::NotAllowed,
                    "There is a customer's phone on this screen only in practice.",
                )
            })
    }

    /// The places, for a connection test.
    pub(crate) fn places(&self) -> &Arc<Places> {
        &self.places
    }

    /// What the page must know; a page that asks is a page that answers.
    pub(crate) fn app_state(&self) -> AppState {
        self.page_answers.store(true, Ordering::Relaxed);
        let open = self.open();
        let elsewhere = self.places.elsewhere();
        let book = open.book.as_ref();
        let shop = book.map(|book| &book.shop);
        let line = book.map(|book| &book.line);
        let pay_number = shop.and_then(|shop| shop.pay_number.clone());
        let shop_name = shop.map(|shop| shop.name.clone()).unwrap_or_default();
        let mode = match (elsewhere, book) {
            (Some(_), _) => Mode::Elsewhere,
            (None, Some(book)) if book.kind == FileKind::Practice => Mode::Practice,
            (None, Some(book)) if book.shop.connection.is_some() => Mode::Live,
            (None, Some(_) | None) => Mode::Today,
        };
        AppState {
            door: if book.is_none() && open.problem.is_none() {
                Door::FirstStart
            } else {
                Door::Open
            },
            mode,
            shop_name: shop_name.clone(),
            counter: shop.map_or('A', |shop| shop.counter).to_string(),
            kind: line
                .and_then(|line| line.receiver.as_ref())
                .map(Kind::from)
                .or_else(|| pay_number.as_ref().map(|_| Kind::Till)),
            pay_number: pay_number.clone(),
            environment: line.and_then(|line| line.environment),
            address: elsewhere.map(ToString::to_string),
            key_storage: line
                .map_or(KeyStorage::None, |line| line.key_storage)
                .or_environment(),
            connected: line.is_some_and(|line| line.port.is_some()),
            settings: Settings {
                preferences: open.preferences,
                shop_name,
                pay_number,
            },
            version: env!("CARGO_PKG_VERSION").to_owned(),
            problem: open.problem.clone().map(Into::into),
        }
    }

    /// Closes whatever is open, for the end of the app.
    pub async fn close(&self) {
        let book = self.open().book.take();
        if let Some(book) = book {
            book.close().await;
        }
    }

    /// A panic elsewhere left the state whole: each change of it is a single step.
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeyStorage {
    /// Keys that came with the environment are there before any book uses them.
    fn or_environment(self) -> Self {
        match self {
            Self::None if EnvironmentStore::taken().is_some() => Self::Environment,
            Self::None | Self::Keyring | Self::Environment | Self::Practice => self,
        }
    }
}

fn no_book() -> TillError {
    TillError::new(
        Code::NotAllowed,
        "No book is open yet: choose one of the three doors first.",
    )
}
