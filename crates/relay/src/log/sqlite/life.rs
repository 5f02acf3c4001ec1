//! Which life of the log this is.

use relay_wire::Epoch;
use rusqlite::{Connection, Transaction};

use crate::log::{LogError, stored};

pub(super) fn epoch(conn: &Connection) -> Result<Epoch, LogError> {
    let text: String = conn
        .prepare_cached("SELECT epoch FROM life")?
        .query_row([], |row| row.get(0))?;
    stored(text.parse(), "epoch")
}

/// A new life: nobody has committed anything of it.
pub(crate) fn begin(tx: &Transaction<'_>) -> Result<Epoch, LogError> {
    let epoch = Epoch::random();
    tx.execute("UPDATE life SET epoch = ?1", [epoch.to_string()])?;
    tx.execute("UPDATE counter SET acked = 0", [])?;
    tx.execute("DELETE FROM ack_mark", [])?;
    Ok(epoch)
}
