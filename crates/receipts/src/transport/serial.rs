//! A printer on a serial port.

use std::io::Write as _;

use serialport::{ErrorKind, SerialPort};

use super::{Patience, Printed, Trouble, off_line, paper, question};

/// The serial ports of this PC, by the names that the system gives them.
#[must_use]
pub fn ports() -> Vec<String> {
    let mut names: Vec<String> = serialport::available_ports()
        .unwrap_or_default()
        .into_iter()
        .map(|port| port.port_name)
        .collect();
    names.sort();
    names
}

pub(super) fn send(name: &str, baud: u32, bytes: &[u8], patience: Patience) -> Printed {
    let mut port = match serialport::new(name.trim(), baud).timeout(patience.answer).open() {
        Ok(port) => port,
        Err(error) => {
            return Printed::No(match error.kind() {
                ErrorKind::InvalidInput => Trouble::NoSuchPlace,
                ErrorKind::Io(std::io::ErrorKind::PermissionDenied) => Trouble::NotAllowed,
                ErrorKind::NoDevice | ErrorKind::Unknown | ErrorKind::Io(_) => Trouble::Absent,
            });
        }
    };
    if let Some(trouble) = asked(port.as_mut()) {
        return Printed::No(trouble);
    }
    if port.set_timeout(patience.take).is_err() {
        return Printed::No(Trouble::Silent);
    }
    match port.write_all(bytes).and_then(|()| port.flush()) {
        Ok(()) => Printed::Yes,
        Err(_) => Printed::Perhaps(Trouble::Silent),
    }
}

/// As on the network: no answer is no trouble.
fn asked(port: &mut dyn SerialPort) -> Option<Trouble> {
    for (n, meaning) in [(2, off_line as fn(u8) -> Option<Trouble>), (4, paper)] {
        let mut answer = [0];
        port.write_all(&question(n)).ok()?;
        port.read_exact(&mut answer).ok()?;
        if let Some(trouble) = meaning(answer[0]) {
            return Some(trouble);
        }
    }
    None
}
