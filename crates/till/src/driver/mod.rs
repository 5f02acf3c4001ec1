//! Carries the engine's effects out: one thread owns the engine, tokio carries its requests.
//!
//! All that waits, sends or knows the time is here. The engine's thread is the only writer of the
//! book; everybody else hands it work and awaits the result.

mod claims;
pub mod doctor;
pub mod housekeeping;
mod printing;
pub mod relay;
pub mod safaricom;
mod system_clock;

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{broadcast, oneshot};

use claims::Claims;

use crate::clock::Now;
use crate::engine::{Announcement, Asked, Effect, Engine, PullPage, PullWord, Pulled, PushOrder};
use crate::error::TillError;
use crate::money::MpesaAmount;
use crate::push::{Answer, Reason};

pub use housekeeping::{Carrying, Housekeeping, Looks};
pub use printing::{PrintLink, Printer};
pub use relay::{Claimer, OwnersLink, RelayClient, RelayKeys, RelayLink};
pub use system_clock::SystemClock;

/// A future without a name, as ports need it.
pub type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Safaricom, as the till needs it.
pub trait Daraja: Send + Sync + 'static {
    /// Makes sure that a push could be sent now; nothing of a push leaves.
    fn prepare(&self) -> Boxed<Result<(), Reason>>;
    /// Sends one push, once.
    fn push(&self, order: PushOrder) -> Boxed<Answer>;
    /// Asks about one push.
    fn ask(&self, checkout_request_id: String) -> Boxed<Asked>;
    /// Reads one page of Safaricom's list of payments.
    fn pull(&self, page: PullPage) -> Boxed<Pulled>;
    /// Asks for a picture that the M-PESA app pays by, as a PNG in base64; `None` when there is none now.
    fn pay_picture(&self, _wanted: PayPicture) -> Boxed<Option<String>> {
        Box::pin(async { None })
    }
    /// Does Safaricom answer at all?
    fn probe(&self) -> Boxed<bool>;
    /// PC clock minus Safaricom's, in seconds, from the last answer.
    fn skew_s(&self) -> Option<i64>;
}

/// What a picture to pay by is to hold; who is paid, the port knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayPicture {
    /// What the customer reads before the PIN.
    pub shop: String,
    /// The sale's.
    pub reference: String,
    /// What is left to pay.
    pub amount: MpesaAmount,
}

/// The time.
pub trait Clock: Send + Sync + 'static {
    /// This moment on both clocks.
    fn now(&self) -> Now;
}

type Work = Box<dyn FnOnce(&mut Engine, Now) -> Vec<Effect> + Send>;

enum Job {
    Work(Work),
    Claimer(Option<Arc<dyn Claimer>>),
    Claimed(claims::Answers),
    Port(Option<Arc<dyn Daraja>>, bool),
    Stop,
}

/// A handle on the running till; clones share it. The engine stops when [`Till::stop`] is called or
/// the last handle is gone.
#[derive(Clone)]
pub struct Till {
    jobs: mpsc::Sender<Job>,
    announcements: broadcast::Sender<Announcement>,
}

impl std::fmt::Debug for Till {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Till")
    }
}

impl Till {
    /// Starts the engine's thread. `port` is `None` for a shop without keys.
    ///
    /// # Errors
    /// The system gave no thread.
    pub fn start(
        engine: Engine,
        port: Option<Arc<dyn Daraja>>,
        clock: Arc<dyn Clock>,
        runtime: Handle,
    ) -> Result<Self, TillError> {
        let (jobs, inbox) = mpsc::channel();
        // The roll is re-read after a lag, so a bounded channel loses nothing.
        let (announcements, _) = broadcast::channel(256);
        let worker = Worker {
            engine,
            port,
            claims: Claims::default(),
            clock,
            runtime,
            jobs: jobs.clone(),
            announcements: announcements.clone(),
            skew_s: None,
        };
        std::thread::Builder::new()
            .name("keshia-engine".into())
            .spawn(move || worker.run(&inbox))
            .map_err(TillError::internal)?;
        Ok(Self { jobs, announcements })
    }

