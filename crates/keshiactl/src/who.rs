//! Who runs the command: `--as NAME`, with a PIN that is typed or comes in `KESHIA_PIN`. The same table as in the
//! window says what that person may do.

use std::io::IsTerminal as _;

use daraja::Secret;
use till::driver::{Clock as _, SystemClock};
use till::engine::Engine;
use till::files::FileKind;
use till::people::{Act, pepper};
use till::secrets;
use till::shop::Shop;
use till::store::{Store, person};
use till::{Code, Now, TillError};

use crate::cli::Global;
use crate::open;

/// A person's own words, asked for once.
#[derive(Debug)]
pub(crate) struct Who {
    name: Option<String>,
    pin: Option<Secret>,
    pepper: Option<Secret>,
    passphrase: Option<Secret>,
}

impl Who {
    /// `None` in a book that tells nobody apart.
    ///
    /// # Errors
    /// [`Code::Locked`] when nobody was named, [`Code::Keyring`], or the disk's trouble.
    pub(crate) fn of(
        store: &Store,
        shop: &Shop,
        kind: FileKind,
        global: &Global,
    ) -> Result<Option<Self>, TillError> {
        let people = person::here(store.read())?;
        if people.is_empty() {
            return Ok(None);
        }
        if global.who.is_none() && people.len() > 1 {
            return Err(TillError::new(
                Code::Locked,
                "Several people work here: say who you are with --as NAME; the PIN is asked for, or comes in KESHIA_PIN.",
            ));
        }
        let pepper = pepper::read(kind, || secrets::open(&shop.file_id, open::keyring(global)))?;
        let pin = global
            .who
            .as_ref()
            .map(|name| word("KESHIA_PIN", &format!("PIN of {name}")))
            .transpose()?;
        Ok(Some(Self {
            name: global.who.clone(),
            pin,
            pepper,
            passphrase: None,
        }))
    }

    /// Stands at the counter.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a name that nobody has, [`Code::PinWrong`], [`Code::PinSlow`].
    pub(crate) fn sign_in(&self, engine: &mut Engine, now: Now) -> Result<(), TillError> {
        engine.set_pepper(self.pepper.clone());
        let (Some(name), Some(pin)) = (&self.name, &self.pin) else {
            return Ok(());
        };
        let people = engine.desk(now)?.people;
        let person = people
            .iter()
            .find(|one| one.name.to_lowercase() == name.to_lowercase())
            .ok_or_else(|| TillError::new(Code::NotFound, format!("Nobody here is called {name}.")))?;
        engine.sign_in(&person.id, pin.expose(), now).map(|_| ())
    }

    /// Gives the passphrase again that was given before.
    ///
    /// # Errors
    /// [`Code::PinWrong`], [`Code::PinSlow`].
    pub(crate) fn passphrase(&self, engine: &mut Engine, now: Now) -> Result<(), TillError> {
        match &self.passphrase {
            Some(passphrase) => engine.give_passphrase(passphrase.expose(), now).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Asks the table. What is done beside the engine is written down before it is tried.
    ///
    /// # Errors
    /// Those of [`Engine::may`].
    pub(crate) fn asks(&mut self, engine: &mut Engine, (act, writes): (Act, bool)) -> Result<(), TillError> {
        let now = SystemClock::default().now();
        self.sign_in(engine, now)?;
        let told = engine.may(act, now);
        if told
            .as_ref()
            .is_err_and(|error| error.code == Code::PassphraseNeeded)
        {
            self.passphrase = Some(word("KESHIA_PASSPHRASE", "The owner's passphrase")?);
            self.passphrase(engine, now)?;
        }
        if writes {
            engine.acted(act, None, now)
        } else {
            engine.may(act, now)
        }
    }
}

/// A secret word from the environment, or from the person at the terminal.
///
/// # Errors
/// [`Code::Locked`] when there is neither.
pub(crate) fn word(variable: &str, asked: &str) -> Result<Secret, TillError> {
    if let Ok(word) = std::env::var(variable) {
        return Ok(Secret::new(word));
    }
    let missing = || TillError::new(Code::Locked, format!("{asked} is missing: set {variable}."));
    if !std::io::stdin().is_terminal() {
        return Err(missing());
    }
    rpassword::prompt_password(format!("{asked} (it stays invisible): "))
        .map(Secret::new)
        .map_err(|_| missing())
}
