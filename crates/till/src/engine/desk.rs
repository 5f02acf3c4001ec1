//! Who stands at the counter, and what they may do. Without people everything is allowed to everybody; from the
//! first owner on, every act asks here, whoever calls: the window, `keshiactl`, or a page that was tampered with.

use std::collections::BTreeMap;

use daraja::Secret;
use rusqlite::Transaction;

use super::{Announcement, Effect, Engine};
use crate::clock::{Mono, Now};
use crate::error::{Code, TillError};
use crate::ids::IdSource;
use crate::money::Money;
use crate::people::{Act, Role, pin};
use crate::store::act::{self, ActRow};
use crate::store::person::{self, PersonRow};
use crate::store::{Store, desk, reason, setting, shift};
use crate::view::{DeskView, PersonView};

/// Setting: minutes until a counter that nobody touches locks.
pub(super) const AUTO_LOCK: &str = "auto_lock";

/// Who is here, in mind only: a start begins locked.
#[derive(Debug, Default)]
pub(super) struct Desk {
    /// There are people to tell apart.
    pub(super) guarded: bool,
    pub(super) person: Option<(String, Role)>,
    /// When this run began: what a person has to wait is counted from here at least.
    opened_at: Mono,
    pub(super) used_at: Mono,
    pub(super) passphrase_until: Option<Mono>,
    /// Minutes after which a counter that nobody touches locks, 0 for never; the policy's own until it is chosen.
    pub(super) auto_lock_min: Option<u32>,
    grant: Option<Grant>,
    /// No try of this person's PIN before this moment.
    pub(super) slow: BTreeMap<String, Mono>,
    /// What PINs are hashed with besides; none without a key store.
    pepper: Option<Secret>,
}

/// What another person's PIN allowed, once.
#[derive(Debug)]
struct Grant {
    /// It was written down already: what is only looked at may be looked at until the end of it.
    written: bool,
    act: Act,
    by: String,
    reason: String,
    until: Mono,
}

/// That an act was allowed, and by whom. It is written into the transaction of what it allowed.
#[must_use = "what was allowed is written down with what was done"]
#[derive(Debug)]
pub(super) struct Permit {
    pub(super) act: Act,
    pub(super) person: Option<String>,
    pub(super) granted: Option<(String, String)>,
}

/// An allowed act with all that is written of it.
#[derive(Debug)]
pub(super) struct Acted {
    row: ActRow,
    said: Option<String>,
}

impl Permit {
    /// What is to be written. A reason of the act's own comes before the one that the PIN was given with.
    pub(super) fn about(
        self,
        about: Option<&str>,
        amount: Option<Money>,
        said: Option<&str>,
        now: Now,
    ) -> Acted {
        let (allowed_by, granted_for) = self.granted.unzip();
        Acted {
            row: ActRow {
                at: now.utc,
                act: self.act,
                person_id: self.person,
                allowed_by,
                about: about.map(str::to_owned),
                amount,
                reason_id: None,
            },
            said: said.map(str::to_owned).or(granted_for),
        }
    }

    /// Writes it down at once.
    pub(super) fn write(
        self,
        tx: &Transaction<'_>,
        ids: &mut IdSource,
        (about, amount): (Option<&str>, Option<Money>),
        said: Option<&str>,
        now: Now,
    ) -> Result<(), TillError> {
        self.about(about, amount, said, now).write(tx, ids)
    }
}

impl Acted {
    pub(super) fn write(&self, tx: &Transaction<'_>, ids: &mut IdSource) -> Result<(), TillError> {
        let reason_id = self
            .said
            .as_deref()
            .map(|text| reason::insert(tx, ids, text))
            .transpose()?;
        act::append(
            tx,
            &ActRow {
                reason_id,
                ..self.row.clone()
            },
        )
    }
}

