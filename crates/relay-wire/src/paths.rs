//! The relay's addresses. Those that Safaricom calls hold no word that it forbids (Daraja portal, Customer To
//! Business Register URL: m-pesa, mpesa, safaricom, exe, exec, cmd, sql, query), but for the three of the
//! integration guide, which C2B registration therefore refuses and only an STK push may name.

/// `POST`: the result of a push. `{hook}` is the shop's secret path.
pub const STK: &str = "/h/{hook}/stk/{push}/{secret}";
/// `POST`: a payment was made.
pub const CONFIRMATION: &str = "/h/{hook}/c2b/confirmation";
/// `POST`: a payment is about to be made.
pub const VALIDATION: &str = "/h/{hook}/c2b/validation";
/// `POST`: a push's result on the guide's open address; for a relay that serves one shop.
pub const OPEN_CALLBACK: &str = "/api/mpesa/callback";
/// `POST`: a payment on the guide's open address; for a relay that serves one shop.
pub const OPEN_CONFIRMATION: &str = "/api/mpesa/confirmation";
/// `POST`: a question on the guide's open address; for a relay that serves one shop.
pub const OPEN_VALIDATION: &str = "/api/mpesa/validation";

/// `POST`: a counter joins a shop.
pub const PAIR: &str = "/v1/pair";
/// `POST`: a counter lets another one in.
pub const PAIRINGS: &str = "/v1/pairings";
/// `GET ?after=EPOCH-SEQ&wait=SECONDS`: what came in.
pub const EVENTS: &str = "/v1/events";
/// `POST`: how far a counter has committed, and the head of its chain.
pub const HEARTBEAT: &str = "/v1/heartbeat";
/// `POST`: which counter has which payment.
pub const CLAIMS: &str = "/v1/claims";
/// `POST`: which counters have these payments; takes nothing.
pub const HOLDERS: &str = "/v1/claims/holders";
/// `PUT`, `DELETE`: the owner's day page, sealed.
pub const DAY: &str = "/v1/day";
/// `GET`: the owner's day page, for a phone. The key stands after `#` and never comes here.
pub const DAY_PAGE: &str = "/day/{id}";
/// `GET`: its sealed content.
pub const DAY_DATA: &str = "/day/{id}/data";

/// The address that each push's own path is added to (`push id/secret`).
#[must_use]
pub fn stk_base(relay: &str, hook: &str) -> String {
    format!("{relay}/h/{hook}/stk")
}

/// The addresses to register for C2B: confirmation, validation.
#[must_use]
pub fn c2b(relay: &str, hook: &str) -> (String, String) {
    (
        format!("{relay}/h/{hook}/c2b/confirmation"),
        format!("{relay}/h/{hook}/c2b/validation"),
    )
}
