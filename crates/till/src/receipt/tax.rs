//! Value added tax that is in an amount.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::money::Money;

/// Kenya's standard rate, in hundredths of a percent (VAT Act 2013, section 5: 16 %).
pub const STANDARD_RATE: u32 = 1_600;

/// How a sale is taxed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VatKind {
    /// At the standard rate.
    Standard,
    /// Taxable, at nothing.
    Zero,
    /// Not taxable.
    Exempt,
}

/// The tax of one sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SaleTax {
    /// How.
    pub kind: VatKind,
    /// Hundredths of a percent, as they were then.
    pub rate: u32,
    /// What of the amount is tax.
    pub vat: Money,
    /// The number of a tax invoice that was made elsewhere.
    pub tax_invoice: Option<String>,
}

impl SaleTax {
    /// The tax in an amount, by today's rate.
    #[must_use]
    pub fn of(amount: Money, kind: VatKind, tax_invoice: Option<String>) -> Self {
        let rate = match kind {
            VatKind::Standard => STANDARD_RATE,
            VatKind::Zero | VatKind::Exempt => 0,
        };
        Self {
            kind,
            rate,
            vat: vat_in(amount, rate),
            tax_invoice,
        }
    }
}

/// What of an amount that includes tax is tax, to the nearest cent; halves go up. `rate` is in hundredths of a
/// percent.
#[must_use]
pub fn vat_in(amount: Money, rate: u32) -> Money {
    let (cents, rate) = (i128::from(amount.cents()), i128::from(rate));
    let whole = 10_000 + rate;
    let vat = (cents * rate + whole / 2).div_euclid(whole);
    i64::try_from(vat)
        .ok()
        .and_then(Money::from_cents)
        .unwrap_or(Money::ZERO)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn tax_is_what_brings_the_net_amount_to_the_gross() {
        let vat = |cents| vat_in(Money::from_cents(cents).unwrap(), STANDARD_RATE).cents();
        assert_eq!(vat(11_600), 1_600, "16 of 116");
        assert_eq!(vat(125_000), 17_241, "172.41 of 1,250, rounded down from .379");
        assert_eq!(vat(1), 0, "a cent has none");
        assert_eq!(vat(4), 1, "0.55 of a cent is nearer to one");
        for cents in 1..5_000 {
            let net = cents - vat(cents);
            assert!(
                (net * 1_600 - vat(cents) * 10_000).abs() <= 5_800,
                "within half a cent of 16 % of {net}"
            );
        }
        assert_eq!(
            vat_in(Money::from_cents(5_000).unwrap(), 0),
            Money::ZERO,
            "no rate, no tax"
        );
    }
}
