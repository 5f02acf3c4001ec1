//! `watch`: goes on asking about everything that is open, and prints each change.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::TimeDelta;
use serde::Serialize;
use till::engine::{Announcement, Engine};
use till::push::State;
use till::store::push;
use till::view::SaleView;
use till::{Now, ReceiptNumber, TillError};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::money;
use crate::cli::{Global, Watch};
use crate::failure::{Exit, internal};
use crate::follow::tell_link;
use crate::open::{self, Book, Running};
use crate::print::Out;
use crate::sale_line::SaleLine;

/// How often to look again although nobody announced anything: time alone ends a watch too.
const LOOK_EVERY: Duration = Duration::from_secs(1);

#[derive(Serialize)]
struct Watched {
    /// Prompts without an end.
    open: usize,
    /// Paid prompts whose M-PESA code the list may still tell.
    without_code: usize,
}

/// What was printed last.
struct Told<'a> {
    out: &'a Out,
    sales: BTreeMap<String, SaleLine>,
    payments: BTreeSet<ReceiptNumber>,
    online: bool,
    list: bool,
}

/// Runs the engine until Ctrl-C, or until everything has its end.
///
/// # Errors
/// What kept the book or the connection from opening.
pub(super) fn run(watch: &Watch, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let list = book.reads_list();
    let connected = book.connect()?;
    open::runtime()?.block_on(async {
        let running = book.run(connected)?;
        let told = Told {
            out,
            sales: BTreeMap::new(),
            payments: BTreeSet::new(),
            online: true,
            list,
        };
        let exit = watch_all(&running, watch.until_settled, told).await;
        running.close().await;
        exit
    })
}

async fn watch_all(running: &Running, until_settled: bool, mut told: Told<'_>) -> Result<Exit, TillError> {
    let mut news = running.till.announcements();
    let stopped = tokio::signal::ctrl_c();
    tokio::pin!(stopped);
    // Listened for before anything is said: whoever reads the first line may stop it at once.
    tokio::select! {
        biased;
        _ = &mut stopped => return Ok(Exit::NotKnown),
        () = std::future::ready(()) => {}
    }
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    let (sales, mut watched) = running
        .till
        .look({
            let list = told.list;
            move |engine, now| Ok((open_sales(engine, now)?, open(engine, now, list)?))
        })
        .await?;
    told.sales(&sales);
    told.payments(running).await?;
    while !until_settled || watched.open > 0 || watched.without_code > 0 {
        tokio::select! {
            heard = news.recv() => told.hear(heard, running).await?,
            _ = ticks.tick() => {}
            _ = &mut stopped => break,
        }
        told.rest(&mut news, running).await?;
        let list = told.list;
        watched = running
            .till
            .look(move |engine, now| open(engine, now, list))
            .await?;
    }
    let (open, exit) = match watched.open {
        0 => ("Every prompt has its end.".to_owned(), Exit::Done),
        open => (
            format!("{open} prompts have no end yet: `keshiactl status` lists them."),
            Exit::NotKnown,
        ),
    };
    let codes = match watched.without_code {
        0 => String::new(),
        codes => format!(" {codes} paid prompts have no M-PESA code yet."),
    };
    told.out.tell(&format!("{open}{codes}"), "watched", watched);
    Ok(exit)
}

/// What is not over.
fn open(engine: &Engine, now: Now, list: bool) -> Result<Watched, TillError> {
    let conn = engine.store().read();
    let open = push::alive(conn)?
        .iter()
        .filter(|push| push.state.blocks() || matches!(push.state, State::Unknown { .. }))
        .count();
    let reach = TimeDelta::milliseconds(i64::try_from(engine.policy().reach_ms).unwrap_or(0));
    let without_code = if list {
        let over = push::over_without_receipt(conn, now.utc - reach)?;
        over.iter().filter(|push| push.lacks_receipt()).count()
    } else {
        0
    };
    Ok(Watched { open, without_code })
}

fn open_sales(engine: &Engine, now: Now) -> Result<Vec<SaleView>, TillError> {
    let mut sales: Vec<String> = push::alive(engine.store().read())?
        .into_iter()
        .filter(|push| push.state.blocks() || matches!(push.state, State::Unknown { .. }))
        .map(|push| push.sale_id)
        .collect();
    sales.dedup();
    sales.iter().map(|id| engine.sale(id, now)).collect()
}

impl Told<'_> {
    /// One announcement.
    async fn hear(
        &mut self,
        heard: Result<Announcement, RecvError>,
        running: &Running,
    ) -> Result<(), TillError> {
        match heard {
            Ok(Announcement::SaleChanged(sale)) => self.sales(std::slice::from_ref(&*sale)),
            Ok(Announcement::PaymentEnded(ended)) => self.sales(std::slice::from_ref(&ended.sale)),
            Ok(Announcement::LinkChanged(link)) => {
                self.list = link.pull.on;
                tell_link(self.out, link, &mut self.online);
            }
            Ok(Announcement::RollChanged) => self.payments(running).await?,
            // Whoever watches here stands at no counter and prints nothing.
            Ok(Announcement::DeskChanged(_) | Announcement::PrinterChanged(_)) => {}
            Err(RecvError::Lagged(_)) => {
                let sales = running
                    .till
                    .look(|engine, now| Ok(engine.roll(now)?.sales))
                    .await?;
                let known: Vec<SaleView> = sales
                    .into_iter()
                    .filter(|sale| self.sales.contains_key(&sale.id))
                    .collect();
                self.sales(&known);
                self.payments(running).await?;
            }
            Err(RecvError::Closed) => return Err(internal("the engine has stopped")),
        }
        Ok(())
    }

    /// Everything else that was announced up to now.
    async fn rest(&mut self, news: &mut Receiver<Announcement>, running: &Running) -> Result<(), TillError> {
        while !news.is_empty() {
            let heard = news.recv().await;
            self.hear(heard, running).await?;
        }
        Ok(())
    }

    /// Prints the sales that look different now.
    fn sales(&mut self, sales: &[SaleView]) {
        for sale in sales {
            let line = SaleLine::of(sale);
            if self.sales.get(&sale.id) != Some(&line) {
                self.out.tell(&line.words(), "sale", &line);
                self.sales.insert(sale.id.clone(), line);
            }
        }
    }

    /// Prints the payments that pay no sale and were not printed before.
    async fn payments(&mut self, running: &Running) -> Result<(), TillError> {
        let waiting = running.till.look(|engine, now| engine.unplaced(now)).await?;
        for payment in waiting {
            if self.payments.insert(payment.receipt.clone()) {
                self.out.tell(&money::words(&payment), "money", &payment);
            }
        }
        Ok(())
    }
}
