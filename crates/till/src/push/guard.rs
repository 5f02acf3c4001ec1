//! Nobody is asked to pay twice while the first payment may be alive.

use crate::msisdn::Msisdn;

/// Another push, as the guard sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Its id.
    pub push_id: String,
    /// Its sale.
    pub sale_id: String,
    /// Its phone.
    pub msisdn: Msisdn,
    /// [`super::State::blocks`] of its state.
    pub blocks: bool,
}

/// What the cashier means by a new push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushIntent {
    /// Ask this phone for what is left of this sale.
    Ordinary,
    /// The first phone was wrong: ask another one at once, and keep watching the first.
    WrongNumber,
}

/// Why a push may not start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocked {
    /// A prompt of this sale may still be alive.
    BySale {
        /// That push.
        push_id: String,
    },
    /// A prompt on this phone, of any sale, may still be alive.
    ByPhone {
        /// That push.
        push_id: String,
    },
}

impl Blocked {
    /// The push that stands in the way.
    #[must_use]
    pub fn push_id(&self) -> &str {
        match self {
            Self::BySale { push_id } | Self::ByPhone { push_id } => push_id,
        }
    }
}

/// Lets a push of `sale_id` to `msisdn` start, or names the push that forbids it.
///
/// # Errors
/// [`Blocked`], the phone first: a live prompt on the same phone is the one that could be paid twice.
pub fn may_start(
    sale_id: Option<&str>,
    msisdn: &Msisdn,
    intent: PushIntent,
    neighbours: &[Neighbour],
) -> Result<(), Blocked> {
    let alive = || neighbours.iter().filter(|neighbour| neighbour.blocks);
    if let Some(same_phone) = alive().find(|neighbour| neighbour.msisdn == *msisdn) {
        return Err(Blocked::ByPhone {
            push_id: same_phone.push_id.clone(),
        });
    }
    match intent {
        PushIntent::WrongNumber => Ok(()),
        PushIntent::Ordinary => match alive().find(|neighbour| Some(neighbour.sale_id.as_str()) == sale_id) {
            Some(same_sale) => Err(Blocked::BySale {
                push_id: same_sale.push_id.clone(),
            }),
            None => Ok(()),
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    fn phone(text: &str) -> Msisdn {
        Msisdn::parse(text).unwrap()
    }

    fn live(sale: &str, msisdn: &str) -> Vec<Neighbour> {
        vec![Neighbour {
            push_id: "p1".into(),
            sale_id: sale.into(),
            msisdn: phone(msisdn),
            blocks: true,
        }]
    }

    #[test]
    fn a_live_prompt_on_the_phone_stops_every_sale() {
        let neighbours = live("other", "0712345678");
        for intent in [PushIntent::Ordinary, PushIntent::WrongNumber] {
            assert_eq!(
                may_start(Some("mine"), &phone("0712345678"), intent, &neighbours),
                Err(Blocked::ByPhone { push_id: "p1".into() }),
                "two live prompts on one phone could both be paid"
            );
        }
        assert_eq!(
            may_start(None, &phone("0712345678"), PushIntent::Ordinary, &neighbours),
            Err(Blocked::ByPhone { push_id: "p1".into() }),
            "a sale that is not written yet is no exception"
        );
    }

    #[test]
    fn a_live_prompt_of_the_sale_stops_it_unless_the_number_was_wrong() {
        let neighbours = live("mine", "0712345678");
        assert_eq!(
            may_start(
                Some("mine"),
                &phone("0700000000"),
                PushIntent::Ordinary,
                &neighbours
            ),
            Err(Blocked::BySale { push_id: "p1".into() }),
            "one sale, one live prompt"
        );
        assert_eq!(
            may_start(
                Some("mine"),
                &phone("0700000000"),
                PushIntent::WrongNumber,
                &neighbours
            ),
            Ok(()),
            "a wrong number must not hold the queue"
        );
    }

    #[test]
    fn what_is_over_stops_nobody() {
        let mut neighbours = live("mine", "0712345678");
        if let Some(neighbour) = neighbours.first_mut() {
            neighbour.blocks = false;
        }
        assert_eq!(
            may_start(
                Some("mine"),
                &phone("0712345678"),
                PushIntent::Ordinary,
                &neighbours
            ),
            Ok(()),
            "an ended push is no reason to send a customer away"
        );
    }
}
