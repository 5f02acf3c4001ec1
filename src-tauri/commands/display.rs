//! The customer's display.

use tauri::{AppHandle, Runtime, State};
use till::TillError;

use crate::announce;
use crate::state::Shell;
use crate::views::CustomerView;
use crate::windows;

/// Opens the display, or closes it. Whether it is open is kept with the settings.
///
/// # Errors
/// [`till::Code::Internal`] when the system opens no window.
#[tauri::command]
pub async fn set_customer_display<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    open: bool,
) -> Result<(), TillError> {
    if open {
        return windows::show_display(&app, shell.locale());
    }
    windows::shut_display(&app);
    Ok(())
}

/// What stands on the counter, for the customer.
///
/// # Errors
/// None.
#[tauri::command]
pub async fn show_customer<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    view: CustomerView,
) -> Result<(), TillError> {
    let view = CustomerView {
        phone_masked: view.phone_masked.as_deref().map(masked),
        ..view
    };
    announce::customer(&app, &view);
    shell.show_customer(view);
    Ok(())
}

/// What the display shows first; after that it listens.
///
/// # Errors
/// None.
#[tauri::command]
pub async fn customer_view(shell: State<'_, Shell>) -> Result<Option<CustomerView>, TillError> {
    Ok(shell.customer_view())
}

/// The last three digits, whatever the page sent: everybody in the shop can read this window.
fn masked(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let last = digits.len().saturating_sub(3);
    format!("··{}", digits.iter().skip(last).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reads_a_whole_phone_there() {
        for phone in ["0712 345 678", "254712345678", "··678"] {
            assert_eq!(masked(phone), "··678", "{phone} shows three digits");
        }
        assert_eq!(masked("Wangari"), "··", "a name is no phone");
    }
}
