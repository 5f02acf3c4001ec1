//! Keys in the environment: taken over once, and gone before anything else starts.
//!
//! Taking them begins the program anew, which a test harness with its threads would not survive.
//! So this is a program of its own: started as a test it starts itself as the till, once per case.
#![cfg_attr(
    not(unix),
    allow(dead_code, reason = "only Unix takes keys from the environment")
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

use std::ffi::OsStr;
use std::io::{Read as _, Write as _};
use std::process::{Command, Output, Stdio};

use till::secrets::{self, EnvironmentStore, KeyringChoice, SecretName};

/// The argument that makes this program the till.
const AS_TILL: &str = "as-till";
const KEY: &str = "environment-test-consumer-key";
const SECRET: &str = "environment-test-consumer-secret";
const PASSKEY: &str = "environment-test-passkey";

fn main() {
    if std::env::args().nth(1).as_deref() == Some(AS_TILL) {
        return till();
    }
    if cfg!(unix) {
        keys_are_taken_and_gone();
        without_keys_nothing_changes();
        one_key_alone_is_taken_and_an_empty_one_is_none();
        what_cannot_be_keys_is_refused();
        println!("environment: 4 cases passed");
    }
}

/// What `main` of the till does, and then shows what can be seen of it.
fn till() {
    let process = std::process::id();
    if let Err(error) = EnvironmentStore::take() {
        println!("refused: {error}");
        return;
    }
    println!("process: {process}");
    println!("arguments: {:?}", std::env::args().skip(1).collect::<Vec<_>>());
    let mut typed = String::new();
    std::io::stdin().read_to_string(&mut typed).unwrap();
    println!("typed: {typed}");
    match secrets::open("file", KeyringChoice::IfItAnswers) {
        Ok(store) => {
            println!("kind: {:?}", store.kind());
            for name in SecretName::ALL {
                let secret = store.get(name).unwrap();
                println!("{name}: {:?}", secret.as_ref().map(daraja::Secret::expose));
            }
        }
        Err(error) => println!("closed: {error}"),
    }
    let own: Vec<_> = std::env::vars()
        .filter(|(_, value)| value.contains("environment-test"))
        .collect();
    println!("own environment: {own:?}");
    // What the system shows others of this process, where it does (Linux).
    let shown = std::fs::read("/proc/self/environ").unwrap_or_default();
    println!(
        "shown environment: {}",
        String::from_utf8_lossy(&shown).contains("environment-test")
    );
    let child = Command::new("env").output().unwrap();
    println!(
        "child's environment: {}",
        String::from_utf8_lossy(&child.stdout).contains("environment-test")
    );
}

/// Starts the till with these variables, no keyring, and `typed` on its terminal.
fn start<V: AsRef<OsStr>>(variables: &[(&str, V)]) -> (u32, String) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([AS_TILL, "a b", "--flag"]);
    for name in SecretName::ALL {
        command.env_remove(name.variable());
    }
    // No session bus answers here: a till without a keyring.
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let process = child.id();
    // A till that refuses to start may be gone before it reads.
    match child.stdin.take().unwrap().write_all(b"yes") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => panic!("{error}"),
        Ok(()) | Err(_) => {}
    }
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().unwrap();
    let shown = format!(
        "{}{}",
        String::from_utf8_lossy(&stdout),
        String::from_utf8_lossy(&stderr)
    );
    assert!(status.success(), "the till ended well: {shown}");
    (process, shown)
}

fn assert_has(shown: &str, line: &str, why: &str) {
    assert!(
        shown.lines().any(|candidate| candidate == line),
        "{why}: no line {line:?} in\n{shown}"
    );
}

fn keys_are_taken_and_gone() {
    let (process, shown) = start(&[
        ("KESHIA_CONSUMER_KEY", KEY),
        ("KESHIA_CONSUMER_SECRET", format!("  {SECRET}\t").as_str()),
        ("KESHIA_PASSKEY", format!("{PASSKEY}\r\n").as_str()),
    ]);
    assert_has(&shown, &format!("process: {process}"), "the same process goes on");
    assert_has(
        &shown,
        r#"arguments: ["as-till", "a b", "--flag"]"#,
        "with the same arguments",
    );
    assert_has(&shown, "typed: yes", "and the same terminal");
    assert_has(
        &shown,
        "kind: Environment",
        "the environment stands in for the keyring",
    );
    for (name, value) in SecretName::ALL.into_iter().zip([KEY, SECRET, PASSKEY]) {
        assert_has(
            &shown,
            &format!("{name}: Some({value:?})"),
            "the key is known, without stray space",
        );
    }
    assert_has(&shown, "own environment: []", "no variable holds it any more");
    assert_has(
        &shown,
        "shown environment: false",
        "the system shows it to nobody",
    );
    assert_has(&shown, "child's environment: false", "no child inherits it");
}

fn without_keys_nothing_changes() {
    let (process, shown) = start::<&str>(&[]);
    assert_has(&shown, &format!("process: {process}"), "the till starts");
    let closed = shown.lines().find(|line| line.starts_with("closed: "));
    assert!(
        closed.is_some_and(|line| line.contains("Unlock the system keyring") && line.contains("KESHIA_PASSKEY")),
        "neither keyring nor environment: it says what to do:\n{shown}"
    );
    // A child of a till inherits the place of the pipe, and must not read its own descriptors.
    let (_, shown) = start(&[("KESHIA_KEYS_PIPE", "1:0")]);
    assert_has(&shown, "typed: yes", "another process's pipe is not read");
}

fn one_key_alone_is_taken_and_an_empty_one_is_none() {
    let (_, shown) = start(&[("KESHIA_CONSUMER_KEY", " \n"), ("KESHIA_PASSKEY", PASSKEY)]);
    assert_has(&shown, "consumer key: None", "nothing but space is no key");
    assert_has(&shown, "consumer secret: None", "what was not set is not there");
    assert_has(
        &shown,
        &format!("passkey: Some({PASSKEY:?})"),
        "the one that was set is its own",
    );
    let (_, shown) = start(&[("KESHIA_CONSUMER_KEY", "")]);
    assert!(
        shown.contains("closed: "),
        "empty variables are as good as none:\n{shown}"
    );
}

fn what_cannot_be_keys_is_refused() {
    let (_, shown) = start(&[("KESHIA_PASSKEY", "environment-test".repeat(300))]);
    assert!(
        shown.starts_with("refused: The keys in the environment are too long."),
        "too long:\n{shown}"
    );
    assert!(
        !shown.contains("environment-test"),
        "the refusal does not repeat them:\n{shown}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let (_, shown) = start(&[("KESHIA_PASSKEY", OsStr::from_bytes(b"environment-test\xff"))]);
        assert!(
            shown.starts_with("refused: KESHIA_PASSKEY holds something that is not text."),
            "{shown}"
        );
        assert!(
            !shown.contains("environment-test"),
            "the refusal does not repeat it:\n{shown}"
        );
    }
}
