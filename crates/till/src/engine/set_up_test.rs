//! The set-up test: a real sale of KSh 1, as every sale in the book, and named in it.

use super::{Effect, Engine, PushInput};
use crate::clock::{Now, east_africa};
use crate::error::TillError;
use crate::money::Money;
use crate::msisdn::Msisdn;
use crate::push::PushIntent;
use crate::store::push as push_table;
use crate::store::tender::{self, TenderKind};
use crate::store::witness::{self, Witness};
use crate::view::SaleView;

/// What the book calls the sale.
const NAME: &str = "set-up test";

impl Engine {
    /// Asks the owner's phone for KSh 1, by the guard and the commits of every other prompt. The customer
    /// reads `SETUP` and the time as reference.
    ///
    /// # Errors
    /// Those of [`Self::start_push`]; nothing was written then.
    pub fn start_set_up_test(
        &mut self,
        msisdn: Msisdn,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        let amount = Money::from_shillings(1).ok_or_else(|| TillError::internal("a shilling is no money"))?;
        // Two tests must not be taken for each other, so the time is in it.
        let time = now.utc.with_timezone(&east_africa()).format("%H%M%S");
        let reference = Some(format!("SETUP{time}"));
        let input = PushInput {
            sale_id: None,
            amount,
            msisdn,
            intent: PushIntent::Ordinary,
            reference,
        };
        let (sale, effects) = self.start_push(input, now)?;
        // The prompt is committed; a name that the disk refuses must not keep it from being followed.
        if let Err(error) = self.name_set_up_test(&sale.id, now) {
            tracing::warn!(code = ?error.code, "the set-up test has no name in the book: {error}");
        }
        Ok((sale, effects))
    }

    fn name_set_up_test(&mut self, sale_id: &str, now: Now) -> Result<(), TillError> {
        self.store.write(|tx| {
            for tender in tender::of_sale(tx, sale_id)? {
                if tender.kind != TenderKind::Push {
                    continue;
                }
                let push = push_table::of_tender(tx, &tender.id)?;
                let named = Witness {
                    told_by: "person",
                    push_id: Some(&push.id),
                    receipt: None,
                    amount: Some(push.amount.money()),
                    word: NAME,
                };
                witness::append(tx, &named, now.utc)?;
            }
            Ok(())
        })
    }
}
