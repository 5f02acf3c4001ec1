//! What the screens see.

use rusqlite::Connection;

use super::{Engine, book};
use crate::clock::{Now, day_start, shop_day};
use crate::error::TillError;
use crate::money::{Money, MpesaAmount};
use crate::msisdn::Msisdn;
use crate::push::{Push, State};
use crate::store::sale::{SaleKind, SaleRow};
use crate::store::tender::{TenderKind, TenderRow};
use crate::store::{customer, draft, matter, money_in, person, push, refund, sale, tender, witness};
use crate::view::{
    CanSend, ClosingView, DebtorView, Draft, Proof, PushView, RollView, SaleState, SaleStatus, SaleView,
    TenderKindView, TenderView, WitnessView,
};

impl Engine {
    /// One sale.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`], or the disk's trouble.
    pub fn sale(&self, id: &str, now: Now) -> Result<SaleView, TillError> {
        self.store.snapshot(|conn| self.view(sale::get(conn, id)?, now))
    }

    /// One push's sale, for those who only know the push.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`], or the disk's trouble.
    pub fn sale_of_push(&self, push_id: &str, now: Now) -> Result<SaleView, TillError> {
        self.sale(&self.push(push_id)?.sale_id, now)
    }

    /// Everything that witnesses said about one sale's M-PESA parts, oldest first.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`], or the disk's trouble.
    pub fn witnesses(&self, sale_id: &str) -> Result<Vec<WitnessView>, TillError> {
        let conn = self.store.read();
        let mut rows = Vec::new();
        for tender in tender::of_sale(conn, sale_id)? {
            let (push_id, receipt) = match &tender.kind {
                TenderKind::Push => {
                    let push = push::of_tender(conn, &tender.id)?;
                    (Some(push.id), push.receipt)
                }
                TenderKind::ToTill { receipt, .. } => (None, receipt.clone()),
                TenderKind::Code { receipt, .. } => (None, Some(receipt.clone())),
                TenderKind::Cash { .. } | TenderKind::Credit { .. } => continue,
            };
            rows.extend(witness::about(conn, push_id.as_deref(), receipt.as_ref())?);
        }
        rows.sort_by_key(|row| row.at);
        Ok(rows
            .into_iter()
            .map(|row| WitnessView {
                at: row.at,
                told_by: row.told_by,
                word: row.word,
                receipt: row.receipt,
                amount: row.amount,
            })
            .collect())
    }

