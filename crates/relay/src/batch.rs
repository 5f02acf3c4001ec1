//! Group commit: one task gathers the events that wait and commits them together. Nobody waits for company: an
//! event that comes alone is committed alone, and those that come meanwhile are the next batch.

use std::iter::repeat_n;
use std::sync::Arc;
use std::time::Duration;

use async_channel::{Receiver, Sender};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::log::{Appended, EventLog, LogError, NewEvent};
use crate::metrics::Metrics;
use crate::wake::Wakers;

/// At most so many events of one commit.
const MOST_EVENTS: usize = 512;
/// And, but for its first event, so many sealed bytes.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// So many events wait or are being committed; whoever comes then is held back.
const ROOM: u32 = 1536;
/// After how long a failed commit is tried again.
const AGAIN: Duration = Duration::from_millis(100);

/// Hands events to the task.
#[derive(Debug)]
pub(crate) struct Batcher {
    line: Sender<Item>,
    room: Arc<Semaphore>,
}

#[derive(Debug)]
struct Item {
    event: NewEvent,
    answer: Answer,
}

/// Who waits for an event, with its place in the room until he has his answer.
#[derive(Debug)]
struct Answer {
    /// Until when a failed commit is tried again.
    until: Instant,
    kept: oneshot::Sender<Result<Appended, LogError>>,
    _room: OwnedSemaphorePermit,
}

impl Batcher {
    /// Starts the task; it ends when nobody holds a batcher any more.
    pub(crate) fn start(log: Arc<dyn EventLog>, metrics: Arc<Metrics>, wakers: Wakers) -> Self {
        // The room is what bounds it.
        let (line, work) = async_channel::unbounded();
        let task = Task {
            log,
            metrics,
            wakers,
            work,
            failed: Vec::new(),
        };
        tokio::spawn(task.run());
        Self {
            line,
            room: Arc::new(Semaphore::new(ROOM as usize)),
        }
    }

    /// Keeps an event: durable when it returns `Ok`. It is kept although whoever posted it hangs up meanwhile,
    /// because Safaricom posts once.
    ///
    /// # Errors
    /// Why the log did not keep it until then.
    pub(crate) async fn keep(&self, event: NewEvent, until: Instant) -> Result<Appended, LogError> {
        let gone = || LogError::Unavailable("the relay is stopping".into());
        let (kept, answer) = oneshot::channel();
        let item = move |room| Item {
            event,
            answer: Answer {
                until,
                kept,
                _room: room,
            },
        };
        let room = Arc::clone(&self.room);
        match Arc::clone(&room).try_acquire_owned() {
            Ok(room) => self.line.try_send(item(room)).map_err(|_| gone())?,
            // It waits in a task of its own, because whoever asked may go meanwhile.
            Err(_) => {
                let line = self.line.clone();
                tokio::spawn(async move {
                    // The room is never closed.
                    if let Ok(room) = room.acquire_owned().await {
                        // An error drops the item, which is an answer.
                        let _ = line.try_send(item(room));
                    }
                });
            }
        }
        match timeout_at(until, answer).await {
            Ok(answer) => answer.map_err(|_| gone())?,
            // It may still be kept, which a till is glad of.
            Err(_) => Err(LogError::Unavailable("it takes too long".into())),
        }
    }

    /// Waits until everything that was handed over has its answer.
    pub(crate) async fn drain(&self) {
        // All of the room is free. It is never closed.
        let _ = self.room.acquire_many(ROOM).await;
    }
}

struct Task {
    log: Arc<dyn EventLog>,
    metrics: Arc<Metrics>,
    wakers: Wakers,
    work: Receiver<Item>,
    failed: Vec<(Instant, Item)>,
}

/// One commit that is done.
struct Committed {
    took: Duration,
    answers: Vec<Answer>,
    kept: Vec<(NewEvent, Result<Appended, LogError>)>,
}

impl Task {
    async fn run(mut self) {
        let mut commits = FuturesUnordered::new();
        let at_once = self.log.commits_at_once();
        let mut closed = false;
        loop {
            let free = commits.len() < at_once;
            let again = self.failed.iter().map(|(at, _)| *at).min();
            let first = tokio::select! {
                biased;
                Some(committed) = commits.next() => {
                    self.answer(committed);
                    continue;
                }
                () = sleep_until(again.unwrap_or_else(Instant::now)), if free && again.is_some() => self.due(),
                first = self.work.recv(), if free && !closed => match first {
                    Ok(first) => vec![first],
                    Err(_) => {
                        closed = true;
                        continue;
                    }
                },
                else => break,
            };
            commits.push(commit(Arc::clone(&self.log), first, self.work.clone()));
        }
    }

