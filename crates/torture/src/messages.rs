//! M-PESA messages that customers show: their own, somebody else's, and forged ones.

use till::engine::CodeInput;
use till::view::ReadFrom;

use crate::TortureError;
use crate::cashier::kes;
use crate::customer::Visit;
use crate::day::Day;
use crate::line::lock;

impl Day {
    /// The cashier types the code of a message.
    pub(crate) fn type_code(
        &mut self,
        index: usize,
        visit: &Visit,
        sale_id: Option<&str>,
        receipt: &str,
    ) -> Result<(), TortureError> {
        let input = CodeInput {
            sale_id: sale_id.map(str::to_owned),
            amount: kes(visit.shillings),
            code: receipt.to_owned(),
            read_from: ReadFrom::CustomerPhone,
            warned: true,
        };
        let typed = self.with_engine(visit.counter, |engine, now| engine.take_code(input, now))?;
        self.took(index, typed)
    }

    /// A message that some other customer has on the phone.
    pub(crate) fn somebodys_receipt(&mut self, not: usize) -> Option<String> {
        // The message itself is forged, and so is what the relay was told of it.
        if self.dice.happens(300)
            && let Some(forged) = self.forged.last()
        {
            return Some(forged.clone());
        }
        let own = self.people.get(not).map(|person| person.msisdn.clone());
        let receipts: Vec<String> = lock(&self.outside)
            .world
            .payments()
            .iter()
            .filter(|payment| Some(&payment.msisdn) != own.as_ref())
            .map(|payment| payment.receipt.clone())
            .collect();
        self.dice.pick(&receipts).cloned()
    }
}
