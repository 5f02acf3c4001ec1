//! `people`: who works here.

use serde::Serialize;
use till::TillError;
use till::driver::{Clock as _, SystemClock};
use till::people::{Role, pepper};
use till::secrets;
use till::view::{DeskView, PersonView};

use crate::cli::{Global, PeopleAct, RoleFlag};
use crate::failure::Exit;
use crate::open::{self, Book};
use crate::print::Out;
use crate::who::word;

#[derive(Serialize)]
struct Told<'a> {
    people: &'a [PersonView],
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_code: Option<String>,
}

/// Lists them, or changes them: a new PIN comes in KESHIA_NEW_PIN or is asked for.
///
/// # Errors
/// What the table says, a weak PIN, or what kept the book from opening.
pub(super) fn run(act: Option<PeopleAct>, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let (kind, file_id) = (book.kind(), book.shop.file_id.clone());
    let (mut engine, _lock) = book.engine()?;
    let now = SystemClock::default().now();
    let new_pin = || word("KESHIA_NEW_PIN", "The new PIN");
    let mut recovery_code = None;
    let desk = match act {
        None => engine.desk(now)?,
        Some(PeopleAct::Owner { name }) => {
            engine.set_pepper(Some(pepper::read_or_make(kind, || {
                secrets::open(&file_id, open::keyring(global))
            })?));
            let passphrase = word("KESHIA_PASSPHRASE", "The owner's passphrase")?;
            let (desk, _) = engine.make_owner(&name, new_pin()?.expose(), passphrase.expose(), now)?;
            recovery_code = Some(engine.new_recovery_code(now)?.join("-"));
            desk
        }
        Some(PeopleAct::Add { name, role }) => {
            engine.add_person(&name, role.into(), new_pin()?.expose(), now)?.0
        }
        Some(PeopleAct::LetGo { name }) => {
            let id = id_of(&engine.desk(now)?, &name)?;
            engine.let_go(&id, now)?.0
        }
        Some(PeopleAct::Pin { name }) => {
            let id = id_of(&engine.desk(now)?, &name)?;
            engine.reset_pin(&id, new_pin()?.expose(), now)?.0
        }
    };
    let mut lines: Vec<String> = desk
        .people
        .iter()
        .map(|one| format!("{:<24} {}", one.name, one.role.word()))
        .collect();
    if lines.is_empty() {
        lines.push("This book tells nobody apart: `keshiactl people owner NAME` begins.".to_owned());
    }
    if let Some(code) = &recovery_code {
        lines.push(format!(
            "Recovery code, shown only now; write it on paper: {code}"
        ));
    }
    let people = &desk.people;
    out.tell(
        &lines.join("\n"),
        "people",
        Told {
            people,
            recovery_code,
        },
    );
    Ok(Exit::Done)
}

fn id_of(desk: &DeskView, name: &str) -> Result<String, TillError> {
    let found = desk
        .people
        .iter()
        .find(|one| one.name.to_lowercase() == name.to_lowercase());
    found
        .map(|one| one.id.clone())
        .ok_or_else(|| TillError::new(till::Code::NotFound, format!("Nobody here is called {name}.")))
}

impl From<RoleFlag> for Role {
    fn from(flag: RoleFlag) -> Self {
        match flag {
            RoleFlag::Cashier => Self::Cashier,
            RoleFlag::Manager => Self::Manager,
            RoleFlag::Owner => Self::Owner,
        }
    }
}
