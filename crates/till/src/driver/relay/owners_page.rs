//! The owner's phone: the day, sealed under a key that the relay never sees, put on the relay each minute.
//!
//! The link holds the key after `#`, which a browser does not send. A new link makes the old one useless.

use std::fmt;

use aes_gcm::aead::{Aead as _, KeyInit as _};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use daraja::Secret;
use relay_wire::{CounterHeard, DayPage, Matter, OwnersDay};

use crate::clock::shop_day;
use crate::engine::Engine;
use crate::error::TillError;
use crate::money::Money;
use crate::view::{Period, SaleStatus, SaleView};
use crate::{Now, view::MatterKind};

/// More open matters than an owner reads on a phone.
const MOST_MATTERS: usize = 30;

/// The name and the key of a shop's page.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnersLink {
    id: [u8; 24],
    key: [u8; 32],
}

impl OwnersLink {
    /// A new one.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn new() -> Result<Self, TillError> {
        let mut bytes = [0; 56];
        use rand::TryRng as _;
        rand::rngs::SysRng
            .try_fill_bytes(&mut bytes)
            .map_err(TillError::internal)?;
        let (id, key) = bytes.split_at(24);
        Ok(Self {
            id: id.try_into().map_err(TillError::internal)?,
            key: key.try_into().map_err(TillError::internal)?,
        })
    }

    /// As one text, for the key store.
    #[must_use]
    pub fn to_secret(&self) -> Secret {
        Secret::new(format!("{} {}", self.name(), URL_SAFE_NO_PAD.encode(self.key)))
    }

    /// Reads that text; `None` for any other.
    #[must_use]
    pub fn of_secret(secret: &Secret) -> Option<Self> {
        let (id, key) = secret.expose().split_once(' ')?;
        Some(Self {
            id: URL_SAFE_NO_PAD.decode(id).ok()?.try_into().ok()?,
            key: URL_SAFE_NO_PAD.decode(key).ok()?.try_into().ok()?,
        })
    }

    /// The address for the owner's phone. It opens the page: whoever has it reads the day.
    #[must_use]
    pub fn address(&self, relay: &str) -> String {
        format!("{relay}/day/{}#{}", self.name(), URL_SAFE_NO_PAD.encode(self.key))
    }

    fn name(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.id)
    }

    /// The page as it is put on the relay.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub(super) fn seal(&self, day: &OwnersDay) -> Result<DayPage, TillError> {
        let mut nonce = [0; 12];
        use rand::TryRng as _;
        rand::rngs::SysRng
            .try_fill_bytes(&mut nonce)
            .map_err(TillError::internal)?;
        let plain = serde_json::to_vec(day).map_err(TillError::internal)?;
        let sealed = Aes256Gcm::new(&Key::<Aes256Gcm>::from(self.key))
            .encrypt(&Nonce::from(nonce), plain.as_slice())
            .map_err(TillError::internal)?;
        Ok(DayPage {
            id: self.name(),
            sealed: STANDARD.encode([nonce.as_slice(), &sealed].concat()),
        })
    }
}

impl fmt::Debug for OwnersLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// Today, as the owner's phone shows it: sums and open matters, no phone and no name of a customer.
///
/// # Errors
/// The disk's trouble.
pub(super) fn today(engine: &Engine, now: Now) -> Result<OwnersDay, TillError> {
    let today = shop_day(now.utc);
    let day = engine.add_up_period(Period::Day { day: today }, now)?;
    let roll = engine.roll(now)?;
    let looks = roll.sales.iter().flat_map(matters_of).take(MOST_MATTERS);
    Ok(OwnersDay {
        shop: engine.shop_name()?,
        day: today.to_string(),
        made_at: now.utc.timestamp_millis(),
        taken: day.accounts.sales.cents(),
        mpesa_proved: day.accounts.mpesa_proved.cents(),
        mpesa_not_proved: day.accounts.mpesa_not_proved.cents(),
        cash: day.accounts.cash.cents(),
        refunds_due: day.owed.cents(),
        matters: looks.collect(),
        counters: vec![CounterHeard {
            letter: engine.letter(),
            heard: Some(now.utc.timestamp_millis()),
        }],
    })
}

