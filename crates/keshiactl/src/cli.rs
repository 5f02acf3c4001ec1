//! The flags.

pub(crate) mod customer;

use std::error::Error as _;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use daraja::ShortCode;
use till::people::Act;
use till::recovery_code::RecoveryCode;
use till::verify::Anchor;
use till::view::Period;
use till::{MpesaAmount, Msisdn, ReceiptNumber, TillError};

use crate::fields;
use crate::print::Out;

/// The Keshia till without its window.
#[derive(Debug, Parser)]
#[command(
    name = "keshiactl",
    version,
    after_help = "Exit codes: 0 done (a payment: paid), 1 an error, 2 wrong flags, 3 not paid (doctor: something to put right), 4 not known yet.\n\
                  KESHIA_DARAJA_URL sends everything to another server, in the practice book."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Keshia's folder, instead of the one the window uses
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Print one JSON object a line
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Do not ask the system keyring: the keys are in the environment
    #[arg(long, global = true)]
    pub(crate) no_keyring: bool,
    /// Who you are, where several people work; the PIN is asked for, or comes in KESHIA_PIN, and the owner's passphrase in KESHIA_PASSPHRASE
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub(crate) who: Option<String>,
    /// The row of the table that the command stands in
    #[arg(skip)]
    pub(crate) needs: Option<(Act, bool)>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Connect a shop; the keys come from KESHIA_CONSUMER_KEY, KESHIA_CONSUMER_SECRET and
    /// KESHIA_PASSKEY, or are asked for, or are read as three lines
    Setup(Setup),
    /// See whether Safaricom accepts the keys
    Token,
    /// Ask a phone for money
    Pay(Pay),
    /// Ask Safaricom about a payment, or list what is under way
    Status(Status),
    /// Go on asking about everything that is open, and print each change
    Watch(Watch),
    /// Who said what about one sale
    Witnesses(Witnesses),
    /// The receipt of a paid sale: as text, or as a file, or on paper
    Receipt(Receipt),
    /// The slip of a day's close, with the seal of the book: as text, or as a file, or on paper
    Z(Close),
    /// Write a day, a week, a month or a close as files: tables, a workbook, or pages of A4
    Export(Export),
    /// The text that the owner reads on the phone in the evening, with a link that opens it in WhatsApp
    Evening(Evening),
    /// Show or set the receipt printer and what stands on receipts
    Printer(Printer),
    /// Answer for prompts that nobody can tell about any more
    Judge(Judge),
    /// Payments that pay no sale yet
    Money(MoneyIn),
    /// Whether this PC's date is in doubt
    Clock(Clock),
    /// A day of the shop added up; or a week, a month, a close
    Day(Day),
    /// Find sales by what is remembered of them
    Search(Search),
    /// Read Safaricom's list of payments now, to its end
    Pull,
    /// Take a statement of the M-PESA account, exported from Safaricom's organisation portal as CSV
    Statement(Statement),
    /// Ask Safaricom to keep the list of payments for this shop (Pull Transactions)
    PullRegister(PullRegister),
    /// The relay that brings what Safaricom posts
    Relay {
        /// What to do
        #[command(subcommand)]
        act: RelayAct,
    },
    /// Try the whole set-up: keys, a real prompt of KSh 1, notices, the list of payments
    Doctor(Doctor),
    /// Tell Safaricom where notices of payments go
    RegisterUrls(RegisterUrls),
    /// Play a customer who pays the shop (practice and sandbox)
    Simulate(Simulate),
    /// Take today's backup now, and check it
    Backup,
    /// List the backups and check each
    Backups,
    /// Put a backup in the place of the book; the book that is there is kept aside
    Restore(Restore),
    /// Restore a backup into a folder of its own, open it, compare its sums, and say what would be lost; changes
    /// nothing
    Rehearse(Rehearse),
    /// Copies on a USB stick or another disk, besides those beside the book
    Stick {
        /// What to do; left out, how it stands
        #[command(subcommand)]
        act: Option<StickAct>,
    },
    /// See whether the book is as it was written: every row, and what is known of it outside this PC
    Verify(Verify),
    /// Say why this book is on another PC than before
    Here(Here),
    /// Customers who may pay later
    Customer {
        /// What to do; left out, they are listed
        #[command(subcommand)]
        act: Option<customer::CustomerAct>,
    },
    /// Who works here; a new PIN is asked for, or comes in KESHIA_NEW_PIN
    People {
        /// What to do; left out, they are listed
        #[command(subcommand)]
        act: Option<PeopleAct>,
    },
    /// Show what was said to Safaricom and what it answered, without keys and phone numbers
    Log(Log),
    /// Run simulated days with everything that can go wrong, and audit them; touches no book
    Torture(Torture),
}