impl Desk {
    /// The counter as a start finds it: locked, unless one person works here alone.
    pub(super) fn open(store: &mut Store, now: Now) -> Result<Self, TillError> {
        let people = person::here(store.read())?;
        let alone = match people.as_slice() {
            [only] => Some((only.id.clone(), only.role)),
            [] | [_, _, ..] => None,
        };
        let here = alone.as_ref().map(|(id, _)| id.clone());
        if desk::get(store.read())?.person_id != here {
            store.write(|tx| desk::put_person(tx, here.as_deref()))?;
        }
        Ok(Self {
            guarded: !people.is_empty(),
            person: alone,
            opened_at: now.mono,
            used_at: now.mono,
            auto_lock_min: setting::get(store.read(), AUTO_LOCK)?,
            ..Self::default()
        })
    }
}

impl Engine {
    /// What PINs are hashed with besides their salt; from the key store, never from the book.
    pub fn set_pepper(&mut self, pepper: Option<Secret>) {
        self.desk.pepper = pepper;
    }

    /// Whether the person at the counter may do something now.
    ///
    /// # Errors
    /// [`Code::Locked`], [`Code::PassphraseNeeded`], [`Code::NotPermitted`].
    pub fn may(&self, act: Act, now: Now) -> Result<(), TillError> {
        if !self.desk.guarded {
            return Ok(());
        }
        let Some((_, role)) = &self.desk.person else {
            return Err(TillError::new(
                Code::Locked,
                "Keshia is locked. Say who you are, with your PIN.",
            ));
        };
        let needs = act.needs();
        if *role < needs.role {
            if self.granted(act, now).is_some() {
                return Ok(());
            }
            return Err(if needs.passphrase {
                TillError::new(
                    Code::NotPermitted,
                    "Only the owner may do this, signed in as the owner.",
                )
            } else {
                TillError::about(
                    act,
                    Code::NotPermitted,
                    "A manager must allow this, with a PIN and a reason.",
                )
            });
        }
        if needs.passphrase && self.desk.passphrase_until.is_none_or(|until| now.mono >= until) {
            return Err(TillError::new(
                Code::PassphraseNeeded,
                "This needs the owner's passphrase.",
            ));
        }
        Ok(())
    }

    fn granted(&self, act: Act, now: Now) -> Option<&Grant> {
        self.desk
            .grant
            .as_ref()
            .filter(|grant| grant.act == act && now.mono < grant.until)
    }

    /// As [`Self::may`], for what is written down: it uses up what another person's PIN allowed.
    pub(super) fn permit(&mut self, act: Act, now: Now) -> Result<Permit, TillError> {
        self.may(act, now)?;
        self.desk.used_at = now.mono;
        let person = self.desk.person.clone();
        let granted = if self.needs_no_grant(act) {
            None
        } else {
            self.desk.grant.take().map(|grant| (grant.by, grant.reason))
        };
        Ok(Permit {
            act,
            person: person.map(|(id, _)| id),
            granted,
        })
    }

    /// Whether nobody else has to allow this: the role of whoever is at the counter is enough.
    pub(super) fn needs_no_grant(&self, act: Act) -> bool {
        self.desk
            .person
            .as_ref()
            .is_none_or(|(_, role)| *role >= act.needs().role)
    }

    /// As [`Self::may`], for what is only looked at: nothing is written, unless another person's PIN allowed it.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble.
    pub fn looks(&mut self, act: Act, now: Now) -> Result<(), TillError> {
        self.may(act, now)?;
        let Some((id, role)) = self.desk.person.clone() else {
            return Ok(());
        };
        if role >= act.needs().role {
            return Ok(());
        }
        let Some(grant) = self.desk.grant.as_mut().filter(|grant| !grant.written) else {
            return Ok(());
        };
        let permit = Permit {
            act,
            person: Some(id),
            granted: Some((grant.by.clone(), grant.reason.clone())),
        };
        let ids = &mut self.ids;
        self.store
            .write(|tx| permit.write(tx, ids, (None, None), None, now))?;
        grant.written = true;
        Ok(())
    }

    /// Somebody types or points: the counter stays awake.
    pub fn touch(&mut self, now: Now) {
        self.desk.used_at = now.mono;
    }

    /// Whether the till tells people apart.
    #[must_use]
    pub const fn tells_people_apart(&self) -> bool {
        self.desk.guarded
    }

    /// As [`Self::may`] for selling, which also keeps the counter awake.
    pub(super) fn may_sell(&mut self, now: Now) -> Result<(), TillError> {
        self.may(Act::Sell, now)?;
        self.desk.used_at = now.mono;
        Ok(())
    }

