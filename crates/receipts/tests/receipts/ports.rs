//! Printers behind a serial port, and behind a file of the system.

use std::fs;
use std::io::Read as _;
use std::time::Duration;

use receipts::{Patience, Printed, PrinterPlace, Trouble, transport};
use serialport::{SerialPort as _, TTYPort};

const PATIENCE: Patience = Patience {
    find: Duration::from_secs(1),
    answer: Duration::from_millis(50),
    take: Duration::from_secs(5),
};

#[test]
fn a_slip_arrives_at_the_other_end_of_a_serial_line() {
    let (mut printer, till) = TTYPort::pair().unwrap();
    let port = till.name().unwrap();
    let reading = std::thread::spawn(move || {
        printer.set_timeout(Duration::from_secs(10)).unwrap();
        let mut got = Vec::new();
        let mut byte = [0];
        while !got.ends_with(b"a slip") {
            printer.read_exact(&mut byte).unwrap();
            got.push(byte[0]);
        }
        got
    });
    let place = PrinterPlace::Serial { port, baud: 9600 };
    assert_eq!(
        transport::send(&place, b"a slip", PATIENCE),
        Printed::Yes,
        "all was taken"
    );
    let got = reading.join().unwrap();
    assert!(got.starts_with(&[0x10, 0x04, 2]), "asked first: {got:02X?}");
}

#[test]
fn a_printer_as_a_file_gets_the_bytes_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lp0");
    fs::write(&path, b"").unwrap();
    let place = PrinterPlace::Device {
        path: path.display().to_string(),
    };
    assert_eq!(
        transport::send(&place, b"a slip", PATIENCE),
        Printed::Yes,
        "all was taken"
    );
    assert_eq!(fs::read(&path).unwrap(), b"a slip", "and nothing else");
    let gone = PrinterPlace::Device {
        path: folder.path().join("lp1").display().to_string(),
    };
    assert_eq!(
        transport::send(&gone, b"a slip", PATIENCE),
        Printed::No(Trouble::Absent),
        "a printer that is not there is not made"
    );
    assert!(!folder.path().join("lp1").exists(), "no file takes its place");
}