/// `torture`.
#[derive(Debug, Args)]
pub(crate) struct Torture {
    /// The first day's seed; a failing day is made again by its seed
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many days
    #[arg(long, default_value_t = 10)]
    pub(crate) days: u32,
    /// One counter, or two on the same number
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    pub(crate) counters: u8,
    /// Customers a day
    #[arg(long, default_value_t = 500)]
    pub(crate) sales: u32,
    /// A shop without Safaricom's list of payments
    #[arg(long)]
    pub(crate) no_pull: bool,
    /// A shop without a relay, so that no callback arrives
    #[arg(long)]
    pub(crate) no_relay: bool,
    /// A shop with people: PINs, drawers, refunds, a printer, and the closes of the day
    #[arg(long)]
    pub(crate) people: bool,
    /// Begin no further day after this many minutes
    #[arg(long)]
    pub(crate) minutes: Option<u32>,
    /// Days at the same time; as many as there are processors, unless told
    #[arg(long)]
    pub(crate) jobs: Option<std::num::NonZero<usize>>,
    /// Tell each day's story, line by line, on standard error
    #[arg(long)]
    pub(crate) story: bool,
}

/// `setup`.
#[derive(Debug, Args)]
pub(crate) struct Setup {
    /// Where prompts go
    #[arg(long, value_enum)]
    pub(crate) environment: Where,
    /// What customers pay to
    #[arg(long, value_enum)]
    pub(crate) kind: Kind,
    /// The paybill number, or the till's store number
    #[arg(long, value_name = "N", value_parser = fields::short_code, allow_negative_numbers = true)]
    pub(crate) shortcode: ShortCode,
    /// The till number on the sticker
    #[arg(long, value_name = "N", value_parser = fields::short_code, allow_negative_numbers = true)]
    pub(crate) till: Option<ShortCode>,
    /// The shop's name
    #[arg(long, value_name = "SHOP", value_parser = fields::shop_name)]
    pub(crate) name: Option<String>,
}

/// Where prompts go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Where {
    /// The simulator, in the practice book
    Practice,
    /// Safaricom's sandbox
    Sandbox,
    /// Real money
    Production,
}

/// What customers pay to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// A paybill
    Paybill,
    /// A till (Buy Goods)
    Till,
}

/// `pay`.
#[derive(Debug, Args)]
pub(crate) struct Pay {
    /// The customer's phone, like 0712345678
    #[arg(long, value_parser = fields::phone, allow_negative_numbers = true)]
    pub(crate) phone: Msisdn,
    /// Whole shillings, 1 to 250,000
    #[arg(long, value_name = "KSH", value_parser = fields::amount, allow_negative_numbers = true)]
    pub(crate) amount: MpesaAmount,
    /// What the customer reads in the M-PESA message, instead of Keshia's own reference
    #[arg(long, value_parser = fields::reference)]
    pub(crate) reference: Option<String>,
    /// Wait for the end
    #[arg(long)]
    pub(crate) wait: bool,
}

/// `status`.
#[derive(Debug, Args)]
pub(crate) struct Status {
    /// A push or a sale, as `pay` printed it
    #[arg(value_name = "PUSH_OR_SALE_ID")]
    pub(crate) id: Option<String>,
    /// Go on asking until the end is known
    #[arg(long, requires = "id")]
    pub(crate) wait: bool,
}

/// `watch`.
#[derive(Debug, Args)]
pub(crate) struct Watch {
    /// End when every prompt has its end, and every paid one its M-PESA code where the list can tell it
    #[arg(long)]
    pub(crate) until_settled: bool,
}

/// `witnesses`.
#[derive(Debug, Args)]
pub(crate) struct Witnesses {
    /// The sale's reference, as the customer reads it; the id of the sale or of its prompt does as well
    #[arg(value_name = "SALE_REFERENCE")]
    pub(crate) sale: String,
}

