//! What crosses between the shell and the page beside the till's own [views](till::view): the state of the
//! app, its settings, and the forms of the first start. Secrets only ever go in.

mod copies;
mod verdict;

pub use copies::{CopiesView, FoundCopy, RehearsalView, StickChosen, StickView};
use daraja::{C2bVersion, ResponseType, Secret};
use serde::{Deserialize, Deserializer, Serialize};
use till::doctor::go_live::GoLive;
use till::doctor::labels::Labels;
use till::doctor::{Step, Words};
use till::driver::safaricom::Addresses;
use till::engine::Sharing;
use till::people::Act;
use till::shop::{PayEnvironment, ReceiverNumbers};
use till::view::DeskView;
use till::{Code, Money, TillError};
use ts_rs::TS;
pub use verdict::{BookVerdict, CloseVerdict};

/// Everything the page must know before it draws anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AppState {
    /// Which door the page stands at.
    pub door: Door,
    /// What kind of till this is.
    pub mode: Mode,
    /// On the top bar.
    pub shop_name: String,
    /// This counter's letter.
    pub counter: String,
    /// What customers pay to.
    pub kind: Option<Kind>,
    /// The till or paybill number a customer pays to.
    pub pay_number: Option<String>,
    /// Where prompts go; none without keys.
    pub environment: Option<AppEnvironment>,
    /// The other server, when prompts do not go to Safaricom.
    pub address: Option<String>,
    /// Where the keys are.
    pub key_storage: KeyStorage,
    /// Can prompts be sent?
    pub connected: bool,
    /// What the page may change.
    pub settings: Settings,
    /// Keshia's version.
    pub version: String,
    /// Why nothing works; the page shows only this.
    pub problem: Option<Problem>,
}

/// The first owner, or (by their id as `name`) one who comes back with the recovery code.
#[derive(Debug, Deserialize, TS)]
pub struct OwnerForm {
    /// As the shop calls them.
    pub name: String,
    /// 4 to 8 figures.
    #[serde(deserialize_with = "secret")]
    #[ts(type = "string")]
    pub pin: Secret,
    /// For owner acts.
    #[serde(deserialize_with = "secret")]
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// An owner is here, and has to write this code on paper now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OwnerMade {
    /// Who is at the till.
    pub desk: DeskView,
    /// Its groups; nothing shows them again.
    pub recovery_code: Vec<String>,
}

/// A square code to draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PayCode {
    /// The dark squares, as the `d` of an SVG path.
    pub path: String,
    /// The side of the whole square, with its white edge, in the path's units.
    pub size: u32,
}

/// Where the page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The three doors.
    FirstStart,
    /// A book is open, or nothing works and `problem` says why.
    Open,
}

/// What kind of till this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The simulator inside the app.
    Practice,
    /// Connected to Safaricom.
    Live,
    /// Without keys: cash, typed codes, customer pays the till.
    Today,
    /// Another server by `KESHIA_DARAJA_URL`, in the practice book.
    Elsewhere,
}

/// A customer as the page writes one down.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustomerForm {
    /// As the shop calls them.
    pub name: String,
    /// Their phone; empty keeps the one that is known.
    pub phone: String,
    /// How many cents they may owe at once.
    pub limit: i64,
}

/// A file about one customer that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CustomerFile {
    /// Where it is.
    pub path: String,
    /// Days after which it is removed.
    #[ts(type = "number")]
    pub days: i64,
}

/// How money is to go back to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GiveBackWay {
    /// From the drawer.
    Cash,
    /// It was sent from the shop's own phone.
    Phone,
    /// Off what the customer owes.
    Debt,
}

/// What customers pay to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A paybill.
    Paybill,
    /// A till (Buy Goods).
    Till,
}

/// Where prompts go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AppEnvironment {
    /// The simulator.
    Practice,
    /// Safaricom's sandbox.
    Sandbox,
    /// Real money.
    Production,
}

/// Where the keys are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyStorage {
    /// The system's keyring.
    Keyring,
    /// The environment Keshia was started with.
    Environment,
    /// There are none.
    None,
    /// The simulator's, which are no secret.
    Practice,
}

/// The language of the screens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Swahili.
    Sw,
}

