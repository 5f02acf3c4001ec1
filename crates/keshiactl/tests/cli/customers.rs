//! Each known customer, as `pay --wait` sees it. The second opinion on a failure (15 s) and the deadline
//! of a silent prompt (150 s) are real time here, so all customers pay at once.

use daraja_sim::world::{Faults, Percent};

use crate::support::{Shop, Simulator};

struct Row {
    phone: &'static str,
    exit: i32,
    outcome: &'static str,
    state: &'static str,
    reason: Option<&'static str>,
    /// Told before the end, because one answer alone is not believed.
    provisional: bool,
}

const ROWS: [Row; 7] = [
    Row {
        phone: "0700000000",
        exit: 0,
        outcome: "paid",
        state: "paid",
        reason: None,
        provisional: false,
    },
    Row {
        phone: "0700000001",
        exit: 3,
        outcome: "not_paid",
        state: "failed",
        reason: Some("no_balance"),
        provisional: true,
    },
    Row {
        phone: "0700000020",
        exit: 3,
        outcome: "not_paid",
        state: "failed",
        reason: Some("wrong_pin"),
        provisional: true,
    },
    Row {
        phone: "0700000032",
        exit: 3,
        outcome: "not_paid",
        state: "failed",
        reason: Some("cancelled"),
        provisional: true,
    },
    Row {
        phone: "0700000037",
        exit: 3,
        outcome: "not_paid",
        state: "failed",
        reason: Some("no_answer"),
        provisional: true,
    },
    Row {
        phone: "0700000098",
        exit: 0,
        outcome: "paid",
        state: "paid",
        reason: None,
        provisional: true,
    },
    Row {
        phone: "254708374149",
        exit: 3,
        outcome: "not_paid",
        state: "failed",
        reason: Some("no_answer"),
        provisional: true,
    },
];

#[test]
fn each_customer_ends_as_known() {
    // One number is one shop's: each has a Safaricom of its own.
    let simulators = ROWS.each_ref().map(|_| Simulator::start());
    let ends: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> = ROWS
            .iter()
            .zip(&simulators)
            .map(|(row, simulator)| {
                let shop = Shop::practice(&simulator.url);
                scope.spawn(move || shop.run(&["pay", "--phone", row.phone, "--amount", "1,250", "--wait"]))
            })
            .collect();
        let silent = scope.spawn(a_result_that_never_comes);
        let ends = runs.into_iter().map(|run| run.join().unwrap()).collect();
        silent.join().unwrap();
        ends
    });
    for (row, done) in ROWS.iter().zip(&ends) {
        let end = done.last();
        assert_eq!(done.code, row.exit, "{}: exit code of {done:?}", row.phone);
        assert_eq!(end["event"], "end", "{}: the last line is the end", row.phone);
        assert_eq!(end["outcome"], row.outcome, "{}: {end}", row.phone);
        assert_eq!(end["state"], row.state, "{}: {end}", row.phone);
        assert_eq!(end["reason"].as_str(), row.reason, "{}: {end}", row.phone);
        assert_eq!(
            end["exit_code"], row.exit,
            "{}: the line names the exit code",
            row.phone
        );
        assert_eq!(end["amount"], 125_000, "{}: money is integer cents", row.phone);
        let states = done.states();
        assert_eq!(
            states[..3],
            ["intended", "sending", "prompted"],
            "{}: each step is told",
            row.phone
        );
        let doubted = states.contains(&"failed_provisional".to_owned());
        assert_eq!(
            doubted, row.provisional,
            "{}: one answer alone is not believed: {states:?}",
            row.phone
        );
        assert!(
            done.complaints().is_empty(),
            "{}: nothing to complain about in {done:?}",
            row.phone
        );
    }
    let pushes: Vec<_> = simulators.iter().flat_map(Simulator::pushes).collect();
    assert_eq!(pushes.len(), ROWS.len(), "each customer was asked once");
    let paid = pushes.iter().filter(|push| push["state"] == "paid").count();
    assert_eq!(paid, 2, "what the till calls paid is what was paid");
}

