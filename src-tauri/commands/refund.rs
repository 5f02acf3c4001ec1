//! Money that goes back to a customer.

use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::engine::{RefundInput, RefundWay};
use till::view::{GivingBackView, SaleView};

use super::money;
use crate::state::Shell;
use crate::views::GiveBackWay;

/// What of a sale can go back, and what did.
///
/// # Errors
/// [`till::Code::NotFound`], or the disk's trouble.
#[tauri::command]
pub async fn giving_back<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
) -> Result<GivingBackView, TillError> {
    shell
        .till(&app)
        .await?
        .look(move |engine, _| engine.giving_back(&sale_id))
        .await
}

/// Gives `amount` cents back; `code` is M-PESA's, when it was sent from the shop's phone.
///
/// # Errors
/// Those of [`till::engine::Engine::refund`].
#[tauri::command]
#[expect(
    clippy::too_many_arguments,
    reason = "the page names each; a struct would only name them twice"
)]
pub async fn refund<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
    amount: i64,
    way: GiveBackWay,
    code: String,
    owed: bool,
    reason: String,
) -> Result<SaleView, TillError> {
    let input = RefundInput {
        sale_id,
        amount: money(amount)?,
        way: match way {
            GiveBackWay::Cash => RefundWay::Cash,
            GiveBackWay::Phone => RefundWay::Phone(code),
            GiveBackWay::Debt => RefundWay::Debt,
        },
        owed,
        reason,
    };
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.refund(&input, now)).await
}