impl From<Locale> for till::receipt::Language {
    fn from(locale: Locale) -> Self {
        match locale {
            Locale::En => Self::En,
            Locale::Sw => Self::Sw,
        }
    }
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

/// How large the words are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    /// As drawn.
    #[default]
    Normal,
    /// Larger.
    Large,
    /// Largest.
    Largest,
}

/// How loud the three sounds are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Volume {
    /// For a quiet shop.
    Low,
    /// As made.
    #[default]
    Middle,
    /// For a street or a bar.
    High,
}

/// How the screens look and sound; kept in each book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Preferences {
    /// Language.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
    /// Size of the words.
    pub text_size: TextSize,
    /// The three sounds.
    pub sounds: bool,
    /// How loud they are.
    #[serde(default)]
    pub volume: Volume,
    /// The customer has a display of its own.
    #[serde(default)]
    pub customer_display: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            locale: Locale::default(),
            theme: Theme::default(),
            text_size: TextSize::default(),
            sounds: true,
            volume: Volume::default(),
            customer_display: false,
        }
    }
}

/// What the settings screen may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Settings {
    /// How the screens look and sound.
    #[serde(flatten)]
    pub preferences: Preferences,
    /// On the top bar and on receipts.
    pub shop_name: String,
    /// The number on the sticker.
    pub pay_number: Option<String>,
}

/// What the customer's display shows: what stands on the counter, and of a person no more than the last three
/// digits of the phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CustomerView {
    /// The language to say it in.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
    /// Whose till it is.
    pub shop_name: String,
    /// Not real money.
    pub pretend: bool,
    /// What the customer must know.
    pub moment: CustomerMoment,
    /// Asked for, left or paid, cents; none while nothing stands on the counter.
    #[ts(type = "number | null")]
    pub amount: Option<i64>,
    /// To be given back in cash, cents.
    #[ts(type = "number | null")]
    pub change: Option<i64>,
    /// Whose PIN is waited for: the shell keeps the last three digits only.
    pub phone_masked: Option<String>,
    /// What the customer pays to.
    pub kind: Kind,
    /// The till or paybill number.
    pub number: Option<String>,
    /// What to type as a paybill's account.
    pub account: Option<String>,
    /// The square code that this PC draws.
    pub code: Option<PayCode>,
    /// Safaricom's own square code, a `data:` picture.
    pub picture: Option<String>,
}

/// What the customer must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CustomerMoment {
    /// Nothing stands on the counter.
    Welcome,
    /// An amount stands there; nobody has chosen a way to pay.
    Amount,
    /// A prompt is on the phone: the PIN.
    EnterPin,
    /// The customer pays to the number.
    PayNumber,
    /// Nobody knows yet: wait, and do not pay again.
    Checking,
    /// It is paid: thanks.
    Paid,
    /// It is not paid; why is nobody's business who stands behind.
    NotPaid,
}

/// The relay and the other counters, for the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RelaySettings {
    /// Where the relay is; none before pairing.
    pub address: Option<String>,
    /// Its keys are there.
    pub ready: bool,
    /// Where Safaricom is to post customers' payments.
    pub confirmation: Option<String>,
    /// Where Safaricom is to ask before a payment.
    pub validation: Option<String>,
    /// Posts that fit nothing of this shop.
    pub strange: u64,
    /// Events that could not be opened or read.
    pub set_aside: u64,
    /// Events that the relay did not keep long enough.
    pub missed: u64,
    /// This counter's part among several on one number.
    pub sharing: Sharing,
    /// Up to this amount what the relay tells settles a payment.
    pub told_limit: Money,
}

/// The link for the owner's phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OwnersPage {
    /// Whoever has it reads the day.
    pub address: String,
    /// The same, to be scanned.
    pub code: Option<PayCode>,
}

/// What lets one more counter in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PairingLine {
    /// To be typed, pasted or scanned on the other counter. It holds the shop's secret.
    pub line: String,
    /// Until when, milliseconds since 1970.
    pub expires_ms: i64,
}

/// The first door: only the number on the sticker.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct StartTodayForm {
    /// On the top bar.
    pub shop_name: String,
    /// The till number on the sticker.
    pub till_number: String,
}

