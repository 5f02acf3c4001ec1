//! Keeping a batch: tried again while there is time, because Safaricom does not post a second time.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::PostgresLog;
use super::transaction::{AT_MOST, Failure, Transaction, within};
use super::{event, life};
use crate::log::{Appended, Copies, LogError, NewEvent, place};

/// A pause before the next try: a fail-over takes seconds.
const PAUSE: Duration = Duration::from_millis(100);

pub(super) async fn append(log: &PostgresLog, batch: &[NewEvent]) -> Result<Vec<Appended>, LogError> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let until = Instant::now() + AT_MOST;
    // The places of tries of which nobody knows whether they were committed.
    let mut doubtful: Vec<Vec<i64>> = Vec::new();
    within(async {
        loop {
            match attempt(log, batch, &mut doubtful).await {
                Ok(appended) => return Ok(appended),
                Err(LogError::Unavailable(why)) if Instant::now() + PAUSE < until => {
                    tracing::debug!(why, "an append is tried again");
                    sleep(PAUSE).await;
                }
                Err(error) => return Err(error),
            }
        }
    })
    .await
}

async fn attempt(
    log: &PostgresLog,
    batch: &[NewEvent],
    doubtful: &mut Vec<Vec<i64>>,
) -> Result<Vec<Appended>, LogError> {
    let transaction = Transaction::begin(&log.pool, &log.standby).await?;
    let mut alone = false;
    let work = async {
        // Whatever an earlier try left running holds the same lock: after it, all is said.
        let mut locked = event::lock(&transaction, batch).await?;
        for seqs in doubtful.iter() {
            if event::is_at(&transaction, &batch[0], seqs[0]).await? {
                return Ok((seqs.clone(), true));
            }
        }
        if locked.standby_named && !locked.standby_expected {
            life::expect_standby(&transaction).await?;
        }
        alone = locked.standby_expected && !locked.standby_named;
        Ok((event::insert(&transaction, batch, &mut locked).await?, false))
    };
    let done = work.await;
    let seqs = done.as_ref().ok().map(|(seqs, _)| seqs.clone());
    match transaction.end(done).await {
        // A commit that answered nobody: where it reached, nobody said.
        Ok(((seqs, true), _)) => Ok(kept(&seqs, Copies::One)),
        Ok(((seqs, false), _)) if alone => Ok(kept(&seqs, Copies::One)),
        Ok(((seqs, false), copies)) => Ok(kept(&seqs, copies)),
        Err(Failure { error, perhaps_done }) => {
            doubtful.extend(seqs.filter(|_| perhaps_done));
            Err(error)
        }
    }
}

fn kept(seqs: &[i64], copies: Copies) -> Vec<Appended> {
    let appended = |seq: &i64| Appended {
        seq: place(*seq),
        copies,
    };
    seqs.iter().map(appended).collect()
}