    /// Hands work to the engine and awaits its result; the effects are carried out before it returns.
    ///
    /// # Errors
    /// Whatever the work returns.
    pub async fn call<T, F>(&self, work: F) -> Result<T, TillError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Engine, Now) -> Result<(T, Vec<Effect>), TillError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Work = Box::new(move |engine, now| match work(engine, now) {
            Ok((value, effects)) => {
                let _ = reply.send(Ok(value));
                effects
            }
            Err(error) => {
                let _ = reply.send(Err(error));
                Vec::new()
            }
        });
        self.jobs.send(Job::Work(job)).map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// Looks at the engine without changing anything.
    ///
    /// # Errors
    /// Whatever the work returns.
    pub async fn look<T, F>(&self, work: F) -> Result<T, TillError>
    where
        T: Send + 'static,
        F: FnOnce(&Engine, Now) -> Result<T, TillError> + Send + 'static,
    {
        self.call(move |engine, now| Ok((work(engine, now)?, Vec::new())))
            .await
    }

    /// Keys came, changed or went; `pull` is whether Pull Transactions is switched on for the short code.
    pub fn connect(&self, port: Option<Arc<dyn Daraja>>, pull: bool) {
        let _ = self.jobs.send(Job::Port(port, pull));
    }

    /// A relay came, changed or went: who settles between counters.
    pub fn pair(&self, claimer: Option<Arc<dyn Claimer>>) {
        let _ = self.jobs.send(Job::Claimer(claimer));
    }

    /// Everything the screens are told from now on.
    #[must_use]
    pub fn announcements(&self) -> broadcast::Receiver<Announcement> {
        self.announcements.subscribe()
    }

    /// Stops the engine's thread after the work it has; open pushes are taken up at the next start.
    pub fn stop(&self) {
        let _ = self.jobs.send(Job::Stop);
    }
}

fn stopped() -> TillError {
    TillError::internal("the engine has stopped")
}

struct Worker {
    engine: Engine,
    port: Option<Arc<dyn Daraja>>,
    claims: Claims,
    clock: Arc<dyn Clock>,
    runtime: Handle,
    jobs: mpsc::Sender<Job>,
    announcements: broadcast::Sender<Announcement>,
    skew_s: Option<i64>,
}

/// Without anything open the engine still looks at the clock this often, to notice that it was set.
const IDLE_TICK: Duration = Duration::from_secs(20);

