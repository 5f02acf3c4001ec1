//! The relay: stateless HTTP before an event log.
//!
//! Safaricom's posts come in on a shop's secret path, are sealed to the shop's key, committed, and only then
//! answered. The shop's counters read them in order, say how far they have come, and settle among each other
//! who has which payment. The relay cannot read what it keeps, holds no Daraja credential and starts no payment.

pub mod log;
