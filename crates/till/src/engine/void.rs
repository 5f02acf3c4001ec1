//! A sale is given up before anything was paid.

use super::{Effect, Engine};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::people::Act;
use crate::store::{sale, tender};
use crate::view::SaleView;

impl Engine {
    /// Voids a sale on which nothing was paid and nothing may still be paid.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] with the reason, or the disk's trouble.
    pub fn void_sale(
        &mut self,
        sale_id: &str,
        reason: &str,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > 200 {
            return Err(TillError::new(
                Code::NotAllowed,
                "Say in a few words why the sale is given up.",
            ));
        }
        let before = self.sale(sale_id, now)?;
        if !before.can_void {
            return Err(TillError::new(
                Code::NotAllowed,
                "This sale cannot be given up: money was taken, or a prompt may still be paid.",
            ));
        }
        let permit = self.permit(Act::VoidSale, now)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            tender::stop_waiting(tx, sale_id)?;
            sale::void(tx, sale_id, reason, now.utc)?;
            permit.write(tx, ids, (Some(sale_id), Some(before.amount)), Some(reason), now)
        })?;
        self.till_waiters.remove(sale_id);
        Ok((self.sale(sale_id, now)?, self.announce(sale_id, now)?))
    }
}