impl Worker {
    fn run(mut self, inbox: &mpsc::Receiver<Job>) {
        loop {
            self.tick();
            let now = self.clock.now();
            let wait = self.engine.next_wake(now).map_or(IDLE_TICK, |at| {
                Duration::from_millis(at.since_ms(now.mono)).min(IDLE_TICK)
            });
            match inbox.recv_timeout(wait) {
                Ok(Job::Work(work)) => {
                    let effects = work(&mut self.engine, self.clock.now());
                    self.carry_out(effects);
                }
                Ok(Job::Port(port, pull)) => {
                    self.engine.set_line(port.is_some(), pull);
                    self.port = port;
                    self.skew_s = None;
                }
                Ok(Job::Claimer(claimer)) => self.claims.pair(claimer),
                Ok(Job::Claimed(answers)) => self.claimed(answers),
                Ok(Job::Stop) | Err(mpsc::RecvTimeoutError::Disconnected) => return,
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn tick(&mut self) {
        // Only what is new: an old measurement says nothing about a clock that was set since.
        let skew_s = self.port.as_ref().and_then(|port| port.skew_s());
        if let Some(skew_s) = skew_s.filter(|_| skew_s != self.skew_s) {
            let effects = self.engine.skew_heard(skew_s, self.clock.now());
            self.carry_out(effects);
        }
        self.skew_s = skew_s;
        match self.engine.tick(self.clock.now()) {
            Ok(effects) => self.carry_out(effects),
            Err(error) => tracing::error!(code = ?error.code, "tick: {error}"),
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Announce(announcement) => {
                    let _ = self.announcements.send(announcement);
                }
                Effect::Prepare { push_id } => self.prepare(push_id),
                Effect::Send(order) => self.send(order),
                Effect::Ask {
                    push_id,
                    checkout_request_id,
                } => self.ask(push_id, checkout_request_id),
                Effect::Pull(page) => self.pull(page),
                Effect::Probe => self.probe(),
                Effect::Claim(receipts) => {
                    self.claims.add(receipts);
                    self.claim();
                }
            }
        }
    }

    /// Work that came back from the network; errors of the disk are logged, the engine keeps the word.
    fn back(
        jobs: &mpsc::Sender<Job>,
        work: impl FnOnce(&mut Engine, Now) -> Result<Vec<Effect>, TillError> + Send + 'static,
    ) {
        let job: Work = Box::new(move |engine, now| {
            work(engine, now).unwrap_or_else(|error| {
                tracing::error!(code = ?error.code, "answer: {error}");
                Vec::new()
            })
        });
        let _ = jobs.send(Job::Work(job));
    }

    fn prepare(&self, push_id: String) {
        let jobs = self.jobs.clone();
        let Some(port) = self.port.clone() else {
            return Self::back(&jobs, move |engine, now| {
                engine.push_answered(&push_id, Answer::NotSent(Reason::WrongKeys), now)
            });
        };
        self.runtime.spawn(async move {
            let ready = port.prepare().await;
            Self::back(&jobs, move |engine, now| match ready {
                // Without its record nothing may leave; and nothing has.
                Ok(()) => engine.begin_sending(&push_id, now).or_else(|error| {
                    tracing::error!(code = ?error.code, "not sent: {error}");
                    engine.push_answered(&push_id, Answer::NotSent(Reason::StoppedBefore), now)
                }),
                Err(reason) => engine.push_answered(&push_id, Answer::NotSent(reason), now),
            });
        });
    }

    fn send(&self, order: PushOrder) {
        let jobs = self.jobs.clone();
        let Some(port) = self.port.clone() else {
            return Self::back(&jobs, move |engine, now| {
                engine.push_answered(&order.push_id, Answer::NotSent(Reason::WrongKeys), now)
            });
        };
        self.runtime.spawn(async move {
            let push_id = order.push_id.clone();
            let answer = port.push(order).await;
            Self::back(&jobs, move |engine, now| {
                engine.push_answered(&push_id, answer, now)
            });
        });
    }

    fn pull(&self, page: PullPage) {
        let jobs = self.jobs.clone();
        let Some(port) = self.port.clone() else {
            let nothing = Pulled {
                word: PullWord::NoAnswer,
                rate_limited: false,
                online: false,
            };
            return Self::back(&jobs, move |engine, now| engine.pulled(page, nothing, now));
        };
        self.runtime.spawn(async move {
            let pulled = port.pull(page).await;
            Self::back(&jobs, move |engine, now| engine.pulled(page, pulled, now));
        });
    }

    fn probe(&self) {
        let jobs = self.jobs.clone();
        let Some(port) = self.port.clone() else {
            return;
        };
        self.runtime.spawn(async move {
            let online = port.probe().await;
            Self::back(&jobs, move |engine, now| Ok(engine.probed(online, now)));
        });
    }

    fn claim(&mut self) {
        let jobs = self.jobs.clone();
        self.claims.ask(&self.runtime, move |answers| {
            // The engine may have stopped meanwhile; its book still says what to ask.
            let _ = jobs.send(Job::Claimed(answers));
        });
    }

    fn claimed(&mut self, answers: claims::Answers) {
        self.claims.answered();
        let now = self.clock.now();
        match self.engine.claims_answered(&answers.unwrap_or_default(), now) {
            Ok(effects) => self.carry_out(effects),
            Err(error) => tracing::error!(code = ?error.code, "claims: {error}"),
        }
        self.claim();
    }

    fn ask(&self, push_id: String, checkout_request_id: String) {
        let jobs = self.jobs.clone();
        let Some(port) = self.port.clone() else {
            let nothing = Asked {
                word: crate::push::QueryWord::NoAnswer,
                rate_limited: false,
                online: false,
            };
            return Self::back(&jobs, move |engine, now| {
                engine.query_answered(&push_id, nothing, now)
            });
        };
        self.runtime.spawn(async move {
            let asked = port.ask(checkout_request_id).await;
            Self::back(&jobs, move |engine, now| {
                engine.query_answered(&push_id, asked, now)
            });
        });
    }
}
