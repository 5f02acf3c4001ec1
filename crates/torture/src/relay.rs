//! A model of the relay: one log of what Safaricom posted, read by each counter from its own place, and a book
//! of who has which payment. No server and no network: only what a relay may do to a till.

use std::collections::{BTreeMap, BTreeSet};

use daraja_sim::world::{Delivered, Delivery, DeliveryKind};
use relay_wire::{Cursor, Epoch, Inbound, Kind, Mark};
use till::ReceiptNumber;

use crate::TortureError;
use crate::dice::Dice;

/// The shop's addresses at the relay.
pub(crate) const CONFIRMATION: &str = "https://relay.example/h/7d0c/c2b/confirmation";
/// See [`CONFIRMATION`].
pub(crate) const VALIDATION: &str = "https://relay.example/h/7d0c/c2b/validation";

/// So many events a counter gets at once.
const PAGE: usize = 100;

/// What is on the relay's disk.
#[derive(Debug, Clone)]
struct Disk {
    log: Vec<Inbound>,
    /// So many events before the log's first are not kept any more.
    dropped: u64,
    claims: BTreeMap<String, char>,
}

/// The relay.
#[derive(Debug)]
pub(crate) struct Relay {
    epoch: Epoch,
    disk: Disk,
    backup: Option<Disk>,
    /// It answers nobody.
    pub(crate) down: bool,
    /// What it hands out comes so much later, milliseconds.
    pub(crate) slow_ms: i64,
    /// Posts come in a flood, and are marked.
    pub(crate) flood: bool,
    /// It stands where nobody can know who posts.
    blind: bool,
    /// Every payment a counter was ever told to be its own: a restore forgets some.
    promised: BTreeSet<(String, char)>,
}

/// What a counter finds at its place.
#[derive(Debug)]
pub(crate) enum Page {
    /// The next events, each with its place.
    Events(Vec<(Cursor, Inbound)>),
    /// Reading goes on here; so many events are gone.
    GoesOnAt(Cursor, u64),
}

impl Relay {
    pub(crate) fn new(dice: &mut Dice) -> Result<Self, TortureError> {
        Ok(Self {
            epoch: epoch(dice)?,
            disk: Disk {
                log: Vec::new(),
                dropped: 0,
                claims: BTreeMap::new(),
            },
            backup: None,
            down: false,
            slow_ms: 0,
            flood: false,
            blind: dice.happens(300),
            promised: BTreeSet::new(),
        })
    }

    /// Safaricom posts, once: what is not taken now is lost.
    pub(crate) fn takes(&mut self, delivery: &Delivery, now_ms: i64) -> Delivered {
        if self.down {
            return Delivered::Failed;
        }
        let (kind, path, answer) = match delivery.kind {
            DeliveryKind::StkCallback => (Kind::Stk, path_of(&delivery.url), ""),
            DeliveryKind::Confirmation => (Kind::Confirmation, String::new(), ""),
            DeliveryKind::Validation => (
                Kind::Validation,
                String::new(),
                r#"{"ResultCode":"0","ResultDesc":"Accepted"}"#,
            ),
        };
        self.append(kind, path, Vec::new(), delivery.body.as_bytes(), now_ms);
        Delivered::Answered {
            status: 200,
            body: answer.into(),
        }
    }

    /// Somebody posts: the relay writes it down with what it finds odd.
    pub(crate) fn append(
        &mut self,
        kind: Kind,
        path: String,
        mut marks: Vec<Mark>,
        body: &[u8],
        now_ms: i64,
    ) {
        if self.flood {
            marks.push(Mark::Rate);
        }
        if self.blind {
            marks.retain(|mark| *mark != Mark::Source);
            marks.push(Mark::SourceUnknown);
        }
        self.disk.log.push(Inbound {
            kind,
            path,
            received_ms: now_ms,
            marks,
            body: body.to_vec(),
        });
    }

    /// A post of before, as somebody may repeat it who saw it pass.
    pub(crate) fn seen(&self, dice: &mut Dice) -> Option<Inbound> {
        dice.pick(&self.disk.log).cloned()
    }

