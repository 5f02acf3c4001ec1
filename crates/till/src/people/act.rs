//! What can be done at a till, and who may do it: the one table.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Role;

/// What it takes to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Needs {
    /// The least role.
    pub role: Role,
    /// The passphrase besides: keys, people, and where money goes.
    pub passphrase: bool,
}

macro_rules! acts {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal: $role:ident $(+ $pass:ident)?;)+) => {
        /// Something that a person does at a till.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum Act { $($(#[doc = $doc])+ $name),+ }

        impl Act {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The stored word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// Who may.
            #[must_use]
            pub const fn needs(self) -> Needs {
                match self { $(Self::$name => Needs { role: Role::$role, passphrase: acts!(@ $($pass)?) }),+ }
            }
        }
    };
    (@) => { false };
    (@ passphrase) => { true };
}

acts! {
    /// Sells: every way of paying, and everything that a customer at the counter waits for.
    Sell = "sell": Cashier;
    /// Gives up a sale on which nothing was taken.
    VoidSale = "void_sale": Cashier;
    /// Opens a shift with the money that the drawer begins with.
    OpenShift = "open_shift": Cashier;
    /// Counts the drawer and ends a shift.
    CloseShift = "close_shift": Cashier;
    /// Puts cash into the drawer that is no sale.
    PayIn = "pay_in": Cashier;
    /// Pays something out of the drawer.
    PayOut = "pay_out": Cashier;
    /// Lets a known customer pay later, within the limit.
    GiveCredit = "give_credit": Cashier;
    /// Takes money for what a customer owes.
    PayOff = "pay_off": Cashier;
    /// Prints a receipt again.
    PrintCopy = "print_copy": Cashier;
    /// Takes another person's shift over, or ends it.
    CloseOthersShift = "close_others_shift": Manager;
    /// Gives up a sale on which money was taken, and gives the cash back.
    VoidTaken = "void_taken": Manager;
    /// Gives up a sale whose prompt may still be paid.
    VoidLive = "void_live": Manager;
    /// Gives money back after a sale was paid.
    Refund = "refund": Manager;
    /// Answers for a prompt that no witness can tell about.
    Judge = "judge": Manager;
    /// Says that the PC's date is right.
    ConfirmClock = "confirm_clock": Manager;
    /// Writes sales in later, from paper.
    FromPaper = "from_paper": Manager;
    /// Lets a customer pay later beyond the limit.
    CreditBeyondLimit = "credit_beyond_limit": Manager;
    /// Gives up what a customer owes and will not pay.
    WriteOff = "write_off": Manager;
    /// Changes a customer's name, phone or limit.
    ChangeCustomer = "change_customer": Manager;
    /// Looks at a customer's whole phone number, and at the list of customers.
    SeeCustomers = "see_customers": Manager;
    /// Sees what was taken.
    SeeDay = "see_day": Manager;
    /// Closes the day.
    CloseDay = "close_day": Manager;
    /// Writes the day into files.
    Export = "export": Manager;
    /// Reads a statement of the M-PESA account in.
    TakeStatement = "take_statement": Manager;
    /// Looks at what was said to Safaricom.
    SeeLog = "see_log": Manager;
    /// Checks the book against its anchors.
    Verify = "verify": Manager;
    /// Changes words, printers and looks.
    Settings = "settings": Manager;
    /// Gives out, or erases, what is kept about one customer.
    PersonalData = "personal_data": Owner + passphrase;
    /// Brings people in, changes them, lets them go.
    People = "people": Owner + passphrase;
    /// Changes the keys, the till number, the relay, the addresses: where money goes.
    Connection = "connection": Owner + passphrase;
    /// Links the owner's phone.
    OwnersPage = "owners_page": Owner + passphrase;
    /// Brings an older book back, or moves it to this PC.
    Restore = "restore": Owner + passphrase;
    /// Chooses where copies go, and seals the keys into them.
    Backups = "backups": Owner + passphrase;
}

impl Act {
    /// The act that a stored word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.word() == word)
    }
}
