//! The transitions: `(push, event, now) → effects`, and nothing else.
//!
//! Two rules stand above all others. *Paid* is final, whatever is said later. Evidence of money moves
//! every state to *Paid*, whatever was said before.

use super::reason::Reason;
use super::result::{EndKind, Ending};
use super::state::{Firmness, Push, State};
use crate::clock::Now;
use crate::policy::Policy;
use crate::receipt_number::ReceiptNumber;
use crate::view::{Outcome, ToldBy};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The driver is about to let bytes leave.
    SendBegun,
    /// The POST came to an end.
    Answered(Answer),
    /// A question about it came to an end.
    Queried(QueryWord),
    /// Safaricom called back on this push's own path.
    CalledBack {
        /// How it ended.
        ending: Ending,
        /// The receipt number, on success.
        receipt: Option<ReceiptNumber>,
    },
    /// A payment with its own receipt number was found to be this push's.
    MoneyCame {
        /// That number.
        receipt: ReceiptNumber,
    },
    /// Time passed.
    Ticked,
    /// Keshia started and found the push in its file.
    Restarted,
    /// The wall clock was set: what had been waited for counts no more.
    ClockStepped,
    /// Another number is asked instead, and nothing has left for this one.
    Withdrawn,
    /// The customer, asked on screen, has no M-PESA message.
    NoMessage,
    /// Pull Transactions shows every payment of its time, and none is this push's.
    ProvedDead,
    /// A statement of the account shows every payment of its time, and none is this push's.
    NotInStatement,
    /// Pull Transactions cannot reach back to it any more.
    OutOfReach,
    /// A person answers for how it ended, with a reason that is kept.
    Judged {
        /// Money moved, by that word.
        paid: bool,
    },
}

/// How the POST came to an end, by what it means for money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Accepted: a prompt is on its way.
    Accepted {
        /// Safaricom's id of the prompt.
        checkout_request_id: String,
    },
    /// Nothing left this PC.
    NotSent(Reason),
    /// Certainly no prompt.
    Refused(Reason),
    /// Nobody can say.
    Unknown(Reason),
}

/// What a question about a push brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryWord {
    /// A result.
    Ended(Ending),
    /// Still under way, by Safaricom's word or by a code that names no end.
    Pending,
    /// Nothing that means anything: busy, error page, no such push, no network.
    NoAnswer,
}

/// What the rest of the till must do about a transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Money moved: book it, settle the sale.
    Book,
    /// Tell the cashier.
    Tell(Outcome),
    /// Ask about every other push of this phone and amount at once (result code 17).
    AskTwins,
    /// A witness contradicts what stands; keep it and show it.
    Contradiction,
}

/// Applies one event.
pub fn step(push: &mut Push, event: Event, now: Now, policy: &Policy) -> Vec<Effect> {
    match event {
        Event::SendBegun => begin(push, now),
        Event::Answered(answer) => answered(push, answer, now),
        Event::Queried(word) => {
            push.asked_at = Some(now.utc);
            push.asked_times = push.asked_times.saturating_add(1);
            match word {
                QueryWord::Ended(Ending::Paid) => pay(push, ToldBy::Query, None, now),
                QueryWord::Ended(Ending::Failed(reason, kind)) => {
                    query_failed(push, reason, kind, now, policy)
                }
                QueryWord::Pending | QueryWord::NoAnswer => Vec::new(),
            }
        }
        Event::CalledBack {
            ending: Ending::Paid,
            receipt,
        } => pay(push, ToldBy::Callback, receipt, now),
        Event::CalledBack {
            ending: Ending::Failed(reason, _),
            receipt: _,
        } => called_back_failed(push, reason, now),
        Event::MoneyCame { receipt } => pay(push, ToldBy::MoneyIn, Some(receipt), now),
        Event::Ticked => tick(push, now, policy),
        Event::Restarted => restart(push, now),
        Event::ClockStepped => {
            push.waiting_since = now.mono;
            Vec::new()
        }
        Event::Withdrawn if push.state == State::Intended => {
            end(push, State::NotSent(Reason::Withdrawn), now)
        }
        Event::Withdrawn => Vec::new(),
        Event::NoMessage => no_message(push, now, policy),
        Event::ProvedDead if push.past_deadline(now.mono, policy) => not_listed(push, ToldBy::Pull, now),
        Event::ProvedDead => Vec::new(),
        // Its own dates show that the prompt's time was over.
        Event::NotInStatement => not_listed(push, ToldBy::Statement, now),
        Event::OutOfReach => out_of_reach(push, now, policy),
        Event::Judged { paid: true } if push.may_be_judged(now.mono, policy) => {
            pay(push, ToldBy::Person, None, now)
        }
        Event::Judged { paid: false } if push.may_be_judged(now.mono, policy) => {
            fail(push, Reason::PersonsWord, ToldBy::Person, now)
        }
        Event::Judged { .. } => Vec::new(),
    }
}

