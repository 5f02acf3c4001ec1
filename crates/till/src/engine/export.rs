//! What a period's files and its evening text are made of, for whoever may have them.

use super::Engine;
use crate::clock::Now;
use crate::error::TillError;
use crate::export::{Export, Format, evening};
use crate::people::Act;
use crate::receipt::Language;
use crate::view::Period;

impl Engine {
    /// What [`crate::export::write`] needs; it reads the rest over a connection of its own. `play` says that the
    /// book's money is not real.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble.
    pub fn export(
        &self,
        period: Period,
        format: Format,
        language: Language,
        play: bool,
        now: Now,
    ) -> Result<Export, TillError> {
        self.may(Act::Export, now)?;
        Ok(Export {
            period,
            format,
            language,
            shop_name: self.shop_name()?,
            counter: self.letter(),
            play,
            beside: self.beside(period, now)?,
        })
    }

    /// The evening text of a period.
    ///
    /// # Errors
    /// Those of [`Self::report`].
    pub fn evening(
        &self,
        period: Period,
        language: Language,
        play: bool,
        now: Now,
    ) -> Result<String, TillError> {
        let report = self.report(period, now)?;
        let close = match period {
            Period::Close { number } => Some(self.z(number, now)?),
            Period::Day { .. } | Period::Week { .. } | Period::Month { .. } | Period::Open => None,
        };
        Ok(evening::text(
            &report,
            &self.shop_name()?,
            close.as_ref(),
            language,
            play,
        ))
    }
}
