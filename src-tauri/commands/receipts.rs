//! Receipts and their printer.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use receipts::transport::{self, UsbPrinter};
use receipts::{Document, Printed, Trouble, escpos, paper, pdf, text};
use serde::Serialize;
use tauri::{AppHandle, Runtime, State};
use till::people::Act;
use till::receipt::{Printing, SaleTax, VatKind};
use till::view::PrinterView;
use till::{Code, TillError, files};
use ts_rs::TS;

use crate::open::{blocking, internal};
use crate::state::Shell;

/// What the settings show of the printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PrintingSettings {
    /// As they are kept.
    pub printing: Printing,
    /// Printers on USB now.
    pub usb: Vec<UsbPrinter>,
    /// Serial ports of this PC.
    pub ports: Vec<String>,
}

/// A receipt on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptView {
    /// To copy and to send on.
    pub text: String,
    /// As it comes out of the printer: a `data:` picture.
    pub picture: String,
    /// How the sale is taxed; none while VAT was off.
    pub tax: Option<SaleTax>,
}

/// The settings of receipts, with the printers that are here now.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn printing_settings<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<PrintingSettings, TillError> {
    let till = shell.till(&app).await?;
    let printing = till.look(|engine, _| engine.printing()).await?;
    blocking(move || {
        Ok(PrintingSettings {
            printing,
            usb: transport::printers(),
            ports: transport::ports(),
        })
    })
    .await
}

/// Keeps the settings.
///
/// # Errors
/// Those of [`till::engine::Engine::save_printing`].
#[tauri::command]
pub async fn save_printing<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    printing: Printing,
) -> Result<(), TillError> {
    let till = shell.till(&app).await?;
    till.call(move |engine, now| Ok(((), engine.save_printing(&printing, now)?)))
        .await
}

/// A slip by settings that need not be kept yet, as it would come out of the printer.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn receipt_preview<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    printing: Printing,
) -> Result<String, TillError> {
    let place = shell.printer(&app).await?;
    let play = place.play;
    let given = printing.clone();
    let slip = place
        .till
        .look(move |engine, now| engine.test_slip(&given, play, now))
        .await?;
    picture(&slip, &printing)
}

/// Prints that slip now; answers with what keeps the printer from it.
///
/// # Errors
/// [`Code::NoPrinter`] when the settings name none, or the disk's trouble.
#[tauri::command]
pub async fn test_print<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    printing: Printing,
) -> Result<Option<Trouble>, TillError> {
    shell.looks(&app, Act::Settings).await?;
    let here = shell.printer(&app).await?;
    let (Some(place), Some(printer)) = (printing.place.clone(), here.printer) else {
        return Err(TillError::new(Code::NoPrinter, "Choose a printer first."));
    };
    let play = here.play;
    let given = printing.clone();
    let slip = here
        .till
        .look(move |engine, now| engine.test_slip(&given, play, now))
        .await?;
    let bytes = escpos::render(&slip, printing.roll, printing.code_page).map_err(internal)?;
    Ok(match printer.print(place, bytes).await {
        Printed::Yes => None,
        Printed::No(trouble) | Printed::Perhaps(trouble) => Some(trouble),
    })
}

/// The receipt of a paid sale.
///
/// # Errors
/// Those of [`till::engine::Engine::receipt`].
#[tauri::command]
pub async fn receipt<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
) -> Result<ReceiptView, TillError> {
    let place = shell.printer(&app).await?;
    let play = place.play;
    let (slip, printing, tax) = place
        .till
        .look(move |engine, now| {
            let slip = engine.receipt(&sale_id, play, now)?;
            Ok((slip, engine.printing()?, engine.tax(&sale_id)?))
        })
        .await?;
    Ok(ReceiptView {
        text: text::render(&slip),
        picture: picture(&slip, &printing)?,
        tax,
    })
}

/// Has the receipt of a paid sale printed; what became of it is told by the printer's own word.
///
/// # Errors
/// Those of [`till::engine::Engine::print_receipt`].
#[tauri::command]
pub async fn print_receipt<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
) -> Result<(), TillError> {
    let place = shell.printer(&app).await?;
    place
        .till
        .call(move |engine, now| engine.print_receipt(&sale_id, now))
        .await?;
    if let Some(bell) = place.bell {
        bell.notify_one();
    }
    Ok(())
}

/// Prints what waited too long, or forgets it.
///
/// # Errors
/// Those of [`till::engine::Engine::print_late`].
#[tauri::command]
pub async fn print_late<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    wanted: bool,
) -> Result<(), TillError> {
    let place = shell.printer(&app).await?;
    place
        .till
        .call(move |engine, now| engine.print_late(wanted, now))
        .await?;
    if let Some(bell) = place.bell {
        bell.notify_one();
    }
    Ok(())
}

/// Says how one sale is taxed.
///
/// # Errors
/// Those of [`till::engine::Engine::set_tax`].
#[tauri::command]
pub async fn set_tax<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
    kind: VatKind,
    tax_invoice: Option<String>,
) -> Result<SaleTax, TillError> {
    let till = shell.till(&app).await?;
    till.call(move |engine, now| {
        let tax = engine.set_tax(&sale_id, kind, tax_invoice.as_deref(), now)?;
        Ok((tax, Vec::new()))
    })
    .await
}

/// Writes the receipt of a paid sale as a PDF into Keshia's own folder, and says where it is.
///
/// # Errors
/// Those of [`till::engine::Engine::receipt`], or the disk's trouble.
#[tauri::command]
pub async fn save_receipt<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
) -> Result<String, TillError> {
    let place = shell.printer(&app).await?;
    let play = place.play;
    let (slip, reference) = place
        .till
        .look(move |engine, now| {
            let slip = engine.receipt(&sale_id, play, now)?;
            Ok((slip, engine.sale(&sale_id, now)?.reference))
        })
        .await?;
    let folder = shell.places().data.clone()?.receipts();
    blocking(move || {
        let bytes = pdf::render(&slip, pdf::Sheet::Slip, &reference).map_err(internal)?;
        let file = files::keep(&folder, &format!("{reference}.pdf"), &bytes)?;
        Ok(file.display().to_string())
    })
    .await
}

/// How the printer stands.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn printer<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<PrinterView, TillError> {
    shell.till(&app).await?.look(|engine, _| engine.printer()).await
}

/// What a printer makes of the slip, as a `data:` picture.
pub(super) fn picture(slip: &Document, printing: &Printing) -> Result<String, TillError> {
    let bytes = escpos::render(slip, printing.roll, printing.code_page).map_err(internal)?;
    let png = paper::print(&bytes, printing.roll)
        .picture
        .png()
        .map_err(internal)?;
    Ok(format!("data:image/png;base64,{}", STANDARD.encode(png)))
}
