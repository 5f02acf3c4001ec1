//! The customer's phone: one page with its own style and script.

use std::sync::Arc;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::IntoResponse;
use axum::routing::get;

use super::shared::Shared;

/// Nothing from elsewhere, nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE: &str = include_str!("../phone/phone.html");
const STYLE: &str = include_str!("../phone/phone.css");
const SCRIPT: &str = include_str!("../phone/phone.js");

fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, text)
}

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/phone", get(async || asset("text/html; charset=utf-8", PAGE)))
        .route(
            "/phone.css",
            get(async || asset("text/css; charset=utf-8", STYLE)),
        )
        .route(
            "/phone.js",
            get(async || asset("text/javascript; charset=utf-8", SCRIPT)),
        )
}
