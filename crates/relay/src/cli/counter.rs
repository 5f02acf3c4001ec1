//! `keshia-relay counter …`.

use clap::Subcommand;

use super::{Place, said};
use crate::clock::now_ms;
use crate::log::{Counter, PastAnchor};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// A shop's counters.
    List {
        /// The shop's id.
        shop: String,
    },
    /// Shuts a counter out, at once and for good.
    Revoke {
        /// The counter's id.
        counter: String,
    },
}

impl Command {
    pub(super) async fn run(self, place: &Place) -> Result<(), String> {
        let log = place.store.open().await.map_err(said)?;
        match self {
            Self::List { shop } => {
                let counters = log.counters(&shop).await.map_err(said)?;
                for counter in &counters {
                    println!("{}", line(counter));
                    for past in log.past_anchors(counter).await.map_err(said)? {
                        println!("{}", restored(&past));
                    }
                }
                Ok(())
            }
            Self::Revoke { counter } => match log.revoke(&counter).await.map_err(said)? {
                true => {
                    println!("{counter} is shut out");
                    Ok(())
                }
                false => Err("there is no such counter".into()),
            },
        }
    }
}

/// What a restored book had shown before: the operator's word against anybody's who says that it was never more.
fn restored(past: &PastAnchor) -> String {
    let PastAnchor { until_ms, link } = past;
    let days = (now_ms() - until_ms) / (24 * 60 * 60 * 1000);
    format!(
        "    restored {days} days ago; had shown {} rows, {}",
        link.rows, link.head
    )
}

fn line(counter: &Counter) -> String {
    let heard = match (counter.revoked, counter.heard_ms) {
        (true, _) => "shut out".to_owned(),
        (false, None) => "not heard yet".to_owned(),
        (false, Some(at)) => format!("heard {} s ago", (now_ms() - at) / 1000),
    };
    let Counter {
        id,
        letter,
        acked,
        name,
        ..
    } = counter;
    format!("{id}  {letter}  read through {acked:8}  {heard:20}  {name}")
}
