//! What the tests have in common: a relay on a free port, shops, and tills that read.

use std::sync::{Arc, Once};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relay::log::{EventLog, Shop, SqliteLog, Validation};
use relay::{HookKey, Relay, Serving, Settings, serve};
use relay_wire::{
    Cursor, EventsPage, Inbound, LinkPairing, PairAnswer, PairRequest, Problem, ProblemCode, ShopKey,
    ShopSecret, Token,
};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// A relay in this process.
pub(crate) struct House {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) relay: Arc<Relay>,
    pub(crate) serving: Serving,
    pub(crate) client: Client,
    hooks: HookKey,
    settings: Settings,
    _folder: TempDir,
}

/// A shop's id and secret path.
pub(crate) struct ShopMade {
    pub(crate) id: String,
    pub(crate) hook: String,
}

/// A counter's side of the relay.
pub(crate) struct Till {
    pub(crate) client: Client,
    pub(crate) base: String,
    pub(crate) secret: ShopSecret,
    pub(crate) paired: PairAnswer,
}

pub(crate) fn client() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that somebody was quicker.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap()
}

impl House {
    pub(crate) async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = Arc::new(SqliteLog::open(&folder.path().join("relay.db")).unwrap());
        Self::over(log, folder, settings).await
    }

    pub(crate) async fn over(log: Arc<dyn EventLog>, folder: TempDir, settings: Settings) -> Self {
        Self::under(HookKey::random(), log, folder, settings).await
    }

    /// A second relay, on the same log by a way of its own.
    pub(crate) async fn beside(&self, log: Arc<dyn EventLog>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::under(self.hooks.clone(), log, folder, self.settings.clone()).await
    }

    async fn under(hooks: HookKey, log: Arc<dyn EventLog>, folder: TempDir, settings: Settings) -> Self {
        let relay = Relay::new(Arc::clone(&log), hooks.clone(), settings.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let serving = serve(listener, Arc::clone(&relay), None).unwrap();
        Self {
            log,
            relay,
            serving,
            client: client(),
            hooks,
            settings,
            _folder: folder,
        }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.serving.address)
    }

    pub(crate) async fn shop(&self, name: &str) -> ShopMade {
        self.shop_that(name, Validation::AcceptAll).await
    }

    pub(crate) async fn shop_that(&self, name: &str, validation: Validation) -> ShopMade {
        let id = format!("id-of-{name}");
        let hook = self.hooks.hook(&id);
        let shop = Shop {
            id: id.clone(),
            name: name.into(),
            hook: hook.hash(),
            key: None,
            validation,
        };
        self.log.add_shop(&shop).await.unwrap();
        ShopMade {
            id,
            hook: hook.expose().into(),
        }
    }

    /// A code as the operator's command makes it.
    pub(crate) async fn code(&self, shop: &ShopMade) -> String {
        let code = Token::random();
        let kept = relay::log::PairingCode {
            hash: code.hash(),
            shop_id: shop.id.clone(),
            expires_ms: i64::MAX,
        };
        self.log.add_pairing(&kept).await.unwrap();
        code.expose().into()
    }

    /// A shop and its first counter.
    pub(crate) async fn open_shop(&self, name: &str) -> (ShopMade, Till) {
        let shop = self.shop(name).await;
        let till = self.first_till(&shop).await;
        (shop, till)
    }

    pub(crate) async fn first_till(&self, shop: &ShopMade) -> Till {
        let code = self.code(shop).await;
        Till::pair(&self.client, &self.base(), &code, ShopSecret::random()).await
    }

    pub(crate) async fn post(&self, path: &str, body: impl Into<reqwest::Body>) -> Response {
        let url = format!("{}{path}", self.base());
        self.client.post(url).body(body).send().await.unwrap()
    }

    pub(crate) async fn metrics(&self) -> String {
        let url = format!("{}/metrics", self.base());
        self.client.get(url).send().await.unwrap().text().await.unwrap()
    }
}

impl ShopMade {
    pub(crate) fn stk(&self, push: &str) -> String {
        format!("/h/{}/stk/{push}/s3cret", self.hook)
    }

    pub(crate) fn confirmation(&self) -> String {
        format!("/h/{}/c2b/confirmation", self.hook)
    }

