//! What is checked before anything is sent.

/// A field breaks a limit of Daraja's, so nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Not between 1 and 250,000 shillings.
    #[error("M-PESA takes whole shillings from 1 to 250,000")]
    Amount,
    /// The account reference is empty, longer than allowed, or has control characters.
    #[error("the reference must have 1 to 12 characters")]
    Reference,
    /// The description is longer than 13 characters or has control characters.
    #[error("the description must have at most 13 characters")]
    Description,
    /// Not 12 digits that begin with 2547 or 2541.
    #[error("the phone number must be a Kenyan mobile number as 12 digits")]
    Msisdn,
}

/// Largest payment, in shillings (Daraja portal, M-PESA Express, FAQ 5 and result code 3; December 2025).
const MAX_SHILLINGS: u32 = 250_000;

/// Longest AccountReference of a push, in characters (Daraja portal, M-PESA Express).
pub(crate) const MAX_REFERENCE: usize = 12;

/// Longest TransactionDesc, in characters (Daraja portal, M-PESA Express).
const MAX_DESCRIPTION: usize = 13;

/// Whole shillings, 1 to 250,000.
pub(crate) fn amount(shillings: u32) -> Result<(), LimitError> {
    if (1..=MAX_SHILLINGS).contains(&shillings) {
        Ok(())
    } else {
        Err(LimitError::Amount)
    }
}

/// 1 to `max` characters.
pub(crate) fn reference(text: &str, max: usize) -> Result<(), LimitError> {
    if fits(text, max) && !text.trim().is_empty() {
        Ok(())
    } else {
        Err(LimitError::Reference)
    }
}

/// At most 13 characters; the field is the only optional one.
pub(crate) fn description(text: &str) -> Result<(), LimitError> {
    if fits(text, MAX_DESCRIPTION) {
        Ok(())
    } else {
        Err(LimitError::Description)
    }
}

/// 12 digits, `2547…` or `2541…`. No table of prefixes: Kenya gives out new ones every year.
pub(crate) fn msisdn(text: &str) -> Result<(), LimitError> {
    let mobile = text.starts_with("2547") || text.starts_with("2541");
    let shaped = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
    if mobile && shaped {
        Ok(())
    } else {
        Err(LimitError::Msisdn)
    }
}

/// A phone of the shop's, also as it is dialled: `07…` or `01…` and eight digits. Which of
/// the two forms it should have is Safaricom's to judge.
pub(crate) fn nominated_number(text: &str) -> Result<(), LimitError> {
    match text.strip_prefix('0') {
        Some(national) => msisdn(&format!("254{national}")),
        None => msisdn(text),
    }
}

fn fits(text: &str, max: usize) -> bool {
    text.chars().count() <= max && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amount_is_one_to_a_quarter_million() {
        for (shillings, good) in [
            (0, false),
            (1, true),
            (250_000, true),
            (250_001, false),
            (u32::MAX, false),
        ] {
            assert_eq!(amount(shillings).is_ok(), good, "{shillings} shillings");
        }
    }

    #[test]
    fn reference_is_one_to_twelve_characters() {
        for (text, good) in [
            ("", false),
            ("  ", false),
            ("A", true),
            ("ABCDEFGHJKLM", true),
            ("ABCDEFGHJKLMN", false),
        ] {
            assert_eq!(reference(text, MAX_REFERENCE).is_ok(), good, "reference {text:?}");
        }
        assert!(
            reference("A\nB", MAX_REFERENCE).is_err(),
            "a line break would break the customer's SMS"
        );
    }

    #[test]
    fn description_is_at_most_thirteen_characters() {
        for (text, good) in [
            ("", true),
            ("thirteen char", true),
            ("fourteen chars", false),
            ("a\0", false),
        ] {
            assert_eq!(description(text).is_ok(), good, "description {text:?}");
        }
    }

    #[test]
    fn msisdn_is_a_kenyan_mobile() {
        for good in ["254700000000", "254113316693"] {
            assert!(msisdn(good).is_ok(), "{good} is a mobile");
        }
        for bad in [
            "",
            "0700000000",
            "+254700000000",
            "25470000000",
            "2547000000000",
            "254200000000",
            "255700000000",
            "2547٠٠٠٠",
        ] {
            assert!(
                msisdn(bad).is_err(),
                "{bad:?} is not 12 digits of a Kenyan mobile"
            );
        }
    }
}
