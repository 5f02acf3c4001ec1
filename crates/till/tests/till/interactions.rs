//! What was said to Safaricom: kept in words, bounded, and never in the way.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use daraja::{Exchange, ExchangeOutcome, Method, NotSent, Observer as _, TransportFailure};
use till::clock::shop_day;
use till::interactions::{ExportHeader, InteractionAnswer as Answer, InteractionKind as Kind, Interactions};
use till::policy::LOG_KEPT_ROWS;
use till::push::Reason;
use till::shop::{Connection, PayEnvironment, ReceiverNumbers, Shop};

use crate::support::half_past_two;

const PUSH: &str = "/mpesa/stkpush/v1/processrequest";
const QUERY: &str = "/mpesa/stkpushquery/v1/query";
const TOKEN: &str = "/oauth/v1/generate";

fn now() -> DateTime<Utc> {
    half_past_two().utc
}

fn said(path: &'static str, outcome: ExchangeOutcome) -> Exchange<'static> {
    Exchange {
        at: now(),
        duration: Duration::from_millis(412),
        host: "sandbox.safaricom.co.ke",
        path,
        method: Method::Post,
        outcome,
        request_body: "{\"Amount\":10}".into(),
        reply_body: "{}".into(),
        bytes_out: 100,
        bytes_in: 200,
    }
}

fn answered(path: &'static str, status: u16, code: &str) -> Exchange<'static> {
    let code = (!code.is_empty()).then(|| code.to_owned());
    said(path, ExchangeOutcome::Answered { status, code })
}

/// Opens, tells, and waits until all is written.
fn tell(path: &Path, exchanges: &[Exchange<'_>]) {
    let log = Interactions::open(path).unwrap();
    for exchange in exchanges {
        log.exchanged(exchange);
    }
    log.close();
}

#[test]
fn each_request_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keshia-log.db");
    let failed = |failure| said(PUSH, ExchangeOutcome::Failed(failure));
    let mut under_way = answered(QUERY, 500, "500.001.1001");
    under_way.reply_body = "{\"errorMessage\":\"The transaction is being processed\"}".into();
    let cases = [
        (answered(TOKEN, 200, ""), Kind::Token, Answer::Accepted),
        (answered(TOKEN, 400, ""), Kind::Token, Answer::Refused),
        (answered(PUSH, 200, "0"), Kind::Push, Answer::Accepted),
        (answered(PUSH, 400, "400.002.02"), Kind::Push, Answer::Refused),
        (answered(PUSH, 500, "500.001.1001"), Kind::Push, Answer::Trouble),
        (answered(PUSH, 429, ""), Kind::Push, Answer::TooOften),
        (answered(QUERY, 200, "0"), Kind::Question, Answer::Paid),
        (
            answered(QUERY, 200, "1032"),
            Kind::Question,
            Answer::Ended {
                reason: Reason::Cancelled,
            },
        ),
        (under_way, Kind::Question, Answer::Pending),
        (answered(QUERY, 200, "4999"), Kind::Question, Answer::Pending),
        (failed(TransportFailure::Timeout), Kind::Push, Answer::NoAnswer),
        (failed(TransportFailure::Lost), Kind::Push, Answer::ConnectionLost),
        (
            failed(TransportFailure::NeverLeft(NotSent::NoNetwork)),
            Kind::Push,
            Answer::NotSent {
                reason: Reason::NoNetwork,
            },
        ),
        (
            answered("/pulltransactions/v1/query", 200, "1000"),
            Kind::Pull,
            Answer::Accepted,
        ),
        (
            answered("/pulltransactions/v1/register", 200, "0"),
            Kind::Register,
            Answer::Accepted,
        ),
        (
            answered("/mpesa/c2b/v2/registerurl", 200, "0"),
            Kind::Register,
            Answer::Accepted,
        ),
        (
            answered("/mpesa/c2b/v2/simulate", 200, "0"),
            Kind::Simulate,
            Answer::Accepted,
        ),
    ];
    tell(&path, &cases.each_ref().map(|(exchange, _, _)| exchange.clone()));
    let log = Interactions::open(&path).unwrap();
    let mut rows = log.recent(100, None).unwrap();
    assert_eq!(rows.len(), cases.len(), "each is kept");
    rows.reverse();
    for (row, (exchange, kind, answer)) in rows.iter().zip(cases) {
        assert_eq!(
            (row.kind, &row.answer),
            (kind, &answer),
            "what was wanted and what came of {exchange:?}"
        );
        assert_eq!((row.at, row.duration_ms), (now(), 412), "when, and how long");
    }
    let page = log.recent(5, Some(rows[10].seq)).unwrap();
    assert_eq!(
        page.iter().map(|row| row.seq).collect::<Vec<_>>(),
        (rows[5].seq..rows[10].seq).rev().collect::<Vec<_>>(),
        "older ones page by page"
    );
}

#[test]
fn a_day_s_cost_of_the_network_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keshia-log.db");
    let mut tomorrow = answered(PUSH, 200, "0");
    tomorrow.at += TimeDelta::days(1);
    tell(
        &path,
        &[answered(PUSH, 200, "0"), answered(QUERY, 200, "0"), tomorrow],
    );
    let log = Interactions::open(&path).unwrap();
    let today = log.usage(shop_day(now())).unwrap();
    assert_eq!(
        (today.requests, today.bytes_out, today.bytes_in, today.not_kept),
        (2, 200, 400, 0),
        "the shop's day alone"
    );
    let never = log.usage(shop_day(now() - TimeDelta::days(9))).unwrap();
    assert_eq!(never.requests, 0, "a day without requests cost nothing");
}

#[test]
fn what_cannot_be_written_is_counted_and_holds_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keshia-log.db");
    let log = Interactions::open(&path).unwrap();
    let disk = rusqlite::Connection::open(&path).unwrap();
    disk.execute_batch("BEGIN IMMEDIATE").unwrap();
    // Returns although nothing can be written.
    for _ in 0..1_000 {
        log.exchanged(&answered(PUSH, 200, "0"));
    }
    disk.execute_batch("COMMIT").unwrap();
    log.close();
    log.exchanged(&answered(PUSH, 200, "0"));
    let usage = Interactions::open(&path).unwrap().usage(shop_day(now())).unwrap();
    let kept: u32 = disk
        .query_row("SELECT COUNT(*) FROM interaction", [], |row| row.get(0))
        .unwrap();
    assert!(usage.not_kept > 0, "the queue is bounded: {usage:?}");
    assert_eq!(
        (usage.requests, usage.bytes_out, u64::from(kept) + usage.not_kept),
        (1_000, 100_000, 1_000),
        "and each request is counted all the same"
    );
}

