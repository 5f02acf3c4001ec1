//! What the relay keeps and says holds no customer: neither its files, nor its log, nor its counts.

use std::fs;

use reqwest::Method;
use serde_json::{Value, json};

use crate::made::{payment, stk_result};
use crate::process::{Program, log_file, open_shop};

#[tokio::test]
async fn nothing_of_a_customer_is_readable_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Program::start(folder.path(), &["--trusted-proxy", "127.0.0.1/32"]);
    let (client, till) = open_shop(folder.path(), &relay.base).await;
    let (phone, name, receipt, odd) = ("254708374149", "WANJIKUZAWADI", "UJ6E5918JJ", "K1999XX");
    let mut c2b: Value = serde_json::from_str(&payment(receipt, odd)).unwrap();
    c2b["MSISDN"] = json!(phone);
    c2b["FirstName"] = json!(name);
    let stk = stk_result("ws_CO_1")
        .replace("29115", phone)
        .replace("cancelled", name);
    let hook = &till.paired.hook;
    let broken = format!("{{\"MSISDN\":\"{phone}\",\"{name}");
    for (path, body) in [
        (format!("/h/{hook}/c2b/confirmation"), c2b.to_string()),
        (format!("/h/{hook}/c2b/validation"), c2b.to_string()),
        (format!("/h/{hook}/stk/pushpath/secretpath"), stk.clone()),
        (format!("/h/{hook}/c2b/confirmation"), broken.clone()),
        ("/api/mpesa/confirmation".into(), c2b.to_string()),
        (format!("/h/{phone}/c2b/confirmation"), broken.clone()),
        (format!("/{phone}/{name}"), broken.clone()),
        ("/v1/pair".into(), broken.clone()),
    ] {
        let post = client
            .post(format!("{}{path}", relay.base))
            .header("x-forwarded-for", "41.90.7.7");
        let said = post.body(body).send().await.unwrap().text().await.unwrap();
        assert!(
            !said.contains(phone) && !said.contains(name),
            "nothing is said back: {said}"
        );
    }
    for path in ["/v1/claims", "/v1/heartbeat"] {
        let answer = till
            .ask(Method::POST, path)
            .body(broken.clone())
            .send()
            .await
            .unwrap();
        assert!(!answer.text().await.unwrap().contains(phone), "nor there");
    }
    assert!(till.all().await.len() >= 4, "they were kept");
    let metrics = client
        .get(format!("{}/metrics", relay.base))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        metrics.contains("keshia_relay_events_total"),
        "there is something to look through:\n{metrics}"
    );
    drop(relay);
    let log = fs::read_to_string(log_file(folder.path())).unwrap();
    assert!(
        log.contains("/h/{hook}/c2b/confirmation"),
        "addresses are logged as templates:\n{log}"
    );
    let secrets = [hook.as_str(), &till.paired.token, "pushpath", "secretpath"];
    let sender = "41.90.7.7";
    for text in [&metrics, &log] {
        for word in [phone, name, receipt, odd, sender].iter().chain(&secrets) {
            assert!(!text.contains(word), "{word} in {text}");
        }
        assert!(!metrics.contains("Wanjiku"), "no shop in the counts");
    }
    let mut files = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        files += 1;
        let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        for word in [phone, name, receipt, odd, sender].iter().chain(&secrets) {
            assert!(!holds(word), "{word} in {}", path.display());
        }
    }
    assert!(
        files >= 4,
        "the log's file, its key, its lock and what the program said: {files} files"
    );
}
