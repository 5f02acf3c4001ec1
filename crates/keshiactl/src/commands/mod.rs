//! One file per command.

mod backup;
mod backups;
mod clock;
mod close;
mod customer;
mod day;
mod doctor;
mod evening;
mod export;
mod here;
mod judge;
mod log;
mod money;
mod pay;
mod people;
mod printer;
mod pull;
mod pull_register;
mod receipt;
mod register_urls;
mod rehearse;
mod relay;
mod restore;
mod search;
mod setup;
mod simulate;
mod slips;
mod statement;
mod status;
mod stick;
mod token;
mod torture;
mod verify;
mod watch;
mod witnesses;

use daraja::C2bVersion;

use crate::cli::customer::CustomerAct;
use crate::cli::{Cli, Command, Generation};
use crate::failure::{Exit, Failure};
use crate::print::Out;

/// Runs the command.
///
/// # Errors
/// What went wrong, with the exit code it means.
pub(crate) fn run(cli: Cli, out: &Out) -> Result<Exit, Failure> {
    let Cli { mut global, command } = cli;
    global.needs = crate::needs::of(&command);
    let global = global;
    match command {
        Command::Setup(setup) => setup::run(setup, &global, out),
        Command::Token => Ok(token::run(&global, out)?),
        Command::Pay(pay) => Ok(pay::run(pay, &global, out)?),
        Command::Status(status) => Ok(status::run(status, &global, out)?),
        Command::Watch(watch) => Ok(watch::run(&watch, &global, out)?),
        Command::Witnesses(witnesses) => Ok(witnesses::run(&witnesses, &global, out)?),
        Command::Receipt(receipt) => Ok(receipt::run(&receipt, &global, out)?),
        Command::Export(export) => Ok(export::run(&export, &global, out)?),
        Command::Evening(evening) => Ok(evening::run(&evening, &global, out)?),
        Command::Z(close) => Ok(close::run(&close, &global, out)?),
        Command::Printer(printer) => Ok(printer::run(&printer, &global, out)?),
        Command::Judge(judge) => Ok(judge::run(judge, &global, out)?),
        Command::Money(money) => Ok(money::run(&money, &global, out)?),
        Command::Clock(clock) => Ok(clock::run(&clock, &global, out)?),
        Command::Pull => Ok(pull::run(&global, out)?),
        Command::PullRegister(register) => Ok(pull_register::run(register, &global, out)?),
        Command::Statement(statement) => Ok(statement::run(&statement, &global, out)?),
        Command::Day(day) => Ok(day::run(&day, &global, out)?),
        Command::Search(search) => Ok(search::run(&search, &global, out)?),
        Command::Relay { act } => Ok(relay::run(act, &global, out)?),
        Command::Doctor(doctor) => Ok(doctor::run(doctor, &global, out)?),
        Command::RegisterUrls(urls) => Ok(register_urls::run(urls, &global, out)?),
        Command::Simulate(simulate) => Ok(simulate::run(simulate, &global, out)?),
        Command::Backup => Ok(backup::run(&global, out)?),
        Command::Backups => Ok(backups::run(&global, out)?),
        Command::Log(log) => Ok(log::run(&log, &global, out)?),
        Command::People { act } => Ok(people::run(act, &global, out)?),
        Command::Customer { act } => Ok(customer::run(act.unwrap_or(CustomerAct::List), &global, out)?),
        Command::Torture(torture) => Ok(torture::run(&torture, out)?),
        Command::Rehearse(rehearse) => Ok(rehearse::run(&rehearse, &global, out)?),
        Command::Stick { act } => Ok(stick::run(act, &global, out)?),
        Command::Verify(asked) => Ok(verify::run(&asked, &global, out)?),
        Command::Here(here) => Ok(here::run(&here, &global, out)?),
        Command::Restore(restore) => Ok(restore::run(&restore, &global, out)?),
    }
}

const fn version(generation: Generation) -> C2bVersion {
    match generation {
        Generation::V1 => C2bVersion::V1,
        Generation::V2 => C2bVersion::V2,
    }
}
