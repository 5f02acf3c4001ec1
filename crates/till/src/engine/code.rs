//! An M-PESA code that somebody typed: checked without asking anybody, recorded as not confirmed.

use super::{Effect, Engine, book, claims, open_sale};
use crate::clock::{Now, shop_day};
use crate::error::{Code, TillError};
use crate::matching::Verdict;
use crate::money::{Money, MpesaAmount};
use crate::receipt_number::{ReceiptNumber, ReceiptWarning};
use crate::store::money_in::{self, Grade, MoneyIn, MoneyInRow, Recorded};
use crate::store::posting::Account;
use crate::store::sale;
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::view::{CodeCheck, CodeWarning, MatterKind, ReadFrom, SaleView, Why};

/// What the cashier typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeInput {
    /// The sale on the counter; none for a new one.
    pub sale_id: Option<String>,
    /// What a new sale owes.
    pub amount: Money,
    /// The code as typed.
    pub code: String,
    /// Where it was read.
    pub read_from: ReadFrom,
    /// The cashier has seen the warnings and goes on.
    pub warned: bool,
}

impl Engine {
    /// What can be said about a code without asking anybody.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn check_code(&self, code: &str, now: Now) -> Result<CodeCheck, TillError> {
        let Ok(receipt) = ReceiptNumber::parse(code) else {
            return Ok(CodeCheck {
                receipt: None,
                warnings: vec![CodeWarning::Shape],
            });
        };
        let mut warnings: Vec<CodeWarning> = receipt
            .check(shop_day(now.utc))
            .into_iter()
            .map(|warning| match warning {
                ReceiptWarning::Old { date } => CodeWarning::Old { date },
                ReceiptWarning::Future { date } => CodeWarning::Future { date },
                ReceiptWarning::OddDate => CodeWarning::OddDate,
            })
            .collect();
        if let Some(row) = money_in::get(self.store.read(), &receipt)?
            && let Some(tender_id) = row.tender_id.clone().or(self.certain_owner(&row, now)?)
        {
            let sale = sale::name_of_tender(self.store.read(), &tender_id)?;
            warnings.insert(0, CodeWarning::Used { sale, at: row.at });
        }
        Ok(CodeCheck {
            receipt: Some(receipt),
            warnings,
        })
    }

    /// The tender that a payment which pays nothing yet certainly is for.
    fn certain_owner(&self, row: &MoneyInRow, now: Now) -> Result<Option<String>, TillError> {
        let arrival = claims::arrival_of(row);
        Ok(match self.verdict_to_book(&arrival, &self.claims(now)?) {
            Verdict::Attach { tender_id, .. } => Some(tender_id),
            Verdict::Offer { .. } => None,
        })
    }

    /// Whether Safaricom has told of this payment, and it is another counter's by its reference.
    fn carries_another_counters_reference(&self, receipt: &ReceiptNumber) -> Result<bool, TillError> {
        Ok(money_in::get(self.store.read(), receipt)?
            .and_then(|row| row.reference)
            .is_some_and(|reference| self.is_another_counters(&reference)))
    }

    /// Pays what is left of the sale with a typed code.
    ///
    /// # Errors
    /// [`Code::CodeInvalid`], [`Code::CodeUsed`], [`Code::CodeWarned`] until `warned`,
    /// [`Code::AmountInvalid`], [`Code::SaleEnded`], or the disk's trouble.
    pub fn take_code(&mut self, input: CodeInput, now: Now) -> Result<(SaleView, Vec<Effect>), TillError> {
        self.may_sell(now)?;
        let check = self.check_code(&input.code, now)?;
        let Some(receipt) = check.receipt else {
            return Err(TillError::new(
                Code::CodeInvalid,
                "An M-PESA code has ten letters and digits, like UKN3X8ABCD.",
            ));
        };
        for warning in &check.warnings {
            match warning {
                CodeWarning::Used { sale, .. } => {
                    return Err(TillError::new(
                        Code::CodeUsed,
                        format!("This code already paid sale {}.", sale.reference),
                    ));
                }
                CodeWarning::Shape
                | CodeWarning::Old { .. }
                | CodeWarning::Future { .. }
                | CodeWarning::OddDate => {
                    if !input.warned {
                        return Err(TillError::new(
                            Code::CodeWarned,
                            "Look at the code's date first, then accept it.",
                        ));
                    }
                }
            }
        }
        let opening = self.opening(input.amount, now)?;
        let elsewhere = self.carries_another_counters_reference(&receipt)?;
        let undecided = elsewhere
            || self.may_be_a_prompts(&receipt, input.sale_id.as_deref(), now)?
            || !self.may_confirm(&receipt)?;
        let (ids, counter) = (&mut self.ids, &self.counter);
        let id = self.store.write(|tx| {
            let (sale, left) =
                open_sale::for_tender(tx, ids, counter, input.sale_id.as_deref(), opening, now)?;
            MpesaAmount::try_from(left)
                .map_err(|error| TillError::new(Code::AmountInvalid, error.to_string()))?;
            let grade = match input.read_from {
                ReadFrom::ShopPhone => Grade::TypedShopPhone,
                ReadFrom::CustomerPhone => Grade::TypedCustomerPhone,
            };
            let money = MoneyIn {
                receipt: receipt.clone(),
                amount: left,
                short_code: None,
                digits: None,
                reference: None,
                paid_at: None,
                first_name: None,
                grade,
            };
            if let Some(known) = money_in::get(tx, &receipt)?
                && known.amount != left
            {
                return Err(TillError::new(
                    Code::CodeUsed,
                    format!(
                        "This code is of a payment of KSh {}, not of what is left of this sale.",
                        known.amount.shillings()
                    ),
                ));
            }
            let confirmed = match money_in::record(tx, &money, now.utc)? {
                Recorded::New => false,
                // Safaricom told of it before anybody typed it; a different amount confirms nothing, and what
                // another sale's prompt, or another counter, may have been paid with does not yet.
                Recorded::Known { differs, .. } => {
                    !differs && !undecided && money_in::is_from_safaricom(tx, &receipt)?
                }
            };
            let tender = TenderRow {
                id: ids.next_id(),
                sale_id: sale.id.clone(),
                amount: left,
                stands: true,
                opened_at: now.utc,
                person_id: None,
                kind: TenderKind::Code {
                    receipt: receipt.clone(),
                    read_from: input.read_from,
                    confirmed,
                },
            };
            tender::insert(tx, &tender)?;
            money_in::attach(tx, &receipt, &tender.id, Why::Code)?;
            let account = if confirmed {
                Account::MpesaProved
            } else {
                Account::MpesaNotProved
            };
            book::take(tx, ids, account, left, &sale, &tender.id, now)?;
            if elsewhere {
                book::raise(tx, ids, MatterKind::CodeOfAnother, left, &sale.id, None, now)?;
            }
            book::settle_if_paid(tx, &sale.id, now)?;
            Ok((sale.id, tender.id, confirmed))
        })?;
        let (sale_id, tender_id, confirmed) = id;
        let claimed = self.claim(&receipt, now)?;
        if !confirmed {
            self.codes.insert(tender_id);
            self.till_waited_since = Some(now.mono);
            self.puller_soon(now);
        }
        self.recall_waiter(&sale_id)?;
        let mut effects = self.announce(&sale_id, now)?;
        effects.extend(claimed);
        Ok((self.sale(&sale_id, now)?, effects))
    }
}