    /// Whether it can be told who posts: else a stranger who knows an address is nobody.
    pub(crate) const fn knows_sources(&self) -> bool {
        !self.blind
    }

    /// What a counter finds after its place; `None` when it has read everything.
    pub(crate) fn after(&self, cursor: Option<Cursor>) -> Option<Page> {
        let seq = match cursor {
            Some(cursor) if cursor.epoch == self.epoch => cursor.seq,
            Some(_) => {
                let from = self.place(0);
                return Some(Page::GoesOnAt(from, 0));
            }
            None => 0,
        };
        if seq < self.disk.dropped {
            let from = self.place(self.disk.dropped);
            return Some(Page::GoesOnAt(from, self.disk.dropped - seq));
        }
        let read = usize::try_from(seq - self.disk.dropped).unwrap_or(usize::MAX);
        let events: Vec<_> = (seq + 1..)
            .zip(self.disk.log.iter().skip(read).take(PAGE))
            .map(|(seq, event)| (self.place(seq), event.clone()))
            .collect();
        (!events.is_empty()).then_some(Page::Events(events))
    }

    const fn place(&self, seq: u64) -> Cursor {
        Cursor {
            epoch: self.epoch,
            seq,
        }
    }

    /// Who has these payments: the first who asked.
    pub(crate) fn claims(&mut self, receipts: &[ReceiptNumber], letter: char) -> Vec<(ReceiptNumber, char)> {
        receipts
            .iter()
            .map(|receipt| {
                let holder = *self
                    .disk
                    .claims
                    .entry(receipt.as_str().to_owned())
                    .or_insert(letter);
                self.promised.insert((receipt.as_str().to_owned(), holder));
                (receipt.clone(), holder)
            })
            .collect()
    }

    /// Who has which of these payments; what nobody has asked for is left out.
    pub(crate) fn holders(&self, receipts: &[ReceiptNumber]) -> Vec<(ReceiptNumber, char)> {
        receipts
            .iter()
            .filter_map(|receipt| Some((receipt.clone(), *self.disk.claims.get(receipt.as_str())?)))
            .collect()
    }

    /// Was this counter ever told that the payment is its own?
    pub(crate) fn promised(&self, receipt: &str, letter: char) -> bool {
        self.promised.contains(&(receipt.to_owned(), letter))
    }

    /// Does its log hold Safaricom's own word of this payment?
    pub(crate) fn told(&self, receipt: &str) -> bool {
        self.disk.log.iter().any(|event| {
            event.kind == Kind::Confirmation
                && !event.marks.contains(&Mark::Source)
                && String::from_utf8_lossy(&event.body).contains(receipt)
        })
    }

    /// Its owner copies the disk.
    pub(crate) fn back_up(&mut self) {
        self.backup = Some(self.disk.clone());
    }

    /// Its owner puts the copy back: what came since is gone, who has what included, and the log is another one.
    pub(crate) fn restore(&mut self, dice: &mut Dice) -> Result<(), TortureError> {
        if let Some(backup) = self.backup.clone() {
            self.disk = backup;
            self.epoch = epoch(dice)?;
        }
        Ok(())
    }

    /// It keeps the newest so many events only.
    pub(crate) fn drops_all_but(&mut self, kept: usize) {
        let gone = self.disk.log.len().saturating_sub(kept);
        self.disk.log.drain(..gone);
        self.disk.dropped += gone as u64;
    }
}

/// `push id/secret` of a push's own address.
pub(crate) fn path_of(url: &str) -> String {
    let mut parts = url.rsplit('/');
    let secret = parts.next().unwrap_or_default();
    let push_id = parts.next().unwrap_or_default();
    format!("{push_id}/{secret}")
}

fn epoch(dice: &mut Dice) -> Result<Epoch, TortureError> {
    format!("{:016x}", dice.seed())
        .parse()
        .map_err(|_| TortureError::Harness("no such epoch".into()))
}
