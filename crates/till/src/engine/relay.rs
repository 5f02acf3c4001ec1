//! What a relay brings: Safaricom's posts, which a desktop cannot receive.
//!
//! A post is a hint. Below the owner's limit it settles as *told*; above it, or when the relay found something
//! odd about it, Safaricom itself is asked. Each event is applied, then the place in the log is committed: an
//! event that comes a second time after a crash changes nothing.

use chrono::{DateTime, TimeDelta, Utc};
use relay_wire::{Cursor, Link};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{Announcement, CalledBack, Effect, Engine};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::first_name::FirstName;
use crate::money::Money;
use crate::push::{Push, State};
use crate::receipt_number::ReceiptNumber;
use crate::store::chain;
use crate::store::counter_claim;
use crate::store::money_in::{self, Grade, MoneyIn};
use crate::store::setting;
use crate::store::told_result::{self, ToldResult};
use crate::store::witness::{self, Witness};

/// Where the place in the relay's log is kept.
const PLACE: &str = "relay_place";

/// Who the chain's row names as telling that a relay goes on after a restore.
const WENT_ON: &str = "relay_went_on";

/// A restored book's chain, as the relay must be shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterRestore {
    /// Its end.
    pub chain: Link,
    /// Its own row where the relay has seen another; `None` when it is shorter.
    pub before: Option<Link>,
}

/// How far this book has read its relay's log, and what of it was no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RelayPlace {
    /// The last event that is in the book; `None` before the first.
    pub cursor: Option<Cursor>,
    /// Events that could not be opened or read.
    pub set_aside: u64,
    /// Posts that fit nothing of this shop: a path that no prompt has, another short code.
    pub strange: u64,
    /// Events that the relay did not keep long enough.
    pub missed: u64,
    /// Events that could be read and not be applied: a mistake of this program, passed over so that the next ones
    /// are heard.
    #[serde(default)]
    pub stumbled: u64,
}

impl RelayPlace {
    /// As the book has it.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(crate) fn of(book: &Connection) -> Result<Self, TillError> {
        Ok(setting::get(book, PLACE)?.unwrap_or_default())
    }
}

/// One event of the relay's log, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayEvent {
    /// Its place.
    pub at: Cursor,
    /// What is in it.
    pub word: RelayWord,
}

/// What Safaricom posted, or somebody in its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RelayWord {
    /// The result of a push, on a path of a push.
    Result {
        /// `push id/secret`.
        path: String,
        /// What was told.
        called: CalledBack,
        /// The relay found something odd about it.
        odd: bool,
    },
    /// A customer paid the till or paybill.
    Paid {
        /// The payment.
        paid: C2bPaid,
        /// The relay found something odd about it.
        odd: bool,
    },
    /// Something happened; it proves nothing.
    Wake,
    /// It cannot be opened or read.
    SetAside,
}

/// A payment as a C2B confirmation tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct C2bPaid {
    /// M-PESA's code.
    pub receipt: ReceiptNumber,
    /// How much.
    pub amount: Money,
    /// To which number; empty when it was not told.
    pub short_code: String,
    /// Visible last digits of the payer's phone; empty when none are.
    pub digits: String,
    /// What the payer gave as account; empty for tills.
    pub reference: String,
    /// The payer's first name, when it was told.
    pub first_name: Option<FirstName>,
    /// When, by Safaricom's clock.
    pub at: Option<DateTime<Utc>>,
}

