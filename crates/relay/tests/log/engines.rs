//! A fresh log of each engine.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use relay::log::{EventLog, PostgresLog, SpreadLog, SqliteLog};

use crate::server::{self, Server};

type Test = fn(Arc<dyn EventLog>) -> Pin<Box<dyn Future<Output = ()>>>;

/// One server for all tests of this program, with a database for each.
static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start(&["max_connections = 200"]));

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

pub fn on_postgres(test: Test) {
    run(async {
        let log = PostgresLog::open(&new_database()).await.unwrap();
        test(Arc::new(log)).await;
    });
}

pub fn on_spread(test: Test) {
    let folder = tempfile::tempdir().unwrap();
    let log = |name| -> Arc<dyn EventLog> { Arc::new(SqliteLog::open(&folder.path().join(name)).unwrap()) };
    run(test(Arc::new(SpreadLog::new(vec![log("one.db"), log("two.db")]))));
}

/// A server that all tests share.
pub fn shared() -> &'static Server {
    &SERVER
}

/// The address of an empty database on the shared server.
pub fn new_database() -> String {
    server::store(&[&SERVER], &new_database_name())
}

/// Its name only.
pub fn new_database_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("log_{}", COUNT.fetch_add(1, Ordering::SeqCst));
    SERVER.sql("postgres", &format!("CREATE DATABASE {name}"));
    name
}