fn matters_of(sale: &SaleView) -> Vec<Matter> {
    let matter = |words: &str, amount: Money| Matter {
        title: format!("{} · {words}", sale.reference),
        amount: Some(amount.cents()),
    };
    let mut all: Vec<Matter> = sale
        .matters
        .iter()
        .map(|open| matter(words(open.kind), open.amount))
        .collect();
    match sale.status {
        SaleStatus::NotKnown => all.push(matter("not known yet · bado haijulikani", sale.amount)),
        SaleStatus::CodeNotConfirmed => {
            all.push(matter("code not confirmed · code haijathibitishwa", sale.amount));
        }
        SaleStatus::Open
        | SaleStatus::Sending
        | SaleStatus::Waiting
        | SaleStatus::WaitingTill
        | SaleStatus::FailedProvisional
        | SaleStatus::NotPaid
        | SaleStatus::Paid
        | SaleStatus::PaidCash
        | SaleStatus::OnCredit
        | SaleStatus::Voided => {}
    }
    all
}

/// The page does not know the shop's language: each in both.
const fn words(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::RefundDue => "refund due · ya kumrudishia mteja",
        MatterKind::PerhapsSameMoney => "perhaps paid twice · huenda imelipwa mara mbili",
        MatterKind::Contradiction => "two witnesses disagree · taarifa mbili zinapingana",
        MatterKind::CodeOfAnother => "code of another sale · code ya mauzo mengine",
        MatterKind::PerhapsCodeOfAnother => "perhaps code of another sale · huenda code ni ya mauzo mengine",
        MatterKind::ReversedAfterSale => "payment taken back · malipo yalirudishwa",
        MatterKind::AlsoAtAnotherCounter => "at another counter too · iko kaunta nyingine pia",
        MatterKind::TooMuch => "paid too much · imelipwa zaidi",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn only_the_link_opens_the_page() {
        let link = OwnersLink::new().unwrap();
        let day = OwnersDay {
            shop: "Mama Njeri".into(),
            day: "2026-11-24".into(),
            made_at: 1,
            taken: 73_000,
            mpesa_proved: 73_000,
            mpesa_not_proved: 0,
            cash: 0,
            refunds_due: 0,
            matters: Vec::new(),
            counters: Vec::new(),
        };
        let page = link.seal(&day).unwrap();
        let sealed = STANDARD.decode(&page.sealed).unwrap();
        assert!(
            !String::from_utf8_lossy(&sealed).contains("Njeri"),
            "the relay reads nothing"
        );
        let open = |link: &OwnersLink| {
            let (nonce, sealed) = sealed.split_at(12);
            let nonce: [u8; 12] = nonce.try_into().unwrap();
            Aes256Gcm::new(&Key::<Aes256Gcm>::from(link.key)).decrypt(&Nonce::from(nonce), sealed)
        };
        let read: OwnersDay = serde_json::from_slice(&open(&link).unwrap()).unwrap();
        assert_eq!(read, day, "the owner reads all of it");
        assert!(
            open(&OwnersLink::new().unwrap()).is_err(),
            "an older link does not"
        );
        assert_eq!(
            OwnersLink::of_secret(&link.to_secret()),
            Some(link.clone()),
            "kept and found again"
        );
        assert!(
            link.address("https://r").starts_with("https://r/day/"),
            "an address of the relay"
        );
        let name = link.name();
        assert!(
            !link
                .address("https://r")
                .split('#')
                .next()
                .unwrap()
                .contains(&URL_SAFE_NO_PAD.encode(link.key)),
            "the key {name} stands after #"
        );
    }
}
