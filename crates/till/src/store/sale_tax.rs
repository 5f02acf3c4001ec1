//! Table `sale_tax`: the tax that is in a sale's amount.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::TillError;
use crate::receipt::{SaleTax, VatKind};
use crate::store::odd;

/// The tax of one sale; none while VAT was off.
///
/// # Errors
/// The disk's trouble.
pub fn get(conn: &Connection, sale_id: &str) -> Result<Option<SaleTax>, TillError> {
    let mut statement =
        conn.prepare_cached("SELECT kind, rate, vat_cents, tax_invoice FROM sale_tax WHERE sale_id = ?1")?;
    let row: Option<(String, u32, crate::Money, Option<String>)> = statement
        .query_row([sale_id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    row.map(|(kind, rate, vat, tax_invoice)| {
        let kind = match kind.as_str() {
            "standard" => VatKind::Standard,
            "zero" => VatKind::Zero,
            "exempt" => VatKind::Exempt,
            other => return Err(odd("sale_tax.kind", other)),
        };
        Ok(SaleTax {
            kind,
            rate,
            vat,
            tax_invoice,
        })
    })
    .transpose()
}

/// Writes it, in the place of what was there.
pub(crate) fn put(tx: &Transaction<'_>, sale_id: &str, tax: &SaleTax) -> Result<(), TillError> {
    let kind = match tax.kind {
        VatKind::Standard => "standard",
        VatKind::Zero => "zero",
        VatKind::Exempt => "exempt",
    };
    tx.prepare_cached(
        "INSERT INTO sale_tax (sale_id, kind, rate, vat_cents, tax_invoice) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (sale_id) DO UPDATE SET kind = ?2, rate = ?3, vat_cents = ?4, tax_invoice = ?5",
    )?
    .execute(params![sale_id, kind, tax.rate, tax.vat, tax.tax_invoice])?;
    Ok(())
}
