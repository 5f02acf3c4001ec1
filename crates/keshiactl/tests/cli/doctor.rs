//! The set-up doctor, the go-live list, and the addresses for notices.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Done, Shop, Simulator};

/// Step, mark and outcome of each finding.
fn findings(done: &Done) -> Vec<(String, String, String)> {
    let text = |line: &Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let lines = done.lines();
    let steps = lines.iter().filter(|line| line["event"] == "step");
    steps
        .map(|line| (text(line, "step"), text(line, "mark"), text(line, "outcome")))
        .collect()
}

fn found<'a>(findings: &'a [(String, String, String)], step: &str) -> (&'a str, &'a str) {
    findings
        .iter()
        .find(|(name, _, _)| name == step)
        .map_or(("", ""), |(_, mark, outcome)| (mark.as_str(), outcome.as_str()))
}

const TEST: [&str; 3] = ["doctor", "--phone", "0700000000"];

#[test]
fn all_is_well_in_practice() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let done = shop.run(&TEST);
    assert_eq!(done.code, 0, "{done:?}");
    let told = findings(&done);
    assert_eq!(
        told.iter().map(|(step, _, _)| step.as_str()).collect::<Vec<_>>(),
        ["keys", "token", "push", "notice", "c2b", "pull"],
        "every step, in order"
    );
    for (step, mark, outcome) in [
        ("keys", "good", "ready"),
        ("token", "good", "accepted"),
        ("push", "good", "paid"),
        ("notice", "neutral", "no_relay"),
        ("c2b", "good", "played"),
        ("pull", "good", "shows"),
    ] {
        assert_eq!(found(&told, step), (mark, outcome), "{step} of {told:?}");
    }
    let push = simulator.pushes().remove(0);
    assert_eq!(push["amount"], 1, "one shilling: {push}");
    assert!(
        push["account_reference"].as_str().unwrap().starts_with("SETUP"),
        "the owner reads what it is for: {push}"
    );
    let day = shop.run(&["day"]).last();
    assert_eq!(
        (&day["taken"], &day["settled"]),
        (&100.into(), &1.into()),
        "a sale of the book like any other: {day}"
    );
    let words = shop.talk(&["doctor", "--no-push"]);
    assert!(
        words
            .stdout
            .contains("Safaricom knows the keys: Safaricom accepts"),
        "for a person: {words:?}"
    );
    assert_eq!(simulator.pushes().len(), 1, "--no-push asks nobody");
    let swahili = shop.talk(&["doctor", "--no-push", "--language", "sw"]);
    assert!(swahili.stdout.contains("Safaricom inakubali"), "{swahili:?}");
}

#[test]
fn wrong_keys_end_it_before_any_prompt() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url).with("KESHIA_CONSUMER_SECRET", "wrong");
    let done = shop.run(&TEST);
    assert_eq!(done.code, 3, "{done:?}");
    let told = findings(&done);
    assert_eq!(found(&told, "token"), ("fix", "wrong_keys"), "{told:?}");
    assert_eq!(told.len(), 2, "nothing after it could tell anything: {told:?}");
    assert!(simulator.pushes().is_empty(), "nobody was asked");
}

#[test]
fn a_wrong_passkey_shows_at_the_prompt() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url).with("KESHIA_PASSKEY", "not-the-passkey");
    let done = shop.run(&TEST);
    assert_eq!(done.code, 3, "{done:?}");
    let told = findings(&done);
    assert_eq!(found(&told, "token"), ("good", "accepted"), "{told:?}");
    assert_eq!(found(&told, "push"), ("fix", "wrong_passkey"), "{told:?}");
    assert_eq!(told.len(), 6, "the other steps are tried all the same: {told:?}");
}

/// 2028 and SFC_IC0003 come after Safaricom has accepted the prompt: only its end shows them.
#[test]
fn a_wrong_pair_of_numbers_shows_at_the_prompts_end() {
    for (till, code) in [("600984", "2028"), ("999999", "SFC_IC0003")] {
        let simulator = Simulator::start();
        let shop = Shop::blank(&simulator.url);
        let setup = [
            "setup",
            "--environment",
            "practice",
            "--kind",
            "till",
            "--shortcode",
            "600100",
            "--till",
            till,
        ];
        assert_eq!(shop.run(&setup).code, 0, "the set-up cannot know it");
        let done = shop.run(&TEST);
        assert_eq!(done.code, 3, "{code}: {done:?}");
        let told = findings(&done);
        assert_eq!(found(&told, "push"), ("fix", "till_setup"), "{code}: {told:?}");
        let ended = simulator.pushes().remove(0);
        assert_eq!(ended["result_code"], code, "the simulator's own word: {ended}");
        let line = done
            .lines()
            .into_iter()
            .find(|line| line["step"] == "push")
            .unwrap();
        let words = line["words"]["en"].as_str().unwrap().to_owned();
        assert!(
            words.contains("store number"),
            "{code}: the fix is in the sentence: {words}"
        );
    }
}

#[test]
fn an_unpaid_test_is_told_and_stays_in_the_book() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let done = shop.run(&["doctor", "--phone", "0700000032"]);
    assert_eq!(done.code, 3, "{done:?}");
    assert_eq!(found(&findings(&done), "push"), ("fix", "cancelled"), "{done:?}");
    let again = shop.run(&["doctor", "--phone", "0700000032"]);
    assert_eq!(
        found(&findings(&again), "push"),
        ("fix", "blocked"),
        "one answer does not free a phone: {again:?}"
    );
    assert_eq!(simulator.pushes().len(), 1, "so nobody is asked twice");
}

