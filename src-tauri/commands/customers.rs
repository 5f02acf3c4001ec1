//! Customers who may pay later: found at the counter, and kept by a manager.

use std::path::Path;

use receipts::pdf;
use tauri::{AppHandle, Runtime, State};
use till::engine::{Announcement, CreditInput, CustomerInput, Effect};
use till::files;
use till::policy::CUSTOMER_FILES_KEPT_DAYS;
use till::view::{DebtStatementView, KnownCustomer, SaleView};
use till::{Msisdn, TillError};

use super::money;
use crate::open::{blocking, internal};
use crate::state::Shell;
use crate::views::{CustomerFile, CustomerForm};

/// The customers that whoever sells may mean, masked.
///
/// # Errors
/// Those of [`till::engine::Engine::find_customers`].
#[tauri::command]
pub async fn find_customers<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    typed: String,
) -> Result<Vec<KnownCustomer>, TillError> {
    let till = shell.till(&app).await?;
    till.look(move |engine, now| engine.find_customers(&typed, now))
        .await
}

/// The regulars whose phone ends with what is being typed at the counter, masked.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn regulars<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    typed: String,
) -> Result<Vec<KnownCustomer>, TillError> {
    let till = shell.till(&app).await?;
    till.look(move |engine, now| engine.regulars(&typed, now)).await
}

/// A customer pays `part` cents of the sale later; all that is left when nothing is said.
///
/// # Errors
/// Those of [`till::engine::Engine::give_credit`].
#[tauri::command]
pub async fn give_credit<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: Option<String>,
    amount: i64,
    customer_id: String,
    part: Option<i64>,
    reason: Option<String>,
) -> Result<SaleView, TillError> {
    let input = CreditInput {
        sale_id,
        amount: money(amount)?,
        customer_id,
        part: part.map(money).transpose()?,
        reason,
    };
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.give_credit(&input, now))
        .await
}

/// Begins a sale that pays off `amount` cents of a debt.
///
/// # Errors
/// Those of [`till::engine::Engine::pay_off`].
#[tauri::command]
pub async fn pay_off<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    customer_id: String,
    amount: i64,
) -> Result<SaleView, TillError> {
    let amount = money(amount)?;
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.pay_off(&customer_id, amount, now))
        .await
}

/// Gives up `amount` cents of a debt.
///
/// # Errors
/// Those of [`till::engine::Engine::write_off`].
#[tauri::command]
pub async fn write_off<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    customer_id: String,
    amount: i64,
    reason: String,
) -> Result<KnownCustomer, TillError> {
    let amount = money(amount)?;
    let till = shell.till(&app).await?;
    till.call(move |engine, now| Ok((engine.write_off(&customer_id, amount, &reason, now)?, Vec::new())))
        .await
}

/// All customers, masked, with what they owe.
///
/// # Errors
/// Those of [`till::engine::Engine::customers`].
#[tauri::command]
pub async fn customers<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<Vec<KnownCustomer>, TillError> {
    let till = shell.till(&app).await?;
    till.call(|engine, now| Ok((engine.customers(now)?, Vec::new())))
        .await
}

/// What one customer owes, and how it came to that.
///
/// # Errors
/// Those of [`till::engine::Engine::debt_statement`].
#[tauri::command]
pub async fn debt_statement<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    customer_id: String,
) -> Result<DebtStatementView, TillError> {
    let till = shell.till(&app).await?;
    till.call(move |engine, now| Ok((engine.debt_statement(&customer_id, now)?, Vec::new())))
        .await
}

/// A customer's whole phone number; that somebody looked is written down.
///
/// # Errors
/// Those of [`till::engine::Engine::customer_phone`].
#[tauri::command]
pub async fn customer_phone<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    customer_id: String,
) -> Result<String, TillError> {
    let till = shell.till(&app).await?;
    till.call(move |engine, now| Ok((engine.customer_phone(&customer_id, now)?, Vec::new())))
        .await
}

/// Brings a customer in who agreed to it.
///
/// # Errors
/// Those of [`till::engine::Engine::add_customer`].
#[tauri::command]
pub async fn add_customer<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    form: CustomerForm,
    agreed: bool,
) -> Result<KnownCustomer, TillError> {
    let input = input(form)?;
    let till = shell.till(&app).await?;
    till.call(move |engine, now| Ok((engine.add_customer(&input, agreed, now)?, Vec::new())))
        .await
}