fn begin(push: &mut Push, now: Now) -> Vec<Effect> {
    if push.state == State::Intended {
        push.state = State::Sending;
        push.sent_at = Some(now.utc);
        push.waiting_since = now.mono;
    }
    Vec::new()
}

fn answered(push: &mut Push, answer: Answer, now: Now) -> Vec<Effect> {
    if let Answer::Accepted { checkout_request_id } = &answer {
        // Also when the push has ended meanwhile, by a callback that beat the answer: the id is a
        // fact about it and lets Safaricom be asked.
        push.checkout_request_id = Some(checkout_request_id.clone());
        push.accepted_at = Some(now.utc);
    }
    match (&push.state, answer) {
        (State::Sending, Answer::Accepted { .. }) => {
            push.state = State::Prompted;
            Vec::new()
        }
        // An answer after a restart cannot happen; after "unknown" it can only be better knowledge.
        (State::Unknown { .. }, Answer::Accepted { .. }) => {
            push.state = State::Prompted;
            Vec::new()
        }
        (State::Intended | State::Sending, Answer::NotSent(reason)) => end(push, State::NotSent(reason), now),
        (State::Intended | State::Sending, Answer::Refused(reason)) => end(push, State::Refused(reason), now),
        (State::Intended | State::Sending, Answer::Unknown(reason)) => {
            push.state = State::Unknown {
                reason,
                no_message: false,
            };
            // An earlier prompt is alive on that phone: what became of it is the question now.
            let twins = (reason == Reason::PhoneLocked).then_some(Effect::AskTwins);
            twins.into_iter().chain([Effect::Tell(Outcome::Look)]).collect()
        }
        // Whatever was decided meanwhile was decided by a stronger witness than this answer.
        (
            State::Intended
            | State::Prompted
            | State::Unknown { .. }
            | State::AwaitsStatement
            | State::NotSent(_)
            | State::Refused(_)
            | State::Failed { .. }
            | State::Paid { .. },
            Answer::Accepted { .. } | Answer::NotSent(_) | Answer::Refused(_) | Answer::Unknown(_),
        ) => Vec::new(),
    }
}

fn end(push: &mut Push, state: State, now: Now) -> Vec<Effect> {
    push.state = state;
    push.ended_at = Some(now.utc);
    vec![Effect::Tell(Outcome::NotPaid)]
}

/// Money moved. From every state; once.
fn pay(push: &mut Push, told_by: ToldBy, receipt: Option<ReceiptNumber>, now: Now) -> Vec<Effect> {
    let contradicts = match (&push.receipt, &receipt) {
        (Some(known), Some(new)) => known != new,
        (None | Some(_), None) | (None, Some(_)) => false,
    };
    if contradicts {
        return vec![Effect::Contradiction];
    }
    let learned = push.receipt.is_none() && receipt.is_some();
    if learned {
        push.receipt = receipt;
    }
    if matches!(push.state, State::Paid { .. }) {
        return if learned { vec![Effect::Book] } else { Vec::new() };
    }
    push.state = State::Paid { told_by };
    push.ended_at = Some(now.utc);
    vec![Effect::Book, Effect::Tell(Outcome::Paid)]
}

/// A query named a failure. Alone it is never enough.
fn query_failed(push: &mut Push, reason: Reason, kind: EndKind, now: Now, policy: &Policy) -> Vec<Effect> {
    let provisional = State::Failed {
        reason,
        told_by: ToldBy::Query,
        firmness: Firmness::Provisional {
            first_at: now.mono,
            kind,
        },
    };
    match &push.state {
        State::Paid { .. } => vec![Effect::Contradiction],
        State::Intended | State::Sending | State::AwaitsStatement | State::NotSent(_) | State::Refused(_) => {
            Vec::new()
        }
        State::Failed {
            firmness: Firmness::Final,
            ..
        } => {
            // The customer's word is backed by Safaricom's after the deadline: the watch may end.
            if push.past_deadline(now.mono, policy) {
                push.state = State::Failed {
                    reason,
                    told_by: ToldBy::Query,
                    firmness: Firmness::Final,
                };
            }
            Vec::new()
        }
        State::Unknown { no_message: true, .. } => {
            // The customer's word and Safaricom's agree.
            fail(push, reason, ToldBy::Query, now)
        }
        State::Prompted
        | State::Unknown {
            no_message: false, ..
        } => {
            push.state = provisional;
            match kind {
                EndKind::Act | EndKind::Silence => vec![Effect::Tell(Outcome::Look)],
                EndKind::SameAgain => vec![Effect::AskTwins, Effect::Tell(Outcome::Look)],
            }
        }
        State::Failed {
            firmness:
                Firmness::Provisional {
                    first_at,
                    kind: first_kind,
                },
            ..
        } => {
            let agreed = match (first_kind, kind) {
                (EndKind::Act, EndKind::Act) => now.mono.since_ms(*first_at) >= policy.second_opinion_ms,
                (EndKind::Act | EndKind::Silence | EndKind::SameAgain, _) => {
                    push.past_deadline(now.mono, policy)
                }
            };
            if !agreed {
                return Vec::new();
            }
            fail(push, reason, ToldBy::Query, now)
        }
    }
}

