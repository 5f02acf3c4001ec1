//! What can happen on a day: what stands on the heap.

use receipts::Printed;
use till::ReceiptNumber;
use till::engine::{Asked, PullPage, Pulled, PushOrder};
use till::push::{Answer, Reason};

use crate::weather::Mishap;

/// What can happen.
#[derive(Debug)]
pub(crate) enum Event {
    /// A customer comes to the counter.
    Arrives,
    /// The cashier looks at a visit again.
    Tend(usize),
    /// The cashier presses something that makes no sense.
    Fumble(usize),
    /// A counter's engine wants to be ticked.
    Wake(usize),
    /// A request leaves a counter in this life of it.
    Leaves(usize, u32, Carry),
    /// What came back.
    Back(usize, u32, Box<Back>),
    /// A customer does something with a prompt.
    Phone(String, u64, crate::customer::Temper),
    /// Calls to the shop may be due.
    Deliveries,
    /// A counter looks at the relay's log.
    Hears(usize),
    /// A counter asks again for what is still claimed.
    Beat(usize),
    /// Somebody who is no customer of any sale pays so many shillings.
    Stranger(i64),
    /// A second customer comes who owes as much as an earlier one.
    Twin(usize),
    /// Something goes wrong, or ends going wrong.
    Mishap(Mishap),
    /// A counter is switched on again.
    Start(usize),
    /// The cashier closes the day.
    Closes(usize),
    /// The owner brings the statement.
    Statement(usize),
    /// Somebody behind a counter does something else than selling.
    Chore(usize, Chore),
    /// A counter's printer is given the next slip.
    Prints(usize),
    /// What became of a slip, in this life of the counter.
    Printed(usize, u32, i64, Printed),
}

/// What people behind the counter do besides selling.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Chore {
    Opens,
    ChangesOver,
    Locks,
    Guesses,
    PaysOut,
    PaysIn,
    Refunds,
    Looks,
    Counts,
    ClosesDay,
    WritesIn,
    MayNot,
    OwnerComesBy,
    AddsCustomer,
    ChangesCustomer,
    SeesCustomers,
    WritesOff,
    Forgets,
    PrintsAgain,
    PrintsLate,
    PrinterChanges,
}

/// What a counter sends.
#[derive(Debug)]
pub(crate) enum Carry {
    Prepare(String),
    Send(PushOrder),
    Ask(String, String),
    Pull(PullPage),
    Probe,
    Claim(Vec<ReceiptNumber>),
}

/// What comes back to it.
#[derive(Debug)]
pub(crate) enum Back {
    Prepared(String, Result<(), Reason>),
    Sent(String, Answer),
    Asked(String, Asked),
    Pulled(PullPage, Pulled),
    Probed(bool),
    Skew(i64),
    Claimed(Vec<(ReceiptNumber, char)>),
}
