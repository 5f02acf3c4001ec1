//! Migrations: append-only, numbered in `PRAGMA user_version`.

use std::path::Path;

use relay_wire::Epoch;
use rusqlite::{Connection, TransactionBehavior};

use crate::log::LogError;

/// Each entry brings the file from its index to the next version. Never edit one that was released.
const MIGRATIONS: &[&str] = &[
    include_str!("migration_0001.sql"),
    include_str!("migration_0002.sql"),
    include_str!("migration_0003.sql"),
];
/// What `PRAGMA application_id` says in a relay's log.
const APPLICATION: i64 = 0x4B45_4C47;
/// And in one that was moved to another engine.
const MOVED: i64 = 0x4B45_4C4D;

/// Brings a file to this program's form.
///
/// # Errors
/// [`LogError::Unusable`] for a newer file and for another program's; the disk's trouble. The file is then as it
/// was.
pub(super) fn run(conn: &mut Connection) -> Result<(), LogError> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let stored = known(&tx)?;
    let Some(pending) = MIGRATIONS.get(stored..).filter(|pending| !pending.is_empty()) else {
        return Ok(());
    };
    for script in pending {
        tx.execute_batch(script)?;
    }
    if stored == 0 {
        tx.execute(
            "INSERT INTO life (only_row, epoch) VALUES (1, ?1)",
            [Epoch::random().to_string()],
        )?;
    }
    tx.pragma_update(
        None,
        "user_version",
        i64::try_from(MIGRATIONS.len()).unwrap_or_default(),
    )?;
    tx.commit()?;
    Ok(())
}

/// The version of a file's form, if it is a log's and not newer; 0 for a file that holds nothing.
///
/// # Errors
/// [`LogError::Unusable`], or the disk's trouble.
pub(crate) fn known(conn: &Connection) -> Result<usize, LogError> {
    let pragma = |name: &str| conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
    let tables: i64 = conn.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        return Ok(0);
    }
    let application = pragma("application_id")?;
    if application == MOVED {
        return Err(LogError::Unusable(
            "it was moved to PostgreSQL: give that as the store".into(),
        ));
    }
    if application != APPLICATION {
        return Err(LogError::Unusable("the file is not a relay's log".into()));
    }
    usize::try_from(pragma("user_version")?)
        .ok()
        .filter(|stored| *stored <= MIGRATIONS.len())
        .ok_or_else(|| {
            LogError::Unusable("a newer version of the relay wrote it; install that version again".into())
        })
}

/// Closes a file for good: no relay opens it any more.
pub(crate) fn mark_moved(path: &Path) -> Result<(), LogError> {
    let conn = Connection::open(path)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    Ok(conn.pragma_update(None, "application_id", MOVED)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;
    use crate::log::sqlite::shop::places;

    #[test]
    fn places_of_the_second_form_are_the_third_forms() {
        let mut conn = Connection::open_in_memory().unwrap();
        for script in &MIGRATIONS[..2] {
            conn.execute_batch(script).unwrap();
        }
        conn.execute_batch(
            "PRAGMA user_version = 2;
             INSERT INTO shop (id, name, hook, check_reference, newest, dropped_through) VALUES
                 ('some', 'Some', randomblob(32), 0, 5, 3), ('none', 'None', randomblob(32), 0, 4, 4),
                 ('new', 'New', randomblob(32), 0, 0, 0);
             INSERT INTO event VALUES ('some', 4, 0, x'00'), ('some', 5, 0, x'00');",
        )
        .unwrap();
        run(&mut conn).unwrap();
        assert_eq!(places(&conn, "some"), Ok(Some((5, 3))), "some were dropped");
        assert_eq!(places(&conn, "none"), Ok(Some((4, 4))), "all were dropped");
        assert_eq!(places(&conn, "new"), Ok(Some((0, 0))), "none ever came");
        assert_eq!(places(&conn, "nobody"), Ok(None), "no such shop");
    }
}
