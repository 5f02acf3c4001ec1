//! A counter that was switched on says at once that its relay answers, though nobody pays.

use std::time::Duration;

use till::store::Store;
use tokio::time::timeout;

use crate::desk::{Desk, Paired};
use crate::made::client;
use crate::process::{Program, pairing, run_over};

/// Far less than the relay keeps a counter waiting that has nothing to hear.
const AT_ONCE: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quiet_relay_is_heard_at_once() {
    let _ = client();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("relay.db");
    let relay = Program::over(log.to_str().unwrap(), folder.path(), &[]);
    let (made, printed) = run_over(log.to_str().unwrap(), folder.path(), &["shop", "add", "Duka"]);
    assert!(made, "{printed}");
    let mut line = pairing(&printed);
    line.relay.clone_from(&relay.base);
    let paired = Paired::by(&line).await;
    let store = Store::open(&folder.path().join("till.db")).unwrap();
    let desk = Desk::open(&paired, paired.engine(store));
    let heard = desk.until(|engine| {
        let view = engine.relay_view();
        view.is_some_and(|view| view.heard_at.is_some() && view.trouble.is_none())
    });
    assert!(
        timeout(AT_ONCE, heard).await.is_ok(),
        "the set-up doctor would call it silent"
    );
}
