//! Tortured days: every promise holds, in every kind of shop.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a test stops at its first surprise"
)]

use torture::{Options, Report, run};

fn days(options: Options, days: u32) -> Report {
    let report = run(options, days, |_| {}).unwrap();
    assert!(
        report.sales > u64::from(days) * 300,
        "days with customers: {}",
        report.sales
    );
    assert!(
        report.holds(),
        "seeds from {}: {:?}, {} unended, {} of 10,000 served\n{:#?}",
        options.seed,
        report.counts,
        report.unended,
        report.served_per_10_000(),
        report.first
    );
    report
}

#[test]
fn with_pull_and_relay() {
    days(Options::default(), 6);
}

#[test]
fn two_counters_that_a_relay_settles_between() {
    let options = Options {
        seed: 700,
        counters: 2,
        ..Options::default()
    };
    let report = days(options, 2);
    assert!(
        report
            .acts
            .get("claims answered")
            .is_some_and(|times| *times > 100),
        "the counters asked the relay: {:?}",
        report.acts
    );
}

#[test]
fn two_counters_without_a_relay() {
    let options = Options {
        seed: 800,
        counters: 2,
        relay: false,
        ..Options::default()
    };
    days(options, 2);
}

#[test]
fn with_people_drawers_refunds_a_printer_and_closes() {
    let options = Options {
        seed: 900,
        people: true,
        ..Options::default()
    };
    let report = days(options, 8);
    for act in [
        "days closed",
        "drawers counted",
        "refunds",
        "matters carried by a close",
        "carried matters that were solved",
        "acts that a manager allowed by PIN",
        "tries that were refused",
        "slips",
        "sales given up with cash given back",
        "sales written in from paper",
        "sales on credit",
        "credit beyond a limit with leave",
        "credit beyond a limit that was refused",
        "sales on credit that were given up",
        "payments of debts begun",
        "refunds off a debt",
        "debts written off",
        "customers erased",
        "erasures that were refused",
    ] {
        assert!(
            report.acts.get(act).is_some_and(|times| *times > 0),
            "eight days know of {act}: {:?}",
            report.acts
        );
    }
}

#[test]
fn a_day_with_people_is_the_same_day_each_time() {
    let options = Options {
        seed: 950,
        people: true,
        sales: 150,
        ..Options::default()
    };
    let [one, two] = [(); 2].map(|()| format!("{:?}", torture::run_day(options).unwrap()));
    assert_eq!(one, two, "a seed makes one day");
}
