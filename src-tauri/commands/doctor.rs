//! The set-up doctor, the go-live list, addresses for notices, and played customers.

use std::sync::Arc;

use daraja::C2bVersion;
use tauri::{AppHandle, Runtime, State};
use till::doctor::go_live::GoLive;
use till::doctor::labels::labels;
use till::doctor::{C2bOutcome, CallTrouble, Finding, Outcome, Step, TillOwner, Words};
use till::driver::doctor::{Doctor, FromTheBook, Wish};
use till::driver::safaricom::Safaricom;
use till::people::Act;
use till::{Code, MpesaAmount, Msisdn, TillError};

use super::money;
use crate::open::Line;
use crate::state::Shell;
use crate::views::{AddressesForm, AppEnvironment, DoctorView, StepView};

/// What a played customer types at a paybill.
const ACCOUNT: &str = "TEST";

/// The list and the steps, in words.
///
/// # Errors
/// [`Code::NotAllowed`] at the doors.
#[tauri::command]
pub async fn doctor<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<DoctorView, TillError> {
    shell.looks(&app, Act::Settings).await?;
    let (_, shop, line) = shell.connection(&app).await?;
    Ok(DoctorView {
        list: GoLive::of(shop.till_owner),
        steps: Step::ALL
            .map(|step| StepView {
                step,
                title: step.title(),
            })
            .to_vec(),
        plays: plays(&line),
        labels: labels(line.environment == Some(AppEnvironment::Practice)),
    })
}

/// Keeps who owns the number that customers pay to, and says what that means.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn till_owner<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    owner: TillOwner,
) -> Result<GoLive, TillError> {
    shell.acts(&app, Act::Settings).await?;
    let keep = move |shop: &mut till::shop::Shop| {
        shop.till_owner = Some(owner);
        Ok(())
    };
    shell.change_shop(Box::new(keep)).await?;
    Ok(GoLive::of(Some(owner)))
}

/// Tries one step; the step of the prompt asks `phone` for KSh 1, and takes until the prompt's end. Who does
/// not wait for the answer stops nothing: the prompt is on the roll.
///
/// # Errors
/// [`Code::PhoneInvalid`], or the disk's trouble. What Safaricom says is a finding.
#[tauri::command]
pub async fn doctor_step<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    step: Step,
    phone: Option<String>,
    push_id: Option<String>,
) -> Result<Finding, TillError> {
    shell.looks(&app, Act::Settings).await?;
    let phone = phone.as_deref().map(Msisdn::parse).transpose()?;
    let (till, _, line) = shell.connection(&app).await?;
    let plays = plays(&line);
    let safaricom = line
        .safaricom
        .ok_or_else(|| line.trouble.unwrap_or(Code::NotConnected));
    let heard = Arc::new(FromTheBook(till.clone()));
    let doctor = Doctor::new(till, safaricom, heard, line.pull, plays);
    let wish = Wish {
        phone,
        addresses: None,
    };
    doctor.step(step, &wish, push_id).await
}

/// What Safaricom would not like about an address; none when nothing.
///
/// # Errors
/// [`Code::NotConnected`] without keys.
#[tauri::command]
pub async fn address_trouble<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    url: String,
) -> Result<Option<Words>, TillError> {
    shell.looks(&app, Act::Settings).await?;
    let safaricom = connected(&app, &shell).await?.1;
    let trouble = safaricom.lint(url.trim()).err();
    Ok(trouble.map(|lint| CallTrouble::from(&lint).words()))
}

/// Registers the addresses; a refusal is a finding.
///
/// # Errors
/// [`Code::NotConnected`] without keys.
#[tauri::command]
pub async fn register_urls<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    form: AddressesForm,
) -> Result<Finding, TillError> {
    shell.acts(&app, Act::Connection).await?;
    let safaricom = connected(&app, &shell).await?.1;
    let answer = safaricom.register_urls(&form.into()).await;
    let outcome = Outcome::C2b(C2bOutcome::of_register(&answer));
    Ok(Finding::of(&outcome, None))
}

/// Plays a customer who pays `amount` cents by the own hand; a refusal is a finding.
///
/// # Errors
/// [`Code::AmountInvalid`], [`Code::PhoneInvalid`], [`Code::NotConnected`] without keys, and
/// [`Code::NotAllowed`] where money is real: nothing is sent then.
#[tauri::command]
pub async fn play_payment<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    phone: String,
    amount: i64,
) -> Result<Finding, TillError> {
    shell.looks(&app, Act::Settings).await?;
    let phone = Msisdn::parse(&phone)?;
    let amount = MpesaAmount::try_from(money(amount)?)
        .map_err(|error| TillError::new(Code::AmountInvalid, error.to_string()))?;
    let (line, safaricom) = connected(&app, &shell).await?;
    if !plays(&line) {
        return Err(TillError::new(
            Code::NotAllowed,
            CallTrouble::OnlyForTests.words().en,
        ));
    }
    let played = safaricom.play(amount, &phone, ACCOUNT, C2bVersion::V2).await;
    let outcome = Outcome::C2b(C2bOutcome::of_play(&played));
    Ok(Finding::of(&outcome, None))
}

async fn connected<R: Runtime>(
    app: &AppHandle<R>,
    shell: &State<'_, Shell>,
) -> Result<(Line, Safaricom), TillError> {
    let (_, _, line) = shell.connection(app).await?;
    match line.safaricom.clone() {
        Some(safaricom) => Ok((line, safaricom)),
        None => Err(TillError::new(
            Code::NotConnected,
            "Keshia is not connected to Safaricom yet: connect in Settings first.",
        )),
    }
}

/// Customers may be played where money is not real.
const fn plays(line: &Line) -> bool {
    match line.environment {
        Some(AppEnvironment::Practice | AppEnvironment::Sandbox) => true,
        Some(AppEnvironment::Production) | None => false,
    }
}
