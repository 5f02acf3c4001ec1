//! `POST /v1/heartbeat`: how far a counter has come, and that its chain only grew.
//!
//! After a restore it has not. The shop's owner says so once, and the relay goes on with the chain as it is now; what
//! it had seen before is kept aside, so that nobody unsees it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use relay_wire::{Heartbeat, HeartbeatAnswer, Link};

use super::body::Read;
use super::let_in::LetIn;
use super::refusal::Refusal;
use crate::clock::now_ms;
use crate::log::Heard;
use crate::relay::Relay;

pub(super) async fn answer(
    State(relay): State<Arc<Relay>>,
    who: LetIn,
    Read(beat): Read<Heartbeat>,
) -> Result<Json<HeartbeatAnswer>, Refusal> {
    let links = [&beat.chain, &beat.before];
    if !links.into_iter().flatten().all(is_a_link) {
        return Err(Refusal::bad_request("chain"));
    }
    let counter = who.counter;
    let shown = judge(counter.anchor.as_ref(), beat.chain.as_ref(), beat.before.as_ref());
    // Only what does not continue the old chain needs a beginning; a book without rows has none.
    let begins_anew = shown == Shown::Refused && beat.begins_anew && beat.chain.is_some();
    let refused = shown == Shown::Refused && !begins_anew;
    let now_ms = now_ms();
    let heard = Heard {
        cursor: beat.cursor,
        at_ms: now_ms,
        anchor: beat.chain.filter(|_| shown == Shown::Grown || begins_anew),
        begins_anew,
    };
    relay.log.heard(&counter, &heard).await?;
    if begins_anew {
        relay.metrics.chain("restored");
        tracing::warn!(letter = %counter.letter, "a counter's book was restored: its chain begins anew");
    }
    if refused {
        relay.metrics.chain("refused");
        tracing::error!(letter = %counter.letter, "a counter showed a chain that is shorter than before, or was changed");
    }
    let others = relay.log.counters(&counter.shop_id).await?;
    let others = others
        .iter()
        .filter(|other| !other.revoked && other.id != counter.id)
        .count();
    Ok(Json(HeartbeatAnswer {
        now_ms,
        anchor: heard.anchor.or(counter.anchor),
        chain_refused: refused,
        others: u32::try_from(others).unwrap_or(u32::MAX),
    }))
}

/// What a counter's chain is, compared with the longest that it has shown before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// It continues it, as far as that was shown.
    Grown,
    /// Nothing new, or it cannot be said: the counter did not know what to show, and is told now.
    Nothing,
    /// Shorter, or changed.
    Refused,
}

fn judge(anchor: Option<&Link>, chain: Option<&Link>, before: Option<&Link>) -> Shown {
    let (anchor, chain) = match (anchor, chain) {
        (None, None) => return Shown::Nothing,
        (None, Some(_)) => return Shown::Grown,
        (Some(_), None) => return Shown::Refused,
        (Some(anchor), Some(chain)) => (anchor, chain),
    };
    if chain.rows < anchor.rows {
        return Shown::Refused;
    }
    // A chain of the anchor's own length shows its link there by itself.
    let link = if chain.rows == anchor.rows {
        Some(chain)
    } else {
        before
    };
    match link {
        Some(link) if link.rows != anchor.rows => Shown::Nothing,
        Some(link) if link.head != anchor.head => Shown::Refused,
        Some(_) => Shown::Grown,
        None => Shown::Nothing,
    }
}

/// SHA-256 in lower-case hexadecimal, so that equal links are equal texts.
fn is_a_link(link: &Link) -> bool {
    let digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    link.head.len() == 64 && link.head.bytes().all(digit) && i64::try_from(link.rows).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_only_grows() {
        let link = |rows, head: &str| {
            Some(Link {
                rows,
                head: head.into(),
            })
        };
        let cases = [
            (None, None, None, Shown::Nothing, "an empty book"),
            (None, link(3, "c"), None, Shown::Grown, "the first that is shown"),
            (
                link(3, "c"),
                link(3, "c"),
                None,
                Shown::Grown,
                "nothing was added",
            ),
            (
                link(3, "c"),
                link(5, "e"),
                link(3, "c"),
                Shown::Grown,
                "two rows more",
            ),
            (
                link(3, "c"),
                link(5, "e"),
                link(3, "x"),
                Shown::Refused,
                "an old row was changed",
            ),
            (
                link(3, "c"),
                link(3, "x"),
                None,
                Shown::Refused,
                "the last row was changed",
            ),
            (
                link(3, "c"),
                link(3, "x"),
                link(3, "c"),
                Shown::Refused,
                "and it says otherwise",
            ),
            (
                link(3, "c"),
                link(2, "b"),
                link(3, "c"),
                Shown::Refused,
                "rows are missing",
            ),
            (link(3, "c"), None, None, Shown::Refused, "all rows are missing"),
            (
                link(3, "c"),
                link(5, "e"),
                None,
                Shown::Nothing,
                "an answer was lost",
            ),
            (
                link(3, "c"),
                link(5, "e"),
                link(2, "b"),
                Shown::Nothing,
                "an answer was lost before",
            ),
        ];
        for (anchor, chain, before, shown, why) in cases {
            assert_eq!(
                judge(anchor.as_ref(), chain.as_ref(), before.as_ref()),
                shown,
                "{why}"
            );
        }
    }
}
