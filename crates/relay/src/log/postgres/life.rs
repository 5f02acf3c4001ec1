//! Which life of the log this is.

use relay_wire::Epoch;

use super::connection::Session;
use crate::log::{LogError, stored};

pub(super) async fn epoch(session: &Session) -> Result<Epoch, LogError> {
    let row = session.query_opt("SELECT epoch FROM life", &[]).await?;
    let text: String = row
        .ok_or_else(|| LogError::Unusable("it has no life".into()))?
        .get(0);
    stored(text.parse(), "epoch")
}

/// A new life: what counters have committed and since when is noted with the life that it counts in.
pub(crate) async fn begin(session: &Session) -> Result<Epoch, LogError> {
    let epoch = Epoch::random();
    session
        .execute("UPDATE life SET epoch = $1", &[&epoch.to_string()])
        .await?;
    Ok(epoch)
}

/// A standby was named: from now on a commit without one is one copy, also after a promotion.
pub(super) async fn expect_standby(session: &Session) -> Result<(), LogError> {
    session
        .execute(
            "UPDATE life SET expects_standby = TRUE WHERE NOT expects_standby",
            &[],
        )
        .await?;
    Ok(())
}
