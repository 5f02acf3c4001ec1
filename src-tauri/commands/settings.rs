//! Settings, and the way back from practice.

use daraja::ShortCode;
use tauri::{AppHandle, Runtime, State};
use till::people::Act;
use till::{Code, TillError};

use crate::state::Shell;
use crate::views::{AppState, Settings};

/// A shop's name fits on the top bar and on a receipt.
const NAME_MAX: usize = 60;

/// Keeps the settings.
///
/// # Errors
/// [`Code::NumberInvalid`], [`Code::NotAllowed`] for a shop without a name, or the disk's trouble.
#[tauri::command]
pub async fn save_settings<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    settings: Settings,
) -> Result<AppState, TillError> {
    shell.acts(&app, Act::Settings).await?;
    let Settings {
        preferences,
        shop_name,
        pay_number,
    } = settings;
    let wanted = pay_number
        .as_deref()
        .map(str::trim)
        .filter(|number| !number.is_empty());
    if wanted != shell.app_state().settings.pay_number.as_deref() {
        // Where money goes is the owner's.
        shell.acts(&app, Act::Connection).await?;
    }
    let set_up = move |shop: &mut till::shop::Shop| {
        shop.name = name(&shop_name)?;
        shop.pay_number = match pay_number.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(number) => Some(sticker(number)?),
        };
        Ok(())
    };
    shell.save(preferences, Box::new(set_up)).await?;
    Ok(shell.app_state())
}

/// Back to the three doors; the practice book stays.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn leave_practice<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<AppState, TillError> {
    shell.acts(&app, Act::Connection).await?;
    shell.leave(&app).await?;
    Ok(shell.app_state())
}

/// A shop's name, without what no printer prints.
pub(super) fn name(text: &str) -> Result<String, TillError> {
    let printable: String = text
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    let name = printable.trim();
    if name.is_empty() {
        return Err(TillError::new(
            Code::NotAllowed,
            "Type the shop's name, as its customers know it.",
        ));
    }
    Ok(name
        .chars()
        .take(NAME_MAX)
        .collect::<String>()
        .trim_end()
        .to_owned())
}

/// The number on the sticker.
pub(super) fn sticker(text: &str) -> Result<String, TillError> {
    ShortCode::parse(text)
        .map(|number| number.as_str().to_owned())
        .map_err(|_| {
            TillError::new(
                Code::NumberInvalid,
                "The number on the sticker has 5 to 7 digits. Type it as it stands there.",
            )
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_can_be_printed() {
        assert_eq!(
            name(" Mama\tNjeri \n").unwrap(),
            "Mama Njeri",
            "blanks of a paste go"
        );
        assert_eq!(
            name(&"n".repeat(500)).unwrap().len(),
            NAME_MAX,
            "too long is cut, not refused"
        );
        assert_eq!(
            name(" \u{0}\n").unwrap_err().code,
            Code::NotAllowed,
            "nothing to print is no name"
        );
    }

    #[test]
    fn a_sticker_has_five_to_seven_digits() {
        assert_eq!(sticker(" 600101 ").unwrap(), "600101", "blanks of a paste go");
        for bad in ["", "1234", "12345678", "６００１０１", "60-101", "till"] {
            assert_eq!(
                sticker(bad).unwrap_err().code,
                Code::NumberInvalid,
                "{bad:?} is on no sticker"
            );
        }
    }
}