/// Our own path is unguessable, so a failure that arrives there is believed at once.
fn called_back_failed(push: &mut Push, reason: Reason, now: Now) -> Vec<Effect> {
    match &push.state {
        State::Paid { .. } => vec![Effect::Contradiction],
        State::Failed {
            firmness: Firmness::Final,
            ..
        }
        | State::NotSent(_)
        | State::Refused(_) => Vec::new(),
        State::Intended
        | State::Sending
        | State::Prompted
        | State::Unknown { .. }
        | State::AwaitsStatement
        | State::Failed {
            firmness: Firmness::Provisional { .. },
            ..
        } => fail(push, reason, ToldBy::Callback, now),
    }
}

fn tick(push: &mut Push, now: Now, policy: &Policy) -> Vec<Effect> {
    match &push.state {
        State::Prompted if push.past_deadline(now.mono, policy) => {
            push.state = State::Unknown {
                reason: Reason::NoResult,
                no_message: false,
            };
            vec![Effect::Tell(Outcome::Look)]
        }
        State::Prompted
        | State::Unknown { .. }
        | State::Intended
        | State::Sending
        | State::AwaitsStatement
        | State::NotSent(_)
        | State::Refused(_)
        | State::Failed { .. }
        | State::Paid { .. } => Vec::new(),
    }
}

/// Only what has been waited for can be given up: a clock that was set forward is no reason.
fn out_of_reach(push: &mut Push, now: Now, policy: &Policy) -> Vec<Effect> {
    if matches!(push.state, State::Unknown { .. }) && push.past_deadline(now.mono, policy) {
        push.state = State::AwaitsStatement;
    }
    Vec::new()
}

/// Believed by this witness, with nothing more to wait for.
fn fail(push: &mut Push, reason: Reason, told_by: ToldBy, now: Now) -> Vec<Effect> {
    push.state = State::Failed {
        reason,
        told_by,
        firmness: Firmness::Final,
    };
    push.ended_at = Some(now.utc);
    vec![Effect::Tell(Outcome::NotPaid)]
}

/// A list that shows the prompt's whole time lacks it.
fn not_listed(push: &mut Push, told_by: ToldBy, now: Now) -> Vec<Effect> {
    match &push.state {
        State::AwaitsStatement if told_by == ToldBy::Statement => {
            fail(push, Reason::NothingFound, told_by, now)
        }
        State::Unknown { .. } => fail(push, Reason::NothingFound, told_by, now),
        State::Failed {
            reason,
            told_by: ToldBy::Person,
            firmness: Firmness::Final,
        }
        | State::Failed {
            reason,
            firmness: Firmness::Provisional { .. },
            ..
        } => fail(push, *reason, told_by, now),
        State::Intended
        | State::Sending
        | State::Prompted
        | State::AwaitsStatement
        | State::NotSent(_)
        | State::Refused(_)
        | State::Failed {
            firmness: Firmness::Final,
            ..
        }
        | State::Paid { .. } => Vec::new(),
    }
}

fn restart(push: &mut Push, now: Now) -> Vec<Effect> {
    push.waiting_since = now.mono;
    match &mut push.state {
        State::Failed {
            firmness: Firmness::Provisional { first_at, .. },
            ..
        } => {
            *first_at = now.mono;
            Vec::new()
        }
        State::Intended => end(push, State::NotSent(Reason::StoppedBefore), now),
        State::Sending => {
            push.state = State::Unknown {
                reason: Reason::StoppedDuring,
                no_message: false,
            };
            vec![Effect::Tell(Outcome::Look)]
        }
        State::Prompted
        | State::Unknown { .. }
        | State::AwaitsStatement
        | State::NotSent(_)
        | State::Refused(_)
        | State::Failed {
            firmness: Firmness::Final,
            ..
        }
        | State::Paid { .. } => Vec::new(),
    }
}

/// A person's word ends the block, never the watch.
fn no_message(push: &mut Push, now: Now, policy: &Policy) -> Vec<Effect> {
    if !push.may_ask_customer(now.mono, policy) {
        return Vec::new();
    }
    match &mut push.state {
        State::Unknown { no_message, .. } => {
            *no_message = true;
            Vec::new()
        }
        State::Failed {
            told_by, firmness, ..
        } => {
            *told_by = ToldBy::Person;
            *firmness = Firmness::Final;
            push.ended_at = Some(now.utc);
            vec![Effect::Tell(Outcome::NotPaid)]
        }
        State::Intended
        | State::Sending
        | State::Prompted
        | State::AwaitsStatement
        | State::NotSent(_)
        | State::Refused(_)
        | State::Paid { .. } => Vec::new(),
    }
}
