//! `here`: says why the book is on another PC than before.

use serde::Serialize;
use till::driver::{Clock as _, SystemClock};
use till::pc::Pc;
use till::{Code, TillError};

use crate::cli::{Global, Here};
use crate::failure::Exit;
use crate::open;
use crate::print::Out;

#[derive(Serialize)]
struct Moved {
    incarnation: String,
}

#[derive(Serialize)]
struct Copy {
    aside: String,
}

/// Takes the book over, or puts it aside.
///
/// # Errors
/// [`Code::NotConnected`] without a book, [`Code::DatabaseInUse`] beside a running Keshia, the disk's trouble.
pub(super) fn run(here: &Here, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (folder, kind, backups) = open::backups(global, None)?;
    if !backups.book().exists() {
        return Err(open::not_set_up());
    }
    let lock = folder.lock(kind)?;
    let now = SystemClock::default().now().utc;
    if here.copy {
        let aside = backups.is_a_copy(now, &lock)?;
        let words = format!(
            "The book is put aside as {}: it sells on the other PC only. To sell on this one too, set it up as a counter of its own.",
            aside.display()
        );
        let aside = aside.display().to_string();
        out.tell(&words, "put_aside", Copy { aside });
        return Ok(Exit::Done);
    }
    let pc = Pc::this().ok_or_else(|| {
        TillError::new(
            Code::DiskReadOnly,
            "This PC has no folder for its settings: set KESHIA_PC_DIR.",
        )
    })?;
    let incarnation = backups.moved_here(&pc, now, &lock)?.to_string();
    let words = format!(
        "The shop has moved to this PC. After the counter's letter every new reference has {incarnation} now, so that none meets an older one. Do not sell on the old PC any more.",
    );
    out.tell(&words, "moved", Moved { incarnation });
    Ok(Exit::Done)
}
