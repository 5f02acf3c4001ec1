//! `backup`: takes today's copy now.

use till::TillError;
use till::clock::shop_day;
use till::driver::{Clock as _, SystemClock};

use super::{backups, stick};
use crate::cli::Global;
use crate::failure::Exit;
use crate::open;
use crate::print::Out;

/// Takes the copy of today and proves it. The window may be open: it is not held up.
///
/// # Errors
/// [`till::Code::NotConnected`] without a book, or why there is no copy.
pub(super) fn run(global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (_, _, backups) = open::backups(global, None)?;
    if !backups.book().exists() {
        return Err(open::not_set_up());
    }
    let today = shop_day(SystemClock::default().now().utc);
    let (backup, facts) = backups.take_daily(today)?;
    let words = format!(
        "Backed up and checked: {}, {}, {} sales.",
        backup.path.display(),
        backups::size(backup.bytes),
        facts.sales
    );
    out.tell(&words, "backup", backups::line(&backup, &Ok(facts)));
    // The copy beside the book is there whatever the stick says.
    match stick::carry(backups.book(), global) {
        Ok(Some(state)) => Out::notice(&format!("Also on the stick: {}.", state.folder.display())),
        Ok(None) => {}
        Err(error) => Out::notice(&error.message),
    }
    Ok(Exit::Done)
}
