//! What can be made to go wrong. Everything is off by default.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::ledger::Push;
use super::stk_push::Ending;
use super::wire::{Answer, Problem};
use super::{Endpoint, World, ids};

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

/// What the time of a pulled row looks like. The mark behind it was seen to lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PullZone {
    /// East Africa's time with a `Z` behind it.
    #[default]
    EatMarkedZ,
    /// UTC with a `Z` behind it.
    UtcMarkedZ,
    /// East Africa's time with `+03:00` behind it.
    EatMarkedOffset,
    /// East Africa's time with nothing behind it.
    EatUnmarked,
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
    /// "System is busy" instead of an answer to a push, which was accepted all the same every other time.
    pub push_busy: Percent,
    /// An accepted push is answered with a web page, with nothing, or with the SOAP-shaped `Envelope`.
    pub answer_odd: Percent,
    /// How many paid pushes the query first reports as cancelled or unanswered.
    pub query_lies: Percent,
    /// For how long after the payment it does so, in milliseconds.
    pub query_lies_ms: u64,
    /// A payment is in the pulled statement only this long after it was made, in milliseconds.
    pub pull_lag_ms: u64,
    /// And up to this much later, in milliseconds; always the same for one receipt number. So a later
    /// payment can show before an earlier one.
    pub pull_shuffle_ms: u64,
    /// How many rows are missing from one pulled page; the next may have them.
    pub pull_gaps: Percent,
    /// Pull: HTTP 500 "Failed to retrieve transactions".
    pub pull_down: Percent,
    /// Pull: 1001 without any rows, although there are some.
    pub pull_empty: Percent,
    /// What the times in pulled rows look like.
    pub pull_zone: PullZone,
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

    /// "System is busy" instead of an answer to a push.
    pub(super) fn busy(&mut self) -> Option<Problem> {
        let words = "System is busy. Please try again in few minutes.";
        self.strikes(self.faults.push_busy)
            .then(|| Problem::new(500, "500.003.02", words))
    }

    /// What is answered to an accepted push instead of the acceptance.
    pub(super) fn odd_answer(&mut self) -> Option<Answer> {
        if !self.strikes(self.faults.answer_odd) {
            return None;
        }
        let (content_type, body) = match self.dice().below(3) {
            0 => ("text/html", "<html><body>Please wait.</body></html>"),
            1 => ("application/json", ""),
            _ => (
                "application/json",
                "{\"Envelope\":{\"Body\":{\"Fault\":{\"faultcode\":\"server\",\"faultstring\":\
                 \"Execution of ServiceCallout failed. Reason: ResponseCode 503\"}}}}",
            ),
        };
        Some(Answer::Respond {
            status: 200,
            content_type,
            body: body.into(),
        })
    }

    /// Code and words of the failure that a query names for a push that was paid.
    pub(super) fn lie_about(&self, push: &Push) -> Option<(&'static str, &'static str)> {
        let receipt = push.receipt.as_deref()?;
        let liar = ids::fixed(receipt, "lies") % 100 < u64::from(self.faults.query_lies.0);
        let now = self.state.now_ms;
        let since = now.saturating_sub(milliseconds(self.faults.query_lies_ms));
        let recent = self.payments_between(since.saturating_add(1), now);
        if !liar || recent.iter().all(|payment| payment.receipt != receipt) {
            return None;
        }
        let ending = match ids::fixed(receipt, "which lie") % 2 {
            0 => Ending::Cancelled,
            _ => Ending::NoAnswer,
        };
        let (code, _, words) = ending.words();
        Some((code, words))
    }
}

/// A setting as a span of time.
pub(super) fn milliseconds(setting: u64) -> i64 {
    i64::try_from(setting).unwrap_or(i64::MAX)
}