/// The third door. The keys become [`Secret`]s as they are read and are only ever written to the key store.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct ConnectForm {
    /// On the top bar.
    pub shop_name: String,
    /// Which Safaricom.
    pub environment: SafaricomEnvironment,
    /// Which numbers count.
    pub kind: Kind,
    /// For a paybill: its number.
    pub paybill: String,
    /// For a till: the store number from Safaricom's go-live e-mail.
    pub store: String,
    /// For a till: the number on the sticker.
    pub till: String,
    /// From the Daraja portal.
    #[serde(deserialize_with = "secret")]
    #[ts(type = "string")]
    pub consumer_key: Secret,
    /// From the Daraja portal.
    #[serde(deserialize_with = "secret")]
    #[ts(type = "string")]
    pub consumer_secret: Secret,
    /// From Safaricom's go-live e-mail.
    #[serde(deserialize_with = "secret")]
    #[ts(type = "string")]
    pub passkey: Secret,
}

/// Which Safaricom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SafaricomEnvironment {
    /// For tests.
    Sandbox,
    /// Real money.
    Production,
}

/// What trying the keys found out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConnectionTest {
    /// Did Safaricom accept the keys?
    pub ok: bool,
    /// `ok`, or the code of what is wrong.
    pub code: ConnectionWord,
    /// One English sentence.
    pub message: String,
    /// PC clock minus Safaricom's clock, seconds.
    #[ts(type = "number | null")]
    pub clock_skew_s: Option<i64>,
}

/// How a connection test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionWord {
    /// The keys open the door.
    Ok,
    /// What is wrong.
    #[serde(untagged)]
    Wrong(Code),
}

/// The set-up doctor before anything is tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DoctorView {
    /// What the shop needs before Safaricom prompts its customers.
    pub list: GoLive,
    /// What can be tried, in order.
    pub steps: Vec<StepView>,
    /// Practice or sandbox: customers may be played.
    pub plays: bool,
    /// What stands on the screens beside the findings.
    pub labels: Labels,
}

/// A step of the doctor, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StepView {
    /// Which.
    pub step: Step,
    /// Its name.
    pub title: Words,
}

/// Where notices of customers' own payments are to go.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct AddressesForm {
    /// Told of every payment.
    pub confirmation: String,
    /// Asked before a payment.
    pub validation: String,
    /// What happens to a payment when nobody answers.
    pub unanswered: Unanswered,
    /// Which generation of Customer To Business the app has.
    pub version: Generation,
}

/// What happens to a payment when the validation address does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Unanswered {
    /// It goes through.
    Completed,
    /// It is cancelled.
    Cancelled,
}

/// Generation of Customer To Business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Generation {
    /// The payer's phone is hashed.
    V1,
    /// The payer's phone is masked.
    V2,
}

impl From<AddressesForm> for Addresses {
    fn from(form: AddressesForm) -> Self {
        Self {
            confirmation: form.confirmation,
            validation: form.validation,
            unanswered: match form.unanswered {
                Unanswered::Completed => ResponseType::Completed,
                Unanswered::Cancelled => ResponseType::Cancelled,
            },
            version: match form.version {
                Generation::V1 => C2bVersion::V1,
                Generation::V2 => C2bVersion::V2,
            },
        }
    }
}

/// Why nothing works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Problem {
    /// What the page branches on.
    pub code: Code,
    /// One English sentence.
    pub message: String,
    /// Which act another person may allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub act: Option<Act>,
}

impl From<TillError> for Problem {
    fn from(error: TillError) -> Self {
        Self {
            code: error.code,
            message: error.message,
            act: error.act,
        }
    }
}

impl From<PayEnvironment> for AppEnvironment {
    fn from(environment: PayEnvironment) -> Self {
        match environment {
            PayEnvironment::Practice => Self::Practice,
            PayEnvironment::Sandbox => Self::Sandbox,
            PayEnvironment::Production => Self::Production,
        }
    }
}

impl From<SafaricomEnvironment> for PayEnvironment {
    fn from(environment: SafaricomEnvironment) -> Self {
        match environment {
            SafaricomEnvironment::Sandbox => Self::Sandbox,
            SafaricomEnvironment::Production => Self::Production,
        }
    }
}

impl From<&ReceiverNumbers> for Kind {
    fn from(receiver: &ReceiverNumbers) -> Self {
        match receiver {
            ReceiverNumbers::Paybill { .. } => Self::Paybill,
            ReceiverNumbers::Till { .. } => Self::Till,
        }
    }
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::new)
}
