//! Who is at the till, and who works here. Names and PINs come in; hashes never go out.

use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::people::{Act, Role};
use till::view::DeskView;

use crate::state::Shell;
use crate::views::{OwnerForm, OwnerMade};

/// Who is here, and what they may do.
///
/// # Errors
/// [`till::Code::NotAllowed`] at the doors, or the disk's trouble.
#[tauri::command]
pub async fn desk<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<DeskView, TillError> {
    shell.till(&app).await?.look(|engine, now| engine.desk(now)).await
}

/// Somebody takes the counter over; what is typed stays.
///
/// # Errors
/// Those of [`till::engine::Engine::sign_in`].
#[tauri::command]
pub async fn sign_in<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    person_id: String,
    pin: String,
) -> Result<DeskView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.sign_in(&person_id, &pin, now))
        .await
}

/// Locks the counter.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn lock<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<DeskView, TillError> {
    shell.till(&app).await?.call(|engine, now| engine.lock(now)).await
}

/// Somebody types or points: the counter stays awake.
///
/// # Errors
/// [`till::Code::NotAllowed`] at the doors.
#[tauri::command]
pub async fn touch<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<(), TillError> {
    shell
        .till(&app)
        .await?
        .call(|engine, now| {
            engine.touch(now);
            Ok(((), Vec::new()))
        })
        .await
}

/// The owner's passphrase opens owner acts for a while.
///
/// # Errors
/// Those of [`till::engine::Engine::give_passphrase`].
#[tauri::command]
pub async fn give_passphrase<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    passphrase: String,
) -> Result<DeskView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.give_passphrase(&passphrase, now))
        .await
}

/// Another person's PIN allows one act, once.
///
/// # Errors
/// Those of [`till::engine::Engine::grant`].
#[tauri::command]
pub async fn grant<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    act: Act,
    person_id: String,
    pin: String,
    reason: String,
) -> Result<(), TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| {
            engine.grant(act, (&person_id, &pin), &reason, now)?;
            Ok(((), Vec::new()))
        })
        .await
}

/// The first owner, and the recovery code: nothing shows it a second time.
///
/// # Errors
/// Those of [`till::engine::Engine::make_owner`], and [`till::Code::Keyring`] when nothing keeps the pepper.
#[tauri::command]
pub async fn make_owner<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    form: OwnerForm,
) -> Result<OwnerMade, TillError> {
    shell.pepper(&app).await?;
    shell
        .till(&app)
        .await?
        .call(move |engine, now| {
            let (pin, passphrase) = (form.pin.expose(), form.passphrase.expose());
            let (desk, effects) = engine.make_owner(&form.name, pin, passphrase, now)?;
            let recovery_code = engine.new_recovery_code(now)?;
            Ok((OwnerMade { desk, recovery_code }, effects))
        })
        .await
}

/// A new recovery code; the one before opens nothing any more.
///
/// # Errors
/// Those of [`till::engine::Engine::new_recovery_code`].
#[tauri::command]
pub async fn new_recovery_code<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<Vec<String>, TillError> {
    shell
        .till(&app)
        .await?
        .call(|engine, now| Ok((engine.new_recovery_code(now)?, Vec::new())))
        .await
}

/// The recovery code gives the owner `form` names (by id) a new PIN and a new passphrase.
///
/// # Errors
/// Those of [`till::engine::Engine::recover`], and [`till::Code::Keyring`] when nothing keeps the pepper.
#[tauri::command]
pub async fn recover<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    code: String,
    form: OwnerForm,
) -> Result<OwnerMade, TillError> {
    // On a PC whose keyring is new no PIN fits any more: this is the way back.
    shell.pepper(&app).await?;
    shell
        .till(&app)
        .await?
        .call(move |engine, now| {
            let words = (form.pin.expose(), form.passphrase.expose());
            let ((desk, recovery_code), effects) = engine.recover(&code, &form.name, words, now)?;
            Ok((OwnerMade { desk, recovery_code }, effects))
        })
        .await
}

/// Brings somebody in.
///
/// # Errors
/// Those of [`till::engine::Engine::add_person`].
#[tauri::command]
pub async fn add_person<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    name: String,
    role: Role,
    pin: String,
) -> Result<DeskView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.add_person(&name, role, &pin, now))
        .await
}

/// Another name or another role.
///
/// # Errors
/// Those of [`till::engine::Engine::change_person`].
#[tauri::command]
pub async fn change_person<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    person_id: String,
    name: String,
    role: Role,
) -> Result<DeskView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.change_person(&person_id, &name, role, now))
        .await
}

/// A new PIN for somebody who has forgotten theirs.
///
/// # Errors
/// Those of [`till::engine::Engine::reset_pin`].
#[tauri::command]
pub async fn reset_pin<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    person_id: String,
    pin: String,
) -> Result<DeskView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.reset_pin(&person_id, &pin, now))
        .await
}

/// Somebody works here no more.
///
/// # Errors
/// Those of [`till::engine::Engine::let_go`].
#[tauri::command]
pub async fn let_go<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    person_id: String,
) -> Result<DeskView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.let_go(&person_id, now))
        .await
}

/// The person at the counter takes another PIN.
///
/// # Errors
/// Those of [`till::engine::Engine::change_pin`].
#[tauri::command]
pub async fn change_pin<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    old: String,
    new: String,
) -> Result<DeskView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.change_pin(&old, &new, now))
        .await
}

/// The owner at the counter takes another passphrase.
///
/// # Errors
/// Those of [`till::engine::Engine::change_passphrase`].
#[tauri::command]
pub async fn change_passphrase<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    old: String,
    new: String,
) -> Result<DeskView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.change_passphrase(&old, &new, now))
        .await
}

/// How long a counter that nobody touches stays open, in minutes; 0 is for ever.
///
/// # Errors
/// Those of [`till::engine::Engine::set_auto_lock`].
#[tauri::command]
pub async fn set_auto_lock<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    minutes: u32,
) -> Result<DeskView, TillError> {
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.set_auto_lock(minutes, now))
        .await
}