    /// Those whose next try it is time for.
    fn due(&mut self) -> Vec<Item> {
        let now = Instant::now();
        let (due, later) = std::mem::take(&mut self.failed)
            .into_iter()
            .partition(|(at, _)| *at <= now);
        self.failed = later;
        due.into_iter().map(|(_, item): (Instant, Item)| item).collect()
    }

    fn answer(&mut self, committed: Committed) {
        let none = committed.answers.len().saturating_sub(committed.kept.len());
        let kept = committed.kept.iter().map(|(_, result)| result.as_ref().ok());
        self.metrics
            .appended(committed.took, kept.chain(repeat_n(None, none)));
        let mut woken: Option<String> = None;
        for ((event, result), answer) in committed.kept.into_iter().zip(committed.answers) {
            match result {
                Err(error @ LogError::Unavailable(_)) if Instant::now() + AGAIN < answer.until => {
                    tracing::warn!(%error, "an event was not kept yet");
                    self.failed.push((Instant::now() + AGAIN, Item { event, answer }));
                }
                Err(error) => {
                    tracing::error!(%error, "an event was not kept");
                    let _ = answer.kept.send(Err(error));
                }
                Ok(appended) => {
                    // Whoever posted it may have hung up.
                    let _ = answer.kept.send(Ok(appended));
                    if woken.as_deref() != Some(&event.shop_id) {
                        self.wakers.wake(&event.shop_id);
                        woken = Some(event.shop_id);
                    }
                }
            }
        }
    }
}

/// One commit: of these, and of all that wait when the log comes to it.
async fn commit(log: Arc<dyn EventLog>, first: Vec<Item>, work: Receiver<Item>) -> Committed {
    let (tell, told) = oneshot::channel();
    let take = Box::new(move || {
        let begun = Instant::now();
        let (events, answers) = gather(first, &work);
        // Who asked may be gone when the relay stops.
        let _ = tell.send((begun, answers));
        events
    });
    let kept = log.append_taken(take).await;
    // Nothing comes back when the log's writer has ended.
    let (begun, answers) = told.await.unwrap_or_else(|_| (Instant::now(), Vec::new()));
    Committed {
        took: begun.elapsed(),
        answers,
        kept,
    }
}

fn gather(mut batch: Vec<Item>, work: &Receiver<Item>) -> (Vec<NewEvent>, Vec<Answer>) {
    let mut bytes: usize = batch.iter().map(|item| item.event.sealed.len()).sum();
    while batch.len() < MOST_EVENTS && bytes < MOST_BYTES {
        let Ok(item) = work.try_recv() else { break };
        bytes += item.event.sealed.len();
        batch.push(item);
    }
    batch.into_iter().map(|item| (item.event, item.answer)).unzip()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_commit_has_its_most_and_the_rest_waits_for_the_next() {
        let room = Arc::new(Semaphore::new(2_000));
        let item = |bytes| Item {
            event: NewEvent {
                shop_id: "s".into(),
                received_ms: 0,
                sealed: vec![0; bytes],
            },
            answer: Answer {
                until: Instant::now(),
                kept: oneshot::channel().0,
                _room: Arc::clone(&room).try_acquire_owned().unwrap(),
            },
        };
        let (line, work) = async_channel::unbounded();
        for _ in 0..MOST_EVENTS + 8 {
            line.try_send(item(1)).unwrap();
        }
        let (events, answers) = gather(vec![item(1)], &work);
        assert_eq!(
            (events.len(), answers.len()),
            (MOST_EVENTS, MOST_EVENTS),
            "by number"
        );
        assert_eq!(
            gather(vec![item(1)], &work).0.len(),
            1 + 9,
            "and all that is left"
        );
        line.try_send(item(1)).unwrap();
        assert_eq!(gather(vec![item(MOST_BYTES)], &work).0.len(), 1, "by size");
        assert_eq!(work.len(), 1, "it waits");
        drop((events, answers));
    }
}
