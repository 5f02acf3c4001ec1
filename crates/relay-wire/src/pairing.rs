//! The line that pairs a counter with a relay: typed, pasted, or read as a QR code.

use std::fmt;
use std::str::FromStr;

use crate::secret::ShopSecret;
use crate::token::Token;

/// Where the relay is, and what lets one more counter in, once and for ten minutes.
#[derive(Debug, Clone)]
pub struct Pairing {
    /// The relay's address, without a path: `https://relay.example`.
    pub relay: String,
    /// What the relay knows it by. It keeps only its hash.
    pub code: Token,
    /// The shop's secret, when a paired counter made this line. The relay makes lines without it, for a shop's
    /// first counter, which then makes the secret itself; so the relay never has it.
    pub secret: Option<ShopSecret>,
}

/// A text that pairs nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no pairing line: it begins with keshia-pair")]
pub struct PairingError;

const PREFIX: &str = "keshia-pair";

impl fmt::Display for Pairing {
    /// Reveals everything: it is for the screen of the person who pairs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX} {} {}", self.relay, self.code.expose())?;
        match &self.secret {
            Some(secret) => write!(f, " {}", secret.reveal()),
            None => Ok(()),
        }
    }
}

impl FromStr for Pairing {
    type Err = PairingError;

    fn from_str(text: &str) -> Result<Self, PairingError> {
        let mut words = text.split_whitespace();
        if words.next() != Some(PREFIX) {
            return Err(PairingError);
        }
        let relay = words.next().ok_or(PairingError)?;
        let code = words.next().ok_or(PairingError)?;
        let secret = match words.next() {
            Some(word) => Some(ShopSecret::parse(word).ok_or(PairingError)?),
            None => None,
        };
        let is_address = relay.starts_with("https://") || relay.starts_with("http://");
        if words.next().is_some() || !is_address {
            return Err(PairingError);
        }
        Ok(Self {
            relay: relay.trim_end_matches('/').to_owned(),
            code: Token::new(code),
            secret,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_what_it_writes() {
        for secret in [None, Some(ShopSecret::random())] {
            let line = Pairing {
                relay: "https://relay.example".into(),
                code: Token::random(),
                secret,
            }
            .to_string();
            assert_eq!(
                line.parse::<Pairing>().unwrap().to_string(),
                line,
                "there and back"
            );
            let spread = format!("  {} \n", line.replace(' ', "\n"));
            assert_eq!(
                spread.parse::<Pairing>().unwrap().to_string(),
                line,
                "however it was pasted"
            );
        }
    }

    #[test]
    fn other_texts_pair_nothing() {
        for wrong in [
            "",
            "keshia-pair",
            "keshia-pair https://r",
            "pair https://r abc",
            "keshia-pair r abc",
            "keshia-pair https://r abc def",
        ] {
            assert!(wrong.parse::<Pairing>().is_err(), "{wrong}");
        }
    }
}