/// The customer pays, but Safaricom answers every question about it with an error, and has no list: not known, and no
/// second prompt, however long one waits.
fn a_result_that_never_comes() {
    let faults = Faults {
        query_noise: Percent::ALWAYS,
        ..Faults::default()
    };
    let simulator = Simulator::with(Simulator::deaf(faults));
    let shop = Shop::practice(&simulator.url);
    let done = shop.run(&["pay", "--phone", "0700000000", "--amount", "1,250", "--wait"]);
    assert_eq!(done.code, 4, "nobody said whether he paid: {done:?}");
    assert_eq!(done.last()["state"], "unknown", "{done:?}");
    assert_eq!(done.last()["reason"], "no_result", "{done:?}");
    let again = shop.run(&["pay", "--phone", "0700000000", "--amount", "1,250"]);
    again.assert_refused(1, "push_live", "he may have paid");
    assert_eq!(simulator.pushes().len(), 1, "sent once");
}

#[test]
fn without_wait_it_returns_after_the_answer_and_status_ends_it() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let sent = shop.run(&["pay", "--phone", "0700000000", "--amount", "80"]);
    assert_eq!(sent.code, 4, "nobody can know yet: {sent:?}");
    assert_eq!(sent.last()["outcome"], "not_known", "it says so");
    assert_eq!(sent.last()["state"], "prompted", "Safaricom accepted");
    let push = sent.last()["push_id"].as_str().unwrap().to_owned();
    assert!(
        sent.last()["message"].as_str().unwrap().contains(&push),
        "and how to ask: {sent:?}"
    );

    let listed = shop.run(&["status"]);
    assert_eq!(
        listed.lines()[0]["push_id"],
        *push,
        "it is listed as under way: {listed:?}"
    );

    let ended = shop.run(&["status", &push, "--wait"]);
    assert_eq!(ended.code, 0, "paid after a second: {ended:?}");
    assert_eq!(ended.last()["outcome"], "paid", "{ended:?}");

    let sale = sent.last()["sale_id"].as_str().unwrap().to_owned();
    let again = shop.run(&["status", &sale]);
    assert_eq!(again.code, 0, "the sale's id does as well: {again:?}");
    assert_eq!(again.lines().len(), 1, "one line: {again:?}");
    assert_eq!(
        shop.run(&["status"]).last()["payments"],
        0,
        "nothing is under way any more"
    );
    assert_eq!(simulator.pushes().len(), 1, "asking never sends");
}

#[test]
fn status_asks_once_and_says_what_is_known() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let sent = shop.run(&["pay", "--phone", "0700000037", "--amount", "80"]);
    let push = sent.last()["push_id"].as_str().unwrap().to_owned();
    let status = shop.run(&["status", &push]);
    assert_eq!(status.code, 4, "the prompt is still on the phone: {status:?}");
    assert_eq!(status.last()["state"], "prompted", "{status:?}");
    assert!(
        status.last()["asked_times"].as_u64().unwrap() > 0,
        "Safaricom was asked: {status:?}"
    );
}

#[test]
fn people_read_plain_sentences() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let done = shop.talk(&[
        "pay",
        "--phone",
        "+254 700 000 000",
        "--amount",
        "1,250",
        "--wait",
    ]);
    assert_eq!(done.code, 0, "{done:?}");
    let last = done.stdout.lines().last().unwrap();
    assert!(
        last.starts_with("Paid: KSh 1,250"),
        "the last line is the result: {last}"
    );
    assert_eq!(done.stdout.matches("Paid:").count(), 1, "said once: {done:?}");
    assert!(!done.stdout.contains("0700"), "no phone number in full: {done:?}");
    let warning = format!("practice: not real money, talking to {}", simulator.url);
    assert_eq!(done.stderr.trim(), warning, "practice is named as such");
}
