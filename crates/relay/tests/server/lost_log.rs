//! The log goes away and comes back: what is answered 200 is kept, what is not kept is answered 503.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use relay::Settings;
use relay::log::{
    Appended, Counter, EventLog, Heard, LogError, NewCounter, NewEvent, Page, Paired, PairingCode,
    PastAnchor, Retention, Shop, SqliteLog, StoredDay,
};
use relay_wire::{ClaimKey, Epoch, TokenHash};
use reqwest::StatusCode;

use crate::made::{House, payment};

/// A log that somebody can take away.
struct Shaky {
    log: SqliteLog,
    away: Arc<AtomicBool>,
    hangs: bool,
}

impl Shaky {
    fn there(&self) -> Result<&SqliteLog, LogError> {
        if self.away.load(Ordering::SeqCst) {
            Err(LogError::Unavailable("away".into()))
        } else {
            Ok(&self.log)
        }
    }
}

#[async_trait]
impl EventLog for Shaky {
    async fn epoch(&self, shop_id: &str) -> Result<Epoch, LogError> {
        self.there()?.epoch(shop_id).await
    }
    async fn new_epoch(&self, shop_id: &str) -> Result<Epoch, LogError> {
        self.there()?.new_epoch(shop_id).await
    }
    async fn add_shop(&self, shop: &Shop) -> Result<(), LogError> {
        self.there()?.add_shop(shop).await
    }
    async fn shops(&self) -> Result<Vec<Shop>, LogError> {
        self.there()?.shops().await
    }
    async fn shop(&self, id: &str) -> Result<Option<Shop>, LogError> {
        self.there()?.shop(id).await
    }
    async fn shop_of_hook(&self, hook: &TokenHash) -> Result<Option<Shop>, LogError> {
        self.there()?.shop_of_hook(hook).await
    }
    async fn add_pairing(&self, code: &PairingCode) -> Result<(), LogError> {
        self.there()?.add_pairing(code).await
    }
    async fn pair(&self, code: &TokenHash, counter: &NewCounter, now_ms: i64) -> Result<Paired, LogError> {
        self.there()?.pair(code, counter, now_ms).await
    }
    async fn counter_of_token(&self, token: &TokenHash) -> Result<Option<Counter>, LogError> {
        self.there()?.counter_of_token(token).await
    }
    async fn counters(&self, shop_id: &str) -> Result<Vec<Counter>, LogError> {
        self.there()?.counters(shop_id).await
    }
    async fn revoke(&self, counter_id: &str) -> Result<bool, LogError> {
        self.there()?.revoke(counter_id).await
    }
    async fn heard(&self, counter: &Counter, heard: &Heard) -> Result<(), LogError> {
        self.there()?.heard(counter, heard).await
    }
    async fn past_anchors(&self, counter: &Counter) -> Result<Vec<PastAnchor>, LogError> {
        self.there()?.past_anchors(counter).await
    }
    async fn append(&self, batch: &[NewEvent]) -> Vec<Result<Appended, LogError>> {
        match self.there() {
            Ok(_) if self.hangs => std::future::pending().await,
            Ok(log) => log.append(batch).await,
            Err(error) => batch.iter().map(|_| Err(error.clone())).collect(),
        }
    }
    async fn read(&self, shop_id: &str, after: u64, limit: u32) -> Result<Page, LogError> {
        self.there()?.read(shop_id, after, limit).await
    }
    async fn changed_elsewhere(&self) -> Vec<String> {
        self.log.changed_elsewhere().await
    }
    async fn sweep(&self, keep: Retention, now_ms: i64) -> Result<u64, LogError> {
        self.there()?.sweep(keep, now_ms).await
    }
    async fn claim(&self, counter: &Counter, keys: &[ClaimKey]) -> Result<Vec<char>, LogError> {
        self.there()?.claim(counter, keys).await
    }
    async fn holders(&self, shop_id: &str, keys: &[ClaimKey]) -> Result<Vec<Option<char>>, LogError> {
        self.there()?.holders(shop_id, keys).await
    }

    async fn put_day(&self, day: &StoredDay) -> Result<(), LogError> {
        self.there()?.put_day(day).await
    }
    async fn day(&self, id: &TokenHash) -> Result<Option<StoredDay>, LogError> {
        self.there()?.day(id).await
    }
    async fn drop_day(&self, shop_id: &str) -> Result<(), LogError> {
        self.there()?.drop_day(shop_id).await
    }
}

