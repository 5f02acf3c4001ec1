//! `judge`: a person answers for prompts that nobody can tell about any more.

use std::time::Duration;

use serde::Serialize;
use till::driver::{Clock as _, SystemClock};
use till::push::Reason;
use till::view::{PushState, PushView, SaleView, TenderKindView, ToldBy};
use till::{Code, TillError};
use tokio::time::Instant;

use crate::cli::{Global, Judge};
use crate::failure::{Exit, internal};
use crate::open::{self, Book, Running};
use crate::print::Out;
use crate::sale_line::SaleLine;

/// How often to look whether a person may answer: nothing announces that time has passed.
const LOOK_EVERY: Duration = Duration::from_millis(500);

#[derive(Serialize)]
struct Judged {
    push_id: String,
    /// The person's word stands; otherwise the prompt had its end already.
    accepted: bool,
    push_state: PushState,
    push_reason: Option<Reason>,
    told_by: Option<ToldBy>,
    #[serde(flatten)]
    sale: SaleLine,
}

/// Writes the person's word for each prompt. Evidence of money still overrules it.
///
/// # Errors
/// [`Code::NotFound`] for an unknown prompt, [`Code::NotAllowed`] while Safaricom may still tell, or what kept
/// the book from opening.
pub(super) fn run(judge: Judge, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    if judge.wait {
        let connected = book.connect()?;
        return open::runtime()?.block_on(async {
            let running = book.run(connected)?;
            let exit = patiently(&running, judge, out).await;
            running.close().await;
            exit
        });
    }
    let (mut engine, _lock) = book.engine()?;
    let now = SystemClock::default().now();
    let found = judge
        .push_ids
        .iter()
        .map(|id| engine.sale_of_push(id, now).map_err(unknown_prompt))
        .collect::<Result<Vec<_>, _>>()?;
    for (id, sale) in judge.push_ids.iter().zip(&found) {
        let push = push_of(sale, id)?;
        if !push.judge && may_still_change(push.state) {
            let wait_s = engine.policy().deadline_ms / 1000;
            return Err(TillError::new(
                Code::NotAllowed,
                format!(
                    "Safaricom may still tell: after each start Keshia waits {wait_s} s before anybody may answer. Say --wait to wait here."
                ),
            ));
        }
    }
    for id in judge.push_ids {
        let (sale, _) = engine.judge(&id, judge.paid, &judge.reason, now)?;
        tell(out, &sale, id, true)?;
    }
    Ok(Exit::Done)
}

/// Waits for each prompt until a person may answer for it, or until it has its end.
async fn patiently(running: &Running, judge: Judge, out: &Out) -> Result<Exit, TillError> {
    let policy = running.till.look(|engine, _| Ok(*engine.policy())).await?;
    let patience = Duration::from_millis(policy.deadline_ms + 2 * policy.second_opinion_ms);
    let limit = Instant::now() + patience;
    for id in &judge.push_ids {
        find(running, id).await?;
    }
    Out::notice(&format!(
        "Waiting up to {} s, in which Safaricom may still tell.",
        policy.deadline_ms / 1000
    ));
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    for id in judge.push_ids {
        let mut sale = find(running, &id).await?;
        loop {
            let push = push_of(&sale, &id)?;
            if push.judge || !may_still_change(push.state) {
                break;
            }
            if Instant::now() >= limit {
                return Err(TillError::new(
                    Code::NotAllowed,
                    "Safaricom may still tell about this prompt: ask with `keshiactl status`, and answer for it later.",
                ));
            }
            ticks.tick().await;
            sale = find(running, &id).await?;
        }
        let judged = push_of(&sale, &id)?.judge;
        if judged {
            let (push_id, paid, reason) = (id.clone(), judge.paid, judge.reason.clone());
            sale = running
                .till
                .call(move |engine, now| engine.judge(&push_id, paid, &reason, now))
                .await?;
        }
        tell(out, &sale, id, judged)?;
    }
    Ok(Exit::Done)
}

async fn find(running: &Running, id: &str) -> Result<SaleView, TillError> {
    let id = id.to_owned();
    running
        .till
        .look(move |engine, now| engine.sale_of_push(&id, now).map_err(unknown_prompt))
        .await
}

fn unknown_prompt(error: TillError) -> TillError {
    if error.code != Code::NotFound {
        return error;
    }
    TillError::new(
        Code::NotFound,
        "This book has no prompt with this id: copy it as `keshiactl status` printed it.",
    )
}

fn push_of<'a>(sale: &'a SaleView, id: &str) -> Result<&'a PushView, TillError> {
    sale.tenders
        .iter()
        .find_map(|tender| match &tender.kind {
            TenderKindView::Push(push) if push.push_id == id => Some(push),
            TenderKindView::Push(_)
            | TenderKindView::Cash { .. }
            | TenderKindView::ToTill { .. }
            | TenderKindView::Code { .. }
            | TenderKindView::Credit { .. } => None,
        })
        .ok_or_else(|| internal("a push was lost"))
}

/// Whether time or Safaricom can still do something to a prompt in this state.
const fn may_still_change(state: PushState) -> bool {
    match state {
        PushState::Intended
        | PushState::Sending
        | PushState::Prompted
        | PushState::Unknown
        | PushState::FailedProvisional => true,
        PushState::AwaitsStatement
        | PushState::NotSent
        | PushState::Refused
        | PushState::Failed
        | PushState::Paid => false,
    }
}

fn tell(out: &Out, sale: &SaleView, push_id: String, accepted: bool) -> Result<(), TillError> {
    let push = push_of(sale, &push_id)?;
    let line = SaleLine::of(sale);
    let words = if accepted {
        format!(
            "Written down: {}. Evidence of money still overrules it.",
            line.words()
        )
    } else {
        format!("Nobody needs to answer for it any more: {}.", line.words())
    };
    let judged = Judged {
        accepted,
        push_state: push.state,
        push_reason: push.reason,
        told_by: push.told_by,
        push_id,
        sale: line,
    };
    out.tell(&words, "judged", judged);
    Ok(())
}
