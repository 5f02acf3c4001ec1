//! `keshia-relay`: serves, and the operator's commands beside it.

mod copy;
mod counter;
mod pairing_line;
mod serve;
mod shop;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::hooks::HookKey;
use crate::store::Store;

/// Takes Safaricom's posts for shops, sealed, and hands them to their counters.
#[derive(Debug, Parser)]
#[command(name = "keshia-relay", version)]
struct Flags {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where everything is.
#[derive(Debug, Args)]
struct Place {
    /// The log: a file's path, or `postgres://…`; several databases with a space between them. A password is
    /// better kept in the environment than on the command line, where everybody on the machine sees it.
    #[arg(
        long,
        global = true,
        env = "KESHIA_RELAY_STORE",
        hide_env_values = true,
        value_name = "PATH|postgres://…",
        default_value = "relay.db"
    )]
    store: Store,
    /// The key of the shops' secret paths [default: the log's file with `.key` added]. Keep a copy of it.
    #[arg(long, global = true, env = "KESHIA_RELAY_KEY", value_name = "FILE")]
    key: Option<PathBuf>,
    /// The address under which the world reaches the relay, without a path.
    #[arg(long, global = true, env = "KESHIA_RELAY_PUBLIC", value_name = "https://RELAY", value_parser = public)]
    public: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve.
    Serve(Box<serve::Serve>),
    /// Shops.
    Shop {
        #[command(subcommand)]
        command: shop::Command,
    },
    /// Counters.
    Counter {
        #[command(subcommand)]
        command: counter::Command,
    },
    /// Copy the log's file, beside a running relay.
    Backup {
        /// The copy.
        file: PathBuf,
    },
    /// Put a copy in the place of the log's file. The relay must be stopped.
    Restore {
        /// The copy.
        file: PathBuf,
    },
    /// Move the log from its file to an empty database. The relay must be stopped.
    Move {
        /// The database. Better from the environment than on the command line.
        #[arg(
            long,
            env = "KESHIA_RELAY_MOVE_TO",
            hide_env_values = true,
            value_name = "postgres://…"
        )]
        to: Store,
    },
}

/// Runs the command of the process' arguments.
#[must_use]
pub fn main() -> ExitCode {
    let flags = Flags::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers())
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.to_string()),
    };
    let done = runtime.block_on(async {
        match flags.command {
            Command::Serve(serve) => serve.run(&flags.place).await,
            Command::Shop { command } => command.run(&flags.place).await,
            Command::Counter { command } => command.run(&flags.place).await,
            Command::Backup { file } => copy::back_up(&flags.place, &file).await,
            Command::Restore { file } => copy::put_back(&flags.place, file).await,
            Command::Move { to } => copy::move_away(&flags.place, &to).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => failed(&sentence),
    }
}

/// One processor is left to the thread that writes: whoever posted waits for it, and on a machine with two it would have
/// to wait for its turn behind those that have only just come.
fn workers() -> usize {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    processors.saturating_sub(1).max(1)
}

fn failed(sentence: &str) -> ExitCode {
    eprintln!("keshia-relay: {sentence}");
    ExitCode::FAILURE
}

/// Any error, as one sentence for the operator.
fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Place {
    fn hook_key(&self) -> Result<HookKey, String> {
        let path = self.key.clone().or_else(|| self.store.key_file());
        let path = path.ok_or("say with --key where the key of the secret paths is")?;
        HookKey::open(&path).map_err(said)
    }

    fn public(&self) -> Result<&str, String> {
        self.public
            .as_deref()
            .ok_or_else(|| "say with --public under which address the world reaches the relay".into())
    }
}

/// Words that Safaricom refuses anywhere in an address (Daraja portal, Customer To Business Register URL).
const REFUSED: [&str; 11] = [
    "mpesa",
    "m-pesa",
    "safaricom",
    "exe",
    "exec",
    "cmd",
    "sql",
    "query",
    "ngrok",
    "mockbin",
    "requestbin",
];

fn public(text: &str) -> Result<String, String> {
    let text = text.trim().trim_end_matches('/');
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let host = host.filter(|host| !host.is_empty() && !host.contains(['/', '?', '#', ' ']));
    let host = host.ok_or("it is like https://relay.example")?.to_lowercase();
    match REFUSED.iter().find(|word| host.contains(**word)) {
        Some(word) => Err(format!("Safaricom refuses addresses with the word {word}")),
        None => Ok(text.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_that_safaricom_takes() {
        assert_eq!(
            public(" https://relay.example/ ").as_deref(),
            Ok("https://relay.example"),
            "as it is used"
        );
        for wrong in [
            "relay.example",
            "https://",
            "https://relay.example/path",
            "https://My-MPESA.example",
            "https://sqlite.example",
        ] {
            assert!(public(wrong).is_err(), "{wrong}");
        }
    }
}
