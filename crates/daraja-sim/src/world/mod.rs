//! The simulator without a clock, a socket or HTTP.
//!
//! A [`World`] is given requests and the time in milliseconds since 1970 UTC, and gives answers;
//! [`World::pass`] lets time pass and gives the calls to the shop that fall due. The same seed with
//! the same calls makes the same world, to the letter.

mod agenda;
mod c2b_register;
mod c2b_simulate;
mod callback;
mod customers;
mod dynamic_qr;
mod faults;
mod ids;
mod index;
mod ledger;
mod oauth;
mod pull;
mod settings;
mod stk_push;
mod stk_query;
mod wire;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

pub use customers::{Customer, LastPrompted, PhoneAnswer, PhoneView, Prompt, Sms, customers};
pub use faults::{Faults, InFlight, Percent, PullZone};
pub use ledger::{DeliveryNote, Ledger, Payment, Push, PushState};
pub use settings::{Hidden, Settings};
pub use wire::{Answer, Delivered, Delivery, DeliveryKind, Reply, Request};

use agenda::{Due, Event};
use c2b_register::Registration;
use c2b_simulate::Attempt;
use customers::Phone;
use ids::Dice;
use index::Index;
use oauth::Token;
use wire::{ErrorBody, Problem};

/// The form of a saved world. A file of another form is not read.
const STATE_VERSION: u32 = 1;

/// Safaricom, its customers and their phones.
#[derive(Clone, Debug)]
pub struct World {
    settings: Settings,
    faults: Faults,
    state: State,
    index: Index,
    revision: u64,
}

/// Everything that outlives a restart.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct State {
    version: u32,
    now_ms: i64,
    dice: Dice,
    next_seq: u64,
    tokens: Vec<Token>,
    pushes: Vec<Push>,
    payments: Vec<Payment>,
    receipts: BTreeSet<String>,
    phones: BTreeMap<String, Phone>,
    last_prompted: Option<u64>,
    registrations: BTreeMap<String, Registration>,
    /// Short codes registered for Pull Transactions. Worlds saved before there was Pull have none.
    #[serde(default)]
    pulls: BTreeSet<String>,
    attempts: Vec<Attempt>,
    shop_balances: BTreeMap<String, u64>,
    last_allowed: BTreeMap<Endpoint, i64>,
    agenda: VecDeque<Due>,
    deliveries: VecDeque<DeliveryNote>,
}

/// Daraja's calls, as faults name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// The token.
    Oauth,
    /// M-PESA Express.
    Push,
    /// M-PESA Express Query.
    Query,
    /// C2B register URL.
    Register,
    /// C2B simulate.
    Simulate,
    /// Pull Transactions register.
    PullRegister,
    /// Pull Transactions query.
    Pull,
    /// Dynamic QR.
    Qr,
}

impl Endpoint {
    fn of(path: &str) -> Option<(Self, C2bVersion)> {
        Some(match path.trim_end_matches('/') {
            "/oauth/v1/generate" => (Self::Oauth, C2bVersion::V1),
            "/mpesa/stkpush/v1/processrequest" => (Self::Push, C2bVersion::V1),
            "/mpesa/stkpushquery/v1/query" => (Self::Query, C2bVersion::V1),
            "/mpesa/c2b/v1/registerurl" => (Self::Register, C2bVersion::V1),
            "/mpesa/c2b/v2/registerurl" => (Self::Register, C2bVersion::V2),
            "/mpesa/c2b/v1/simulate" => (Self::Simulate, C2bVersion::V1),
            "/mpesa/c2b/v2/simulate" => (Self::Simulate, C2bVersion::V2),
            "/pulltransactions/v1/register" => (Self::PullRegister, C2bVersion::V1),
            "/pulltransactions/v1/query" => (Self::Pull, C2bVersion::V1),
            "/mpesa/qrcode/v1/generate" => (Self::Qr, C2bVersion::V1),
            _ => return None,
        })
    }

    fn takes(self, method: &str) -> bool {
        match self {
            Self::Oauth => method == "GET",
            Self::Push | Self::Query | Self::Register | Self::Simulate | Self::Qr => method == "POST",
            // The portal's prose says GET, with a body; its clients POST.
            Self::PullRegister | Self::Pull => method == "POST" || method == "GET",
        }
    }
}

/// Version 1 hashes the payer's number, version 2 masks it (Daraja portal, C2B, FAQ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum C2bVersion {
    V1,
    V2,
}

