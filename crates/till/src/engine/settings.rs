//! What the shop says about itself, written by the book's one writer.

use serde::Serialize;

use super::Engine;
use crate::error::TillError;
use crate::shop::Shop;
use crate::store::setting;

impl Engine {
    /// Writes the shop.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn save_shop(&mut self, shop: &Shop) -> Result<(), TillError> {
        shop.save(&mut self.store)
    }

    /// Writes one setting of a screen.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn save_setting<T: Serialize>(&mut self, key: &str, value: &T) -> Result<(), TillError> {
        self.store.write(|tx| setting::put(tx, key, value))
    }
}