/// `receipt`.
#[derive(Debug, Args)]
pub(crate) struct Receipt {
    /// The sale's reference, as the customer reads it; the id of the sale or of its prompt does as well
    #[arg(value_name = "SALE_REFERENCE")]
    pub(crate) sale: String,
    #[command(flatten)]
    pub(crate) made: Made,
}

/// `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) day: Day,
    /// Which kind of file
    #[arg(long, value_enum, default_value = "xlsx")]
    pub(crate) format: FileFormat,
    /// Where to, instead of the folder that was chosen in the settings
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// The language of its words
    #[arg(long, value_enum, default_value = "en")]
    pub(crate) language: Language,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FileFormat {
    /// A file for each table
    Csv,
    /// A workbook with a sheet for each
    Xlsx,
    /// A4, to file
    Pdf,
}

impl From<FileFormat> for till::export::Format {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Csv => Self::Csv,
            FileFormat::Xlsx => Self::Xlsx,
            FileFormat::Pdf => Self::Pdf,
        }
    }
}

/// `evening`.
#[derive(Debug, Args)]
pub(crate) struct Evening {
    #[command(flatten)]
    pub(crate) day: Day,
    /// Its language
    #[arg(long, value_enum, default_value = "en")]
    pub(crate) language: Language,
}

/// `z`.
#[derive(Debug, Args)]
pub(crate) struct Close {
    /// The close's number; left out, the newest
    #[arg(value_name = "NUMBER", conflicts_with = "open")]
    pub(crate) number: Option<u32>,
    /// The open day until now instead (X): nothing is closed by it
    #[arg(long)]
    pub(crate) open: bool,
    #[command(flatten)]
    pub(crate) made: Made,
}

/// What is made of a slip.
#[derive(Debug, Args)]
pub(crate) struct Made {
    /// Write it as a PDF
    #[arg(long, value_name = "FILE")]
    pub(crate) pdf: Option<PathBuf>,
    /// Write a picture of what comes out of the printer
    #[arg(long, value_name = "FILE")]
    pub(crate) png: Option<PathBuf>,
    /// Write the bytes that the printer gets
    #[arg(long, value_name = "FILE")]
    pub(crate) escpos: Option<PathBuf>,
    /// Print it, and what waits for the printer before it
    #[arg(long)]
    pub(crate) print: bool,
    /// Print the text, also beside a file
    #[arg(long)]
    pub(crate) text: bool,
}

/// `printer`.
#[derive(Debug, Args)]
pub(crate) struct Printer {
    /// It is on the network: a name or number, with a port unless it is 9100
    #[arg(long, value_name = "ADDRESS", group = "place")]
    pub(crate) network: Option<String>,
    /// The system shows it as a file, like /dev/usb/lp0
    #[arg(long, value_name = "PATH", group = "place")]
    pub(crate) device: Option<String>,
    /// It is on a serial port, at 9600 bits a second unless --baud says otherwise
    #[arg(long, value_name = "PORT", group = "place")]
    pub(crate) serial: Option<String>,
    /// Bits a second of the serial port
    #[arg(long, default_value_t = 9600, requires = "serial")]
    pub(crate) baud: u32,
    /// There is none
    #[arg(long, group = "place")]
    pub(crate) none: bool,
    /// The width of its paper, in millimetres
    #[arg(long, value_name = "MM", value_parser = ["58", "80"])]
    pub(crate) paper: Option<String>,
    /// Whether each paid sale's receipt is printed by itself
    #[arg(long, value_name = "on|off", value_parser = ["on", "off"])]
    pub(crate) automatic: Option<String>,
    /// Whether cash opens the drawer
    #[arg(long, value_name = "on|off", value_parser = ["on", "off"])]
    pub(crate) drawer: Option<String>,
    /// The language of receipts
    #[arg(long, value_name = "en|sw", value_parser = ["en", "sw"])]
    pub(crate) language: Option<String>,
    /// The shop's number at the Kenya Revenue Authority
    #[arg(long, value_name = "PIN")]
    pub(crate) kra_pin: Option<String>,
    /// Under the shop's name
    #[arg(long, value_name = "TEXT")]
    pub(crate) address: Option<String>,
    /// The last words of a receipt
    #[arg(long, value_name = "TEXT")]
    pub(crate) footer: Option<String>,
    /// VAT in the amounts, unless a sale says otherwise
    #[arg(long, value_name = "off|standard|zero|exempt", value_parser = ["off", "standard", "zero", "exempt"])]
    pub(crate) vat: Option<String>,
    /// Print a slip that shows whether it is set up well
    #[arg(long)]
    pub(crate) test: bool,
}

