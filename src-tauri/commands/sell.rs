//! Sell: the counter.

use tauri::{AppHandle, Runtime, State};
use till::driver::PayPicture;
use till::engine::{CodeInput, PushInput, RegularInput};
use till::push::PushIntent;
use till::view::{CashTaken, CodeCheck, Draft, ReadFrom, SaleView};
use till::{MpesaAmount, Msisdn, TillError};

use super::money;
use crate::pay_code;
use crate::state::Shell;
use crate::views::PayCode;

/// Asks a phone for what is left of the sale, or for a new sale of `amount` cents.
///
/// # Errors
/// [`till::Code::PhoneInvalid`], and those of [`till::engine::Engine::start_push`].
#[tauri::command]
pub async fn start_push<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: Option<String>,
    amount: i64,
    phone: String,
    wrong_number: Option<bool>,
) -> Result<SaleView, TillError> {
    let input = PushInput {
        sale_id,
        amount: money(amount)?,
        msisdn: Msisdn::parse(&phone)?,
        intent: intent(wrong_number),
        reference: None,
    };
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.start_push(input, now))
        .await
}

/// Asks the phone of a regular who was chosen from the list; the page never has the number.
///
/// # Errors
/// Those of [`till::engine::Engine::prompt_regular`].
#[tauri::command]
pub async fn prompt_regular<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: Option<String>,
    amount: i64,
    customer_id: String,
    wrong_number: Option<bool>,
) -> Result<SaleView, TillError> {
    let input = RegularInput {
        sale_id,
        amount: money(amount)?,
        customer_id,
        intent: intent(wrong_number),
    };
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.prompt_regular(input, now))
        .await
}

/// Asks the phone of a prompt once more.
///
/// # Errors
/// Those of [`till::engine::Engine::send_again`].
#[tauri::command]
pub async fn send_again<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    push_id: String,
) -> Result<SaleView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.send_again(&push_id, now))
        .await
}

fn intent(wrong_number: Option<bool>) -> PushIntent {
    if wrong_number.unwrap_or(false) {
        PushIntent::WrongNumber
    } else {
        PushIntent::Ordinary
    }
}

/// Takes `tendered` cents of cash.
///
/// # Errors
/// Those of [`till::engine::Engine::take_cash`].
#[tauri::command]
pub async fn take_cash<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: Option<String>,
    amount: i64,
    tendered: i64,
) -> Result<CashTaken, TillError> {
    let (amount, tendered) = (money(amount)?, money(tendered)?);
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.take_cash(sale_id.as_deref(), amount, tendered, now))
        .await
}

/// What can be said about a typed code without asking anybody.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn check_code<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    code: String,
    amount: i64,
) -> Result<CodeCheck, TillError> {
    money(amount)?;
    shell
        .till(&app)
        .await?
        .look(move |engine, now| engine.check_code(&code, now))
        .await
}

/// Pays the sale with a typed code.
///
/// # Errors
/// Those of [`till::engine::Engine::take_code`].
#[tauri::command]
pub async fn take_code<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: Option<String>,
    amount: i64,
    code: String,
    read_from: ReadFrom,
    warned: bool,
) -> Result<SaleView, TillError> {
    let input = CodeInput {
        sale_id,
        amount: money(amount)?,
        code,
        read_from,
        warned,
    };
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.take_code(input, now))
        .await
}

/// Lets the sale wait on the roll for a payment to the till.
///
/// # Errors
/// Those of [`till::engine::Engine::wait_for_till`].
#[tauri::command]
pub async fn wait_for_till<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: Option<String>,
    amount: i64,
    digits: Option<String>,
) -> Result<SaleView, TillError> {
    let amount = money(amount)?;
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.wait_for_till(sale_id.as_deref(), amount, digits.as_deref(), now))
        .await
}

/// Gives up a sale on which nothing was paid.
///
/// # Errors
/// Those of [`till::engine::Engine::void_sale`].
#[tauri::command]
pub async fn void_sale<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
    reason: String,
) -> Result<SaleView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.void_sale(&sale_id, &reason, now))
        .await
}

/// Asks Safaricom about a push now.
///
/// # Errors
/// Those of [`till::engine::Engine::ask_now`].
#[tauri::command]
pub async fn ask_now<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    push_id: String,
) -> Result<SaleView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.ask_now(&push_id, now))
        .await
}

/// The customer, asked on the screen, has no M-PESA message.
///
/// # Errors
/// Those of [`till::engine::Engine::no_message`].
#[tauri::command]
pub async fn no_message<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    push_id: String,
) -> Result<SaleView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.no_message(&push_id, now))
        .await
}

/// A person answers for how a push ended, with a reason that the day lists.
///
/// # Errors
/// Those of [`till::engine::Engine::judge`].
#[tauri::command]
pub async fn judge<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    push_id: String,
    paid: bool,
    reason: String,
) -> Result<SaleView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.judge(&push_id, paid, &reason, now))
        .await
}

/// Keeps what stands half typed.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn save_draft<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    draft: Draft,
) -> Result<(), TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, _| engine.save_draft(&draft).map(|()| ((), Vec::new())))
        .await
}

/// The square code that this PC draws for what is left of a sale; none without a number to pay to.
///
/// # Errors
/// [`till::Code::NotFound`], or the disk's trouble.
#[tauri::command]
pub async fn pay_code<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
) -> Result<Option<PayCode>, TillError> {
    let place = shell.pay_place(&app).await?;
    let Some(number) = place.number else {
        return Ok(None);
    };
    let sale = place
        .till
        .look(move |engine, now| engine.sale(&sale_id, now))
        .await?;
    let text = pay_code::text(place.kind, &number, sale.left, &sale.reference, &place.shop_name);
    Ok(pay_code::draw(&text))
}

/// Safaricom's own square code for what is left of a sale, as a `data:` picture; none when it gives none now.
///
/// # Errors
/// [`till::Code::NotFound`], or the disk's trouble.
#[tauri::command]
pub async fn safaricoms_code<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
) -> Result<Option<String>, TillError> {
    let place = shell.pay_place(&app).await?;
    let Some(port) = place.port else {
        return Ok(None);
    };
    let sale = place
        .till
        .look(move |engine, now| engine.sale(&sale_id, now))
        .await?;
    let Ok(amount) = MpesaAmount::try_from(sale.left) else {
        return Ok(None);
    };
    let wanted = PayPicture {
        shop: place.shop_name,
        reference: sale.reference,
        amount,
    };
    let drawn = port.pay_picture(wanted).await;
    Ok(drawn.map(|png| format!("data:image/png;base64,{png}")))
}