    /// Writes down an act that is carried out beside the book: keys, copies, files.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble.
    pub fn acted(&mut self, act: Act, about: Option<&str>, now: Now) -> Result<(), TillError> {
        let permit = self.permit(act, now)?;
        if !self.desk.guarded {
            return Ok(());
        }
        let ids = &mut self.ids;
        self.store
            .write(|tx| permit.write(tx, ids, (about, None), None, now))
    }

    /// Somebody takes the counter over, in the middle of a sale too: what is typed stays.
    ///
    /// # Errors
    /// [`Code::PinWrong`], [`Code::PinSlow`], [`Code::NotFound`], [`Code::Keyring`], or the disk's trouble.
    pub fn sign_in(
        &mut self,
        person_id: &str,
        pin: &str,
        now: Now,
    ) -> Result<(DeskView, Vec<Effect>), TillError> {
        let person = self.known_by_pin(person_id, pin, now)?;
        let drawer = self.drawer_of(Some(person.id.clone()))?;
        self.store.write(|tx| {
            desk::put_person(tx, Some(&person.id))?;
            let shift = shift::open_of(tx, drawer.as_deref())?;
            desk::put_shift(tx, shift.as_ref().map(|row| row.id.as_str()))
        })?;
        self.stand(Some((person.id, person.role)), now);
        self.desk_changed(now)
    }