async fn shaky(hangs: bool) -> (House, Arc<AtomicBool>) {
    let folder = tempfile::tempdir().unwrap();
    let away = Arc::new(AtomicBool::new(false));
    let log = Shaky {
        log: SqliteLog::open(&folder.path().join("relay.db")).unwrap(),
        away: Arc::clone(&away),
        hangs,
    };
    let settings = Settings {
        keep_time: Duration::from_secs(2),
        ..Settings::default()
    };
    (House::over(Arc::new(log), folder, settings).await, away)
}

#[tokio::test]
async fn a_log_that_comes_back_in_time_is_not_noticed() {
    let (house, away) = shaky(false).await;
    let (shop, till) = house.open_shop("Duka").await;
    // So that the shop is remembered and it is the append that fails.
    house.post(&shop.confirmation(), payment("before", "")).await;
    away.store(true, Ordering::SeqCst);
    let posts: Vec<_> = (0..20)
        .map(|n| {
            let (client, path) = (house.client.clone(), shop.confirmation());
            let url = format!("{}{path}", house.base());
            tokio::spawn(async move {
                client
                    .post(url)
                    .body(payment(&format!("R{n}"), ""))
                    .send()
                    .await
                    .unwrap()
                    .status()
            })
        })
        .collect();
    while house.metrics().await.contains("log_failures_total 0\n") {}
    away.store(false, Ordering::SeqCst);
    for post in posts {
        assert_eq!(post.await.unwrap(), StatusCode::OK, "held until the log was back");
    }
    let mut receipts: Vec<_> = till
        .all()
        .await
        .into_iter()
        .map(|(_, event)| event.body)
        .collect();
    receipts.sort();
    receipts.dedup();
    assert_eq!(receipts.len(), 21, "each is kept");
    assert_eq!(till.all().await.len(), 21, "once");
}

#[tokio::test]
async fn a_log_that_stays_away_is_said() {
    let (house, away) = shaky(false).await;
    let (shop, till) = house.open_shop("Duka").await;
    house.post(&shop.confirmation(), payment("before", "")).await;
    away.store(true, Ordering::SeqCst);
    let status = house.post(&shop.stk("a"), payment("during", "")).await.status();
    assert_eq!(
        status,
        StatusCode::SERVICE_UNAVAILABLE,
        "never 200 for what is not kept"
    );
    let health = house
        .client
        .get(format!("{}/healthz", house.base()))
        .send()
        .await
        .unwrap();
    assert_eq!(
        health.status(),
        StatusCode::SERVICE_UNAVAILABLE,
        "the operator is told"
    );
    let claims = till.post("/v1/claims", &serde_json::json!({"claims": []})).await;
    assert_eq!(
        crate::made::refused(claims).await,
        (503, relay_wire::ProblemCode::Unavailable),
        "counters too"
    );
    let question = house
        .post(&shop.validation(), payment("during", "K1000273"))
        .await;
    assert_eq!(
        question.status(),
        StatusCode::OK,
        "a customer's payment does not wait for our log"
    );
    away.store(false, Ordering::SeqCst);
    let status = house
        .post(&shop.confirmation(), payment("after", ""))
        .await
        .status();
    assert_eq!(status, StatusCode::OK, "back");
    let kept = till.all().await;
    let said: Vec<_> = kept
        .iter()
        .map(|(_, event)| String::from_utf8_lossy(&event.body).into_owned())
        .collect();
    assert!(
        said.iter().any(|body| body.contains("before")) && said.iter().any(|body| body.contains("after")),
        "{said:?}"
    );
}

#[tokio::test]
async fn a_log_that_hangs_is_said_too() {
    let (house, _) = shaky(true).await;
    let (shop, _) = house.open_shop("Duka").await;
    let begun = tokio::time::Instant::now();
    let status = house.post(&shop.confirmation(), payment("A", "")).await.status();
    assert_eq!(
        status,
        StatusCode::SERVICE_UNAVAILABLE,
        "not kept, as far as anybody knows"
    );
    assert!(
        begun.elapsed() < Duration::from_secs(15),
        "and said in time: {:?}",
        begun.elapsed()
    );
}
