//! The people in front of the counter and at their phones.

use daraja_sim::world::PhoneAnswer;

use crate::dice::Dice;

/// Somebody with a phone.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Twelve digits. The last three are nobody else's: two customers who share them and pay the same amount
    /// at the same time to a till cannot be told apart by anybody.
    pub(crate) msisdn: String,
}

/// The shop's customers.
pub(crate) fn people(dice: &mut Dice) -> Vec<Person> {
    (0..300_u64)
        .map(|n| Person {
            msisdn: format!("2547{:05}{:03}", dice.below(100_000), n + 200),
        })
        .collect()
}

/// What somebody came to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Errand {
    /// Pays by a prompt on the phone.
    Prompt,
    /// Part in cash, the rest by a prompt.
    Split,
    /// Pays in cash.
    Cash,
    /// Pays the till from the own phone; the cashier asks for the last digits.
    ToTill,
    /// The same, and nobody asks for digits.
    ToTillUnnamed,
    /// Has paid the till before and shows the message.
    ShowsOwnCode,
    /// Shows the message of another customer's payment.
    ShowsForeignCode,
    /// Pays the till before the cashier has typed anything.
    PaysFirst,
    /// Pays the till another amount than is owed.
    WrongAmount,
    /// Somebody who stands at another counter pays the till for this customer.
    FriendPays,
    /// Says that the till will be paid, and then takes out notes; sometimes pays the till all the same.
    ChangesMind,
}

impl Errand {
    /// Has the customer paid before the cashier touches a key?
    pub(crate) const fn pays_before(self) -> bool {
        matches!(self, Self::PaysFirst | Self::ShowsOwnCode)
    }

    /// Does the sale wait for a payment to the till?
    pub(crate) const fn waits_for_till(self) -> bool {
        match self {
            Self::ToTill
            | Self::ToTillUnnamed
            | Self::PaysFirst
            | Self::WrongAmount
            | Self::FriendPays
            | Self::ChangesMind => true,
            Self::Prompt | Self::Split | Self::Cash | Self::ShowsOwnCode | Self::ShowsForeignCode => false,
        }
    }
}

/// What a customer of the shop's list came for besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Debt {
    /// Wants to take something now and pay later: all of it, or what the errand leaves unpaid.
    OnCredit,
    /// Pays off what is owed, all of it or a part, in the errand's way.
    PaysOff,
}

/// What somebody does with a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Temper {
    /// Enters the PIN after so many milliseconds.
    Pays(i64),
    /// Does something else that ends it.
    Ends(PhoneAnswer, i64),
    /// Puts the phone away.
    Ignores,
}

/// One customer at one counter.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) person: usize,
    pub(crate) counter: usize,
    pub(crate) shillings: i64,
    pub(crate) errand: Errand,
    pub(crate) sale_id: Option<String>,
    /// Goes home at this moment, served or not.
    pub(crate) leaves_ms: i64,
    /// Has notes enough if the phone does not work.
    pub(crate) has_cash: bool,
    /// How often a prompt was sent for this visit.
    pub(crate) tries: u32,
    /// Prompts go to this wrong phone until somebody notices.
    pub(crate) wrong_phone: Option<usize>,
    /// The first PIN for a prompt of this visit.
    pub(crate) pin_ms: Option<i64>,
    /// The screen said *Paid*.
    pub(crate) paid_shown: bool,
    /// Who pays the till by hand, and how much.
    pub(crate) payer: usize,
    pub(crate) gives: i64,
    /// Paid the till by hand: the receipt number, and when.
    pub(crate) own_receipt: Option<String>,
    pub(crate) gave_ms: i64,
    /// The cashier said that nothing more is to be entered.
    pub(crate) told_to_stop: bool,
    /// For those who stand in the shop's list and came for it.
    pub(crate) debt: Option<Debt>,
    pub(crate) over: bool,
}

/// What is owed. The last ones are above what a relay alone may settle.
pub(crate) const AMOUNTS: [i64; 16] = [
    20, 50, 50, 70, 100, 100, 150, 200, 250, 350, 500, 730, 1_250, 4_000, 12_500, 48_000,
];

impl Visit {
    pub(crate) fn new(dice: &mut Dice, people: usize, counters: usize, now_ms: i64) -> Self {
        let errand = match dice.below(100) {
            0..50 => Errand::Prompt,
            50..56 => Errand::Split,
            56..73 => Errand::Cash,
            73..80 => Errand::ToTill,
            80..85 => Errand::ToTillUnnamed,
            85..88 => Errand::PaysFirst,
            88..90 => Errand::WrongAmount,
            90..92 => Errand::FriendPays,
            92..94 => Errand::ChangesMind,
            94..98 => Errand::ShowsOwnCode,
            _ => Errand::ShowsForeignCode,
        };
        let pick = |dice: &mut Dice, of: usize| usize::try_from(dice.below(of as u64)).unwrap_or(0);
        let person = pick(dice, people);
        let shillings = dice.pick(&AMOUNTS).copied().unwrap_or(100);
        let gives = if errand == Errand::WrongAmount {
            (shillings + dice.within(-1, 1) * 10 + 5).max(1)
        } else {
            shillings
        };
        Self {
            person,
            counter: pick(dice, counters),
            shillings,
            payer: person,
            gives,
            errand,
            sale_id: None,
            leaves_ms: now_ms.saturating_add(dice.within(240_000, 1_200_000)),
            has_cash: dice.happens(500),
            tries: 0,
            wrong_phone: dice.happens(30).then(|| pick(dice, people)),
            pin_ms: None,
            paid_shown: false,
            own_receipt: None,
            gave_ms: 0,
            told_to_stop: false,
            debt: None,
            over: false,
        }
    }
}

/// What the owner of the right phone does with a prompt.
pub(crate) fn temper(dice: &mut Dice) -> Temper {
    match dice.below(100) {
        0..80 => Temper::Pays(dice.within(3_000, 40_000)),
        80..83 => Temper::Pays(dice.within(50_000, 59_000)),
        83..89 => Temper::Ends(PhoneAnswer::Cancel, dice.within(2_000, 30_000)),
        89..92 => Temper::Ends(PhoneAnswer::WrongPin, dice.within(3_000, 30_000)),
        92..95 => Temper::Ends(PhoneAnswer::NoMoney, dice.within(3_000, 30_000)),
        _ => Temper::Ignores,
    }
}

/// What a stranger does whose phone was prompted by mistake.
pub(crate) fn strangers_temper(dice: &mut Dice) -> Temper {
    match dice.below(100) {
        0..3 => Temper::Pays(dice.within(3_000, 50_000)),
        3..50 => Temper::Ends(PhoneAnswer::Cancel, dice.within(3_000, 50_000)),
        _ => Temper::Ignores,
    }
}
