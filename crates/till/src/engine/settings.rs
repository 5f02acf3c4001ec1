//! What the shop says about itself, written by the book's one writer.

use serde::Serialize;

use super::{Engine, Sharing};
use crate::error::TillError;
use crate::shop::Shop;
use crate::store::setting;

impl Engine {
    /// Writes the shop.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn save_shop(&mut self, shop: &Shop) -> Result<(), TillError> {
        shop.save(&mut self.store)?;
        let told = shop.counter(self.counter.connected)?;
        self.counter.letter = told.letter;
        self.counter.numbers = told.numbers;
        self.counter.sharing = told.sharing;
        if let Some(limit) = shop.told_limit {
            self.policy.told_limit = limit;
        }
        Ok(())
    }

    /// The shop's name; empty before its set-up.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn shop_name(&self) -> Result<String, TillError> {
        Ok(Shop::load(&self.store)?.map(|shop| shop.name).unwrap_or_default())
    }

    /// This counter's letter.
    #[must_use]
    pub fn letter(&self) -> char {
        self.counter.letter.as_char()
    }

    /// Whether other counters take payments on the same number.
    #[must_use]
    pub const fn sharing(&self) -> Sharing {
        self.counter.sharing
    }

    /// Writes one setting of a screen.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn save_setting<T: Serialize>(&mut self, key: &str, value: &T) -> Result<(), TillError> {
        self.store.write(|tx| setting::put(tx, key, value))
    }
}