/// `judge`.
#[derive(Debug, Args)]
pub(crate) struct Judge {
    /// The prompts, as `pay`, `status` and `watch` print them
    #[arg(value_name = "PUSH_ID", required = true)]
    pub(crate) push_ids: Vec<String>,
    /// Money came
    #[arg(long, conflicts_with = "not_paid", required_unless_present = "not_paid")]
    pub(crate) paid: bool,
    /// No money came
    #[arg(long)]
    pub(crate) not_paid: bool,
    /// How you know; the day lists it
    #[arg(long, value_name = "TEXT", value_parser = fields::reason)]
    pub(crate) reason: String,
    /// Wait until a person may answer, and ask Safaricom meanwhile
    #[arg(long)]
    pub(crate) wait: bool,
}

/// `statement`.
#[derive(Debug, Args)]
pub(crate) struct Statement {
    /// The file
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// `money`.
#[derive(Debug, Args)]
pub(crate) struct MoneyIn {
    #[command(subcommand)]
    pub(crate) act: Option<MoneyAct>,
}

/// What may be done with such a payment.
#[derive(Debug, Subcommand)]
pub(crate) enum MoneyAct {
    /// Give a payment to the sale that it is for
    Place(Place),
    /// Make a payment a sale of its own
    Sale(SaleOfMoney),
}

/// `money sale`.
#[derive(Debug, Args)]
pub(crate) struct SaleOfMoney {
    /// The payment's M-PESA code
    #[arg(value_parser = fields::receipt)]
    pub(crate) receipt: ReceiptNumber,
    /// You have looked at the sales that it may be for: it is for none of them
    #[arg(long)]
    pub(crate) none_of_them: bool,
}

/// `money place`.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The payment's M-PESA code
    #[arg(value_parser = fields::receipt)]
    pub(crate) receipt: ReceiptNumber,
    /// The sale's reference, or its id
    #[arg(value_name = "SALE_REFERENCE")]
    pub(crate) sale: String,
}

/// `clock`.
#[derive(Debug, Args)]
pub(crate) struct Clock {
    #[command(subcommand)]
    pub(crate) act: Option<ClockAct>,
}

/// What may be said about the PC's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub(crate) enum ClockAct {
    /// Say that this PC's date is right now; sales that were written with a later one are marked
    Confirm,
}

/// `relay`.
#[derive(Debug, Subcommand)]
pub(crate) enum RelayAct {
    /// Pair this counter by the line that the relay or a paired counter made
    Pair {
        /// The line, from keshia-pair on, in quotes; `-` reads it from standard input
        line: String,
    },
    /// How far the relay has been read, and what of it was no use
    Status,
    /// Let the relay go on with this book after a restore, though it has seen a longer one
    GoOn,
    /// Make the line that lets one more counter in
    PairCounter,
    /// End the pairing on this side
    Unpair,
}

