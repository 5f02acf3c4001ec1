//! `GET /v1/events`: what came in after the cursor, at once or as soon as it comes.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relay_wire::{Cursor, EventsPage, Gone, SealedEvent};
use serde::Deserialize;
use tokio::time::{Instant, sleep_until};

use super::let_in::LetIn;
use super::refusal::Refusal;
use crate::clock::now_ms;
use crate::log::{Page, StoredEvent};
use crate::metrics::Open;
use crate::relay::Relay;

/// Longest wait. Below the half minute after which many proxies give up.
pub(super) const MOST_WAIT: Duration = Duration::from_secs(25);
/// Events of one page, at most.
const MOST_EVENTS: u32 = 100;
/// Sealed bytes of one page, at most, but for its first event.
const MOST_BYTES: usize = 512 * 1024;

#[derive(Deserialize)]
pub(super) struct Ask {
    after: Cursor,
    /// Seconds.
    #[serde(default)]
    wait: u64,
}

type Answer = (StatusCode, Json<EventsPage>);

pub(super) async fn answer(
    State(relay): State<Arc<Relay>>,
    who: LetIn,
    ask: Result<Query<Ask>, QueryRejection>,
) -> Result<Answer, Refusal> {
    let Query(ask) = ask.map_err(|_| Refusal::bad_request("unreadable_query"))?;
    let shop = &who.counter.shop_id;
    let until = Instant::now() + Duration::from_secs(ask.wait).min(MOST_WAIT);
    let mut bell = relay.wakers.listen(shop);
    let mut stopping = relay.stopping();
    loop {
        bell.mark_unchanged();
        let page = relay.log.read(shop, ask.after.seq, MOST_EVENTS).await?;
        match judge(ask.after, &page) {
            Found::Events => return Ok(events(page)),
            Found::Dropped(gone) => {
                relay.metrics.told_gone();
                return Ok(dropped(&page, gone));
            }
            Found::OtherLife => return reread(&relay, shop).await,
            Found::OlderLog => return begin_anew(&relay, shop).await,
            Found::Nothing if Instant::now() >= until || *stopping.borrow() => return Ok(events(page)),
            Found::Nothing => {}
        }
        let _waits = Open::one(&relay.metrics.long_polls);
        tokio::select! {
            // An error of either would mean that the relay is gone, and this request with it.
            _ = bell.changed() => {}
            _ = stopping.wait_for(|stop| *stop) => {}
            () = sleep_until(until) => {}
        }
        who.still(&relay).await?;
    }
}

/// What a page means to a reader.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    Events,
    /// What the reader would have read next is not kept any more.
    Dropped(Gone),
    /// The reader's place belongs to another life of the log.
    OtherLife,
    /// The reader has seen what this log does not hold: the log was put back to an earlier state.
    OlderLog,
}

fn judge(after: Cursor, page: &Page) -> Found {
    if page.epoch != after.epoch {
        Found::OtherLife
    } else if after.seq > page.newest {
        Found::OlderLog
    } else if after.seq < page.dropped_through {
        Found::Dropped(Gone {
            count: page.dropped_through - after.seq,
            through: page.dropped_through,
        })
    } else if page.events.is_empty() {
        Found::Nothing
    } else {
        Found::Events
    }
}

fn events(page: Page) -> Answer {
    let mut bytes = 0;
    let fits = |event: &StoredEvent| {
        let first = bytes == 0;
        bytes += event.sealed.len();
        first || bytes <= MOST_BYTES
    };
    let events: Vec<SealedEvent> = page
        .events
        .into_iter()
        .take_while(fits)
        .map(|event| SealedEvent {
            seq: event.seq,
            sealed: STANDARD.encode(event.sealed),
        })
        .collect();
    let answer = EventsPage {
        epoch: page.epoch,
        more: events.last().is_some_and(|last| last.seq < page.newest),
        events,
        gone: None,
        now_ms: now_ms(),
    };
    (StatusCode::OK, Json(answer))
}

fn dropped(page: &Page, gone: Gone) -> Answer {
    let answer = EventsPage {
        epoch: page.epoch,
        events: Vec::new(),
        more: page.newest > gone.through,
        gone: Some(gone),
        now_ms: now_ms(),
    };
    (StatusCode::GONE, Json(answer))
}

/// From the first event that is kept. What was dropped before it was not missed, as far as anybody can say: it is
/// named with a count of 0 when there is no event to say where to read on.
async fn reread(relay: &Relay, shop: &str) -> Result<Answer, Refusal> {
    let page = relay.log.read(shop, 0, MOST_EVENTS).await?;
    if page.events.is_empty() && page.dropped_through > 0 {
        let through = page.dropped_through;
        return Ok(dropped(&page, Gone { count: 0, through }));
    }
    Ok(events(page))
}

async fn begin_anew(relay: &Relay, shop: &str) -> Result<Answer, Refusal> {
    relay
        .may_begin_new_life(shop)
        .map_err(|seconds| Refusal::unavailable().again_after(seconds))?;
    let epoch = relay.log.new_epoch(shop).await?;
    tracing::error!(%epoch, "a counter has seen more than this log holds: its life begins anew");
    reread(relay, shop).await
}

#[cfg(test)]
mod tests {
    use relay_wire::Epoch;

    use super::*;

    #[test]
    fn a_page_means_one_thing() {
        let (ours, other) = (Epoch::random(), Epoch::random());
        let at = |epoch, seq| Cursor { epoch, seq };
        let page = |seqs: &[u64], newest, dropped_through| Page {
            epoch: ours,
            events: seqs
                .iter()
                .map(|&seq| StoredEvent { seq, sealed: vec![0] })
                .collect(),
            newest,
            dropped_through,
        };
        let gone = |count, through| Found::Dropped(Gone { count, through });
        let cases = [
            (at(ours, 5), page(&[], 5, 0), Found::Nothing),
            (at(ours, 5), page(&[6], 6, 5), Found::Events),
            (at(ours, 5), page(&[9], 9, 8), gone(3, 8)),
            (at(ours, 0), page(&[], 8, 8), gone(8, 8)),
            (at(ours, 9), page(&[], 8, 0), Found::OlderLog),
            (at(other, 9), page(&[], 8, 0), Found::OtherLife),
            (at(other, 2), page(&[3], 8, 0), Found::OtherLife),
        ];
        for (after, page, found) in cases {
            assert_eq!(judge(after, &page), found, "{after} with {page:?}");
        }
    }

    #[test]
    fn a_page_is_bounded_by_bytes_but_never_empty() {
        let page = |sizes: &[usize]| Page {
            epoch: Epoch::random(),
            events: sizes
                .iter()
                .zip(1..)
                .map(|(&size, seq)| StoredEvent {
                    seq,
                    sealed: vec![0; size],
                })
                .collect(),
            newest: sizes.len() as u64,
            dropped_through: 0,
        };
        let counts = |sizes: &[usize]| {
            let (_, Json(page)) = events(page(sizes));
            (page.events.len(), page.more)
        };
        assert_eq!(
            counts(&[MOST_BYTES + 1, 1]),
            (1, true),
            "one that is too large comes alone"
        );
        assert_eq!(counts(&[MOST_BYTES - 1, 1, 1]), (2, true), "up to the limit");
        assert_eq!(counts(&[1, 1]), (2, false), "all");
    }
}
