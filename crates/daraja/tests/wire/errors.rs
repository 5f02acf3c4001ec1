//! Property: whatever error comes back, a push is refused only by the list.

use daraja::PushOutcome;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::server::{Reply, Server};
use crate::setup::{a_push, client};

/// Codes that are refusals whatever the text, as the rules for a push list them.
fn is_listed(code: &str) -> bool {
    let tokens = ["400.003.01", "401.003.01", "401.002.01", "401.001"];
    let plain = ["400.002.02", "400.002.05", "400.003.02", "405.001", "500.003.03"];
    code.starts_with("404.") || tokens.contains(&code) || plain.contains(&code)
}

#[tokio::test]
async fn an_unlisted_code_never_refuses() {
    let strategy = (
        400_u16..600,
        "[2-5]0[0-9]\\.00[0-9](\\.(0[0-9]|1001))?",
        "[ -~]{0,40}",
    );
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        let (status, code, message) = strategy.new_tree(&mut runner).unwrap().current();
        if is_listed(&code) {
            continue;
        }
        let server = Server::answering([Reply::error(status, &code, &message)]).await;
        let outcome = client(&server.url).stk_push(&a_push()).await;
        let unknown = matches!(outcome, PushOutcome::Unknown(_));
        assert!(
            unknown,
            "{status} {code} {message:?} proves nothing, but became {outcome:?}"
        );
    }
}