impl Engine {
    /// How far the relay's log has been read.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn relay_place(&self) -> Result<RelayPlace, TillError> {
        RelayPlace::of(self.store.read())
    }

    /// An event of the relay's log: it must be the one after the last.
    ///
    /// # Errors
    /// The disk's trouble; the place is not moved then, and the event must come again.
    pub fn relay_heard(&mut self, event: RelayEvent, now: Now) -> Result<Vec<Effect>, TillError> {
        let mut place = self.relay_place()?;
        if place
            .cursor
            .is_some_and(|cursor| cursor.epoch == event.at.epoch && event.at.seq <= cursor.seq)
        {
            return Ok(Vec::new());
        }
        let applied = match event.word {
            RelayWord::Result { path, called, odd } => self.told_result(&path, called, odd, &mut place, now),
            RelayWord::Paid { paid, odd } => self.told_paid(paid, odd, &mut place, now),
            RelayWord::Wake => Ok(self.woken(now)),
            RelayWord::SetAside => {
                place.set_aside = place.set_aside.saturating_add(1);
                Ok(Vec::new())
            }
        };
        let (effects, mistake) = match applied {
            Err(error) if !error.code.is_of_the_disk() => {
                // It would stand in the way of everything behind it for ever.
                place.stumbled = place.stumbled.saturating_add(1);
                (self.pull_now(now), Some(error))
            }
            applied => (applied?, None),
        };
        place.cursor = Some(event.at);
        self.store.write(|tx| setting::put(tx, PLACE, &place))?;
        if let Some(error) = mistake {
            tracing::error!(code = ?error.code, "an event of the relay: {error}");
        }
        Ok(effects)
    }

    /// The relay has begun a new log, or does not keep what this book has not read: reading goes on at `from`. A
    /// new log may be that of an older copy, which has forgotten who has what: that is claimed again.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn relay_goes_on_at(
        &mut self,
        from: Cursor,
        missed: u64,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let mut place = self.relay_place()?;
        let new_log = place.cursor.is_some_and(|cursor| cursor.epoch != from.epoch);
        place.cursor = Some(from);
        place.missed = place.missed.saturating_add(missed);
        let since = self.reachable_since(now);
        self.store.write(|tx| {
            if new_log {
                counter_claim::doubt_won(tx, since)?;
            }
            setting::put(tx, PLACE, &place)
        })?;
        // What the relay lost, Safaricom's own list still has for two days.
        Ok(if missed > 0 {
            self.pull_now(now)
        } else {
            Vec::new()
        })
    }

    /// What shows the relay that this book, which does not continue the chain that it has `seen`, was restored;
    /// `None` when it does continue it.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] when no restore stands between: rows are missing, or were changed. The disk's trouble.
    pub fn chain_after_restore(&self, seen: &Link) -> Result<Option<AfterRestore>, TillError> {
        let conn = self.store.read();
        let before = chain::at(conn, seen.rows)?;
        if before.as_ref() == Some(seen) {
            return Ok(None);
        }
        let last = |told_by| witness::last_by(conn, told_by);
        let (restored, went_on) = (last("restore")?, last(WENT_ON)?);
        // A restore's own row stands where the relay has seen another one, and each is good for one beginning.
        let explains = restored.is_some_and(|row| row <= seen.rows && went_on < Some(row));
        let chain = chain::newest(conn)?.filter(|_| explains).ok_or_else(|| {
            TillError::new(
                Code::NotAllowed,
                "The relay has seen entries that are not in this book, and this book was not restored since. \
                 Restore the newest copy first.",
            )
        })?;
        Ok(Some(AfterRestore { chain, before }))
    }

    /// The relay goes on with this book after a restore. How far it had seen the one before is written down here too.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn relay_went_on(&mut self, seen: &Link, now: Now) -> Result<(), TillError> {
        let word = format!("the relay had seen row {}, {}", seen.rows, seen.head);
        self.store.write(|tx| {
            let witness = Witness {
                told_by: WENT_ON,
                push_id: None,
                receipt: None,
                amount: None,
                word: &word,
            };
            witness::append(tx, &witness, now.utc)
        })
    }

    /// Another relay, or another shop of it: its log is another one.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn relay_begins(&mut self, from: Cursor) -> Result<(), TillError> {
        let place = RelayPlace {
            cursor: Some(from),
            ..RelayPlace::default()
        };
        self.store.write(|tx| setting::put(tx, PLACE, &place))
    }

    fn told_result(
        &mut self,
        path: &str,
        called: CalledBack,
        odd: bool,
        place: &mut RelayPlace,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let push = match self.push_of_path(path) {
            Ok(push) => push,
            Err(error) if error.code == Code::NotFound => {
                place.strange = place.strange.saturating_add(1);
                return Ok(Vec::new());
            }
            Err(error) => return Err(error),
        };
        let Some(receipt) = called.receipt.clone().filter(|_| !self.may_settle(&push, odd)) else {
            if odd {
                return Ok(self.ask_at_once(&push.id, now));
            }
            return self.called_back(path, called, now);
        };
        if !odd {
            let told = ToldResult {
                receipt,
                amount: called.amount,
                paid_at: called.paid_at,
            };
            self.store
                .write(|tx| told_result::keep(tx, &push.id, &told, now.utc))?;
        }
        Ok(self.ask_at_once(&push.id, now))
    }

    /// Whether a told result may settle its push: not above the owner's limit, unless Safaricom, when asked,
    /// called it paid already.
    fn may_settle(&self, push: &Push, odd: bool) -> bool {
        let asked = matches!(push.state, State::Paid { .. });
        !odd && (asked || push.amount.money() <= self.policy.told_limit)
    }

    /// Safaricom, asked about a push, called it paid: what the relay told of it before counts now.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn use_told_result(&mut self, push_id: &str, now: Now) -> Result<Vec<Effect>, TillError> {
        let push = self.push(push_id)?;
        if !push.lacks_receipt() {
            return Ok(Vec::new());
        }
        let Some(told) = told_result::get(self.store.read(), push_id)? else {
            return Ok(Vec::new());
        };
        let called = CalledBack {
            ending: crate::push::Ending::Paid,
            receipt: Some(told.receipt),
            amount: told.amount,
            paid_at: told.paid_at,
        };
        let path = format!("{push_id}/{}", push.callback_secret);
        self.called_back(&path, called, now)
    }

    fn told_paid(
        &mut self,
        paid: C2bPaid,
        odd: bool,
        place: &mut RelayPlace,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let numbers = &self.counter.numbers;
        let elsewhere =
            !paid.short_code.is_empty() && !numbers.is_empty() && !numbers.contains(&paid.short_code);
        if elsewhere || paid.amount.is_zero() {
            place.strange = place.strange.saturating_add(1);
            return Ok(Vec::new());
        }
        let money = MoneyIn {
            receipt: paid.receipt,
            amount: paid.amount,
            short_code: (!paid.short_code.is_empty()).then_some(paid.short_code),
            digits: (!paid.digits.is_empty()).then_some(paid.digits),
            reference: (!paid.reference.is_empty()).then_some(paid.reference),
            first_name: paid.first_name,
            paid_at: paid.at,
            grade: Grade::C2b,
        };
        self.puller_soon(now);
        let known = money_in::get(self.store.read(), &money.receipt)?;
        let gives_way = !odd && known.as_ref().is_some_and(|row| row.odd);
        if gives_way {
            // Somebody told of it before Safaricom did, and perhaps not the truth.
            self.store.write(|tx| money_in::give_way(tx, &money.receipt))?;
        }
        if !odd && money.amount <= self.policy.told_limit {
            let heard = self.safaricom_now(now);
            let span = paid
                .at
                .map_or((heard - TimeDelta::hours(4), heard), |at| (at, at));
            return self.receive(&money, span, now);
        }
        // Only Safaricom's own list settles it; until then it is shown and belongs to nobody.
        if known.is_none() || gives_way {
            self.store
                .write(|tx| money_in::record_hint(tx, &money, odd, now.utc))?;
        }
        let mut effects = self.pull_now(now);
        effects.push(Effect::Announce(Announcement::RollChanged));
        Ok(effects)
    }

    /// Something happened at Safaricom that nobody vouches for: what waits at the counter is asked about.
    fn woken(&mut self, now: Now) -> Vec<Effect> {
        self.puller_soon(now);
        let waiting = self
            .watches
            .values()
            .find(|watch| {
                Some(&watch.push.sale_id) == self.counter_sale.as_ref() && watch.push.state.watched()
            })
            .map(|watch| watch.push.id.clone());
        waiting.map_or_else(Vec::new, |push_id| self.ask_at_once(&push_id, now))
    }

    fn ask_at_once(&mut self, push_id: &str, now: Now) -> Vec<Effect> {
        if let Some(watch) = self.watches.get_mut(push_id) {
            watch.ask_first(now.mono);
        }
        let mut effects = self.next_question(now);
        effects.extend(self.pull_now(now));
        effects
    }
}
