//! Money: whole cents, never a fraction of one, never a float.

use std::fmt;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Deserializer, Serialize, de};
use ts_rs::TS;

/// An amount of Kenyan shillings, counted in cents. It may be negative (a difference, a refund).
///
/// At most [`Money::LIMIT_CENTS`] either way, so that it is exact as a JSON number too. There is no
/// `+`: sums are checked, because an amount that silently wraps is money lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct Money(i64);

/// Why a text is not an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Nothing was typed.
    #[error("Type an amount.")]
    Empty,
    /// Letters, Unicode digits, commas in the wrong place, …
    #[error("That is not an amount: type digits only, like 1250 or 1,250.50.")]
    NotAnAmount,
    /// More than two digits after the point.
    #[error("That has too many digits after the point: a shilling has 100 cents.")]
    TooManyDecimals,
    /// A minus sign: no amount a person types is below zero.
    #[error("An amount cannot be below zero.")]
    Negative,
    /// Beyond [`Money::LIMIT_CENTS`].
    #[error("That amount is too large: check the number of digits.")]
    TooLarge,
}

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// The largest amount either way, in cents: KSh 100 thousand million, far above any shop's book
    /// and far below 2^53, to which a JSON number is exact.
    pub const LIMIT_CENTS: i64 = 10_000_000_000_000;

    /// This many cents; `None` beyond [`Money::LIMIT_CENTS`].
    #[must_use]
    pub const fn from_cents(cents: i64) -> Option<Self> {
        if cents >= -Self::LIMIT_CENTS && cents <= Self::LIMIT_CENTS {
            Some(Self(cents))
        } else {
            None
        }
    }

    /// This many whole shillings; `None` beyond [`Money::LIMIT_CENTS`].
    #[must_use]
    pub const fn from_shillings(shillings: i64) -> Option<Self> {
        match shillings.checked_mul(100) {
            Some(cents) => Self::from_cents(cents),
            None => None,
        }
    }

    /// The amount in cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// The whole shillings in it, rounded down (towards minus infinity).
    #[must_use]
    pub const fn shillings(self) -> i64 {
        self.0.div_euclid(100)
    }

    /// Whether no cents are left over.
    #[must_use]
    pub const fn is_whole_shillings(self) -> bool {
        self.0.rem_euclid(100) == 0
    }

    /// Whether it is no money at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The sum, or `None` beyond [`Money::LIMIT_CENTS`].
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        // Both are bounded, so the plain sum cannot leave an i64.
        Self::from_cents(self.0 + other.0)
    }

    /// The difference, or `None` beyond [`Money::LIMIT_CENTS`].
    #[must_use]
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        Self::from_cents(self.0 - other.0)
    }

    /// As much, above zero.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The sum of many, or `None` as soon as it leaves [`Money::LIMIT_CENTS`].
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Reads what a person types or pastes: `1250`, `1,250`, `1250.5`, `1,250.50`.
    ///
    /// Commas must stand between thousands: `12,50` is refused, because it is twelve and a half
    /// shillings to one reader and 1,250 to another.
    ///
    /// # Errors
    /// A [`MoneyError`] that says what to type instead.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MoneyError::Empty);
        }
        if let Some(rest) = text.strip_prefix(['-', '−']) {
            let is_amount = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
            return Err(if is_amount {
                MoneyError::Negative
            } else {
                MoneyError::NotAnAmount
            });
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "00"));
        let shillings = digits(&without_thousands_commas(whole)?)?;
        if fraction.len() > 2 {
            digits(fraction)?;
            return Err(MoneyError::TooManyDecimals);
        }
        let tens = if fraction.len() == 1 { 10 } else { 1 };
        let cents = digits(fraction)? * tens;
        shillings
            .checked_mul(100)
            .and_then(|of_shillings| of_shillings.checked_add(cents))
            .and_then(Self::from_cents)
            .ok_or(MoneyError::TooLarge)
    }
}

/// Takes out the commas of `1,250,000`, if they stand where thousands end.
fn without_thousands_commas(whole: &str) -> Result<String, MoneyError> {
    let groups: Vec<&str> = whole.split(',').collect();
    let well_placed = groups.len() == 1
        || (matches!(groups.first(), Some(first) if (1..=3).contains(&first.len()))
            && groups.iter().skip(1).all(|group| group.len() == 3));
    if well_placed {
        Ok(groups.concat())
    } else {
        Err(MoneyError::NotAnAmount)
    }
}

/// A number of ASCII digits alone; anything else, also nothing, is not an amount.
fn digits(text: &str) -> Result<i64, MoneyError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(MoneyError::NotAnAmount);
    }
    text.parse().map_err(|_| MoneyError::TooLarge)
}

impl fmt::Display for Money {
    /// `1,250`, or with cents `1,250.50`; no currency sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.0.unsigned_abs();
        let shillings = (cents / 100).to_string();
        let mut text = String::from(if self.is_negative() { "-" } else { "" });
        for (index, digit) in shillings.chars().enumerate() {
            if index > 0 && (shillings.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if !cents.is_multiple_of(100) {
            text.push_str(&format!(".{:02}", cents % 100));
        }
        f.pad(&text)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let cents = i64::deserialize(deserializer)?;
        Self::from_cents(cents).ok_or_else(|| de::Error::custom(MoneyError::TooLarge))
    }
}

impl ToSql for Money {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0))
    }
}

