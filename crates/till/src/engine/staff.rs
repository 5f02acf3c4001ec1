//! Who works here: the first owner, those who come and go, their PINs, and the way back for an owner who has
//! forgotten the passphrase.

use super::desk::{AUTO_LOCK, Permit};
use super::{Effect, Engine};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::people::{Act, Role, pin};
use crate::recovery_code::RecoveryCode;
use crate::store::person::{self, PersonRow};
use crate::store::{desk, setting};
use crate::view::DeskView;

/// Setting: the hash of the recovery code on the owner's paper.
const RECOVERY: &str = "recovery";
/// Longest name, characters: it stands on a tile and in the window's head.
const LONGEST_NAME: usize = 40;
/// Minutes until a counter that nobody touches locks: these are offered, 0 is never.
pub const AUTO_LOCK_MINUTES: [u32; 4] = [0, 1, 5, 15];

/// Who is at the till again, and the groups of the next recovery code.
pub type Recovered = (DeskView, Vec<String>);

impl Engine {
    /// The first owner: from now on the till tells people apart.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] when there are people already, [`Code::PinWeak`], [`Code::Keyring`], or the disk's trouble.
    pub fn make_owner(
        &mut self,
        name: &str,
        pin: &str,
        passphrase: &str,
        now: Now,
    ) -> Result<(DeskView, Vec<Effect>), TillError> {
        if self.desk.guarded {
            return Err(TillError::new(Code::NotAllowed, "There is an owner already."));
        }
        pin::check_passphrase(passphrase)?;
        let mut owner = self.new_person(name, Role::Owner, pin, now)?;
        owner.passphrase = Some(pin::hash(passphrase, self.pepper()?, self.policy.pin_cost)?);
        let ids = &mut self.ids;
        self.store.write(|tx| {
            person::insert(tx, &owner)?;
            desk::put_person(tx, Some(&owner.id))?;
            own(&owner.id).write(tx, ids, (Some(&owner.id), None), None, now)
        })?;
        self.desk.guarded = true;
        self.stand(Some((owner.id, Role::Owner)), now);
        self.desk.passphrase_until = Some(now.mono.plus_ms(self.policy.passphrase_ms));
        self.desk_changed(now)
    }

