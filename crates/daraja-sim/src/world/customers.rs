//! The customers everybody knows, and every phone: its prompt and its messages.

use serde::{Deserialize, Serialize};

use super::ledger::Payment;
use super::stk_push::Ending;
use super::{World, ids};

/// What a phone holds at first, in whole shillings; topped up again when it runs out, because a
/// practice ends only when the shop is tired of it.
const FULL_PURSE: u64 = 300_000;
/// How many messages a phone keeps.
const INBOX: usize = 50;

/// What a person can do with a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneAnswer {
    /// The right PIN.
    Pin,
    /// A wrong PIN.
    WrongPin,
    /// Cancel.
    Cancel,
    /// Nothing: the prompt ends by itself.
    Ignore,
    /// The right PIN, but the money does not suffice.
    NoMoney,
}

/// What a customer does by habit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// Does this after so many milliseconds.
    Answers(PhoneAnswer, i64),
    NeverAnswers,
    /// Safaricom's answer to the shop is lost; then the customer pays.
    LosesTheAnswer,
    /// Reported as unanswered, and pays 20 s later.
    PaysLate,
    /// Waits for a person at the phone.
    Person,
}

/// One of the customers everybody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Customer {
    /// The phone number, 12 digits.
    pub msisdn: &'static str,
    /// The first name in confirmations.
    pub name: &'static str,
    /// What this customer does, in English.
    pub does: &'static str,
    /// What this customer does, in Swahili.
    pub does_sw: &'static str,
    #[serde(skip)]
    habit: Habit,
}

const CUSTOMERS: [Customer; 8] = [
    Customer {
        msisdn: "254700000000",
        name: "JANE",
        does: "pays after 1 second",
        does_sw: "analipa baada ya sekunde 1",
        habit: Habit::Answers(PhoneAnswer::Pin, 1_000),
    },
    Customer {
        msisdn: "254700000001",
        name: "PETER",
        does: "has no money",
        does_sw: "hana pesa",
        habit: Habit::Answers(PhoneAnswer::NoMoney, 2_000),
    },
    Customer {
        msisdn: "254700000020",
        name: "MARY",
        does: "types a wrong PIN",
        does_sw: "anaweka PIN isiyo sahihi",
        habit: Habit::Answers(PhoneAnswer::WrongPin, 2_000),
    },
    Customer {
        msisdn: "254700000032",
        name: "JOHN",
        does: "cancels",
        does_sw: "anaghairi",
        habit: Habit::Answers(PhoneAnswer::Cancel, 2_000),
    },
    Customer {
        msisdn: "254700000037",
        name: "GRACE",
        does: "never answers",
        does_sw: "hajibu",
        habit: Habit::NeverAnswers,
    },
    Customer {
        msisdn: "254700000098",
        name: "DAVID",
        does: "is reported as silent, then pays",
        does_sw: "anaonekana hajibu, kisha analipa",
        habit: Habit::PaysLate,
    },
    Customer {
        msisdn: "254700000099",
        name: "LUCY",
        does: "pays, but the answer to the shop is lost",
        does_sw: "analipa, lakini jibu kwa duka linapotea",
        habit: Habit::LosesTheAnswer,
    },
    Customer {
        msisdn: "254708374149",
        name: "NICHOLAS",
        does: "Safaricom's test number: never answers",
        does_sw: "nambari ya majaribio ya Safaricom: haijibu",
        habit: Habit::NeverAnswers,
    },
];

/// The customers everybody knows, and what each does.
#[must_use]
pub fn customers() -> &'static [Customer] {
    &CUSTOMERS
}

fn known(msisdn: &str) -> Option<&'static Customer> {
    CUSTOMERS.iter().find(|customer| customer.msisdn == msisdn)
}

pub(super) fn habit(msisdn: &str) -> Habit {
    known(msisdn).map_or(Habit::Person, |customer| customer.habit)
}

/// A first name: the customer's, or one that always goes with the number.
pub(super) fn first_name(msisdn: &str) -> &'static str {
    const NAMES: [&str; 10] = [
        "ACHIENG", "BRIAN", "CHEBET", "DENNIS", "ESTHER", "FAITH", "GEORGE", "HALIMA", "ISAAC", "JOYCE",
    ];
    let last = msisdn.bytes().last().unwrap_or(b'0').wrapping_sub(b'0');
    known(msisdn).map_or(NAMES[usize::from(last) % NAMES.len()], |customer| customer.name)
}

/// The words on the phone.
pub(super) fn prompt_text(amount: u32, shop: &str, reference: &str) -> String {
    let amount = ids::shillings(amount.into());
    format!("Do you want to pay KSh {amount} to {shop} Account no. {reference}?")
}

/// A phone's money and messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Phone {
    balance: u64,
    inbox: Vec<Sms>,
}

/// A message from M-PESA.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sms {
    /// Milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// The words.
    pub text: String,
    /// The receipt number, if money moved.
    pub receipt: Option<String>,
}

/// The prompt on a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// Tells this prompt from another.
    pub id: u64,
    /// The words.
    pub text: String,
    /// Whole shillings.
    pub amount: u32,
    /// Who is paid.
    pub shop: String,
    /// The account reference.
    pub account: String,
    /// When it closes by itself, in milliseconds since 1970 UTC.
    pub ends_ms: i64,
}

/// The phone that was prompted last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastPrompted {
    /// The number, 12 digits.
    pub msisdn: String,
    /// The prompt's id.
    pub id: u64,
}

