//! `daraja-sim`: a stand-in for Safaricom on this machine.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use daraja_sim::world::{Faults, Hidden, Settings};
use daraja_sim::{Config, serve};
use serde_json::{Map, Value};
use tokio::net::TcpListener;

/// A stand-in for Safaricom's Daraja: STK push, query, callbacks and C2B on this machine.
#[derive(Parser)]
#[command(name = "daraja-sim", version)]
struct Flags {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Same seed, same requests: same ids, receipts and faults.
    #[arg(long)]
    seed: Option<u64>,
    /// Keep the world in this file between runs.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// The shop's name in prompts and messages.
    #[arg(long, value_name = "NAME", value_parser = filled)]
    shop: Option<String>,
    #[arg(long, value_name = "KEY", value_parser = filled)]
    consumer_key: Option<String>,
    #[arg(long, value_name = "SECRET", value_parser = filled)]
    consumer_secret: Option<String>,
    #[arg(long, value_name = "NUMBER", value_parser = short_code)]
    paybill: Option<String>,
    /// The paybill's passkey.
    #[arg(long, value_name = "PASSKEY", value_parser = filled)]
    passkey: Option<String>,
    /// The till's store (head office) number.
    #[arg(long, value_name = "NUMBER", value_parser = short_code)]
    store: Option<String>,
    #[arg(long, value_name = "NUMBER", value_parser = short_code)]
    till: Option<String>,
    /// The store's passkey.
    #[arg(long, value_name = "PASSKEY", value_parser = filled)]
    store_passkey: Option<String>,
    /// Short codes for customers' own payments, separated by commas.
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', value_parser = short_code)]
    c2b_short_codes: Option<Vec<String>>,
    /// A new token ends the one before.
    #[arg(long)]
    one_token: bool,
    /// Refuse timestamps over an hour away from East Africa Time.
    #[arg(long)]
    strict_timestamps: bool,
    /// Register C2B URLs once only, as production does.
    #[arg(long)]
    register_once: bool,
    /// Do not ask validation URLs.
    #[arg(long)]
    no_validation: bool,
    /// The app does not have Pull Transactions.
    #[arg(long)]
    no_pull: bool,
    /// How many rows a page of a pulled statement has.
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pull_page: Option<u16>,
    /// How long a prompt waits for a person.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(1..=600))]
    prompt_seconds: Option<u16>,
    /// Switch a fault on, as `GET /_sim/faults` names it: `drop_after`, `unavailable=20`, ….
    #[arg(long = "fault", value_name = "NAME[=VALUE]")]
    faults: Vec<String>,
}

fn filled(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is empty".into()),
        text => Ok(text.into()),
    }
}

fn short_code(text: &str) -> Result<String, String> {
    if (5..=7).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text.into())
    } else {
        Err("a short code has 5 to 7 digits".into())
    }
}

/// `NAME` is on, `NAME=VALUE` takes JSON, or plain text where that is no JSON.
fn faults(flags: &[String]) -> Result<Faults, String> {
    let mut changes = Map::new();
    for flag in flags {
        let (name, value) = flag.split_once('=').unwrap_or((flag, "true"));
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        changes.insert(name.replace('-', "_"), value);
    }
    Faults::default().changed(&Value::Object(changes))
}

fn settings(flags: &Flags) -> Settings {
    let usual = Settings::default();
    let text = |flag: &Option<String>, usual: String| flag.clone().unwrap_or(usual);
    let hidden = |flag: &Option<String>, usual| flag.clone().map_or(usual, Hidden::new);
    Settings {
        shop_name: text(&flags.shop, usual.shop_name),
        consumer_key: hidden(&flags.consumer_key, usual.consumer_key),
        consumer_secret: hidden(&flags.consumer_secret, usual.consumer_secret),
        paybill: text(&flags.paybill, usual.paybill),
        paybill_passkey: hidden(&flags.passkey, usual.paybill_passkey),
        store: text(&flags.store, usual.store),
        till: text(&flags.till, usual.till),
        store_passkey: hidden(&flags.store_passkey, usual.store_passkey),
        c2b_short_codes: flags.c2b_short_codes.clone().unwrap_or(usual.c2b_short_codes),
        one_token: flags.one_token,
        strict_timestamps: flags.strict_timestamps,
        register_once: flags.register_once,
        external_validation: !flags.no_validation,
        pull: !flags.no_pull,
        pull_page: flags.pull_page.map_or(usual.pull_page, usize::from),
        prompt_lifetime_ms: flags
            .prompt_seconds
            .map_or(usual.prompt_lifetime_ms, |seconds| i64::from(seconds) * 1_000),
    }
}

async fn run(flags: Flags) -> Result<(), String> {
    let config = Config {
        seed: flags.seed,
        settings: settings(&flags),
        faults: faults(&flags.faults).map_err(|error| format!("--fault: {error}"))?,
        state_file: flags.state,
    };
    let listener = TcpListener::bind(flags.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", flags.listen))?;
    let running = serve(listener, config).await;
    let mut out = std::io::stdout();
    writeln!(out, "daraja-sim listening on {}", running.url())
        .and_then(|()| out.flush())
        .map_err(|error| format!("cannot write to standard output: {error}"))?;
    tokio::signal::ctrl_c()
        .await
        .map_err(|error| format!("cannot wait for Ctrl-C: {error}"))?;
    running.stop().await;
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    let _ = rustls::crypto::ring::default_provider().install_default();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let flags = match Flags::try_parse() {
        Ok(flags) => flags,
        Err(error) if !error.use_stderr() => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            // One sentence, not a page: the help is one flag away.
            let text = error.to_string();
            let sentence = text
                .lines()
                .next()
                .unwrap_or_default()
                .trim_start_matches("error: ");
            eprintln!("daraja-sim: {sentence} (see --help)");
            return ExitCode::from(2);
        }
    };
    match run(flags).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("daraja-sim: {sentence}");
            ExitCode::from(2)
        }
    }
}
