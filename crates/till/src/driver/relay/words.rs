//! A post in the till's words.

use daraja::{C2bConfirmation, StkCallback};
use relay_wire::{Inbound, Kind, Mark};

use crate::engine::{C2bPaid, CalledBack, RelayWord};
use crate::first_name::FirstName;
use crate::money::Money;
use crate::msisdn::visible_digits;
use crate::push::Ending;
use crate::receipt_number::ReceiptNumber;

/// What an opened event says; what was not opened (`None`) or cannot be read is set aside.
#[must_use]
pub fn read(opened: Option<Inbound>) -> RelayWord {
    let Some(event) = opened else {
        return RelayWord::SetAside;
    };
    let odd = event.marks.iter().any(|mark| match mark {
        Mark::Shape | Mark::Source | Mark::Rate => true,
        // Many relays stand where nobody can know it.
        Mark::SourceUnknown => false,
    });
    match event.kind {
        Kind::Stk => result(&event, odd).unwrap_or(RelayWord::SetAside),
        Kind::Confirmation => paid(&event, odd).unwrap_or(RelayWord::SetAside),
        Kind::Validation | Kind::Open => RelayWord::Wake,
    }
}

fn result(event: &Inbound, odd: bool) -> Option<RelayWord> {
    let callback = StkCallback::parse(&event.body)?;
    let Some(ending) = Ending::of(&callback.code) else {
        // It does not say that the prompt ended.
        return Some(RelayWord::Wake);
    };
    let paid = callback.paid.unwrap_or_default();
    Some(RelayWord::Result {
        path: event.path.clone(),
        called: CalledBack {
            ending,
            receipt: paid.receipt.and_then(|code| ReceiptNumber::parse(&code).ok()),
            amount: paid.amount_cents.and_then(Money::from_cents),
            paid_at: paid.at,
        },
        odd,
    })
}

fn paid(event: &Inbound, odd: bool) -> Option<RelayWord> {
    let told = C2bConfirmation::parse(&event.body)?;
    Some(RelayWord::Paid {
        paid: C2bPaid {
            receipt: ReceiptNumber::parse(&told.receipt).ok()?,
            amount: Money::from_cents(told.amount_cents)?,
            short_code: told.short_code,
            digits: visible_digits(&told.msisdn),
            reference: told.reference,
            first_name: told.first_name.as_deref().and_then(FirstName::of),
            at: told.at,
        },
        odd,
    })
}
