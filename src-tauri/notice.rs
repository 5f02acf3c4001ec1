//! A word on the desktop when a payment ends behind another window.

use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_notification::{Notification, NotificationExt};
use till::Money;
use till::view::{Outcome, PaymentEnded, SaleView, TenderKindView};

use crate::views::Locale;
use crate::windows;

/// Shows it, unless the cashier is looking at the till anyway.
pub(crate) fn payment_ended<R: Runtime>(app: &AppHandle<R>, ended: &PaymentEnded, locale: Locale) {
    if windows::is_in_front(app) || app.try_state::<Notification<R>>().is_none() {
        return;
    }
    let Some((amount, phone)) = asked(&ended.sale, &ended.push_id) else {
        return;
    };
    let (title, body) = words(ended.outcome, amount, phone, locale);
    if let Err(error) = app.notification().builder().title(title).body(body).show() {
        tracing::warn!("no notification: {error}");
    }
}

/// How much was asked of whom.
fn asked<'s>(sale: &'s SaleView, push_id: &str) -> Option<(Money, &'s str)> {
    sale.tenders.iter().find_map(|tender| match &tender.kind {
        TenderKindView::Push(push) if push.push_id == push_id => {
            Some((tender.amount, push.phone_masked.as_str()))
        }
        TenderKindView::Push(_)
        | TenderKindView::Cash { .. }
        | TenderKindView::ToTill { .. }
        | TenderKindView::Code { .. }
        | TenderKindView::Credit { .. } => None,
    })
}

/// Title and body. A lock screen may show them, so the phone is masked.
fn words(outcome: Outcome, amount: Money, phone: &str, locale: Locale) -> (String, String) {
    let (ended, from) = match (locale, outcome) {
        (Locale::En, Outcome::Paid) => ("Paid", "Phone"),
        (Locale::En, Outcome::NotPaid) => ("Not paid", "Phone"),
        (Locale::En, Outcome::Look) => ("Look at this payment", "Phone"),
        (Locale::Sw, Outcome::Paid) => ("Imelipwa", "Simu"),
        (Locale::Sw, Outcome::NotPaid) => ("Haijalipwa", "Simu"),
        (Locale::Sw, Outcome::Look) => ("Angalia malipo haya", "Simu"),
    };
    (format!("{ended} · KSh {amount}"), format!("{from} {phone}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn says_what_ended_in_the_cashiers_language() {
        let amount = Money::from_shillings(1250).unwrap();
        let (title, body) = words(Outcome::Paid, amount, "··678", Locale::En);
        assert_eq!(
            (title.as_str(), body.as_str()),
            ("Paid · KSh 1,250", "Phone ··678"),
            "English"
        );
        let (title, body) = words(Outcome::NotPaid, amount, "··678", Locale::Sw);
        assert_eq!(
            (title.as_str(), body.as_str()),
            ("Haijalipwa · KSh 1,250", "Simu ··678"),
            "Swahili"
        );
    }
}
