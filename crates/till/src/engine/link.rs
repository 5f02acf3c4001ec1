//! The connection, the two clocks' difference and the weather, as the screens see them.

use super::{Announcement, Effect, Engine};
use crate::clock::Now;
use crate::push::{Push, Reason, State};
use crate::view::{LinkView, RelayView};

impl Engine {
    /// Something was tried, and answered or not.
    pub(super) fn heard(&mut self, online: bool, now: Now) -> Vec<Effect> {
        if !self.gate.heard(online, now.mono, &self.policy) {
            return Vec::new();
        }
        if online {
            // The internet is back: nobody waits for a pause that was meant for an outage.
            for watch in self.watches.values_mut().filter(|watch| watch.silences > 0) {
                watch.silences = 0;
                watch.next_ask_at = now.mono;
            }
        }
        vec![self.link_changed(now)]
    }

    /// The probe came to an end.
    pub fn probed(&mut self, online: bool, now: Now) -> Vec<Effect> {
        let mut effects = self.heard(online, now);
        effects.extend(self.next_question(now));
        effects.extend(self.next_page(now));
        effects
    }

    /// PC clock minus Safaricom's, as the client measured it just now.
    pub fn skew_heard(&mut self, skew_s: i64, now: Now) -> Vec<Effect> {
        let before = self.link(now);
        let at_tick = skew_s
            .saturating_mul(1000)
            .saturating_sub(self.clock_step_ms(now));
        self.skew_ms = Some(at_tick);
        self.trust_clock_of_safaricom();
        if self.link(now) == before {
            Vec::new()
        } else {
            vec![self.link_changed(now)]
        }
    }

    /// A push changed its state: was its prompt answered by the customer?
    pub(super) fn watch_weather(&mut self, push: &Push, now: Now) -> Vec<Effect> {
        let answered = match &push.state {
            State::Paid { .. } => true,
            State::Unknown { reason, .. } | State::Failed { reason, .. } => match answered(*reason) {
                Some(answered) => answered,
                None => return Vec::new(),
            },
            State::Intended
            | State::Sending
            | State::Prompted
            | State::AwaitsStatement
            | State::NotSent(_)
            | State::Refused(_) => return Vec::new(),
        };
        if self.weather.saw(&push.id, answered, now.mono, &self.policy) {
            vec![self.link_changed(now)]
        } else {
            Vec::new()
        }
    }

    pub(super) fn link(&self, now: Now) -> LinkView {
        let skew_s = self.skew_at(now).map(|ms| ms / 1000);
        LinkView {
            online: self.gate.online(),
            clock_skew_s: skew_s.filter(|skew_s| skew_s.abs() >= 60),
            clock_behind: self.clock_behind,
            prompts_slow: self.weather.slow(now.mono, &self.policy),
            pull: self.pull_view(),
            relay: self.relay,
        }
    }

    /// The relay as it was last seen.
    #[must_use]
    pub const fn relay_view(&self) -> Option<RelayView> {
        self.relay
    }

    /// The relay answered, or did not; `None` when this counter has none any more.
    pub fn relay_link(&mut self, relay: Option<RelayView>, now: Now) -> Vec<Effect> {
        if self.relay == relay {
            return Vec::new();
        }
        self.relay = relay;
        vec![self.link_changed(now)]
    }

    pub(super) fn link_changed(&self, now: Now) -> Effect {
        Effect::Announce(Announcement::LinkChanged(self.link(now)))
    }
}

/// Whether an end with this reason means that somebody touched the prompt; `None` when it says nothing about
/// phones.
const fn answered(reason: Reason) -> Option<bool> {
    match reason {
        Reason::NoBalance
        | Reason::DailyLimit
        | Reason::Cancelled
        | Reason::WrongPin
        | Reason::CustomerLocked => Some(true),
        Reason::NoAnswer
        | Reason::Expired
        | Reason::PromptFailed
        | Reason::NoResult
        | Reason::MpesaBusy
        | Reason::SystemBusy => Some(false),
        Reason::BelowMinimum
        | Reason::AboveMaximum
        | Reason::ShopAccountFull
        | Reason::SameAgain
        | Reason::CustomerBusy
        | Reason::TillSetup
        | Reason::OtherResult
        | Reason::BadPhone
        | Reason::BadAmount
        | Reason::BadRequest
        | Reason::WrongShortCode
        | Reason::WrongPasskey
        | Reason::WrongKeys
        | Reason::TooFast
        | Reason::Quota
        | Reason::NotOffered
        | Reason::NoNetwork
        | Reason::NoSecureConnection
        | Reason::ClockWrong
        | Reason::CaptivePortal
        | Reason::ServerTrouble
        | Reason::StoppedBefore
        | Reason::Withdrawn
        | Reason::Timeout
        | Reason::ConnectionLost
        | Reason::ServerError
        | Reason::Unreadable
        | Reason::PhoneLocked
        | Reason::StoppedDuring
        | Reason::NothingFound
        | Reason::PersonsWord => None,
    }
}