    /// The till roll with the draft.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn roll(&self, now: Now) -> Result<RollView, TillError> {
        let from = day_start(shop_day(now.utc));
        let limit = self.policy.roll_lines;
        self.store.snapshot(|conn| {
            let mut rows = sale::roll(conn, from, limit.saturating_add(1))?;
            let more = rows.len() > limit as usize;
            rows.truncate(limit as usize);
            let sales = rows
                .into_iter()
                .map(|row| self.view(row, now))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(RollView {
                to_look_at: count_to_look_at(&sales),
                sales,
                more,
                draft: draft::get(conn)?,
                money_in: self.unplaced(now)?,
                link: self.link(now),
            })
        })
    }

    /// What is under way, for somebody who closes the window.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn closing(&self, now: Now) -> Result<ClosingView, TillError> {
        let mut ids: Vec<&str> = self
            .watches
            .values()
            .filter(|watch| watch.push.state.blocks())
            .map(|watch| watch.push.sale_id.as_str())
            .collect();
        ids.dedup();
        let under_way = ids
            .into_iter()
            .map(|id| self.sale(id, now))
            .collect::<Result<_, _>>()?;
        Ok(ClosingView { under_way })
    }

    /// Keeps what stands half typed on the counter.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<(), TillError> {
        self.store.write(|tx| draft::put(tx, draft))?;
        self.counter_sale.clone_from(&draft.sale_id);
        self.used_at = Some(self.last_tick.mono);
        Ok(())
    }

    pub(super) fn view(&self, row: SaleRow, now: Now) -> Result<SaleView, TillError> {
        let conn = self.store.read();
        let tenders = tender::of_sale(conn, &row.id)?;
        let mut pushes = Vec::new();
        for tender in tenders.iter().filter(|tender| tender.kind == TenderKind::Push) {
            let stored = push::of_tender(conn, &tender.id)?;
            pushes.push(
                self.watches
                    .get(&stored.id)
                    .map_or(stored, |watch| watch.push.clone()),
            );
        }
        let matters = matter::of_sale(conn, &row.id)?;
        let left = book::left(&row, &tenders)?;
        let alive = pushes.iter().any(|push| push.state.blocks());
        let nothing_paid = !tenders.iter().any(|tender| tender.stands);
        let views: Vec<TenderView> = tenders
            .iter()
            .map(|tender| self.tender_view(tender, &pushes, row.state, now))
            .collect::<Result<_, _>>()?;
        Ok(SaleView {
            paid: book::paid(&tenders)?,
            left,
            state: row.state,
            status: status(row.state, &tenders, &pushes),
            proof: proof(row.state, &views),
            opened_at: row.opened_at,
            changed_at: row.changed_at,
            tenders: views,
            can_send: self.can_send(row.state, left, &pushes, now),
            can_void: row.state == SaleState::Open && nothing_paid && !alive,
            void_needs: super::void::needs(row.state, !nothing_paid, alive),
            refunded: refund::given(conn, &row.id)?,
            from_paper: row.from_paper,
            debtor: debtor(conn, &row)?,
            pays_off: matches!(row.kind, SaleKind::PayOff { .. }),
            do_not_pay_again: row.state == SaleState::Settled && alive,
            time_unsure: row.time_unsure,
            matters,
            person: self.name_of(row.person_id.as_deref())?,
            id: row.id,
            reference: row.reference,
            amount: row.amount,
        })
    }

    fn tender_view(
        &self,
        tender: &TenderRow,
        pushes: &[Push],
        sale: SaleState,
        now: Now,
    ) -> Result<TenderView, TillError> {
        let push = pushes.iter().find(|push| push.tender_id == tender.id);
        let kind = match &tender.kind {
            TenderKind::Cash { tendered } => TenderKindView::Cash {
                tendered: *tendered,
                change: tendered.checked_sub(tender.amount).unwrap_or(Money::ZERO),
            },
            TenderKind::ToTill {
                digits,
                waiting,
                receipt,
            } => TenderKindView::ToTill {
                digits: digits.clone(),
                waiting: *waiting && sale == SaleState::Open,
                receipt: receipt.clone(),
                checking: *waiting && self.is_asked_for(&tender.id)?,
            },
            TenderKind::Code {
                receipt,
                read_from,
                confirmed,
            } => TenderKindView::Code {
                receipt: receipt.clone(),
                read_from: *read_from,
                confirmed: *confirmed,
            },
            TenderKind::Credit { customer_id } => TenderKindView::Credit {
                customer_id: customer_id.clone(),
            },
            // Every push tender was read with its push just above.
            TenderKind::Push => match push {
                Some(push) => TenderKindView::Push(self.push_view(push, sale, now)),
                None => TenderKindView::ToTill {
                    digits: None,
                    waiting: false,
                    receipt: None,
                    checking: false,
                },
            },
        };
        let proof = tender_proof(tender, push);
        let why = match proof {
            Proof::Proved => money_in::of_tender(self.store.read(), &tender.id)?.and_then(|(_, row)| row.why),
            Proof::None | Proof::NotProved | Proof::NotConfirmed => None,
        };
        Ok(TenderView {
            id: tender.id.clone(),
            amount: tender.amount,
            opened_at: tender.opened_at,
            proof,
            why,
            person: self.name_of(tender.person_id.as_deref())?,
            kind,
        })
    }

    /// As the shop calls a person, also one who has left.
    pub(super) fn name_of(&self, person_id: Option<&str>) -> Result<Option<String>, TillError> {
        person_id
            .map(|id| person::get(self.store.read(), id).map(|row| row.name))
            .transpose()
    }

    /// How the counter calls a regular's phone.
    fn regular_words(&self, msisdn: &Msisdn, masked: &str) -> String {
        let known = customer::by_phone(self.store.read(), msisdn).ok().flatten();
        known.map_or_else(|| masked.to_owned(), |row| format!("{} {masked}", row.name))
    }

    fn push_view(&self, push: &Push, sale: SaleState, now: Now) -> PushView {
        let masked = push.msisdn.masked();
        PushView {
            push_id: push.id.clone(),
            phone: match push.msisdn.whole() {
                Some(msisdn) if sale == SaleState::Open && !push.from_list => msisdn.local(),
                Some(msisdn) if push.from_list => self.regular_words(msisdn, &masked),
                Some(_) | None => masked.clone(),
            },
            phone_masked: masked,
            state: push.state.word(),
            reason: push.state.reason(),
            told_by: push.state.told_by(),
            blocks: push.state.blocks(),
            sent_at: push.sent_at,
            accepted_at: push.accepted_at,
            ended_at: push.ended_at,
            waited_s: u32::try_from(push.waited_ms(now.mono) / 1000).unwrap_or(u32::MAX),
            asked_at: push.asked_at,
            asked_times: push.asked_times,
            can_ask: push.state.watched() && push.checkout_request_id.is_some(),
            ask_customer: push.may_ask_customer(now.mono, &self.policy),
            judge: push.may_be_judged(now.mono, &self.policy),
            pull_can_tell: self.puller.on && push.reserves(),
            no_message: matches!(push.state, State::Unknown { no_message: true, .. }),
            receipt: push.receipt.clone(),
        }
    }

    fn can_send(&self, state: SaleState, left: Money, pushes: &[Push], now: Now) -> CanSend {
        if state != SaleState::Open {
            return CanSend::Ended;
        }
        if !self.counter.connected {
            return CanSend::NotConnected;
        }
        if MpesaAmount::try_from(left).is_err() {
            return CanSend::Amount;
        }
        match pushes.iter().rev().find(|push| push.state.blocks()) {
            None => CanSend::Yes,
            Some(push) => {
                let rest_ms = self.policy.deadline_ms.saturating_sub(push.waited_ms(now.mono));
                let wait_s = u32::try_from(rest_ms.div_ceil(1000)).unwrap_or(u32::MAX);
                CanSend::OtherPhone {
                    push_id: push.id.clone(),
                    wait_s: (wait_s > 0).then_some(wait_s),
                }
            }
        }
    }
}

