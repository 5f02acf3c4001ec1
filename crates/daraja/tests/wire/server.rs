//! A server that gives out tokens, notes what it is asked, and answers as it is told.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// One answer.
#[derive(Clone)]
pub enum Reply {
    Json(u16, Value),
    /// Status, content type, body.
    Text(u16, &'static str, String),
    /// Status 307 to this address: the kind of redirect that repeats a POST.
    Redirect(String),
    /// Never.
    Silence,
}

impl Reply {
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let id = "1c5b-4ba8-815c-ac45c57a3db01495926";
        Self::Json(
            status,
            json!({"requestId": id, "errorCode": code, "errorMessage": message}),
        )
    }

    pub fn html(status: u16) -> Self {
        Self::Text(
            status,
            "text/html",
            "<html><body>Request unsuccessful.</body></html>".to_owned(),
        )
    }

    pub fn empty(status: u16) -> Self {
        Self::Text(status, "application/json", String::new())
    }

    pub fn token(number: usize) -> Self {
        Self::Json(
            200,
            json!({"access_token": format!("token-{number}"), "expires_in": "3599"}),
        )
    }

    pub fn invalid_token() -> Self {
        Self::error(404, "404.001.03", "Invalid Access Token")
    }
}

/// One request as it arrived.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path_and_query: String,
    pub authorization: String,
    pub body: Value,
}

#[derive(Default)]
struct Inner {
    asked: Vec<Asked>,
    /// Answers still to be given; the last one stays.
    tokens: VecDeque<Reply>,
    answers: VecDeque<Reply>,
}

pub struct Server {
    pub url: String,
    inner: Arc<Mutex<Inner>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Answers POSTs in this order, the last one for ever.
    pub async fn answering(answers: impl IntoIterator<Item = Reply>) -> Self {
        Self::with_tokens([], answers).await
    }

    /// Answers requests for a token in this order too; without any, with `token-1`, `token-2`, ….
    pub async fn with_tokens(
        tokens: impl IntoIterator<Item = Reply>,
        answers: impl IntoIterator<Item = Reply>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Mutex::new(Inner {
            asked: Vec::new(),
            tokens: tokens.into_iter().collect(),
            answers: answers.into_iter().collect(),
        }));
        let router = Router::new().fallback(handle).with_state(Arc::clone(&inner));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, inner, task }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.inner.lock().unwrap().asked.clone()
    }

    pub fn posts(&self) -> Vec<Asked> {
        self.asked()
            .into_iter()
            .filter(|asked| asked.method == "POST")
            .collect()
    }

    pub fn gets(&self) -> Vec<Asked> {
        self.asked()
            .into_iter()
            .filter(|asked| asked.method == "GET")
            .collect()
    }
}

async fn handle(State(inner): State<Arc<Mutex<Inner>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let authorization = head
        .headers
        .get("authorization")
        .map_or("", |value| value.to_str().unwrap());
    let asked = Asked {
        method: head.method.to_string(),
        path_and_query: head.uri.to_string(),
        authorization: authorization.to_owned(),
        body: serde_json::from_slice(&bytes).unwrap_or_default(),
    };
    let reply = {
        let mut inner = inner.lock().unwrap();
        let is_get = asked.method == "GET";
        inner.asked.push(asked);
        if is_get {
            let number = inner.asked.iter().filter(|asked| asked.method == "GET").count();
            next(&mut inner.tokens).unwrap_or_else(|| Reply::token(number))
        } else {
            next(&mut inner.answers).unwrap_or_else(|| Reply::empty(500))
        }
    };
    respond(reply).await
}

fn next(replies: &mut VecDeque<Reply>) -> Option<Reply> {
    if replies.len() > 1 {
        replies.pop_front()
    } else {
        replies.front().cloned()
    }
}

async fn respond(reply: Reply) -> Response {
    let response = |status: u16| Response::builder().status(status);
    match reply {
        Reply::Json(status, value) => response(status)
            .header("content-type", "application/json")
            .body(Body::from(value.to_string())),
        Reply::Text(status, kind, text) => response(status)
            .header("content-type", kind)
            .body(Body::from(text)),
        Reply::Redirect(to) => response(307).header("location", to).body(Body::empty()),
        Reply::Silence => pending().await,
    }
    .unwrap()
}
