//! Ids, receipt numbers and East Africa Time.

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};

const HEX: &[u8] = b"0123456789abcdef";
const BASE_36: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const TOKEN_LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// East Africa is three hours ahead of UTC all year.
pub(super) const EAT_AHEAD_MS: i64 = 3 * 3_600_000;

/// A small generator that can be saved with the world: SplitMix64 (Steele, Lea and Flood, "Fast
/// Splittable Pseudorandom Number Generators", 2014).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound` − 1 (0 if `bound` is 0).
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or(0)
    }

    /// A number of milliseconds in `range`.
    pub(super) fn within(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to.saturating_sub(from)).unwrap_or(0);
        from.saturating_add(i64::try_from(self.below(span.saturating_add(1))).unwrap_or(0))
    }

    fn letters(&mut self, alphabet: &[u8], count: usize) -> String {
        let bound = u64::try_from(alphabet.len()).unwrap_or(1);
        (0..count)
            .filter_map(|_| usize::try_from(self.below(bound)).ok())
            .filter_map(|index| alphabet.get(index))
            .map(|byte| char::from(*byte))
            .collect()
    }

    /// An access token: 28 letters and digits, as in every sample of Safaricom's.
    pub(super) fn token(&mut self) -> String {
        self.letters(TOKEN_LETTERS, 28)
    }

    /// A request id as minted today, for example `1c5b-4ba8-815c-ac45c57a3db01495926`.
    pub(super) fn request_id(&mut self) -> String {
        let [one, two, three] = [(); 3].map(|()| self.letters(HEX, 4));
        let tail = self.letters(HEX, 12);
        let number = self.within(100_000, 9_999_999);
        format!("{one}-{two}-{three}-{tail}{number}")
    }

    /// A receipt number: year letter (M = 2018), month A–L, day 1–9 then A–V, all in East Africa
    /// Time, then seven of base 36. Read off receipts whose date is known.
    pub(super) fn receipt(&mut self, now_ms: i64) -> String {
        let day = eat(now_ms);
        let letter = |offset: i64| char::from(BASE_36[usize::try_from(offset).unwrap_or(0) % 36]);
        let year = 10 + (i64::from(day.year()) - 2018 + 12).rem_euclid(26);
        let month = 10 + i64::from(day.month0());
        let mut receipt = String::with_capacity(10);
        receipt.push(letter(year));
        receipt.push(letter(month));
        receipt.push(letter(i64::from(day.day())));
        receipt.push_str(&self.letters(BASE_36, 7));
        receipt
    }
}

/// East Africa's wall clock, carried in a UTC value so that formatting shows it.
pub(super) fn eat(now_ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(now_ms.saturating_add(EAT_AHEAD_MS)).unwrap_or_default()
}

/// A number that always goes with this text: FNV-1a (Fowler, Noll and Vo), stirred by the generator above.
pub(super) fn fixed(text: &str, purpose: &str) -> u64 {
    let bytes = purpose.bytes().chain(text.bytes());
    let hash = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    Dice::new(hash).next()
}

/// `yyyyMMddHHmmss` in East Africa Time.
pub(super) fn timestamp(now_ms: i64) -> String {
    eat(now_ms).format("%Y%m%d%H%M%S").to_string()
}

/// The time as ISO 8601 in UTC.
pub(super) fn iso(now_ms: i64) -> String {
    DateTime::from_timestamp_millis(now_ms)
        .unwrap_or_default()
        .to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

/// The n-th candidate for a push's CheckoutRequestID: `ws_CO_`, the time in East Africa with up to
/// three digits of its fraction, and the last nine digits of the phone.
pub(super) fn checkout_request_id(now_ms: i64, msisdn: &str, attempt: i64) -> String {
    let at = eat(now_ms);
    let fraction = now_ms.rem_euclid(1000).saturating_add(attempt);
    let phone = msisdn.get(msisdn.len().saturating_sub(9)..).unwrap_or(msisdn);
    format!("ws_CO_{}{fraction}{phone}", at.format("%d%m%Y%H%M%S"))
}

/// `1,250.00`.
pub(super) fn shillings(amount: u64) -> String {
    let digits = amount.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(".00");
    text
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at its first surprise"
)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_begins_with_its_day_in_east_africa() {
        // 2026-10-06 22:30 UTC is already the 7th in Nairobi.
        let late = 1_791_325_800_000;
        assert_eq!(timestamp(late), "20261007013000", "the clock is Nairobi's");
        let receipt = Dice::new(1).receipt(late);
        assert!(
            receipt.starts_with("UJ7"),
            "U = 2026, J = October, 7 = the 7th: {receipt}"
        );
        assert_eq!(receipt.len(), 10, "ten characters: {receipt}");
    }

    #[test]
    fn ids_look_like_safaricoms() {
        let id = checkout_request_id(1_791_325_800_250, "254722943992", 0);
        assert_eq!(id, "ws_CO_07102026013000250722943992", "the seen shape");
        let request = Dice::new(1).request_id();
        assert_eq!(request.split('-').count(), 4, "four groups: {request}");
        assert_eq!(Dice::new(1).token().len(), 28, "28 characters in every sample");
        assert_eq!(shillings(1_250), "1,250.00", "thousands are set apart");
        assert_eq!(shillings(250_000), "250,000.00", "thousands are set apart");
        assert_eq!(shillings(7), "7.00", "no comma below a thousand");
    }
}