impl World {
    /// A new world.
    #[must_use]
    pub fn new(settings: Settings, faults: Faults, seed: u64) -> Self {
        let state = State {
            version: STATE_VERSION,
            now_ms: 0,
            dice: Dice::new(seed),
            next_seq: 1,
            tokens: Vec::new(),
            pushes: Vec::new(),
            payments: Vec::new(),
            receipts: BTreeSet::new(),
            phones: BTreeMap::new(),
            last_prompted: None,
            registrations: BTreeMap::new(),
            pulls: BTreeSet::new(),
            attempts: Vec::new(),
            shop_balances: BTreeMap::new(),
            last_allowed: BTreeMap::new(),
            agenda: VecDeque::new(),
            deliveries: VecDeque::new(),
        };
        Self {
            settings,
            faults,
            state,
            index: Index::default(),
            revision: 0,
        }
    }

    /// A world saved by [`World::save`]. Settings and faults are not part of it.
    ///
    /// # Errors
    /// One sentence when the text is not a saved world of this version.
    pub fn load(settings: Settings, faults: Faults, saved: &str) -> Result<Self, String> {
        let state: State = serde_json::from_str(saved).map_err(|error| error.to_string())?;
        if state.version != STATE_VERSION {
            return Err(format!(
                "it has form {}, this simulator reads {STATE_VERSION}",
                state.version
            ));
        }
        let mut world = Self {
            settings,
            faults,
            state,
            index: Index::default(),
            revision: 0,
        };
        world.forget_last_week();
        world.index = Index::of(&world.state.pushes);
        Ok(world)
    }

    /// The world as text, without settings and faults.
    #[must_use]
    pub fn save(&self) -> String {
        serde_json::to_string(&self.state).unwrap_or_default()
    }

    /// Grows with every change worth saving.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The latest time this world has been told, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.state.now_ms
    }

    /// The shop and the network.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The faults that are on.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Changes the faults from the next request on.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// Answers one request to Daraja.
    pub fn handle(&mut self, request: &Request, now_ms: i64) -> Reply {
        self.settle(now_ms);
        let known = Endpoint::of(&request.path);
        let endpoint = known.map(|(endpoint, _)| endpoint);
        let delay_ms = self.slowness(endpoint);
        let answer = self.fault_of_the_line(endpoint).unwrap_or_else(|| {
            let result = match known {
                None => Err(Problem::new(404, "404.001.01", "Resource not found")),
                Some((endpoint, _)) if !endpoint.takes(&request.method) => {
                    Err(Problem::new(405, "405.001", "Method Not Allowed"))
                }
                Some((endpoint, version)) => self.dispatch(endpoint, version, request),
            };
            result.unwrap_or_else(|problem| self.refusal(problem))
        });
        Reply { answer, delay_ms }
    }

    fn dispatch(
        &mut self,
        endpoint: Endpoint,
        version: C2bVersion,
        request: &Request,
    ) -> Result<Answer, Problem> {
        if endpoint != Endpoint::Oauth {
            self.check_bearer(endpoint, request)?;
        }
        match endpoint {
            Endpoint::Oauth => self.issue_token(request),
            Endpoint::Push => self.stk_push(request),
            Endpoint::Query => self.stk_query(request),
            Endpoint::Register => self.c2b_register(version, request),
            Endpoint::Simulate => self.c2b_simulate(request),
            Endpoint::PullRegister => self.pull_register(request),
            Endpoint::Pull => self.pull(request),
            Endpoint::Qr => self.dynamic_qr(request),
        }
    }

    fn refusal(&mut self, problem: Problem) -> Answer {
        let request_id = self.dice().request_id();
        Answer::json(
            problem.status,
            &ErrorBody {
                request_id,
                error_code: problem.code,
                error_message: problem.message,
            },
        )
    }

    /// The generator; every throw changes the world.
    fn dice(&mut self) -> &mut Dice {
        self.revision = self.revision.wrapping_add(1);
        &mut self.state.dice
    }

    fn touch(&mut self) {
        self.revision = self.revision.wrapping_add(1);
    }

    fn next_seq(&mut self) -> u64 {
        let seq = self.state.next_seq;
        self.state.next_seq = seq.wrapping_add(1);
        self.touch();
        seq
    }

    /// A receipt number no payment of this world has had.
    fn mint_receipt(&mut self) -> String {
        let now = self.state.now_ms;
        loop {
            let receipt = self.dice().receipt(now);
            if self.state.receipts.insert(receipt.clone()) {
                return receipt;
            }
        }
    }
}

#[cfg(test)]
mod tests;