/// Another name, phone or limit; an empty phone keeps the one that is known.
///
/// # Errors
/// Those of [`till::engine::Engine::change_customer`].
#[tauri::command]
pub async fn change_customer<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    customer_id: String,
    form: CustomerForm,
) -> Result<KnownCustomer, TillError> {
    let input = input(form)?;
    let till = shell.till(&app).await?;
    till.call(move |engine, now| Ok((engine.change_customer(&customer_id, &input, now)?, Vec::new())))
        .await
}

/// Writes everything that is kept about one customer into a file, and says where it is and for how long.
///
/// # Errors
/// Those of [`till::engine::Engine::personal_data`], or a file that cannot be written.
#[tauri::command]
pub async fn export_customer<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    customer_id: String,
) -> Result<CustomerFile, TillError> {
    let till = shell.till(&app).await?;
    let name = file_name(&customer_id, "txt");
    let text = till
        .call(move |engine, now| Ok((engine.personal_data(&customer_id, now)?, Vec::new())))
        .await?;
    let folder = shell.places().data.clone()?.customers();
    blocking(move || kept(&folder, &name, text.as_bytes())).await
}

/// Has a customer's statement printed.
///
/// # Errors
/// Those of [`till::engine::Engine::print_statement`].
#[tauri::command]
pub async fn print_statement<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    customer_id: String,
) -> Result<(), TillError> {
    let place = shell.printer(&app).await?;
    let play = place.play;
    place
        .till
        .call(move |engine, now| engine.print_statement(&customer_id, play, now))
        .await?;
    if let Some(bell) = place.bell {
        bell.notify_one();
    }
    Ok(())
}

/// Writes a customer's statement as a page to give away, and says where it is and for how long.
///
/// # Errors
/// Those of [`till::engine::Engine::statement_paper`], or the disk's trouble.
#[tauri::command]
pub async fn save_statement<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    customer_id: String,
) -> Result<CustomerFile, TillError> {
    let place = shell.printer(&app).await?;
    let play = place.play;
    let name = file_name(&customer_id, "pdf");
    let (slip, shop) = place
        .till
        .call(move |engine, now| {
            let slip = engine.statement_paper(&customer_id, play, now)?;
            Ok(((slip, engine.shop_name()?), Vec::new()))
        })
        .await?;
    let folder = shell.places().data.clone()?.customers();
    blocking(move || {
        let bytes = pdf::render(&slip, pdf::Sheet::A4, &shop).map_err(internal)?;
        kept(&folder, &name, &bytes)
    })
    .await
}

/// Erases all that names one customer, and the files that told it.
///
/// # Errors
/// Those of [`till::engine::Engine::erase_customer`].
#[tauri::command]
pub async fn erase_customer<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    customer_id: String,
) -> Result<(), TillError> {
    let till = shell.till(&app).await?;
    let folder = shell.places().data.clone()?.customers();
    let files = ["txt", "pdf"].map(|ending| folder.join(file_name(&customer_id, ending)));
    till.call(move |engine, now| {
        engine.erase_customer(&customer_id, now)?;
        for file in files {
            // Only these are ever there: nobody is told of one that was never made.
            let _ = std::fs::remove_file(file);
        }
        Ok(((), vec![Effect::Announce(Announcement::RollChanged)]))
    })
    .await
}

fn file_name(customer_id: &str, ending: &str) -> String {
    format!("customer-{customer_id}.{ending}")
}

fn kept(folder: &Path, name: &str, bytes: &[u8]) -> Result<CustomerFile, TillError> {
    let file = files::keep(folder, name, bytes)?;
    Ok(CustomerFile {
        path: file.display().to_string(),
        days: CUSTOMER_FILES_KEPT_DAYS,
    })
}

fn input(form: CustomerForm) -> Result<CustomerInput, TillError> {
    let phone = Some(form.phone.trim()).filter(|typed| !typed.is_empty());
    Ok(CustomerInput {
        phone: phone.map(Msisdn::parse).transpose()?,
        name: form.name,
        limit: money(form.limit)?,
    })
}
