//! `printer`: the receipt printer, and what stands on receipts.

use receipts::{Patience, PrinterPlace, Roll, escpos, transport};
use till::driver::{Clock as _, SystemClock};
use till::receipt::{Language, Printing, VatKind};
use till::{Code, TillError};

use super::slips;
use crate::cli::{Global, Printer};
use crate::failure::{Exit, internal};
use crate::open::Book;
use crate::print::Out;

/// Keeps what the flags say, and shows how it stands.
///
/// # Errors
/// What kept the book from opening; for the test, [`Code::NoPrinter`] with what keeps the printer from printing.
pub(super) fn run(asked: &Printer, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let play = book.is_play();
    let (mut engine, _lock) = book.engine()?;
    let kept = engine.printing()?;
    let printing = changed(kept.clone(), asked);
    if printing != kept {
        engine.save_printing(&printing, SystemClock::default().now())?;
    }
    if asked.test {
        let place = printing.place.clone().ok_or_else(|| {
            TillError::new(
                Code::NoPrinter,
                "No printer is set up: see `keshiactl printer --help`.",
            )
        })?;
        let slip = engine.test_slip(&printing, play, SystemClock::default().now())?;
        let bytes = escpos::render(&slip, printing.roll, printing.code_page).map_err(internal)?;
        slips::told(transport::send(&place, &bytes, Patience::default()))?;
    }
    out.tell(&words(&printing), "printer", &printing);
    Ok(Exit::Done)
}

fn changed(mut printing: Printing, asked: &Printer) -> Printing {
    if let Some(address) = &asked.network {
        printing.place = Some(PrinterPlace::Network {
            address: address.clone(),
        });
    }
    if let Some(path) = &asked.device {
        printing.place = Some(PrinterPlace::Device { path: path.clone() });
    }
    if let Some(port) = &asked.serial {
        printing.place = Some(PrinterPlace::Serial {
            port: port.clone(),
            baud: asked.baud,
        });
    }
    if asked.none {
        printing.place = None;
    }
    if let Some(millimetres) = &asked.paper {
        printing.roll = if millimetres == "58" {
            Roll::Narrow
        } else {
            Roll::Wide
        };
    }
    let on = |word: &String| word == "on";
    printing.automatic = asked.automatic.as_ref().map_or(printing.automatic, on);
    printing.drawer = asked.drawer.as_ref().map_or(printing.drawer, on);
    if let Some(language) = &asked.language {
        printing.language = if language == "sw" {
            Language::Sw
        } else {
            Language::En
        };
    }
    if let Some(vat) = &asked.vat {
        printing.vat = match vat.as_str() {
            "standard" => Some(VatKind::Standard),
            "zero" => Some(VatKind::Zero),
            "exempt" => Some(VatKind::Exempt),
            _ => None,
        };
    }
    for (kept, told) in [
        (&mut printing.kra_pin, &asked.kra_pin),
        (&mut printing.address, &asked.address),
        (&mut printing.footer, &asked.footer),
    ] {
        if let Some(told) = told {
            kept.clone_from(told);
        }
    }
    printing
}

fn words(printing: &Printing) -> String {
    let place = match &printing.place {
        None => "none".to_owned(),
        Some(PrinterPlace::Network { address }) => format!("on the network, {address}"),
        Some(PrinterPlace::Usb { vendor, product, .. }) => format!("on USB, {vendor:04x}:{product:04x}"),
        Some(PrinterPlace::Serial { port, baud }) => format!("on {port}, {baud} bits a second"),
        Some(PrinterPlace::Device { path }) => format!("behind {path}"),
    };
    let paper = match printing.roll {
        Roll::Narrow => "58 mm",
        Roll::Wide => "80 mm",
    };
    let vat = match printing.vat {
        None => "off",
        Some(VatKind::Standard) => "16 %, in the amount",
        Some(VatKind::Zero) => "0 %",
        Some(VatKind::Exempt) => "exempt",
    };
    let on = |on: bool| if on { "yes" } else { "no" };
    format!(
        "Printer                {place}\n\
         Paper                  {paper}\n\
         Prints when paid       {}\n\
         Opens the drawer       {}\n\
         VAT                    {vat}",
        on(printing.automatic),
        on(printing.drawer)
    )
}
