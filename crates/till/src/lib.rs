//! What the shop does: money, sales, pushes, the book, and the engine that keeps them true.
//!
//! This crate knows no window and no web server. Its middle is pure: [`push`] is a state machine
//! without I/O, [`engine`] is a step function over the SQLite [`store`] (events in, effects out), and
//! only [`driver`] owns threads, sockets and the clock. Whoever wants to see a whole day in a second
//! drives the same engine with a clock of his own.
//!
//! The promise everything here serves: no sale is lost, nobody is asked to pay twice while the first
//! payment may be alive, every shilling is explained.

pub mod backup;
pub mod clock;
pub mod doctor;
pub mod driver;
pub mod engine;
pub mod error;
pub mod export;
pub mod files;
pub mod first_name;
pub mod ids;
pub mod interactions;
pub mod matching;
pub mod money;
pub mod msisdn;
pub mod pc;
pub mod people;
pub mod policy;
pub mod push;
pub mod receipt;
pub mod receipt_number;
pub mod recovery_code;
pub mod reference;
pub mod report;
pub mod secrets;
pub mod shop;
pub mod statement;
pub mod store;
pub mod verify;
pub mod view;

pub use clock::{Mono, Now};
pub use error::{Code, TillError};
pub use first_name::FirstName;
pub use money::{Money, MpesaAmount};
pub use msisdn::{KeptPhone, Msisdn};
pub use receipt_number::ReceiptNumber;
pub use reference::Reference;