    /// Locks the counter; what is typed and what waits stays.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn lock(&mut self, now: Now) -> Result<(DeskView, Vec<Effect>), TillError> {
        if self.desk.guarded {
            self.store.write(|tx| desk::put_person(tx, None))?;
            self.stand(None, now);
        }
        self.desk_changed(now)
    }

    /// The owner's passphrase opens owner acts for a while.
    ///
    /// # Errors
    /// [`Code::NotPermitted`] for anybody else, [`Code::PinWrong`], [`Code::PinSlow`], or the disk's trouble.
    pub fn give_passphrase(
        &mut self,
        passphrase: &str,
        now: Now,
    ) -> Result<(DeskView, Vec<Effect>), TillError> {
        let Some((id, Role::Owner)) = self.desk.person.clone() else {
            return Err(TillError::new(Code::NotPermitted, "Only the owner may do this."));
        };
        let owner = person::get(self.store.read(), &id)?;
        let kept = owner.passphrase.clone().unwrap_or_default();
        self.try_word(owner, passphrase, &kept, now)?;
        self.desk.passphrase_until = Some(now.mono.plus_ms(self.policy.passphrase_ms));
        self.desk.used_at = now.mono;
        self.desk_changed(now)
    }

    /// Another person's PIN allows one act to whoever is at the counter, once and soon.
    ///
    /// # Errors
    /// [`Code::NotPermitted`] when that person may not do it alone, [`Code::NotAllowed`] without a reason,
    /// [`Code::PinWrong`], [`Code::PinSlow`], or the disk's trouble.
    pub fn grant(
        &mut self,
        act: Act,
        (person_id, pin): (&str, &str),
        why: &str,
        now: Now,
    ) -> Result<(), TillError> {
        self.may(Act::Sell, now)?;
        let why = reason::said(why)?.to_owned();
        let needs = act.needs();
        let person = self.known_by_pin(person_id, pin, now)?;
        if person.role < needs.role || needs.passphrase {
            return Err(TillError::new(
                Code::NotPermitted,
                "This PIN does not allow it either.",
            ));
        }
        self.desk.grant = Some(Grant {
            written: false,
            act,
            by: person.id,
            reason: why,
            until: now.mono.plus_ms(self.policy.grant_ms),
        });
        Ok(())
    }

    /// Locks a counter that nobody touched for long; one person alone needs no lock.
    pub(super) fn lock_when_left(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        let after_ms = self.auto_lock_ms();
        let left = after_ms > 0 && now.mono.since_ms(self.desk.used_at) >= after_ms;
        if !left || self.desk.person.is_none() || person::here(self.store.read())?.len() < 2 {
            return Ok(Vec::new());
        }
        self.lock(now).map(|(_, effects)| effects)
    }

    fn auto_lock_ms(&self) -> u64 {
        self.desk
            .auto_lock_min
            .map_or(self.policy.auto_lock_ms, |minutes| u64::from(minutes) * 60_000)
    }

    /// Who is here, and what they may do.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn desk(&self, now: Now) -> Result<DeskView, TillError> {
        let people: Vec<PersonView> = person::here(self.store.read())?
            .into_iter()
            .map(|row| PersonView {
                id: row.id,
                name: row.name,
                role: row.role,
            })
            .collect();
        let here = self.desk.person.as_ref().map(|(id, _)| id.as_str());
        let rest_ms = |until: Mono| until.since_ms(now.mono);
        Ok(DeskView {
            locked: self.desk.guarded && here.is_none(),
            person: people.iter().find(|one| Some(one.id.as_str()) == here).cloned(),
            passphrase_s: u32::try_from(self.desk.passphrase_until.map_or(0, rest_ms) / 1000).unwrap_or(0),
            may: Act::ALL
                .iter()
                .copied()
                .filter(|act| self.may(*act, now).is_ok())
                .collect(),
            auto_lock_min: u32::try_from(self.auto_lock_ms() / 60_000).unwrap_or(0),
            people,
        })
    }

    pub(super) fn desk_changed(&self, now: Now) -> Result<(DeskView, Vec<Effect>), TillError> {
        let view = self.desk(now)?;
        let told = Announcement::DeskChanged(Box::new(view.clone()));
        Ok((view, vec![Effect::Announce(told)]))
    }

    pub(super) fn stand(&mut self, person: Option<(String, Role)>, now: Now) {
        if self.desk.person != person {
            self.desk.grant = None;
            self.desk.passphrase_until = None;
        }
        self.desk.person = person;
        self.desk.used_at = now.mono;
    }

    pub(super) fn known_by_pin(
        &mut self,
        person_id: &str,
        pin: &str,
        now: Now,
    ) -> Result<PersonRow, TillError> {
        let person = person::get(self.store.read(), person_id)?;
        if person.left_at.is_some() {
            return Err(TillError::not_found("person"));
        }
        let kept = person.pin.clone();
        self.try_word(person, pin, &kept, now)
    }

    /// One try of a PIN or a passphrase: wrong ones are counted in the book and cost time.
    pub(super) fn try_word(
        &mut self,
        mut person: PersonRow,
        word: &str,
        kept: &str,
        now: Now,
    ) -> Result<PersonRow, TillError> {
        let policy = self.policy;
        let (first_ms, longest_ms) = policy.pin_wait_ms;
        let over = |tries: u32| tries.checked_sub(policy.pin_tries_free);
        // A start forgets the waiting clock, so it waits again rather than not at all.
        let until = self
            .desk
            .slow
            .get(&person.id)
            .copied()
            .or_else(|| over(person.tries).map(|_| self.desk.opened_at.plus_ms(first_ms)));
        if let Some(until) = until.filter(|until| now.mono < *until) {
            let rest_s = until.since_ms(now.mono).div_ceil(1000);
            return Err(TillError::new(
                Code::PinSlow,
                format!("Too many wrong tries. Wait {rest_s} s, then try again."),
            ));
        }
        let right = pin::is(word, kept, self.pepper()?)?;
        let tries = if right { 0 } else { person.tries.saturating_add(1) };
        if tries != person.tries {
            person.tries = tries;
            self.store.write(|tx| person::update(tx, &person))?;
        }
        if right {
            self.desk.slow.remove(&person.id);
            return Ok(person);
        }
        if let Some(over) = over(tries) {
            let wait_ms = first_ms.saturating_mul(1 << over.min(20)).min(longest_ms);
            self.desk.slow.insert(person.id, now.mono.plus_ms(wait_ms));
        }
        Err(TillError::new(Code::PinWrong, "That is not right."))
    }

    pub(super) fn pepper(&self) -> Result<&Secret, TillError> {
        self.desk.pepper.as_ref().ok_or_else(|| {
            TillError::new(
                Code::Keyring,
                "PINs need the system's keyring: unlock it and start Keshia again.",
            )
        })
    }
}