    pub(crate) fn validation(&self) -> String {
        format!("/h/{}/c2b/validation", self.hook)
    }
}

impl Till {
    pub(crate) async fn pair(client: &Client, base: &str, code: &str, secret: ShopSecret) -> Self {
        let answer = try_pair(client, base, code, &secret).await;
        assert_eq!(answer.status(), StatusCode::OK, "paired");
        Self {
            client: client.clone(),
            base: base.into(),
            secret,
            paired: answer.json().await.unwrap(),
        }
    }

    pub(crate) fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.base);
        self.client.request(method, url).bearer_auth(&self.paired.token)
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        self.ask(Method::POST, path).json(body).send().await.unwrap()
    }

    pub(crate) async fn read(&self, after: Cursor, wait: u64) -> (StatusCode, EventsPage) {
        let path = format!("/v1/events?after={after}&wait={wait}");
        let answer = self.ask(Method::GET, &path).send().await.unwrap();
        let status = answer.status();
        (status, answer.json().await.unwrap())
    }

    /// What a page's events say, with their places.
    pub(crate) fn open(&self, page: &EventsPage) -> Vec<(u64, Inbound)> {
        let key = ShopKey::of(&self.secret);
        page.events
            .iter()
            .map(|event| {
                let sealed = STANDARD.decode(&event.sealed).unwrap();
                (event.seq, key.open(&self.paired.shop_id, &sealed).unwrap())
            })
            .collect()
    }

    /// Everything from the beginning.
    pub(crate) async fn all(&self) -> Vec<(u64, Inbound)> {
        let mut cursor = self.paired.cursor;
        let mut all = Vec::new();
        loop {
            let (status, page) = self.read(cursor, 0).await;
            assert_eq!(status, StatusCode::OK, "a page");
            all.extend(self.open(&page));
            match page.events.last() {
                Some(last) => cursor.seq = last.seq,
                None => return all,
            }
        }
    }

    /// The same counter, at another relay.
    pub(crate) fn at(&self, house: &House) -> Self {
        Self {
            client: self.client.clone(),
            base: house.base(),
            secret: self.secret.clone(),
            paired: self.paired.clone(),
        }
    }

    /// A second counter of the same shop.
    pub(crate) async fn another(&self) -> Self {
        let answer = self.post("/v1/pairings", &json!({})).await;
        assert_eq!(answer.status(), StatusCode::OK, "a code");
        let link: LinkPairing = answer.json().await.unwrap();
        Self::pair(&self.client, &self.base, &link.code, self.secret.clone()).await
    }
}

pub(crate) async fn try_pair(client: &Client, base: &str, code: &str, secret: &ShopSecret) -> Response {
    let request = PairRequest {
        code: code.into(),
        name: "Mbele".into(),
        key: ShopKey::of(secret).public().clone(),
    };
    client
        .post(format!("{base}/v1/pair"))
        .json(&request)
        .send()
        .await
        .unwrap()
}

/// A refusal of `/v1`: its status and code.
pub(crate) async fn refused(answer: Response) -> (u16, ProblemCode) {
    let status = answer.status().as_u16();
    let problem: Problem = answer.json().await.unwrap();
    (status, problem.code)
}

/// A push's result as Safaricom sends it (Daraja portal, M-PESA Express, the callback).
pub(crate) fn stk_result(checkout: &str) -> String {
    json!({"Body": {"stkCallback": {
        "MerchantRequestID": "29115-34620561-1", "CheckoutRequestID": checkout, "ResultCode": 1032,
        "ResultDesc": "Request cancelled by user"
    }}})
    .to_string()
}

/// A payment as Safaricom tells it (Daraja portal, Customer To Business).
pub(crate) fn payment(receipt: &str, reference: &str) -> String {
    json!({
        "TransactionType": "Pay Bill", "TransID": receipt, "TransTime": "20261006095233", "TransAmount": "10.00",
        "BusinessShortCode": "600638", "BillRefNumber": reference, "InvoiceNumber": "", "OrgAccountBalance": "",
        "ThirdPartyTransID": "", "MSISDN": "2547 ***** 126", "FirstName": "NICHOLAS", "MiddleName": "", "LastName": ""
    })
    .to_string()
}
