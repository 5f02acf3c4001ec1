//! The receipt of a sale.

use receipts::Document;

use super::words::{self, pick};
use super::{Mark, Printing, SaleTax, VatKind};
use crate::clock::east_africa;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::view::{MatterKind, MatterView, PushState, SaleView, TenderKindView, TenderView};

/// What a receipt says besides its sale.
#[derive(Debug, Clone, Copy)]
pub struct Slip<'a> {
    /// On top.
    pub shop_name: &'a str,
    /// This counter's letter.
    pub counter: char,
    /// The shop's own lines, and the language.
    pub printing: &'a Printing,
    /// The tax, where VAT is on.
    pub tax: Option<&'a SaleTax>,
    /// Did one come out before?
    pub mark: Mark,
    /// Its money is not real.
    pub play: bool,
}

/// The receipt of a sale.
#[must_use]
pub fn slip(sale: &SaleView, facts: Slip<'_>) -> Document {
    let said = |both| pick(facts.printing.language, both);
    let mark = match facts.mark {
        Mark::Original => None,
        Mark::PerhapsCopy => Some(words::PERHAPS_COPY),
        Mark::Copy => Some(words::COPY),
    };
    let taken_back = |matter: &MatterView| matter.kind == MatterKind::ReversedAfterSale;
    let banners = [
        facts.play.then_some(words::PRACTICE),
        mark,
        sale.matters.iter().any(taken_back).then_some(words::TAKEN_BACK),
    ];
    let mut paper = head(facts.shop_name, facts.printing);
    if banners.iter().any(Option::is_some) {
        paper = paper.blank();
    }
    for banner in banners.into_iter().flatten() {
        paper = paper.banner(said(banner));
    }
    let when = sale.opened_at.with_timezone(&east_africa());
    // Nothing was sold, and the goods have a receipt of their own.
    let what = if sale.pays_off {
        words::PAYS_OFF
    } else {
        words::SALE
    };
    paper = paper.rule().pair(said(what), &sale.reference).pair(
        when.format("%d.%m.%Y %H:%M").to_string(),
        format!("{} {}", said(words::COUNTER), facts.counter),
    );
    if let Some(name) = served_by(sale) {
        paper = paper.pair(said(words::SERVED_BY), name);
    }
    paper = paper.rule();
    for tender in &sale.tenders {
        paper = part(paper, tender, &facts);
    }
    paper = paper.rule().figure(said(words::TOTAL), ksh(sale.amount));
    for matter in &sale.matters {
        if matches!(matter.kind, MatterKind::RefundDue | MatterKind::TooMuch) {
            paper = paper.bold_pair(said(words::GIVE_BACK), ksh(matter.amount));
        }
    }
    if let Some(tax) = facts.tax {
        paper = taxed(paper, tax, &facts);
    }
    paper
        .blank()
        .middle(said(words::NOT_A_TAX_INVOICE))
        .middle(facts.printing.footer.trim())
        .cut()
}

/// Whose receipt it is.
pub(super) fn head(shop_name: &str, printing: &Printing) -> Document {
    let mut paper = Document::new().heading(shop_name.trim());
    for line in printing.address.lines() {
        paper = paper.middle(line.trim());
    }
    let pin = printing.kra_pin.trim();
    if pin.is_empty() {
        paper
    } else {
        paper.middle(format!("KRA PIN {pin}"))
    }
}

/// Who took the money last: a sale may be begun by another than the customer stands before now.
fn served_by(sale: &SaleView) -> Option<&str> {
    let took = sale.tenders.iter().rev().filter(|tender| stands(tender));
    took.map(|tender| tender.person.as_deref())
        .next()
        .flatten()
        .or(sale.person.as_deref())
}

/// Whether the part is on the receipt: money, or a word to pay later.
fn stands(tender: &TenderView) -> bool {
    match &tender.kind {
        TenderKindView::Cash { .. } | TenderKindView::Code { .. } | TenderKindView::Credit { .. } => true,
        TenderKindView::Push(push) => push.state == PushState::Paid,
        TenderKindView::ToTill { receipt, .. } => receipt.is_some(),
    }
}

/// One part of the payment; what was only asked for is none.
fn part(paper: Document, tender: &TenderView, facts: &Slip<'_>) -> Document {
    let said = |both| pick(facts.printing.language, both);
    match &tender.kind {
        TenderKindView::Cash { change, .. } if change.is_zero() => {
            paper.pair(said(words::CASH), ksh(tender.amount))
        }
        TenderKindView::Cash { tendered, change } => paper
            .pair(said(words::CASH), ksh(tender.amount))
            .pair(format!("  {}", said(words::RECEIVED)), ksh(*tendered))
            .pair(format!("  {}", said(words::CHANGE)), ksh(*change)),
        TenderKindView::Push(push) if push.state == PushState::Paid => {
            mpesa(paper, tender.amount, push.receipt.as_ref())
        }
        TenderKindView::ToTill {
            receipt: Some(receipt),
            ..
        }
        | TenderKindView::Code {
            receipt,
            confirmed: true,
            ..
        } => mpesa(paper, tender.amount, Some(receipt)),
        TenderKindView::Code {
            receipt,
            confirmed: false,
            ..
        } => mpesa(paper, tender.amount, Some(receipt)).text(format!("  {}", said(words::NOT_CONFIRMED))),
        TenderKindView::Credit { .. } => paper.pair(said(words::CREDIT), ksh(tender.amount)),
        TenderKindView::Push(_) | TenderKindView::ToTill { receipt: None, .. } => paper,
    }
}

/// M-PESA, and under it the code that the customer's message has.
fn mpesa(paper: Document, amount: Money, code: Option<&ReceiptNumber>) -> Document {
    let paper = paper.pair("M-PESA", ksh(amount));
    match code {
        Some(code) => paper.text(format!("  {}", code.as_str())),
        None => paper,
    }
}

fn taxed(paper: Document, tax: &SaleTax, facts: &Slip<'_>) -> Document {
    let said = |both| pick(facts.printing.language, both);
    let paper = match tax.kind {
        VatKind::Standard => paper.pair(said(words::VAT_OF_IT), ksh(tax.vat)),
        VatKind::Zero => paper.text(said(words::VAT_ZERO)),
        VatKind::Exempt => paper.text(said(words::VAT_EXEMPT)),
    };
    match &tax.tax_invoice {
        Some(number) => paper.pair(said(words::TAX_INVOICE), number),
        None => paper,
    }
}

/// `KSh 1,250`, and the cents only where there are any.
pub(crate) fn ksh(amount: Money) -> String {
    format!("KSh {amount}")
}
