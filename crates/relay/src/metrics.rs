//! What `GET /metrics` tells: counts and times, never a shop, a path, a person or a payment.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use relay_wire::{Kind, Mark};

use crate::log::{Appended, Copies};

/// One label, whose name and values are all in this program.
type Label = [(&'static str, &'static str); 1];
type Counted = Family<Label, Counter<u64, AtomicU64>>;

/// How long ago counters were last heard, and what each stretch is called.
const HEARD_WITHIN: [(&str, i64); 4] = [
    ("1m", 60_000),
    ("10m", 600_000),
    ("1h", 3_600_000),
    ("1d", 86_400_000),
];

/// Everything that is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    events: Counted,
    marks: Counted,
    refused: Counted,
    claims: Counted,
    chains: Counted,
    counters: Family<Label, Gauge>,
    sealed_bytes: Counter,
    one_copy: Counter,
    one_copy_now: Gauge,
    log_failures: Counter,
    gone: Counter,
    append: Histogram,
    batch: Histogram,
    /// Requests that wait for events.
    pub(crate) long_polls: Gauge,
    /// Open connections.
    pub(crate) connections: Gauge,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("keshia_relay"),
            events: Counted::default(),
            marks: Counted::default(),
            refused: Counted::default(),
            claims: Counted::default(),
            chains: Counted::default(),
            counters: Family::default(),
            sealed_bytes: Counter::default(),
            one_copy: Counter::default(),
            one_copy_now: Gauge::default(),
            log_failures: Counter::default(),
            gone: Counter::default(),
            // 0.5 ms to 8 s.
            append: Histogram::new(exponential_buckets(0.000_5, 2.0, 15)),
            batch: Histogram::new(exponential_buckets(1.0, 2.0, 10)),
            long_polls: Gauge::default(),
            connections: Gauge::default(),
        };
        metrics.registered()
    }

    fn registered(mut self) -> Self {
        let r = &mut self.registry;
        r.register("events", "Events kept, by address", self.events.clone());
        r.register("marks", "Marks on kept events", self.marks.clone());
        r.register("refused", "Requests refused, by reason", self.refused.clone());
        r.register("claims", "Payments claimed by counters", self.claims.clone());
        r.register(
            "chains",
            "Heartbeats whose chain was refused, and restores that were accepted",
            self.chains.clone(),
        );
        r.register(
            "counters",
            "Counters that are let in, by how long ago each was heard",
            self.counters.clone(),
        );
        r.register(
            "sealed_bytes",
            "Bytes of sealed events kept",
            self.sealed_bytes.clone(),
        );
        r.register(
            "one_copy",
            "Events committed on one machine only, because the standby was gone",
            self.one_copy.clone(),
        );
        r.register(
            "one_copy_now",
            "1 when the last commit was on one machine only: alarm on it",
            self.one_copy_now.clone(),
        );
        r.register(
            "log_failures",
            "Appends that the log failed",
            self.log_failures.clone(),
        );
        r.register(
            "gone",
            "Reads that missed dropped events (410)",
            self.gone.clone(),
        );
        r.register("append_seconds", "Time of one commit", self.append.clone());
        r.register("batch_events", "Events of one commit", self.batch.clone());
        r.register(
            "long_polls",
            "Requests that wait for events",
            self.long_polls.clone(),
        );
        r.register("connections", "Open connections", self.connections.clone());
        self
    }

    /// An event was kept.
    pub(crate) fn kept(&self, kind: Kind, marks: &[Mark], sealed: usize) {
        self.events.get_or_create(&[("kind", kind_name(kind))]).inc();
        for mark in marks {
            self.marks.get_or_create(&[("mark", mark_name(*mark))]).inc();
        }
        self.sealed_bytes
            .inc_by(u64::try_from(sealed).unwrap_or_default());
    }

    /// A commit of some events ended.
    pub(crate) fn appended<'a>(&self, took: Duration, kept: impl Iterator<Item = Option<&'a Appended>>) {
        let mut events = 0_u32;
        for answer in kept {
            events += 1;
            match answer.map(|appended| appended.copies) {
                Some(Copies::All) => {
                    self.one_copy_now.set(0);
                }
                Some(Copies::One) => {
                    self.one_copy.inc();
                    self.one_copy_now.set(1);
                }
                None => {
                    self.log_failures.inc();
                }
            }
        }
        self.append.observe(took.as_secs_f64());
        self.batch.observe(f64::from(events));
    }

    /// A request was refused; `reason` is a word of this program.
    pub(crate) fn refused(&self, reason: &'static str) {
        self.refused.get_or_create(&[("reason", reason)]).inc();
    }

    /// A payment was claimed, by the counter that asked or by another one before.
    pub(crate) fn claimed(&self, won: bool) {
        let word = if won { "won" } else { "lost" };
        self.claims.get_or_create(&[("outcome", word)]).inc();
    }

    /// A counter's chain did not continue what it had shown: `refused`, or `restored`.
    pub(crate) fn chain(&self, outcome: &'static str) {
        self.chains.get_or_create(&[("outcome", outcome)]).inc();
    }

    /// A counter was told that it missed events.
    pub(crate) fn told_gone(&self) {
        self.gone.inc();
    }

    /// How long ago each counter was heard, milliseconds; `None` for never.
    pub(crate) fn heard(&self, ages: &[Option<i64>]) {
        let mut left = ages.to_vec();
        for (name, most) in HEARD_WITHIN {
            let before = left.len();
            left.retain(|age| age.is_none_or(|age| age > most));
            self.set_counters(name, before - left.len());
        }
        let never = left.iter().filter(|age| age.is_none()).count();
        self.set_counters("longer", left.len() - never);
        self.set_counters("never", never);
    }

    fn set_counters(&self, heard: &'static str, count: usize) {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.counters.get_or_create(&[("heard", heard)]).set(count);
    }

    /// All of it in Prometheus' text form.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a text does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Stk => "stk",
        Kind::Confirmation => "confirmation",
        Kind::Validation => "validation",
        Kind::Open => "open",
    }
}

const fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Shape => "shape",
        Mark::Source => "source",
        Mark::SourceUnknown => "source_unknown",
        Mark::Rate => "rate",
    }
}

/// Counts one in a gauge for as long as it lives.
#[derive(Debug)]
pub(crate) struct Open(Gauge);

impl Open {
    pub(crate) fn one(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_counted_by_when_they_were_heard() {
        let metrics = Metrics::new();
        metrics.heard(&[Some(5), Some(60_000), Some(60_001), Some(90_000_000), None]);
        let text = metrics.text();
        for line in [
            r#"keshia_relay_counters{heard="1m"} 2"#,
            r#"keshia_relay_counters{heard="10m"} 1"#,
            r#"keshia_relay_counters{heard="1d"} 0"#,
            r#"keshia_relay_counters{heard="longer"} 1"#,
            r#"keshia_relay_counters{heard="never"} 1"#,
        ] {
            assert!(text.contains(line), "{line} in\n{text}");
        }
    }

    #[test]
    fn one_copy_is_an_alarm_until_there_are_two_again() {
        let metrics = Metrics::new();
        let kept = |copies| Appended { seq: 1, copies };
        metrics.appended(Duration::ZERO, [Some(&kept(Copies::One)), None].into_iter());
        assert!(metrics.text().contains("one_copy_now 1"), "alarm");
        metrics.appended(Duration::ZERO, [Some(&kept(Copies::All))].into_iter());
        let text = metrics.text();
        assert!(
            text.contains("one_copy_now 0") && text.contains("one_copy_total 1"),
            "over, and counted:\n{text}"
        );
        assert!(
            text.contains("log_failures_total 1"),
            "a failure is counted:\n{text}"
        );
    }
}
