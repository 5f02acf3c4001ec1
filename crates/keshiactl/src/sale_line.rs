//! One sale as a line: what is paid of it, how surely, and by which parts. Phones are masked.

use serde::Serialize;
use till::engine::Engine;
use till::push::Reason;
use till::store::sale;
use till::view::{
    MatterKind, MatterView, Proof, PushState, SaleState, SaleStatus, SaleView, TenderKindView, TenderView,
    ToldBy, Why, WitnessView,
};
use till::{Code, Money, Now, ReceiptNumber, Reference, TillError};

use crate::print::ksh;

/// One sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SaleLine {
    /// The sale.
    pub(crate) sale_id: String,
    reference: String,
    amount: Money,
    left: Money,
    sale_state: SaleState,
    status: SaleStatus,
    sale_proof: Proof,
    tenders: Vec<TenderLine>,
    matters: Vec<MatterView>,
}

/// One part of how it is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TenderLine {
    kind: &'static str,
    amount: Money,
    proof: Proof,
    why: Option<Why>,
    receipt: Option<ReceiptNumber>,
    #[serde(flatten)]
    prompt: Option<PromptLine>,
}

/// The prompt of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct PromptLine {
    push_id: String,
    phone: String,
    state: PushState,
    reason: Option<Reason>,
    told_by: Option<ToldBy>,
}

/// What stands behind what a sale shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Explained {
    /// The sale's parts.
    tenders: Vec<TenderLine>,
    /// Who said what, oldest first.
    witnesses: Vec<WitnessView>,
}

impl Explained {
    /// The sale's parts with everything that was said about them.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(crate) fn of(engine: &Engine, sale: &SaleView) -> Result<Self, TillError> {
        Ok(Self {
            tenders: sale.tenders.iter().map(TenderLine::of).collect(),
            witnesses: engine.witnesses(&sale.id)?,
        })
    }
}

impl SaleLine {
    /// The line of a sale.
    pub(crate) fn of(sale: &SaleView) -> Self {
        Self {
            sale_id: sale.id.clone(),
            reference: sale.reference.clone(),
            amount: sale.amount,
            left: sale.left,
            sale_state: sale.state,
            status: sale.status,
            sale_proof: sale.proof,
            tenders: sale.tenders.iter().map(TenderLine::of).collect(),
            matters: sale.matters.clone(),
        }
    }

    /// For a person.
    pub(crate) fn words(&self) -> String {
        let surely = match proof_words(self.sale_proof) {
            "" => String::new(),
            words => format!(", {words}"),
        };
        let matters: String = self
            .matters
            .iter()
            .map(|matter| format!("; {}: {}", matter_words(matter.kind), ksh(matter.amount)))
            .collect();
        let (reference, status) = (&self.reference, status_words(self.status));
        format!("{reference}  {}  {status}{surely}{matters}", ksh(self.amount))
    }
}

impl TenderLine {
    fn of(tender: &TenderView) -> Self {
        let (kind, receipt, prompt) = match &tender.kind {
            TenderKindView::Cash { .. } => ("cash", None, None),
            TenderKindView::Credit { .. } => ("credit", None, None),
            TenderKindView::ToTill { receipt, .. } => ("to_till", receipt.clone(), None),
            TenderKindView::Code { receipt, .. } => ("code", Some(receipt.clone()), None),
            TenderKindView::Push(push) => (
                "push",
                push.receipt.clone(),
                Some(PromptLine {
                    push_id: push.push_id.clone(),
                    phone: push.phone_masked.clone(),
                    state: push.state,
                    reason: push.reason,
                    told_by: push.told_by,
                }),
            ),
        };
        Self {
            kind,
            amount: tender.amount,
            proof: tender.proof,
            why: tender.why,
            receipt,
            prompt,
        }
    }
}

/// The sale that a person names by its reference, by its id or by its prompt's id.
///
/// # Errors
/// [`Code::NotFound`] with what to type instead, or the disk's trouble.
pub(crate) fn named(engine: &Engine, text: &str, now: Now) -> Result<SaleView, TillError> {
    let text = text.trim();
    let unknown = |error: &TillError| error.code == Code::NotFound;
    if let Ok(reference) = Reference::parse(text) {
        match sale::by_reference(engine.store().read(), reference.as_str()) {
            Ok(row) => return engine.sale(&row.id, now),
            Err(error) if unknown(&error) => {}
            Err(error) => return Err(error),
        }
    }
    match engine.sale(text, now) {
        Err(error) if unknown(&error) => {}
        found => return found,
    }
    match engine.sale_of_push(text, now) {
        Err(error) if unknown(&error) => Err(TillError::new(
            Code::NotFound,
            "This book has no sale with this reference or id: copy it from the till roll, or as `keshiactl pay` printed it.",
        )),
        found => found,
    }
}

const fn status_words(status: SaleStatus) -> &'static str {
    match status {
        SaleStatus::Open => "open",
        SaleStatus::Sending => "sending",
        SaleStatus::Waiting => "waiting for the PIN",
        SaleStatus::NotKnown => "not known yet",
        SaleStatus::FailedProvisional => "perhaps not paid",
        SaleStatus::NotPaid => "not paid",
        SaleStatus::WaitingTill => "waiting for a payment to the till",
        SaleStatus::Paid => "paid",
        SaleStatus::PaidCash => "paid in cash",
        SaleStatus::CodeNotConfirmed => "paid",
        SaleStatus::OnCredit => "on credit",
        SaleStatus::Voided => "given up",
    }
}

/// How sure the shop can be; empty when there is nothing to say.
pub(crate) const fn proof_words(proof: Proof) -> &'static str {
    match proof {
        Proof::None => "",
        Proof::NotProved => "the M-PESA code is not known yet",
        Proof::NotConfirmed => "the typed code is not confirmed yet",
        Proof::Proved => "with M-PESA code",
    }
}

/// Why a payment pays what it pays.
pub(crate) const fn why_words(why: Why) -> &'static str {
    match why {
        Why::OwnPush => "Safaricom named it as the result of our prompt",
        Why::Reference => "it carries our reference",
        Why::Digits => "amount, time and the phone's last digits agree",
        Why::Code => "somebody typed its code",
        Why::Person => "a person said so",
    }
}

/// What a person must look at.
pub(crate) const fn matter_words(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::RefundDue => "to be given back",
        MatterKind::PerhapsSameMoney => "perhaps paid twice, perhaps the same money",
        MatterKind::Contradiction => "two witnesses disagree",
        MatterKind::CodeOfAnother => "the typed code belongs to another sale's payment",
        MatterKind::ReversedAfterSale => "the payment was taken back after the sale",
        MatterKind::AlsoAtAnotherCounter => "another counter has this payment too",
        MatterKind::TooMuch => "paid too much, to be given back",
        MatterKind::PerhapsCodeOfAnother => "the typed code may be of another sale's prompt",
    }
}
