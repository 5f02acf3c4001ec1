//! The program stops while a payment is under way: by power cut, or by Ctrl-C.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Child;

use serde_json::Value;

use crate::support::{Shop, Simulator};

const PHONE: &str = "254712345678";

/// Starts `pay --wait` to a phone that a person holds, and returns when the prompt is on it.
fn prompted(shop: &Shop) -> (Child, BufReader<std::process::ChildStdout>, String) {
    let mut child = shop
        .command(&["--json", "pay", "--phone", PHONE, "--amount", "1250", "--wait"])
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let push = stdout
        .by_ref()
        .lines()
        .map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap())
        .find(|line| line["state"] == "prompted")
        .expect("the program goes on until the prompt is sent");
    (child, stdout, push["push_id"].as_str().unwrap().to_owned())
}

#[test]
fn a_power_cut_between_sent_and_paid_loses_nothing() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let (mut child, _stdout, push) = prompted(&shop);
    child.kill().unwrap();
    child.wait().unwrap();
    let second = shop.run(&["pay", "--phone", PHONE, "--amount", "1250"]);
    second.assert_refused(
        1,
        "push_live",
        "the prompt is still on the phone after the power cut",
    );
    simulator.types_pin(PHONE);
    let status = shop.run(&["status", &push, "--wait"]);
    assert_eq!(status.code, 0, "taken up and paid: {status:?}");
    assert_eq!(shop.run(&["day"]).last()["taken"], 125_000, "counted once");
    assert_eq!(simulator.pushes().len(), 1, "sent once");
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_waiting_and_says_what_is_known() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let (mut child, mut stdout, push) = prompted(&shop);
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success(), "the signal is sent");
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(4), "nobody can know yet");
    let end: Value = serde_json::from_str(rest.lines().last().unwrap()).unwrap();
    assert_eq!(end["outcome"], "not_known", "{end}");
    assert!(
        end["message"].as_str().unwrap().contains(&push),
        "and how to go on: {end}"
    );
    simulator.types_pin(PHONE);
    assert_eq!(
        shop.run(&["status", &push, "--wait"]).code,
        0,
        "the payment went its way"
    );
}