/// What a phone shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhoneView {
    /// The number, 12 digits.
    pub msisdn: String,
    /// The first name of its owner.
    pub name: String,
    /// What its owner does by habit; `None` if a person holds it.
    pub does: Option<Customer>,
    /// The prompt, if one is there.
    pub prompt: Option<Prompt>,
    /// Messages, newest first.
    pub inbox: Vec<Sms>,
    /// The phone that was prompted last, and by which prompt.
    pub last_prompted: Option<LastPrompted>,
}

impl World {
    /// Answers the prompt on a phone.
    ///
    /// # Errors
    /// One sentence when there is no prompt on that phone.
    pub fn answer(&mut self, msisdn: &str, answer: PhoneAnswer, now_ms: i64) -> Result<(), String> {
        self.settle(now_ms);
        match self.live_push(msisdn).map(|push| push.seq) {
            Some(seq) => {
                self.touch();
                self.prompt_answered(seq, answer);
                Ok(())
            }
            None => Err(format!("there is no prompt on {msisdn}")),
        }
    }

    /// What a phone shows now.
    pub fn phone(&mut self, msisdn: &str, now_ms: i64) -> PhoneView {
        self.settle(now_ms);
        let prompt = self.live_push(msisdn).map(|push| Prompt {
            id: push.seq,
            text: prompt_text(push.amount, &self.settings.shop_name, &push.account_reference),
            amount: push.amount,
            shop: self.settings.shop_name.clone(),
            account: push.account_reference.clone(),
            ends_ms: push.prompt_ends_ms,
        });
        let inbox = self.state.phones.get(msisdn).map(|phone| phone.inbox.clone());
        PhoneView {
            msisdn: msisdn.into(),
            name: first_name(msisdn).into(),
            does: known(msisdn).copied(),
            prompt,
            inbox: inbox.unwrap_or_default().into_iter().rev().collect(),
            last_prompted: self.last_prompted(),
        }
    }

    /// The messages of a phone, oldest first; at most fifty.
    #[must_use]
    pub fn inbox(&self, msisdn: &str) -> &[Sms] {
        self.state.phones.get(msisdn).map_or(&[], |phone| &phone.inbox)
    }

    /// The receipt number in the newest message that has one.
    #[must_use]
    pub fn newest_receipt(&self, msisdn: &str) -> Option<&str> {
        let mut newest_first = self.inbox(msisdn).iter().rev();
        newest_first.find_map(|sms| sms.receipt.as_deref())
    }

    /// The phone that was prompted last, and by which prompt.
    #[must_use]
    pub fn last_prompted(&self) -> Option<LastPrompted> {
        let seq = self.state.last_prompted?;
        let push = self.push(seq)?;
        Some(LastPrompted {
            msisdn: push.msisdn.clone(),
            id: seq,
        })
    }

    fn phone_mut(&mut self, msisdn: &str) -> &mut Phone {
        self.state.phones.entry(msisdn.into()).or_insert_with(|| Phone {
            balance: FULL_PURSE,
            inbox: Vec::new(),
        })
    }

    fn sms(&mut self, msisdn: &str, text: String, receipt: Option<String>) {
        let at_ms = self.state.now_ms;
        let phone = self.phone_mut(msisdn);
        phone.inbox.push(Sms { at_ms, text, receipt });
        if phone.inbox.len() > INBOX {
            phone.inbox.remove(0);
        }
        self.touch();
    }

    /// Moves the money of `payment` and tells its payer.
    pub(super) fn record_payment(&mut self, payment: Payment, reference: &str) {
        let phone = self.phone_mut(&payment.msisdn);
        if phone.balance < u64::from(payment.amount) {
            phone.balance = FULL_PURSE;
        }
        phone.balance = phone.balance.saturating_sub(payment.amount.into());
        let balance = ids::shillings(phone.balance);
        let shop_balance = self
            .state
            .shop_balances
            .entry(payment.short_code.clone())
            .or_default();
        *shop_balance = shop_balance.saturating_add(payment.amount.into());
        let at = ids::eat(self.state.now_ms).format("%-d/%-m/%y at %-I:%M %p");
        let amount = ids::shillings(payment.amount.into());
        let (receipt, shop) = (&payment.receipt, &self.settings.shop_name);
        let to = if payment.short_code == self.settings.till || reference.is_empty() {
            format!("paid to {shop}")
        } else {
            format!("sent to {shop} for account {reference}")
        };
        let text = format!(
            "{receipt} Confirmed. Ksh{amount} {to} on {at}. New M-PESA balance is Ksh{balance}. \
             Transaction cost, Ksh0.00."
        );
        self.sms(&payment.msisdn, text, Some(payment.receipt.clone()));
        self.state.payments.push(payment);
    }

    pub(super) fn sms_failed(&mut self, msisdn: &str, amount: u32, ending: Ending) {
        let (amount, shop) = (ids::shillings(amount.into()), &self.settings.shop_name);
        let text = match ending {
            Ending::NoMoney => format!(
                "Failed. You do not have enough money in your M-PESA account to pay \
                 Ksh{amount} to {shop}."
            ),
            Ending::WrongPin => "Failed. You have entered a wrong M-PESA PIN. Nothing was paid.".into(),
            Ending::Paid
            | Ending::RepeatedTooSoon
            | Ending::PromptTooLong
            | Ending::Cancelled
            | Ending::NoAnswer
            | Ending::WrongProduct
            | Ending::NoSuchReceiver => return,
        };
        self.sms(msisdn, text, None);
    }

    pub(super) fn sms_turned_away(&mut self, payment: &Payment) {
        let amount = ids::shillings(payment.amount.into());
        let shop = &self.settings.shop_name;
        let text = format!("Failed. {shop} did not accept your payment of Ksh{amount}.");
        self.sms(&payment.msisdn, text, None);
    }
}