fn count_to_look_at(sales: &[SaleView]) -> u32 {
    let needs_eye = |sale: &&SaleView| {
        !sale.matters.is_empty() || matches!(sale.status, SaleStatus::NotKnown | SaleStatus::CodeNotConfirmed)
    };
    u32::try_from(sales.iter().filter(needs_eye).count()).unwrap_or(u32::MAX)
}

fn debtor(conn: &Connection, sale: &SaleRow) -> Result<Option<DebtorView>, TillError> {
    sale.kind
        .customer()
        .map(|id| {
            Ok(DebtorView {
                id: id.to_owned(),
                name: customer::find(conn, id)?.map(|row| row.name),
            })
        })
        .transpose()
}

const fn is_promise(tender: &TenderRow) -> bool {
    matches!(tender.kind, TenderKind::Credit { .. })
}

fn unconfirmed_code(tenders: &[TenderRow]) -> bool {
    tenders
        .iter()
        .any(|tender| matches!(tender.kind, TenderKind::Code { confirmed: false, .. }))
}

fn status(state: SaleState, tenders: &[TenderRow], pushes: &[Push]) -> SaleStatus {
    match state {
        SaleState::Voided => SaleStatus::Voided,
        SaleState::Settled if unconfirmed_code(tenders) => SaleStatus::CodeNotConfirmed,
        SaleState::Settled if tenders.iter().any(is_promise) => SaleStatus::OnCredit,
        SaleState::Settled => {
            let cash_only = tenders
                .iter()
                .filter(|tender| tender.stands)
                .all(|tender| matches!(tender.kind, TenderKind::Cash { .. }));
            if cash_only {
                SaleStatus::PaidCash
            } else {
                SaleStatus::Paid
            }
        }
        SaleState::Open => open_status(tenders, pushes),
    }
}

/// The newest prompt that matters names the sale; a prompt that may be alive matters more than one
/// that is over.
fn open_status(tenders: &[TenderRow], pushes: &[Push]) -> SaleStatus {
    let newest = pushes
        .iter()
        .rev()
        .find(|push| push.state.blocks())
        .or_else(|| pushes.last());
    let waiting = tenders
        .iter()
        .any(|tender| matches!(tender.kind, TenderKind::ToTill { waiting: true, .. }));
    match newest.map(|push| &push.state) {
        Some(State::Intended | State::Sending) => SaleStatus::Sending,
        Some(State::Prompted) => SaleStatus::Waiting,
        Some(State::Unknown { .. } | State::AwaitsStatement) => SaleStatus::NotKnown,
        Some(state @ State::Failed { .. }) if state.blocks() => SaleStatus::FailedProvisional,
        _ if waiting => SaleStatus::WaitingTill,
        Some(State::Failed { .. } | State::NotSent(_) | State::Refused(_)) => SaleStatus::NotPaid,
        Some(State::Paid { .. }) | None => SaleStatus::Open,
    }
}

/// How sure the shop can be of one part's money.
fn tender_proof(tender: &TenderRow, push: Option<&Push>) -> Proof {
    if !tender.stands {
        return Proof::None;
    }
    match &tender.kind {
        TenderKind::Cash { .. } | TenderKind::Credit { .. } => Proof::None,
        TenderKind::Push if push.is_some_and(|push| push.receipt.is_some()) => Proof::Proved,
        TenderKind::Push => Proof::NotProved,
        TenderKind::ToTill { .. } | TenderKind::Code { confirmed: true, .. } => Proof::Proved,
        TenderKind::Code { confirmed: false, .. } => Proof::NotConfirmed,
    }
}

/// A settled sale is as sure as its least sure part.
fn proof(state: SaleState, tenders: &[TenderView]) -> Proof {
    if state != SaleState::Settled {
        return Proof::None;
    }
    let has = |proof| tenders.iter().any(|tender| tender.proof == proof);
    [Proof::NotProved, Proof::NotConfirmed, Proof::Proved]
        .into_iter()
        .find(|proof| has(*proof))
        .unwrap_or(Proof::None)
}
