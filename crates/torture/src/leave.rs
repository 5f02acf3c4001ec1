//! What not everybody may do: the till's answer is held against the auditor's own table, and a manager comes over and
//! allows it by PIN where one is needed.

use till::engine::{Effect, Engine};
use till::people::Act;
use till::{Code, Now, TillError};

use crate::TortureError;
use crate::day::Day;
use crate::report::Fault;
use crate::staff::{MANAGER, OWNER};

/// What another person's PIN allowed is allowed for so long, milliseconds.
const GRANT_MS: i64 = 120_000;

/// A leave that was given by PIN.
#[derive(Debug, Clone)]
pub(crate) struct Leave {
    pub(crate) act: Act,
    pub(crate) until_ms: i64,
    /// The till took it up and could not write what it allowed: nobody knows whether it is used.
    pub(crate) doubtful: bool,
}

impl Day {
    /// Somebody does what not everybody may, and a manager allows it where it needs one.
    pub(crate) fn does<T>(
        &mut self,
        counter: usize,
        act: Act,
        mut work: impl FnMut(&mut Engine, Now) -> Result<(T, Vec<Effect>), TillError>,
    ) -> Result<Option<Result<T, TillError>>, TortureError> {
        let done = self.tries(counter, act, &mut work)?;
        let refused = matches!(&done, Some(Err(error)) if error.code == Code::NotPermitted);
        if refused && self.staff(counter).is_some() && self.allows(counter, act)? {
            return self.tries(counter, act, &mut work);
        }
        Ok(done)
    }

    /// As [`Self::does`], for what is only looked at: it does not use up the leave.
    pub(crate) fn looks<T>(
        &mut self,
        counter: usize,
        act: Act,
        mut work: impl FnMut(&mut Engine, Now) -> Result<(T, Vec<Effect>), TillError>,
    ) -> Result<Option<Result<T, TillError>>, TortureError> {
        let done = self.asks(counter, act, &mut work)?;
        let refused = matches!(&done, Some(Err(error)) if error.code == Code::NotPermitted);
        if refused && self.staff(counter).is_some() && self.allows(counter, act)? {
            return self.asks(counter, act, &mut work);
        }
        Ok(done)
    }

    /// As [`Self::does`], and nobody helps.
    pub(crate) fn tries<T>(
        &mut self,
        counter: usize,
        act: Act,
        work: &mut impl FnMut(&mut Engine, Now) -> Result<(T, Vec<Effect>), TillError>,
    ) -> Result<Option<Result<T, TillError>>, TortureError> {
        let done = self.asks(counter, act, work)?;
        if let Some(staff) = self.staff(counter)
            && let Some(leave) = staff.leave.as_mut().filter(|leave| leave.act == act)
        {
            match &done {
                // A day that is closed already is shown once more, and the leave is kept.
                Some(Ok(_)) if act == Act::CloseDay => leave.doubtful = true,
                Some(Ok(_)) => staff.leave = None,
                Some(Err(error)) => leave.doubtful |= error.code.is_of_the_disk(),
                None => leave.doubtful = true,
            }
        }
        Ok(done)
    }

    /// The till's answer, held against who may.
    fn asks<T>(
        &mut self,
        counter: usize,
        act: Act,
        work: &mut impl FnMut(&mut Engine, Now) -> Result<(T, Vec<Effect>), TillError>,
    ) -> Result<Option<Result<T, TillError>>, TortureError> {
        let now_ms = self.now_ms;
        let may = match self.staff(counter) {
            Some(staff) => staff.may(act, now_ms),
            None => Some(true),
        };
        let done = self.with_engine(counter, work)?;
        let words = match &done {
            Some(Ok(_)) if may == Some(false) => {
                Some(format!("{} was done by somebody who may not", act.word()))
            }
            Some(Err(error))
                if may == Some(true) && [Code::NotPermitted, Code::Locked].contains(&error.code) =>
            {
                Some(format!("{} was refused to somebody who may: {error}", act.word()))
            }
            Some(Ok(_) | Err(_)) | None => None,
        };
        if let Some(words) = words {
            self.fault(Fault::Wrong, words);
        }
        Ok(done)
    }

    /// The manager comes over and types the PIN for this one act.
    fn allows(&mut self, counter: usize, act: Act) -> Result<bool, TortureError> {
        let who = if self.dice.happens(700) { MANAGER } else { OWNER };
        let until_ms = self.now_ms.saturating_add(GRANT_MS);
        let Some(worker) = self.staff(counter).and_then(|staff| staff.worker(who)).cloned() else {
            return Ok(false);
        };
        let granted = self.with_engine(counter, |engine, now| {
            engine.grant(act, (&worker.id, worker.pin), "I have seen it", now)?;
            Ok(((), Vec::new()))
        })?;
        match granted {
            Some(Ok(())) => {
                self.report.act("acts that a manager allowed by PIN", 1);
                if let Some(staff) = self.staff(counter) {
                    staff.leave = Some(Leave {
                        act,
                        until_ms,
                        doubtful: false,
                    });
                    *staff.leaves.entry((act.word(), worker.id)).or_default() += 1;
                }
                Ok(true)
            }
            Some(Err(error)) => {
                if !error.code.is_of_the_disk() && ![Code::PinSlow, Code::Locked].contains(&error.code) {
                    self.fault(
                        Fault::Wrong,
                        format!("a manager cannot allow {}: {error}", act.word()),
                    );
                }
                Ok(false)
            }
            None => Ok(false),
        }
    }
}
