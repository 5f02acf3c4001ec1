//! `customer`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use till::{Money, Msisdn};

use super::Made;
use crate::fields;

// Each `who` has an id of its own: `--as` has that name already, and clap would leave it out here.
/// What to do with customers. `WHO` is a name, the phone or its last three digits, or the id.
#[derive(Debug, Subcommand)]
pub(crate) enum CustomerAct {
    /// List them, with what they owe
    List,
    /// Bring a customer in who agreed to it
    Add(AddCustomer),
    /// What a customer owes, and how it came to that
    Show {
        /// Which customer
        #[arg(id = "customer", value_name = "WHO")]
        who: String,
    },
    /// The slip of what a customer owes
    Statement {
        /// Which customer
        #[arg(id = "customer", value_name = "WHO")]
        who: String,
        #[command(flatten)]
        made: Made,
    },
    /// A sale that a customer pays later
    Credit(Credit),
    /// Pay off a debt in cash
    Pay {
        /// Which customer
        #[arg(id = "customer", value_name = "WHO")]
        who: String,
        /// How much
        #[arg(long, value_name = "KSH", value_parser = fields::money, allow_negative_numbers = true)]
        amount: Money,
    },
    /// Give up what a customer owes and will not pay
    WriteOff {
        /// Which customer
        #[arg(id = "customer", value_name = "WHO")]
        who: String,
        /// How much
        #[arg(long, value_name = "KSH", value_parser = fields::money, allow_negative_numbers = true)]
        amount: Money,
        /// Why
        #[arg(long, value_name = "TEXT", value_parser = fields::why)]
        reason: String,
    },
    /// Write down all that is kept about a customer
    Export {
        /// Which customer
        #[arg(id = "customer", value_name = "WHO")]
        who: String,
        /// Into this file, instead of showing it
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Erase all that names a customer; the sums stay
    Delete {
        /// Which customer
        #[arg(id = "customer", value_name = "WHO")]
        who: String,
        /// It cannot be undone, and that is meant
        #[arg(long, required = true)]
        yes: bool,
    },
}

/// `customer add`.
#[derive(Debug, Args)]
pub(crate) struct AddCustomer {
    /// As the shop calls them
    pub(crate) name: String,
    /// Their phone
    #[arg(long, value_parser = fields::phone, allow_negative_numbers = true)]
    pub(crate) phone: Msisdn,
    /// How much they may owe at once
    #[arg(long, value_name = "KSH", value_parser = fields::money, allow_negative_numbers = true)]
    pub(crate) limit: Money,
    /// They were asked, and agree to be kept here
    #[arg(long)]
    pub(crate) agreed: bool,
}

/// `customer credit`.
#[derive(Debug, Args)]
pub(crate) struct Credit {
    /// Which customer
    #[arg(id = "customer", value_name = "WHO")]
    pub(crate) who: String,
    /// What the sale costs
    #[arg(long, value_name = "KSH", value_parser = fields::money, allow_negative_numbers = true)]
    pub(crate) amount: Money,
    /// Why it may go beyond the limit
    #[arg(long, value_name = "TEXT", value_parser = fields::why)]
    pub(crate) reason: Option<String>,
}
