//! What can be made to go wrong. Everything is off by default.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::wire::{Answer, Problem};
use super::{Endpoint, World};

/// Safaricom's spike arrest as seen on the sandbox: five a minute, burst one.
const SPIKE_SPACING_MS: i64 = 12_000;

/// How often, from 0 (never) to 100 (always).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Percent(u8);

impl Percent {
    /// Every time.
    pub const ALWAYS: Self = Self(100);

    /// `percent` of the time; above 100 is 100.
    #[must_use]
    pub fn new(percent: u8) -> Self {
        Self(percent.min(100))
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Switch(bool),
            Number(u8),
        }
        match Form::deserialize(from) {
            Ok(Form::Switch(on)) => Ok(Self(if on { 100 } else { 0 })),
            Ok(Form::Number(percent)) if percent <= 100 => Ok(Self(percent)),
            Ok(Form::Number(_)) | Err(_) => Err(serde::de::Error::custom(
                "a percentage is a whole number from 0 to 100",
            )),
        }
    }
}

/// How the query speaks of a push still under way. All three have been seen on the real API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InFlight {
    /// HTTP 200, ResultCode 4999, "The transaction is still under processing".
    #[default]
    StillProcessing,
    /// HTTP 500, 500.001.1001, "The transaction is being processed".
    BeingProcessed,
    /// HTTP 200 with an error object whose message is empty.
    Empty,
}

/// The faults, as `/_sim/faults` shows and takes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Which calls the faults of the line (503, drop before, slow, spike arrest) touch. Empty:
    /// every call; spike arrest then touches the query, where it was seen.
    pub on: Vec<Endpoint>,
    /// 429 beyond five calls a minute, burst one.
    pub spike_arrest: bool,
    /// 503 with the firewall's HTML.
    pub unavailable: Percent,
    /// The connection drops before the request is looked at.
    pub drop_before: Percent,
    /// The connection drops after a push was accepted.
    pub drop_after: Percent,
    /// Every answer is held back this long, in milliseconds.
    pub slow_ms: u64,
    /// 500.001.1001 about a push that is over.
    pub query_noise: Percent,
    /// How the query speaks of a push under way.
    pub in_flight: InFlight,
    /// Callbacks and confirmations that are never sent.
    pub callbacks_lost: Percent,
    /// Callbacks and confirmations come this much later, in milliseconds.
    pub callbacks_late_ms: i64,
    /// Callbacks and confirmations that come twice.
    pub callbacks_doubled: Percent,
    /// Callbacks and confirmations overtake each other.
    pub callbacks_reordered: bool,
}

impl Faults {
    /// These faults with the ones named in `changes` (a JSON object) changed.
    ///
    /// # Errors
    /// One sentence that names the unknown or impossible fault.
    pub fn changed(&self, changes: &Value) -> Result<Self, String> {
        let Value::Object(changes) = changes else {
            return Err("faults are a JSON object, for example {\"drop_after\": 100}".into());
        };
        let mut all = serde_json::to_value(self).map_err(|error| error.to_string())?;
        if let Some(all) = all.as_object_mut() {
            all.extend(changes.clone());
        }
        let changed: Self = serde_json::from_value(all).map_err(|error| error.to_string())?;
        if changed.callbacks_late_ms < 0 {
            return Err("callbacks_late_ms cannot be negative".into());
        }
        Ok(changed)
    }

    fn touches(&self, endpoint: Option<Endpoint>) -> bool {
        self.on.is_empty() || endpoint.is_some_and(|endpoint| self.on.contains(&endpoint))
    }
}

impl World {
    /// Whether a fault of this likelihood strikes now.
    pub(super) fn strikes(&mut self, percent: Percent) -> bool {
        percent.0 > 0 && self.dice().below(100) < u64::from(percent.0)
    }

    /// The faults of the line, before the request is looked at.
    pub(super) fn fault_of_the_line(&mut self, endpoint: Option<Endpoint>) -> Option<Answer> {
        if !self.faults.touches(endpoint) {
            return None;
        }
        if self.strikes(self.faults.drop_before) {
            return Some(Answer::HangUp);
        }
        if self.strikes(self.faults.unavailable) {
            let incident = self.dice().within(100_000, 999_999);
            return Some(Answer::Respond {
                status: 503,
                content_type: "text/html",
                body: format!(
                    "<html><head><META NAME=\"robots\" CONTENT=\"noindex,nofollow\"></head><body>\
                     Request unsuccessful. Incapsula incident ID: {incident}-{incident}</body></html>"
                ),
            });
        }
        endpoint.and_then(|endpoint| self.spike_arrest(endpoint))
    }

    fn spike_arrest(&mut self, endpoint: Endpoint) -> Option<Answer> {
        let watched = if self.faults.on.is_empty() {
            endpoint == Endpoint::Query
        } else {
            self.faults.on.contains(&endpoint)
        };
        if !self.faults.spike_arrest || !watched {
            return None;
        }
        let now = self.state.now_ms;
        let last = self.state.last_allowed.get(&endpoint).copied();
        if last.is_none_or(|last| now.saturating_sub(last) >= SPIKE_SPACING_MS) {
            self.state.last_allowed.insert(endpoint, now);
            self.touch();
            return None;
        }
        Some(Answer::Respond {
            status: 429,
            content_type: "application/json",
            body: "{\"fault\":{\"faultstring\":\"Spike arrest violation. Allowed rate : \
                   MessageRate{messagesPerPeriod=5, periodInMicroseconds=60000000, \
                   maxBurstMessageCount=1.0}\",\"detail\":{\"errorcode\":\
                   \"policies.ratelimit.SpikeArrestViolation\"}}}"
                .into(),
        })
    }

    /// How long this answer is held back, in milliseconds.
    pub(super) fn slowness(&self, endpoint: Option<Endpoint>) -> u64 {
        if self.faults.touches(endpoint) {
            self.faults.slow_ms
        } else {
            0
        }
    }

    /// The query's words for a push under way, in the form the faults choose; `None` for 4999.
    pub(super) fn in_flight_words(&self) -> Option<Problem> {
        match self.faults.in_flight {
            InFlight::StillProcessing => None,
            InFlight::BeingProcessed => Some(Problem::catch_all("The transaction is being processed")),
            InFlight::Empty => Some(Problem::new(200, "500.001.1001", "")),
        }
    }
}