impl FromSql for Money {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let cents = value.as_i64()?;
        Self::from_cents(cents).ok_or(FromSqlError::OutOfRange(cents))
    }
}

/// An amount that one M-PESA payment can carry: whole shillings, 1 to 250,000.
///
/// The upper limit is Safaricom's for one transaction (Daraja portal, M-PESA Express, FAQ 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MpesaAmount(u32);

/// Why M-PESA would not carry an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MpesaAmountError {
    /// Less than one shilling, or below zero.
    #[error("M-PESA takes KSh 1 or more.")]
    TooSmall,
    /// More than [`MpesaAmount::MAX_SHILLINGS`].
    #[error("M-PESA takes at most KSh 250,000 at a time: take the rest in cash or in a second payment.")]
    TooLarge,
    /// Cents.
    #[error("M-PESA takes whole shillings only: leave out the cents.")]
    NotWholeShillings,
}

impl MpesaAmount {
    /// The most one payment can carry, in shillings (Daraja portal, M-PESA Express, FAQ 5).
    pub const MAX_SHILLINGS: u32 = 250_000;

    /// This many whole shillings.
    ///
    /// # Errors
    /// Outside 1 to [`MpesaAmount::MAX_SHILLINGS`].
    pub const fn from_shillings(shillings: u32) -> Result<Self, MpesaAmountError> {
        match shillings {
            0 => Err(MpesaAmountError::TooSmall),
            1..=Self::MAX_SHILLINGS => Ok(Self(shillings)),
            _ => Err(MpesaAmountError::TooLarge),
        }
    }

    /// Whole shillings.
    #[must_use]
    pub const fn shillings(self) -> u32 {
        self.0
    }

    /// The same as [`Money`].
    #[must_use]
    pub const fn money(self) -> Money {
        // 250,000 shillings are far inside Money's bounds, and u32 always fits i64.
        Money(self.0 as i64 * 100)
    }
}

impl TryFrom<Money> for MpesaAmount {
    type Error = MpesaAmountError;

