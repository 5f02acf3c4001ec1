//! A fresh log of each engine.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use relay::log::{EventLog, SqliteLog};

type Test = fn(Arc<dyn EventLog>) -> Pin<Box<dyn Future<Output = ()>>>;

pub fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}

pub fn on_sqlite(test: Test) {
    let folder = tempfile::tempdir().unwrap();
    let log = SqliteLog::open(&folder.path().join("relay.db")).unwrap();
    run(test(Arc::new(log)));
}
