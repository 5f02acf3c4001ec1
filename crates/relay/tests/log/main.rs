//! Both engines of the event log keep the same promises: each test is written once and run on each.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

mod claims;
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
mod sweeps;

/// Runs each test of a topic on each engine.
macro_rules! on_each_engine {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $test() {
                crate::engines::on_sqlite(|log| Box::pin(async move { super::$test(log.as_ref()).await }));
            })*
        }

        mod postgres {
            $(#[test]
            fn $test() {
                crate::engines::on_postgres(|log| Box::pin(async move { super::$test(log.as_ref()).await }));
            })*
        }
    };
}
pub(crate) use on_each_engine;
