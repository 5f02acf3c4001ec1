//! A printer on USB, spoken to without a driver of the system.

use std::io::Write as _;

use nusb::descriptors::TransferType;
use nusb::transfer::{Bulk, Direction, Out};
use nusb::{DeviceInfo, Interface, MaybeFuture as _};
use serde::Serialize;
use ts_rs::TS;

use super::{Patience, Printed, Trouble};

/// USB-IF's class of printers.
const PRINTER_CLASS: u8 = 7;

/// A printer that is plugged in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UsbPrinter {
    /// Who made it.
    pub vendor: u16,
    /// What it is.
    pub product: u16,
    /// Which one of several.
    pub serial: Option<String>,
    /// As it calls itself.
    pub name: String,
}

/// The printers on USB.
#[must_use]
pub fn printers() -> Vec<UsbPrinter> {
    let Ok(devices) = nusb::list_devices().wait() else {
        return Vec::new();
    };
    devices
        .filter(is_printer)
        .map(|device| UsbPrinter {
            vendor: device.vendor_id(),
            product: device.product_id(),
            serial: device.serial_number().map(str::to_owned),
            name: device
                .product_string()
                .map_or_else(|| "USB".to_owned(), |name| name.trim().to_owned()),
        })
        .collect()
}

fn is_printer(device: &DeviceInfo) -> bool {
    device
        .interfaces()
        .any(|interface| interface.class() == PRINTER_CLASS)
}

pub(super) fn send(
    vendor: u16,
    product: u16,
    serial: Option<&str>,
    bytes: &[u8],
    patience: Patience,
) -> Printed {
    let (interface, endpoint) = match open(vendor, product, serial) {
        Ok(opened) => opened,
        Err(trouble) => return Printed::No(trouble),
    };
    let Ok(endpoint) = interface.endpoint::<Bulk, Out>(endpoint) else {
        return Printed::No(Trouble::NotAllowed);
    };
    let packet = endpoint.max_packet_size();
    let mut writer = endpoint.writer(packet * 16).with_write_timeout(patience.take);
    match writer.write_all(bytes).and_then(|()| writer.flush()) {
        Ok(()) => Printed::Yes,
        Err(_) => Printed::Perhaps(Trouble::Silent),
    }
}

/// Takes the printer from the system's own driver, for as long as this slip lasts.
fn open(vendor: u16, product: u16, serial: Option<&str>) -> Result<(Interface, u8), Trouble> {
    let device = nusb::list_devices()
        .wait()
        .map_err(|_| Trouble::Absent)?
        .find(|device| {
            device.vendor_id() == vendor
                && device.product_id() == product
                && (serial.is_none() || device.serial_number() == serial)
        })
        .ok_or(Trouble::Absent)?;
    let number = device
        .interfaces()
        .find(|interface| interface.class() == PRINTER_CLASS)
        .map_or(0, nusb::InterfaceInfo::interface_number);
    let device = device.open().wait().map_err(|_| Trouble::NotAllowed)?;
    let interface = device
        .detach_and_claim_interface(number)
        .wait()
        .map_err(|_| Trouble::NotAllowed)?;
    let endpoint = interface
        .descriptor()
        .and_then(|settings| {
            settings
                .endpoints()
                .find(|endpoint| {
                    endpoint.transfer_type() == TransferType::Bulk && endpoint.direction() == Direction::Out
                })
                .map(|endpoint| endpoint.address())
        })
        .ok_or(Trouble::NoSuchPlace)?;
    Ok((interface, endpoint))
}
