//! Customers who pay by themselves: addresses for notices, and played payments.

use daraja::{CallError, NotSent, Refusal, RegisterAnswer, UrlLint};

use super::{Mark, Words, reasons};
use crate::driver::safaricom::not_sent_reason;
use crate::push::Reason;

/// What came of the step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum C2bOutcome {
    /// A notice of a payment has reached the book.
    Seen,
    /// A customer was played, and Safaricom took it.
    Played,
    /// Safaricom did not take the played payment.
    NotPlayed(CallTrouble),
    /// The addresses are registered now.
    Registered,
    /// Addresses were registered before: in production that is how it stays. Information, no error.
    AlreadyRegistered,
    /// They could not be registered.
    NotRegistered(CallTrouble),
    /// Nobody asked for addresses to be registered.
    NotAsked,
}

/// Why Safaricom did not do what was asked about customers' own payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallTrouble {
    /// No address: nothing was sent.
    NotAnAddress,
    /// Production demands https: nothing was sent.
    NotHttps,
    /// Safaricom refuses this word: nothing was sent.
    ForbiddenWord(&'static str),
    /// Safaricom refuses this service: nothing was sent.
    TestHost(&'static str),
    /// Safaricom cannot come to this host: nothing was sent.
    NotReachable,
    /// Where money is real nobody plays: nothing was sent.
    OnlyForTests,
    /// Another company receives the notices of this number.
    HeldByAnother,
    /// The product, or this generation of it, is not switched on for the app.
    Product,
    /// Not the number that went live with these keys.
    ShortCode,
    /// Safaricom names this field.
    Field(String),
    /// Safaricom did not understand the request.
    Payload,
    /// Too many requests.
    TooOften,
    /// Nothing left this PC.
    NotSent(Reason),
    /// No usable answer: it may have been done.
    NoAnswer,
}

impl From<&UrlLint> for CallTrouble {
    fn from(lint: &UrlLint) -> Self {
        match lint {
            UrlLint::NotAUrl => Self::NotAnAddress,
            UrlLint::NotHttps => Self::NotHttps,
            UrlLint::ForbiddenWord(word) => Self::ForbiddenWord(word),
            UrlLint::TestHost(host) => Self::TestHost(host),
            UrlLint::NotReachable => Self::NotReachable,
        }
    }
}

impl From<&CallError> for CallTrouble {
    fn from(error: &CallError) -> Self {
        match error {
            CallError::Url(lint) => lint.into(),
            CallError::OnlyForTests => Self::OnlyForTests,
            CallError::HeldByAnother => Self::HeldByAnother,
            CallError::NotSent(NotSent::RateLimited) => Self::TooOften,
            CallError::NotSent(not_sent) => Self::NotSent(not_sent_reason(not_sent)),
            CallError::NoAnswer(_) => Self::NoAnswer,
            CallError::Refused(refusal) => match refusal {
                Refusal::InvalidField(field) => Self::Field(field.clone()),
                Refusal::InvalidPayload => Self::Payload,
                // A fresh token that this product does not take: the app has another generation of it.
                Refusal::NotFound | Refusal::MethodNotAllowed | Refusal::WrongKeys => Self::Product,
                Refusal::WrongShortCode | Refusal::WrongPasskey => Self::ShortCode,
                Refusal::SpikeArrest | Refusal::Quota => Self::TooOften,
            },
        }
    }
}

impl C2bOutcome {
    /// What came of registering.
    #[must_use]
    pub fn of_register(answer: &Result<RegisterAnswer, CallError>) -> Self {
        match answer {
            Ok(RegisterAnswer::Registered) => Self::Registered,
            Ok(RegisterAnswer::AlreadyRegistered) => Self::AlreadyRegistered,
            Err(error) => Self::NotRegistered(error.into()),
        }
    }

    /// What came of playing a payment.
    #[must_use]
    pub fn of_play(answer: &Result<(), CallError>) -> Self {
        match answer {
            Ok(()) => Self::Played,
            Err(error) => Self::NotPlayed(error.into()),
        }
    }

    pub(super) const fn mark(&self) -> Mark {
        match self {
            Self::Seen | Self::Played | Self::Registered => Mark::Good,
            Self::AlreadyRegistered | Self::NotAsked => Mark::Neutral,
            Self::NotPlayed(_) | Self::NotRegistered(_) => Mark::Fix,
        }
    }

    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Played => "played",
            Self::Registered => "registered",
            Self::AlreadyRegistered => "already_registered",
            Self::NotAsked => "not_asked",
            Self::NotPlayed(trouble) | Self::NotRegistered(trouble) => trouble.word(),
        }
    }

    pub(super) fn words(&self) -> Words {
        match self {
            Self::Seen => Words::new(
                "Notices of customers’ own payments arrive.",
                "Taarifa za wateja wanaolipa wenyewe zinafika.",
            ),
            Self::Played => Words::new(
                "A played customer’s payment was taken.",
                "Malipo ya mteja wa mchezo yamepokelewa.",
            ),
            Self::Registered => Words::new(
                "Safaricom sends notices of payments to these addresses from now on.",
                "Safaricom itatuma taarifa za malipo kwa anwani hizi kuanzia sasa.",
            ),
            Self::AlreadyRegistered => Words::new(
                "Addresses were registered before, perhaps others, and they stay: to change them, remove them on the Daraja portal (Self Services, URL Management) first.",
                "Anwani zilisajiliwa awali, labda nyingine, na zinabaki: ili kuzibadilisha, ziondoe kwanza kwenye tovuti ya Daraja (Self Services, URL Management).",
            ),
            Self::NotAsked => Words::new(
                "No address was registered: Keshia reads Safaricom’s list instead; nothing to do.",
                "Hakuna anwani iliyosajiliwa: Keshia inasoma orodha ya Safaricom badala yake; hakuna la kufanya.",
            ),
            Self::NotPlayed(trouble) | Self::NotRegistered(trouble) => trouble.words(),
        }
    }
}

