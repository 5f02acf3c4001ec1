//! Which row of the table each command stands in.

use till::people::Act;

use crate::cli::customer::CustomerAct;
use crate::cli::{ClockAct, Command, PeopleAct, RelayAct, StickAct};

/// The act, and whether it is written down here: what the engine guards it also writes. `None` for what shows
/// nothing of the shop: simulated days, and the copies of the book, which are taken and counted.
pub(crate) const fn of(command: &Command) -> Option<(Act, bool)> {
    Some(match command {
        Command::Setup(_) | Command::PullRegister(_) | Command::RegisterUrls(_) => (Act::Connection, true),
        Command::Relay { act } => match act {
            RelayAct::Pair { .. } | RelayAct::PairCounter | RelayAct::Unpair => (Act::Connection, true),
            RelayAct::GoOn => (Act::Restore, true),
            RelayAct::Status => (Act::Settings, false),
        },
        Command::Doctor(doctor) => {
            if doctor.confirmation.is_some() {
                (Act::Connection, true)
            } else {
                (Act::Settings, false)
            }
        }
        Command::Token | Command::Simulate(_) => (Act::Settings, false),
        Command::Pay(_)
        | Command::Status(_)
        | Command::Watch(_)
        | Command::Witnesses(_)
        | Command::Money(_)
        | Command::Pull => (Act::Sell, false),
        Command::Judge(_) => (Act::Judge, false),
        Command::Clock(clock) => match clock.act {
            None => (Act::Sell, false),
            Some(ClockAct::Confirm) => (Act::ConfirmClock, false),
        },
        Command::Day(_) | Command::Search(_) | Command::Z(_) | Command::Evening(_) => (Act::SeeDay, false),
        Command::Export(_) => (Act::Export, true),
        Command::Statement(_) => (Act::TakeStatement, false),
        Command::Log(_) => (Act::SeeLog, false),
        Command::Restore(_) => (Act::Restore, true),
        Command::Rehearse(_) | Command::Verify(_) => (Act::Verify, false),
        Command::Stick { act } => match act {
            Some(StickAct::Choose { .. } | StickAct::Forget) => (Act::Backups, true),
            Some(StickAct::Copy) | None => (Act::Sell, false),
        },
        Command::Receipt(_) | Command::Printer(_) => (Act::Sell, false),
        Command::Customer { act } => match act {
            None | Some(CustomerAct::List | CustomerAct::Show { .. } | CustomerAct::Statement { .. }) => {
                (Act::SeeCustomers, false)
            }
            Some(CustomerAct::Add(_)) => (Act::ChangeCustomer, false),
            Some(CustomerAct::Credit(_)) => (Act::GiveCredit, false),
            Some(CustomerAct::Pay { .. }) => (Act::PayOff, false),
            Some(CustomerAct::WriteOff { .. }) => (Act::WriteOff, false),
            Some(CustomerAct::Export { .. } | CustomerAct::Delete { .. }) => (Act::PersonalData, false),
        },
        Command::People { act } => match act {
            None => (Act::Sell, false),
            Some(
                PeopleAct::Owner { .. }
                | PeopleAct::Add { .. }
                | PeopleAct::LetGo { .. }
                | PeopleAct::Pin { .. },
            ) => (Act::People, false),
        },
        Command::Backup | Command::Backups | Command::Here(_) | Command::Torture(_) => return None,
    })
}
