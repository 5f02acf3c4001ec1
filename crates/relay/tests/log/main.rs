//! Both engines of the event log keep the same promises: each test is written once and run on each.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

mod claims;
mod copies;
mod counters;
mod days;
mod engines;
mod events;
mod file;
mod lives;
mod made;
mod pairings;
#[path = "../postgres/server.rs"]
mod server;
mod several;
mod shops;
mod spread;
mod sweeps;
mod tls;

/// Runs each test of a topic on one engine.
macro_rules! on_engine {
    ($engine:ident, $on:ident, $($test:ident),*) => {
        mod $engine {
            $(#[test]
            fn $test() {
                crate::engines::$on(|log| Box::pin(async move { super::$test(log.as_ref()).await }));
            })*
        }
    };
}
pub(crate) use on_engine;

/// Runs each test of a topic on each engine, and on shops that are spread over two databases.
macro_rules! on_each_engine {
    ($($test:ident),* $(,)?) => {
        crate::on_engine!(sqlite, on_sqlite, $($test),*);
        crate::on_engine!(postgres, on_postgres, $($test),*);
        crate::on_engine!(spread, on_spread, $($test),*);
    };
}
pub(crate) use on_each_engine;
