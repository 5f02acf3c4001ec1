//! Customers who may pay later: found at the counter, and kept by a manager.

use tauri::{AppHandle, Runtime, State};
use till::engine::{Announcement, CreditInput, CustomerInput, Effect};
use till::files;
use till::view::{DebtStatementView, KnownCustomer, SaleView};
use till::{Msisdn, TillError};

use super::money;
use crate::open::blocking;
use crate::state::Shell;
use crate::views::CustomerForm;

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

/// Writes everything that is kept about one customer into a file, and says where it is.
///
/// # Errors
/// Those of [`till::engine::Engine::personal_data`], or a file that cannot be written.
#[tauri::command]
pub async fn export_customer<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    customer_id: String,
) -> Result<String, TillError> {
    let till = shell.till(&app).await?;
    let name = format!("customer-{customer_id}.txt");
    let text = till
        .call(move |engine, now| Ok((engine.personal_data(&customer_id, now)?, Vec::new())))
        .await?;
    let folder = shell.places().data.clone()?.customers();
    blocking(move || {
        let file = files::keep(&folder, &name, text.as_bytes())?;
        Ok(file.display().to_string())
    })
    .await
}

/// Erases all that names one customer, and the file that told it.
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
    let file = shell
        .places()
        .data
        .clone()?
        .customers()
        .join(format!("customer-{customer_id}.txt"));
    till.call(move |engine, now| {
        engine.erase_customer(&customer_id, now)?;
        // Only that one file is ever there: nobody is told of one that was never made.
        let _ = std::fs::remove_file(file);
        Ok(((), vec![Effect::Announce(Announcement::RollChanged)]))
    })
    .await
}

fn input(form: CustomerForm) -> Result<CustomerInput, TillError> {
    let phone = Some(form.phone.trim()).filter(|typed| !typed.is_empty());
    Ok(CustomerInput {
        phone: phone.map(Msisdn::parse).transpose()?,
        name: form.name,
        limit: money(form.limit)?,
    })
}