    /// A new recovery code in groups, to be shown once; the one before opens nothing any more.
    ///
    /// # Errors
    /// Those of [`Self::may`] for [`Act::People`], [`Code::NotAllowed`] in a shop without people, or the disk's
    /// trouble.
    pub fn new_recovery_code(&mut self, now: Now) -> Result<Vec<String>, TillError> {
        self.need_people()?;
        let permit = self.permit(Act::People, now)?;
        let (groups, hash) = recovery_code()?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            setting::put(tx, RECOVERY, &hash)?;
            permit.write(tx, ids, (None, None), None, now)
        })?;
        Ok(groups)
    }

    /// Who has the recovery code's paper gives an owner a new PIN and a new passphrase, also on a PC whose keyring
    /// is new. The code is spent: the answer is the next one. A code of 120 random bits needs no slow-down.
    ///
    /// # Errors
    /// [`Code::PinWrong`] for another code, [`Code::NotAllowed`] for anybody but an owner, [`Code::PinWeak`],
    /// [`Code::Keyring`], or the disk's trouble.
    pub fn recover(
        &mut self,
        code: &str,
        person_id: &str,
        (pin, passphrase): (&str, &str),
        now: Now,
    ) -> Result<(Recovered, Vec<Effect>), TillError> {
        let kept: Option<String> = setting::get(self.store.read(), RECOVERY)?;
        let typed =
            RecoveryCode::parse(code).map_err(|error| TillError::new(Code::PinWrong, error.to_string()))?;
        if !kept.is_some_and(|kept| typed.is(&kept)) {
            return Err(TillError::new(
                Code::PinWrong,
                "This is not the recovery code of this shop: take the newest paper.",
            ));
        }
        let mut owner = self.here(person_id)?;
        if owner.role != Role::Owner {
            return Err(TillError::new(
                Code::NotAllowed,
                "The recovery code is for an owner; an owner gives everybody else a new PIN.",
            ));
        }
        pin::check_passphrase(passphrase)?;
        self.put_pin(&mut owner, pin)?;
        owner.passphrase = Some(pin::hash(passphrase, self.pepper()?, self.policy.pin_cost)?);
        let (groups, hash) = recovery_code()?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            person::update(tx, &owner)?;
            setting::put(tx, RECOVERY, &hash)?;
            desk::put_person(tx, Some(&owner.id))?;
            own(&owner.id).write(tx, ids, (Some(&owner.id), None), None, now)
        })?;
        self.desk.slow.remove(&owner.id);
        self.stand(Some((owner.id, Role::Owner)), now);
        self.desk.passphrase_until = Some(now.mono.plus_ms(self.policy.passphrase_ms));
        let (view, effects) = self.desk_changed(now)?;
        Ok(((view, groups), effects))
    }

    /// Brings somebody in. A further owner begins with the passphrase of the one who brings them in.
    ///
    /// # Errors
    /// Those of [`Self::may`] for [`Act::People`], [`Code::NotAllowed`] for a name that is taken, [`Code::PinWeak`],
    /// [`Code::Keyring`], or the disk's trouble.
    pub fn add_person(
        &mut self,
        name: &str,
        role: Role,
        pin: &str,
        now: Now,
    ) -> Result<(DeskView, Vec<Effect>), TillError> {
        self.need_people()?;
        let permit = self.permit(Act::People, now)?;
        let mut person = self.new_person(name, role, pin, now)?;
        if role == Role::Owner {
            person.passphrase = self.passphrase_here()?;
        }
        let ids = &mut self.ids;
        self.store.write(|tx| {
            person::insert(tx, &person)?;
            permit.write(tx, ids, (Some(&person.id), None), None, now)
        })?;
        self.desk_changed(now)
    }

    /// Another name or another role.
    ///
    /// # Errors
    /// Those of [`Self::add_person`], and [`Code::NotAllowed`] for the last owner's role.
    pub fn change_person(
        &mut self,
        person_id: &str,
        name: &str,
        role: Role,
        now: Now,
    ) -> Result<(DeskView, Vec<Effect>), TillError> {
        self.need_people()?;
        self.may(Act::People, now)?;
        let mut person = self.here(person_id)?;
        person.name = self.free_name(name, Some(person_id))?;
        if role != person.role {
            self.keep_an_owner(&person)?;
        }
        person.passphrase = match role {
            Role::Owner if person.passphrase.is_none() => self.passphrase_here()?,
            Role::Owner => person.passphrase,
            Role::Manager | Role::Cashier => None,
        };
        person.role = role;
        self.put_person(&person, now)?;
        if self.is_here(person_id) {
            self.stand(Some((person.id, role)), now);
        }
        self.desk_changed(now)
    }

    /// A new PIN for somebody who has forgotten theirs.
    ///
    /// # Errors
    /// Those of [`Self::may`] for [`Act::People`], [`Code::PinWeak`], [`Code::Keyring`], or the disk's trouble.
    pub fn reset_pin(
        &mut self,
        person_id: &str,
        pin: &str,
        now: Now,
    ) -> Result<(DeskView, Vec<Effect>), TillError> {
        self.need_people()?;
        self.may(Act::People, now)?;
        let mut person = self.here(person_id)?;
        self.put_pin(&mut person, pin)?;
        self.put_person(&person, now)?;
        self.desk.slow.remove(person_id);
        self.desk_changed(now)
    }

    /// Somebody works here no more. What they sold keeps their name.
    ///
    /// # Errors
    /// Those of [`Self::may`] for [`Act::People`], [`Code::NotAllowed`] for the last owner, or the disk's trouble.
    pub fn let_go(&mut self, person_id: &str, now: Now) -> Result<(DeskView, Vec<Effect>), TillError> {
        self.need_people()?;
        self.may(Act::People, now)?;
        let mut person = self.here(person_id)?;
        self.keep_an_owner(&person)?;
        person.left_at = Some(now.utc);
        self.put_person(&person, now)?;
        if self.is_here(person_id) {
            return self.lock(now);
        }
        self.desk_changed(now)
    }

    /// The person at the counter takes another PIN.
    ///
    /// # Errors
    /// [`Code::Locked`], [`Code::PinWrong`], [`Code::PinSlow`], [`Code::PinWeak`], [`Code::Keyring`], or the disk's
    /// trouble.
    pub fn change_pin(
        &mut self,
        old: &str,
        new: &str,
        now: Now,
    ) -> Result<(DeskView, Vec<Effect>), TillError> {
        let id = self.somebody()?;
        let mut person = self.known_by_pin(&id, old, now)?;
        self.put_pin(&mut person, new)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            person::update(tx, &person)?;
            own(&id).write(tx, ids, (Some(&id), None), None, now)
        })?;
        self.desk.used_at = now.mono;
        self.desk_changed(now)
    }

    /// The owner at the counter takes another passphrase.
    ///
    /// # Errors
    /// Those of [`Self::give_passphrase`], [`Code::PinWeak`], [`Code::Keyring`], or the disk's trouble.
    pub fn change_passphrase(
        &mut self,
        old: &str,
        new: &str,
        now: Now,
    ) -> Result<(DeskView, Vec<Effect>), TillError> {
        pin::check_passphrase(new)?;
        self.give_passphrase(old, now)?;
        let id = self.somebody()?;
        let mut owner = person::get(self.store.read(), &id)?;
        owner.passphrase = Some(pin::hash(new, self.pepper()?, self.policy.pin_cost)?);
        self.put_person(&owner, now)?;
        self.desk_changed(now)
    }

    /// How long a counter that nobody touches stays open; one of [`AUTO_LOCK_MINUTES`].
    ///
    /// # Errors
    /// Those of [`Self::may`] for [`Act::People`], [`Code::NotAllowed`] for another number, or the disk's trouble.
    pub fn set_auto_lock(&mut self, minutes: u32, now: Now) -> Result<(DeskView, Vec<Effect>), TillError> {
        self.need_people()?;
        if !AUTO_LOCK_MINUTES.contains(&minutes) {
            return Err(TillError::new(
                Code::NotAllowed,
                "The till locks after 1, 5 or 15 minutes, or never.",
            ));
        }
        let permit = self.permit(Act::People, now)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            setting::put(tx, AUTO_LOCK, &minutes)?;
            permit.write(tx, ids, (None, None), None, now)
        })?;
        self.desk.auto_lock_min = Some(minutes);
        self.desk_changed(now)
    }

    fn need_people(&self) -> Result<(), TillError> {
        if self.desk.guarded {
            return Ok(());
        }
        Err(TillError::new(Code::NotAllowed, "The owner comes first."))
    }

    fn somebody(&self) -> Result<String, TillError> {
        let here = self.desk.person.as_ref().map(|(id, _)| id.clone());
        here.ok_or_else(|| TillError::new(Code::Locked, "Nobody is at the till. Sign in first."))
    }

    fn is_here(&self, person_id: &str) -> bool {
        self.desk.person.as_ref().is_some_and(|(id, _)| id == person_id)
    }

    fn here(&self, person_id: &str) -> Result<PersonRow, TillError> {
        let person = person::get(self.store.read(), person_id)?;
        if person.left_at.is_some() {
            return Err(TillError::not_found("person"));
        }
        Ok(person)
    }

    /// The hash of the passphrase of the owner at the counter.
    fn passphrase_here(&self) -> Result<Option<String>, TillError> {
        Ok(person::get(self.store.read(), &self.somebody()?)?.passphrase)
    }

    /// A shop whose last owner went could never again bring anybody in.
    fn keep_an_owner(&self, person: &PersonRow) -> Result<(), TillError> {
        let here = person::here(self.store.read())?;
        let owners = here.iter().filter(|one| one.role == Role::Owner).count();
        if person.role != Role::Owner || owners > 1 {
            return Ok(());
        }
        Err(TillError::new(
            Code::NotAllowed,
            "This is the last owner: make somebody else an owner first.",
        ))
    }

    fn put_pin(&self, person: &mut PersonRow, pin: &str) -> Result<(), TillError> {
        pin::check_pin(pin)?;
        person.pin = pin::hash(pin, self.pepper()?, self.policy.pin_cost)?;
        person.tries = 0;
        Ok(())
    }

    fn put_person(&mut self, person: &PersonRow, now: Now) -> Result<(), TillError> {
        let permit = self.permit(Act::People, now)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            person::update(tx, person)?;
            permit.write(tx, ids, (Some(&person.id), None), None, now)
        })
    }

    /// A name that can be told from every other one on the tiles.
    fn free_name(&self, name: &str, of: Option<&str>) -> Result<String, TillError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(TillError::new(
                Code::NotAllowed,
                "Type a name, up to 40 characters.",
            ));
        }
        let taken = person::here(self.store.read())?
            .into_iter()
            .any(|one| Some(one.id.as_str()) != of && one.name.to_lowercase() == name.to_lowercase());
        if taken {
            return Err(TillError::new(
                Code::NotAllowed,
                "Somebody here has this name already: add a second one.",
            ));
        }
        Ok(name.to_owned())
    }

    fn new_person(&mut self, name: &str, role: Role, pin: &str, now: Now) -> Result<PersonRow, TillError> {
        let name = self.free_name(name, None)?;
        let mut person = PersonRow {
            id: self.ids.next_id(),
            name,
            role,
            pin: String::new(),
            passphrase: None,
            made_at: now.utc,
            left_at: None,
            tries: 0,
        };
        self.put_pin(&mut person, pin)?;
        Ok(person)
    }
}

/// What persons do about themselves is written, and needs no leave.
fn own(person_id: &str) -> Permit {
    Permit {
        act: Act::People,
        person: Some(person_id.to_owned()),
        granted: None,
    }
}

/// A new code in groups, and its hash.
fn recovery_code() -> Result<(Vec<String>, String), TillError> {
    let code = RecoveryCode::new()?;
    let groups = code.groups().into_iter().map(str::to_owned).collect();
    Ok((groups, code.hash()?))
}
