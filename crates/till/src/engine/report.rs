//! The owner's day, week, month or close, and the sales of it, for whoever may see them.

use chrono::{DateTime, Utc};

use super::Engine;
use crate::clock::{Now, shop_day};
use crate::error::TillError;
use crate::people::Act;
use crate::report::{self, Hits, Search};
use crate::store::{money_in, sale};
use crate::view::{DayReport, FoundPayment, Period, SalesFound};

/// Most sales of one answer.
const A_PAGE: u32 = 50;

impl Engine {
    /// A period added up, with what needs looking at now.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`] for a close that there is not, those of [`Self::may`], or the disk's trouble.
    pub fn report(&self, period: Period, now: Now) -> Result<DayReport, TillError> {
        self.may(Act::SeeDay, now)?;
        self.add_up_period(period, now)
    }

    /// As [`Self::report`], for what is written without anybody at the counter.
    pub(crate) fn add_up_period(&self, period: Period, now: Now) -> Result<DayReport, TillError> {
        self.store
            .snapshot(|conn| report::day(conn, period, self.beside(period, now)?, now))
    }

    /// What of a period only the engine knows.
    pub(super) fn beside(&self, period: Period, now: Now) -> Result<report::Beside, TillError> {
        Ok(report::Beside {
            open: report::open(self.store.read(), &self.not_known(now)?)?,
            holes: match period {
                Period::Day { day } => self.holes(day)?,
                Period::Week { .. } | Period::Month { .. } | Period::Close { .. } | Period::Open => {
                    Vec::new()
                }
            },
        })
    }

    /// The newest sales of a period, or those that fit all of the words, the newest first. Without words `before` is
    /// the last sale that is known already. With words the whole book is searched when `everywhere` is wanted; a clock
    /// time is of the period's first day.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`] for a close or a sale that there is not, those of [`Self::may`], or the disk's
    /// trouble.
    pub fn find_sales(
        &self,
        words: &str,
        (period, everywhere): (Period, bool),
        before: Option<&str>,
        now: Now,
    ) -> Result<SalesFound, TillError> {
        self.may(Act::SeeDay, now)?;
        self.store.snapshot(|conn| {
            let found = report::find(conn, period)?;
            let hits = if words.trim().is_empty() {
                let before = before.map(|id| sale::get(conn, id)).transpose()?;
                let mut sales = sale::newest_in(conn, found.extent, before.as_ref(), A_PAGE + 1)?;
                let more = sales.len() > A_PAGE as usize;
                sales.truncate(A_PAGE as usize);
                Hits {
                    sales,
                    payments: Vec::new(),
                    more,
                }
            } else {
                let ever = (DateTime::<Utc>::UNIX_EPOCH, DateTime::<Utc>::MAX_UTC);
                let search = Search {
                    words,
                    within: if everywhere {
                        ever
                    } else {
                        (found.from, found.to.unwrap_or(ever.1))
                    },
                    day: shop_day(found.from),
                    most: A_PAGE as usize,
                };
                report::search(conn, search)?
            };
            self.found(hits, now)
        })
    }

    fn found(&self, hits: Hits, now: Now) -> Result<SalesFound, TillError> {
        let payments = hits
            .payments
            .into_iter()
            .filter_map(|receipt| {
                let row = money_in::get(self.store.read(), &receipt).transpose()?;
                Some(row.map(|row| FoundPayment {
                    receipt,
                    amount: row.amount,
                    at: row.paid_at.unwrap_or(row.at),
                    digits: row.digits,
                }))
            })
            .collect::<Result<_, _>>()?;
        Ok(SalesFound {
            sales: hits
                .sales
                .into_iter()
                .map(|row| self.view(row, now))
                .collect::<Result<_, _>>()?,
            payments,
            more: hits.more,
        })
    }
}