#[test]
fn it_stays_small() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keshia-log.db");
    tell(&path, &[answered(PUSH, 200, "0")]);
    let file = rusqlite::Connection::open(&path).unwrap();
    let fill = |rows: u32, at: DateTime<Utc>, bytes: u32| {
        file.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
             INSERT INTO interaction (at, duration_ms, host, method, path, request, reply, bytes_out, bytes_in)
             SELECT ?2, 1, 'h', 'POST', '/', hex(zeroblob(?3)), '', 1, 1 FROM n",
            (rows, at.timestamp_millis(), bytes),
        )
        .unwrap();
    };
    let count = || -> u32 {
        file.query_row("SELECT COUNT(*) FROM interaction", [], |row| row.get(0))
            .unwrap()
    };
    fill(500, now() - TimeDelta::days(31), 1);
    tell(&path, &[answered(PUSH, 200, "0")]);
    assert_eq!(count(), 2, "older than thirty days went");
    fill(LOG_KEPT_ROWS + 500, now(), 1);
    tell(&path, &[answered(PUSH, 200, "0")]);
    assert_eq!(count(), LOG_KEPT_ROWS, "the newest twenty thousand stay");
    fill(10_000, now(), 2_000);
    tell(&path, &[answered(PUSH, 200, "0")]);
    assert!(
        count() < LOG_KEPT_ROWS * 3 / 4,
        "and fewer when they are large: {}",
        count()
    );
    let newest = Interactions::open(&path).unwrap().recent(1, None).unwrap();
    assert_eq!(newest[0].kind, Kind::Push, "never the newest");
}

#[test]
fn a_damaged_log_is_begun_anew_and_a_missing_folder_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keshia-log.db");
    std::fs::write(&path, vec![b'?'; 9_000]).unwrap();
    tell(&path, &[answered(PUSH, 200, "0")]);
    assert_eq!(
        Interactions::open(&path).unwrap().recent(9, None).unwrap().len(),
        1,
        "it is an aid, not the book"
    );
    let nowhere = folder.path().join("no folder").join("keshia-log.db");
    assert!(
        Interactions::open_or_none(&nowhere).is_none(),
        "the till goes on without one"
    );
}

#[test]
fn an_export_has_a_head_and_every_request() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keshia-log.db");
    tell(&path, &[answered(TOKEN, 200, ""), answered(PUSH, 200, "0")]);
    let mut shop = Shop::new("Mama Njeri", "f0".into(), Some("600101".into()));
    shop.connection = Some(Connection {
        pull: false,
        environment: PayEnvironment::Sandbox,
        receiver: ReceiverNumbers::Till {
            store: "600100".into(),
            till: "600101".into(),
        },
    });
    let log = Interactions::open(&path).unwrap();
    let header = ExportHeader::of(Some(&shop), "0.1.0", now());
    let file = log.export_beside(&header).unwrap();
    assert_eq!(
        file,
        folder
            .path()
            .join("exports")
            .join("keshia-safaricom-20261123-143000.jsonl"),
        "beside the log, by the shop's clock"
    );
    let text = std::fs::read_to_string(file).unwrap();
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert_eq!(
        (
            &lines[0]["keshia"],
            &lines[0]["short_code_kind"],
            &lines[0]["environment"]
        ),
        (&"0.1.0".into(), &"till".into(), &"sandbox".into()),
        "which Keshia, which kind of number"
    );
    assert!(
        !text.contains("Njeri") && !lines[0].to_string().contains("60010"),
        "neither name nor number: {text}"
    );
    assert_eq!(lines[1]["path"], TOKEN, "the oldest first");
    assert_eq!(lines[2]["code"], "0", "with what Safaricom said: {text}");
}
