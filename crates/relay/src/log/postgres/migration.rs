//! Migrations: append-only, numbered in `life.form`.

use relay_wire::Epoch;

use super::connection::Session;
use crate::log::LogError;

/// Each entry brings the database from its index to the next version. Never edit one that was released.
const MIGRATIONS: &[&str] = &[
    include_str!("migration_0001.sql"),
    include_str!("migration_0002.sql"),
];
/// Relays that start together bring the database to its form one after the other. Any number of ours.
const LOCK: &str = "SELECT pg_advisory_xact_lock(5475831662)";

/// Brings the database to this program's form, inside the caller's transaction.
///
/// # Errors
/// [`LogError::Unusable`] for a newer one; the database's trouble.
pub(super) async fn run(session: &Session) -> Result<(), LogError> {
    session.run(LOCK).await?;
    let rows = session
        .query("SELECT to_regclass('life') IS NOT NULL", &[])
        .await?;
    let there = rows.first().is_some_and(|row| row.get(0));
    let stored = if there { form(session).await? } else { 0 };
    let pending = MIGRATIONS.get(stored..).ok_or_else(|| {
        LogError::Unusable("a newer version of the relay wrote it; install that version again".into())
    })?;
    for script in pending {
        session.run(script).await?;
    }
    let newest = i32::try_from(MIGRATIONS.len()).unwrap_or_default();
    if there && !pending.is_empty() {
        session.execute("UPDATE life SET form = $1", &[&newest]).await?;
    }
    if !there {
        let epoch = Epoch::random().to_string();
        session
            .execute(
                "INSERT INTO life (form, epoch) VALUES ($1, $2)",
                &[&newest, &epoch],
            )
            .await?;
    }
    Ok(())
}

async fn form(session: &Session) -> Result<usize, LogError> {
    let rows = session.query("SELECT form FROM life", &[]).await?;
    let form: Option<i32> = rows.first().map(|row| row.get(0));
    form.and_then(|form| usize::try_from(form).ok())
        .ok_or_else(|| LogError::Unusable("its table `life` is not the relay's".into()))
}