/// `people`.
#[derive(Debug, Subcommand)]
pub(crate) enum PeopleAct {
    /// Make the first owner: from now on the till tells people apart
    Owner {
        /// As the shop calls them
        name: String,
    },
    /// Bring somebody in
    Add {
        /// As the shop calls them
        name: String,
        /// What they may do
        #[arg(long, value_enum)]
        role: RoleFlag,
    },
    /// Somebody works here no more
    LetGo {
        /// As the shop calls them
        name: String,
    },
    /// Give somebody a new PIN
    Pin {
        /// As the shop calls them
        name: String,
    },
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RoleFlag {
    /// Sells
    Cashier,
    /// Corrects, sees the day and closes it
    Manager,
    /// Decides where money goes and who works here
    Owner,
}

/// `pull-register`.
#[derive(Debug, Args)]
pub(crate) struct PullRegister {
    /// A phone of the shop's, like 0712345678, as Safaricom wants one beside the number
    #[arg(long, value_name = "PHONE", value_parser = fields::phone, allow_negative_numbers = true)]
    pub(crate) nominated: Msisdn,
    /// An address that Safaricom asks for; left out, one that leads nowhere
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// Do not ask first where it is done once for ever
    #[arg(long)]
    pub(crate) yes: bool,
}

/// `day`.
#[derive(Debug, Args)]
pub(crate) struct Day {
    /// Which day (East Africa Time), like 2026-11-23; today if left out
    #[arg(long, value_parser = fields::day, allow_negative_numbers = true)]
    pub(crate) date: Option<NaiveDate>,
    /// The week that has the day
    #[arg(long, group = "stretch")]
    week: bool,
    /// The month that has the day
    #[arg(long, group = "stretch")]
    month: bool,
    /// What one close covers, by its number
    #[arg(long, value_name = "N", group = "stretch", conflicts_with = "date")]
    close: Option<u32>,
    /// Everything since the last close
    #[arg(long, group = "stretch", conflicts_with = "date")]
    open: bool,
}

impl Day {
    /// The period that was named.
    pub(crate) fn period(&self, today: NaiveDate) -> Period {
        let day = self.date.unwrap_or(today);
        match self.close {
            Some(number) => Period::Close { number },
            None if self.open => Period::Open,
            None if self.week => Period::Week { day },
            None if self.month => Period::Month { day },
            None => Period::Day { day },
        }
    }
}

/// `search`.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// An M-PESA code or its front, a reference, the last digits of a phone, an amount, a person, a time like 14:30;
    /// a sale must fit all of them
    #[arg(value_name = "WORDS", required = true)]
    pub(crate) words: Vec<String>,
    /// Only this day (East Africa Time), like 2026-11-23; a time is of today if left out
    #[arg(long, value_parser = fields::day)]
    pub(crate) date: Option<NaiveDate>,
}

/// `register-urls`.
#[derive(Debug, Args)]
pub(crate) struct RegisterUrls {
    /// Told of every payment
    #[arg(long, value_name = "URL")]
    pub(crate) confirmation: String,
    /// Asked before a payment
    #[arg(long, value_name = "URL")]
    pub(crate) validation: String,
    /// What happens to a payment when the validation address does not answer
    #[arg(long, value_enum, default_value = "Completed")]
    pub(crate) response_type: Unanswered,
    /// Generation of Customer To Business
    #[arg(long, value_enum, default_value = "v2")]
    pub(crate) version: Generation,
}

/// `doctor`.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// The phone that pays KSh 1 for the test, like 0712345678: one shilling is really paid
    #[arg(long, value_parser = fields::phone, allow_negative_numbers = true, required_unless_present_any = ["no_push", "list"])]
    pub(crate) phone: Option<Msisdn>,
    /// Ask no phone: whether number, passkey and till belong together stays unknown
    #[arg(long, conflicts_with = "phone")]
    pub(crate) no_push: bool,
    /// Register this address for notices of payments in passing
    #[arg(long, value_name = "URL", requires = "validation")]
    pub(crate) confirmation: Option<String>,
    /// And this one, asked before a payment
    #[arg(long, value_name = "URL", requires = "confirmation")]
    pub(crate) validation: Option<String>,
    /// Print the go-live list instead, and try nothing
    #[arg(long, conflicts_with_all = ["phone", "no_push", "confirmation"])]
    pub(crate) list: bool,
    /// Who owns the number that customers pay to; remembered
    #[arg(long, value_enum, value_name = "OWNER")]
    pub(crate) owner: Option<Owner>,
    /// The language of the list and of the findings
    #[arg(long, value_enum, default_value = "en")]
    pub(crate) language: Language,
}

/// Who owns the number that customers pay to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Owner {
    /// The shop
    Own,
    /// A bank
    Bank,
    /// A payment company
    Aggregator,
    /// Pochi la Biashara
    Pochi,
}

/// A language of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// Swahili
    Sw,
}

impl From<Language> for till::receipt::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Sw => Self::Sw,
        }
    }
}

/// `stick`.
#[derive(Debug, Subcommand)]
pub(crate) enum StickAct {
    /// Choose the folder; copies are sealed under a new recovery code, which is printed once
    Choose {
        /// The stick, or a folder on another disk
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
        /// The keys to Safaricom and the relay travel in the sealed copies
        #[arg(long, conflicts_with = "plain")]
        with_keys: bool,
        /// No recovery code: whoever finds the stick reads the book, customers' phones too
        #[arg(long)]
        plain: bool,
    },
    /// Carry the newest backup over now
    Copy,
    /// Use no stick any more; what is on it stays
    Forget,
}