#[test]
fn a_list_that_is_not_offered_is_said_with_the_way_to_it() {
    let simulator = Simulator::without_list();
    let shop = Shop::practice(&simulator.url);
    let done = shop.run(&TEST);
    assert_eq!(done.code, 3, "{done:?}");
    let told = findings(&done);
    assert_eq!(found(&told, "push"), ("good", "paid"), "{told:?}");
    assert_eq!(found(&told, "pull"), ("fix", "not_offered"), "{told:?}");
}

#[test]
fn addresses_are_registered_once_and_that_is_no_error() {
    let simulator = Simulator::with(daraja_sim::Config {
        settings: daraja_sim::world::Settings {
            register_once: true,
            ..daraja_sim::world::Settings::default()
        },
        ..daraja_sim::Config::default()
    });
    let shop = Shop::practice(&simulator.url);
    let good = "https://till.example/in/7f3a";
    let register = ["register-urls", "--confirmation", good, "--validation", good];
    let first = shop.run(&register);
    assert_eq!(
        (first.code, &first.last()["event"]),
        (0, &"registered".into()),
        "{first:?}"
    );
    let second = shop.run(&register);
    assert_eq!(
        (second.code, &second.last()["event"]),
        (0, &"already_registered".into()),
        "information, and no error: {second:?}"
    );
    let doctor = [
        "doctor",
        "--no-push",
        "--confirmation",
        good,
        "--validation",
        good,
    ];
    let done = shop.run(&doctor);
    assert_eq!(
        found(&findings(&done), "c2b"),
        ("neutral", "already_registered"),
        "{done:?}"
    );
    assert_eq!(done.code, 0, "nothing to put right: {done:?}");
}

#[test]
fn a_forbidden_word_is_refused_before_anything_is_sent() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let bad = "https://till.example/mpesa/in";
    let words = shop.talk(&["register-urls", "--confirmation", bad, "--validation", bad]);
    assert_eq!(words.code, 1, "{words:?}");
    assert!(
        words.stderr.contains("“mpesa”"),
        "the word itself is named: {words:?}"
    );
    let doctor = ["doctor", "--no-push", "--confirmation", bad, "--validation", bad];
    let done = shop.run(&doctor);
    assert_eq!(
        found(&findings(&done), "c2b"),
        ("fix", "forbidden_word"),
        "{done:?}"
    );
    let said = shop.run(&["log", "--limit", "100"]);
    let registered = said.lines().into_iter().filter(|line| line["kind"] == "register");
    let addresses: Vec<Value> = registered
        .filter(|line| line["path"] == "/mpesa/c2b/v2/registerurl")
        .collect();
    assert!(addresses.is_empty(), "nothing was sent: {addresses:?}");
    assert!(
        !said.stdout.contains("registerurl"),
        "and nothing is in the log: {said:?}"
    );
}

/// Signs everybody in, and has no product for them, as Safaricom does for an app of the other version.
fn without_the_product() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // Ends with the test's process.
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let mut asked = [0_u8; 4096];
            let read = stream.read(&mut asked).unwrap_or_default();
            let (status, body) = if asked[..read].starts_with(b"GET /oauth/") {
                ("200 OK", r#"{"access_token":"t0k3n","expires_in":"3599"}"#)
            } else {
                (
                    "401 Unauthorized",
                    r#"{"requestId":"1","errorCode":"401.003.01","errorMessage":"Error Occurred - Invalid Access Token - Invalid API call as no apiproduct match found"}"#,
                )
            };
            let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n");
            let length = body.len();
            let _ = write!(
                stream,
                "{head}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
        }
    });
    url
}

/// The token was just given: that it is refused for this product is no matter of the keys.
#[test]
fn an_app_of_the_other_version_is_told_to_try_it() {
    let shop = Shop::practice(&without_the_product());
    let url = "https://till.example/in";
    let register = ["register-urls", "--confirmation", url, "--validation", url];
    let simulate = ["simulate", "--phone", "0700000000", "--amount", "5"];
    for words in [&register[..], &simulate] {
        let said = shop.talk(words);
        assert_eq!(said.code, 1, "{said:?}");
        assert!(said.stderr.contains("try the other version"), "{said:?}");
    }
}

#[test]
fn the_list_is_printed_for_the_owner_who_was_named() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let first = shop.talk(&["doctor", "--list", "--owner", "pochi"]);
    assert_eq!(first.code, 0, "{first:?}");
    assert!(first.stdout.contains("Pochi is neither"), "{first:?}");
    let again = shop.talk(&["doctor", "--list", "--language", "sw"]);
    assert!(
        again.stdout.contains("Pochi si mojawapo"),
        "the owner is remembered: {again:?}"
    );
    let nobody = Shop::nowhere().talk(&["doctor", "--list"]);
    assert_eq!(nobody.code, 0, "a shop without a book needs it most: {nobody:?}");
    assert!(nobody.stdout.contains("[ ] Passkey"), "{nobody:?}");
    assert!(simulator.pushes().is_empty(), "a list asks nobody");
}

#[test]
fn a_test_names_its_phone_or_leaves_it_out() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    shop.run(&["doctor"])
        .assert_refused_as_usage("no word about the prompt");
    shop.run(&["doctor", "--no-push", "--phone", "0700000000"])
        .assert_refused_as_usage("both words about it");
    shop.run(&["doctor", "--no-push", "--confirmation", "https://till.example/in"])
        .assert_refused_as_usage("half an address");
}