impl CallTrouble {
    /// One word for scripts.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotAnAddress => "not_an_address",
            Self::NotHttps => "not_https",
            Self::ForbiddenWord(_) => "forbidden_word",
            Self::TestHost(_) => "test_host",
            Self::NotReachable => "not_reachable",
            Self::OnlyForTests => "only_for_tests",
            Self::HeldByAnother => "held_by_another",
            Self::Product => "product",
            Self::ShortCode => "short_code",
            Self::Field(_) => "field",
            Self::Payload => "payload",
            Self::TooOften => "too_often",
            Self::NotSent(_) => "not_sent",
            Self::NoAnswer => "no_answer",
        }
    }

    /// What it means, and the fix.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::NotAnAddress => Words::new(
                "This is not a web address: write it whole, like https://shop.example/in/7f3a.",
                "Hii si anwani ya wavuti: iandike yote, kama https://shop.example/in/7f3a.",
            ),
            Self::NotHttps => Words::new(
                "Where money is real the address must begin with https://.",
                "Kwa pesa halisi anwani lazima ianze na https://.",
            ),
            Self::ForbiddenWord(word) => Words::new(
                format!("Safaricom refuses an address with “{word}” in it: choose another path or name."),
                format!("Safaricom inakataa anwani yenye “{word}” ndani yake: chagua njia au jina lingine."),
            ),
            Self::TestHost(host) => Words::new(
                format!("Safaricom refuses addresses of {host}: use a server of your own."),
                format!("Safaricom inakataa anwani za {host}: tumia seva yako mwenyewe."),
            ),
            Self::NotReachable => Words::new(
                "Safaricom cannot come to this host: it is inside your own network. Use a public name.",
                "Safaricom haiwezi kufika kwenye seva hii: iko ndani ya mtandao wako. Tumia jina la umma.",
            ),
            Self::OnlyForTests => Words::new(
                "Payments can be played in practice and on the sandbox only: real ones come from phones.",
                "Malipo ya mchezo ni ya mazoezi na sandbox pekee: malipo halisi hutoka kwenye simu.",
            ),
            Self::HeldByAnother => Words::new(
                "Another company receives the notices of this number: ask it, or apisupport@safaricom.co.ke, to remove its addresses.",
                "Kampuni nyingine inapokea taarifa za nambari hii: iombe, au apisupport@safaricom.co.ke, iondoe anwani zake.",
            ),
            Self::Product => Words::new(
                "Customer To Business of this version is not switched on for the app: try the other version, or ask apisupport@safaricom.co.ke.",
                "Customer To Business ya toleo hili haijawashwa kwa app: jaribu toleo lingine, au uliza apisupport@safaricom.co.ke.",
            ),
            Self::ShortCode => Words::new(
                "These keys belong to another number: type the short code that went live.",
                "Funguo hizi ni za nambari nyingine: andika short code iliyopitia go-live.",
            ),
            Self::Field(field) => Words::new(
                format!("Safaricom does not accept {field}: check it, then try again."),
                format!("Safaricom haikubali {field}: ikague, kisha jaribu tena."),
            ),
            Self::Payload => Words::new(
                "Safaricom did not understand the request: send it the log of Settings (apisupport@safaricom.co.ke).",
                "Safaricom haikuelewa ombi: itumie kumbukumbu ya Mipangilio (apisupport@safaricom.co.ke).",
            ),
            Self::TooOften => Words::new(
                "Safaricom was asked too often: wait a minute, then try again.",
                "Safaricom imeulizwa mara nyingi mno: subiri dakika moja, kisha jaribu tena.",
            ),
            Self::NotSent(reason) => reasons::fix(*reason),
            Self::NoAnswer => Words::new(
                "Safaricom gave no usable answer, so it may have been done: try again in a few minutes.",
                "Safaricom haikutoa jibu linaloeleweka, kwa hiyo huenda imefanyika: jaribu tena baada ya dakika chache.",
            ),
        }
    }
}