/// `rehearse`.
#[derive(Debug, Args)]
pub(crate) struct Rehearse {
    /// The backup; left out, the newest beside the book
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The recovery code of a sealed one; left out, it is asked for
    #[arg(long, value_name = "CODE", value_parser = fields::recovery_code)]
    pub(crate) recovery_code: Option<RecoveryCode>,
}

/// `verify`.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// What a chain's end was, as it was printed: its row, a colon, and its hash or the first 8 characters of it or
    /// more; what the square code on the slip of a close says does as well
    #[arg(long, value_name = "ROWS:HASH")]
    pub(crate) anchor: Vec<Anchor>,
    /// Say what the close of this number covers, what it does not, and where the book departs from it
    #[arg(long, value_name = "N")]
    pub(crate) z: Option<u32>,
    /// Do not ask the relay what it remembers
    #[arg(long)]
    pub(crate) no_relay: bool,
}

/// `here`.
#[derive(Debug, Args)]
pub(crate) struct Here {
    /// The shop has moved to this PC: the book goes on here, with references that were never given out
    #[arg(long, conflicts_with = "copy", required_unless_present = "copy")]
    pub(crate) moved: bool,
    /// It is only a copy, and the other PC goes on selling: it is put aside
    #[arg(long)]
    pub(crate) copy: bool,
}

/// `restore`.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup, as `backups` lists it, or a sealed one from the stick
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The recovery code of a sealed one; left out, it is asked for
    #[arg(long, value_name = "CODE", value_parser = fields::recovery_code)]
    pub(crate) recovery_code: Option<RecoveryCode>,
    /// Do not ask first
    #[arg(long)]
    pub(crate) yes: bool,
}

/// `log`.
#[derive(Debug, Args)]
pub(crate) struct Log {
    /// How many of the newest, at most 500
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,
    /// Only those before this number (`seq` with --json)
    #[arg(long, value_name = "SEQ")]
    pub(crate) before: Option<i64>,
    /// Write all of it, with bodies, into a file for Safaricom's support
    #[arg(long, value_name = "FILE", conflicts_with_all = ["usage", "before", "limit"])]
    pub(crate) export: Option<PathBuf>,
    /// Say what a day cost of the network
    #[arg(long)]
    pub(crate) usage: bool,
    /// Which day (East Africa Time), like 2026-11-23; today if left out
    #[arg(long, value_parser = fields::day, allow_negative_numbers = true, requires = "usage")]
    pub(crate) date: Option<NaiveDate>,
}

/// What happens to a payment without a validation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unanswered {
    /// It goes through
    #[value(name = "Completed", alias = "completed")]
    Completed,
    /// It is cancelled
    #[value(name = "Cancelled", alias = "cancelled")]
    Cancelled,
}

/// Generation of Customer To Business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Generation {
    /// The payer's phone is hashed
    V1,
    /// The payer's phone is masked
    V2,
}

/// `simulate`.
#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// The phone that pays
    #[arg(long, value_parser = fields::phone, allow_negative_numbers = true)]
    pub(crate) phone: Msisdn,
    /// Whole shillings, 1 to 250,000
    #[arg(long, value_name = "KSH", value_parser = fields::amount, allow_negative_numbers = true)]
    pub(crate) amount: MpesaAmount,
    /// The account number typed by a customer of a paybill
    #[arg(long, value_parser = fields::account)]
    pub(crate) reference: Option<String>,
    /// Generation of Customer To Business
    #[arg(long, value_enum, default_value = "v2")]
    pub(crate) version: Generation,
}

/// Reads the flags, or says what is wrong with them.
pub(crate) fn read() -> Result<Cli, ExitCode> {
    Cli::try_parse().map_err(|error| {
        if !error.use_stderr() {
            // Help and version. A closed pipe is no reason to fail.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        // clap has not read the flags to their end, so its word on `--json` cannot be had.
        let out = Out::new(std::env::args_os().any(|argument| argument == "--json"));
        match error
            .source()
            .and_then(|source| source.downcast_ref::<TillError>())
        {
            Some(field) => out.problem(field),
            None => out.usage(&error),
        }
        ExitCode::from(2)
    })
}
