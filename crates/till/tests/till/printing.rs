//! Receipts: what they say, when they are printed, and what a printer that is dead costs.

mod closes;
mod late;
mod printer;
mod slips;

use receipts::{PrinterPlace, paper};
use till::engine::{NextPrint, PrintOrder};
use till::receipt::Printing;

use crate::support::{Shop, kes};

pub fn with_printer(address: &str) -> Printing {
    Printing {
        place: Some(PrinterPlace::Network {
            address: address.to_owned(),
        }),
        automatic: true,
        ..Printing::default()
    }
}

pub fn shop(printing: &Printing) -> Shop {
    let mut shop = Shop::in_memory();
    shop.engine.save_printing(printing, shop.now).unwrap();
    shop
}

/// A sale that is paid with cash.
pub fn cash(shop: &mut Shop, amount: i64, tendered: i64) -> String {
    let (taken, _) = shop
        .engine
        .take_cash(None, kes(amount), kes(tendered), shop.now)
        .unwrap();
    taken.sale.id
}

pub fn next(shop: &mut Shop) -> Option<PrintOrder> {
    let (next, _) = shop.engine.next_print(false, shop.now).unwrap();
    match next {
        NextPrint::Order(order) => Some(order),
        NextPrint::Nothing => None,
    }
}

/// As a printer with wide paper prints it.
pub fn read(order: &PrintOrder) -> paper::Paper {
    let paper = paper::print(&order.bytes, receipts::Roll::Wide);
    assert!(paper.unknown.is_empty(), "a printer knows each command");
    paper
}