    fn try_from(money: Money) -> Result<Self, Self::Error> {
        if money.cents() <= 0 {
            return Err(MpesaAmountError::TooSmall);
        }
        if !money.is_whole_shillings() {
            return Err(MpesaAmountError::NotWholeShillings);
        }
        let shillings = u32::try_from(money.shillings()).map_err(|_| MpesaAmountError::TooLarge)?;
        Self::from_shillings(shillings)
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(cents: i64) -> Money {
        Money::from_cents(cents).expect("the test's own amount is inside the bounds")
    }

    #[test]
    fn reads_what_people_type() {
        for (text, cents) in [
            ("1250", 125_000),
            ("1,250", 125_000),
            ("1250.50", 125_050),
            ("1,250.5", 125_050),
            ("0", 0),
            ("0.05", 5),
            (" 1,234,567\n", 123_456_700),
            ("\u{a0}80\u{a0}", 8_000),
            ("0080", 8_000),
        ] {
            assert_eq!(Money::parse(text), Ok(money(cents)), "{text:?} is an amount");
        }
    }

    #[test]
    fn refuses_what_is_no_amount_and_says_why() {
        use MoneyError::{Empty, Negative, NotAnAmount, TooLarge, TooManyDecimals};
        for (text, error) in [
            ("", Empty),
            (" \u{a0}\t", Empty),
            ("12,50", NotAnAmount),
            ("1,2500", NotAnAmount),
            (",250", NotAnAmount),
            ("1250,000", NotAnAmount),
            ("1.2.3", NotAnAmount),
            ("1250.", NotAnAmount),
            (".50", NotAnAmount),
            ("1 250", NotAnAmount),
            ("KSh 5", NotAnAmount),
            ("+5", NotAnAmount),
            ("1e3", NotAnAmount),
            ("120+", NotAnAmount),
            ("1/0", NotAnAmount),
            ("١٢٥", NotAnAmount),
            ("１２５", NotAnAmount),
            ("1.٥", NotAnAmount),
            ("-", NotAnAmount),
            ("-5", Negative),
            ("−5", Negative),
            ("1.005", TooManyDecimals),
            ("100000000000.01", TooLarge),
            ("99999999999999999999999999", TooLarge),
        ] {
            assert_eq!(
                Money::parse(text),
                Err(error),
                "{text:?} must be refused for its own reason"
            );
        }
    }

    #[test]
    fn shows_thousands_and_only_real_cents() {
        for (cents, text) in [
            (0, "0"),
            (5, "0.05"),
            (99_900, "999"),
            (100_000, "1,000"),
            (125_050, "1,250.50"),
            (-125_050, "-1,250.50"),
            (-50, "-0.50"),
            (Money::LIMIT_CENTS, "100,000,000,000"),
        ] {
            assert_eq!(money(cents).to_string(), text, "{cents} cents on the screen");
        }
    }

    #[test]
    fn bounds_hold_at_every_door() {
        let most = money(Money::LIMIT_CENTS);
        assert_eq!(
            Money::from_cents(Money::LIMIT_CENTS + 1),
            None,
            "one cent above the bound"
        );
        assert_eq!(
            Money::from_cents(i64::MIN),
            None,
            "the least i64 must not overflow on the way"
        );
        assert_eq!(
            Money::from_shillings(i64::MAX),
            None,
            "shillings that overflow as cents"
        );
        assert_eq!(most.checked_add(money(1)), None, "a sum above the bound");
        assert_eq!(
            money(-Money::LIMIT_CENTS).checked_sub(money(1)),
            None,
            "a difference below the bound"
        );
        assert_eq!(
            Money::sum([most, money(1), money(-1)]),
            None,
            "a sum that leaves the bound on its way"
        );
        assert_eq!(
            Money::sum([money(5), money(-7)]),
            Some(money(-2)),
            "an ordinary sum"
        );
        let json = format!("{}", Money::LIMIT_CENTS + 1);
        assert!(
            serde_json::from_str::<Money>(&json).is_err(),
            "JSON above the bound"
        );
        assert!(
            serde_json::from_str::<Money>("12.5").is_err(),
            "JSON with a fraction of a cent"
        );
        assert!(
            serde_json::from_str::<Money>("\"12\"").is_err(),
            "JSON text is not money"
        );
    }

    #[test]
    fn rounds_down_also_below_zero() {
        assert_eq!(money(199).shillings(), 1, "1.99 has one whole shilling");
        assert_eq!(
            money(-1).shillings(),
            -1,
            "one cent owed rounds down, not to nothing"
        );
        assert!(!money(-1).is_whole_shillings(), "a cent is not a whole shilling");
        assert!(money(-200).is_whole_shillings(), "two shillings owed are whole");
    }

    #[test]
    fn mpesa_takes_whole_shillings_from_1_to_250_000() {
        use MpesaAmountError::{NotWholeShillings, TooLarge, TooSmall};
        for (cents, error) in [
            (0, TooSmall),
            (-100, TooSmall),
            (150, NotWholeShillings),
            (50, NotWholeShillings),
            (25_000_100, TooLarge),
            (Money::LIMIT_CENTS, TooLarge),
        ] {
            assert_eq!(
                MpesaAmount::try_from(money(cents)),
                Err(error),
                "{cents} cents over M-PESA"
            );
        }
        for shillings in [1, 250_000] {
            let amount = MpesaAmount::from_shillings(shillings).expect("the bounds belong to it");
            assert_eq!(
                amount.money().shillings(),
                i64::from(shillings),
                "the same amount as money"
            );
        }
        assert_eq!(
            MpesaAmount::from_shillings(250_001),
            Err(TooLarge),
            "one shilling above the limit"
        );
        assert_eq!(
            MpesaAmount::from_shillings(0),
            Err(TooSmall),
            "nothing cannot be sent"
        );
    }

    proptest! {
        #[test]
        fn any_text_gets_an_answer(text in any::<String>()) {
            let _ = Money::parse(&text);
        }

        #[test]
        fn what_is_shown_reads_back(cents in 0..=Money::LIMIT_CENTS) {
            prop_assert_eq!(Money::parse(&money(cents).to_string()), Ok(money(cents)), "display and parse agree");
        }

        #[test]
        fn json_and_sqlite_give_it_back(cents in -Money::LIMIT_CENTS..=Money::LIMIT_CENTS) {
            let json = serde_json::to_string(&money(cents)).expect("an integer is JSON");
            prop_assert_eq!(&json, &cents.to_string(), "JSON is the integer of cents");
            prop_assert_eq!(serde_json::from_str::<Money>(&json).ok(), Some(money(cents)), "JSON round trip");
            let column = Money::column_result(ValueRef::Integer(cents));
            prop_assert_eq!(column.ok(), Some(money(cents)), "SQLite round trip");
        }

        #[test]
        fn sums_are_exact_or_refused(a in -Money::LIMIT_CENTS..=Money::LIMIT_CENTS, b in -Money::LIMIT_CENTS..=Money::LIMIT_CENTS) {
            prop_assert_eq!(money(a).checked_add(money(b)).map(Money::cents), Some(a + b).filter(|sum| sum.abs() <= Money::LIMIT_CENTS), "sum");
            prop_assert_eq!(money(a).checked_sub(money(b)).map(Money::cents), Some(a - b).filter(|rest| rest.abs() <= Money::LIMIT_CENTS), "difference");
        }

        #[test]
        fn mpesa_amounts_are_exactly_the_whole_shillings_inside_the_limit(cents in -1_000i64..=30_000_000) {
            let fits = cents % 100 == 0 && (100..=25_000_000).contains(&cents);
            prop_assert_eq!(MpesaAmount::try_from(money(cents)).map(MpesaAmount::money).ok(), fits.then(|| money(cents)), "fits or not");
        }
    }
}
