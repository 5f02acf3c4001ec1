//! A printer on the network: raw bytes to a port, nearly always 9100.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream, ToSocketAddrs as _};
use std::time::Instant;

use super::{Patience, Printed, Trouble, is_answer, off_line, paper, question};

/// JetDirect's, which printers' makers have taken over.
const PORT: u16 = 9100;

pub(super) fn send(address: &str, bytes: &[u8], patience: Patience) -> Printed {
    let mut stream = match connect(address, patience) {
        Ok(stream) => stream,
        Err(trouble) => return Printed::No(trouble),
    };
    if let Some(trouble) = asked(&mut stream, patience) {
        return Printed::No(trouble);
    }
    match hand_over(&mut stream, bytes) {
        Ok(()) => taken(&mut stream, patience),
        Err(_) => Printed::Perhaps(Trouble::Silent),
    }
}

fn connect(address: &str, patience: Patience) -> Result<TcpStream, Trouble> {
    let address = address.trim();
    let named = if address.parse::<std::net::Ipv6Addr>().is_ok() {
        format!("[{address}]:{PORT}")
    } else if address.contains(':') {
        address.to_owned()
    } else {
        format!("{address}:{PORT}")
    };
    let places = named.to_socket_addrs().map_err(|error| {
        if error.kind() == ErrorKind::InvalidInput {
            Trouble::NoSuchPlace
        } else {
            Trouble::Absent
        }
    })?;
    places
        .into_iter()
        .find_map(|place| TcpStream::connect_timeout(&place, patience.find).ok())
        .ok_or(Trouble::Absent)
}

/// Asks why it might not print. No answer is no trouble: most cheap printers never answer.
fn asked(stream: &mut TcpStream, patience: Patience) -> Option<Trouble> {
    stream.set_write_timeout(Some(patience.take)).ok()?;
    stream.set_read_timeout(Some(patience.answer)).ok()?;
    for (n, meaning) in [(2, off_line as fn(u8) -> Option<Trouble>), (4, paper)] {
        let mut answer = [0];
        stream.write_all(&question(n)).ok()?;
        stream.read_exact(&mut answer).ok()?;
        if let Some(trouble) = meaning(answer[0]) {
            return Some(trouble);
        }
    }
    None
}

/// `GS r 1`: an answer to it comes when everything before it has been printed.
const ARE_YOU_DONE: [u8; 3] = [0x1D, b'r', 1];

fn hand_over(stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(bytes)?;
    stream.write_all(&ARE_YOU_DONE)?;
    stream.flush()?;
    // Says that nothing more comes: a printer that read all of it hangs up as well.
    stream.shutdown(Shutdown::Write)
}

/// Waits for the printer to answer, or to hang up, which it does when it has read everything. One that does
/// neither has perhaps read nothing: the network keeps a short slip for it.
fn taken(stream: &mut TcpStream, patience: Patience) -> Printed {
    let until = Instant::now() + patience.take;
    let mut answer = [0; 64];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            return Printed::Perhaps(Trouble::Silent);
        }
        match stream.read(&mut answer) {
            Ok(0) => return Printed::Yes,
            // A late answer to the first questions says nothing about the slip.
            Ok(read) if answer[..read].iter().any(|byte| !is_answer(*byte)) => return Printed::Yes,
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Printed::Perhaps(Trouble::Silent),
        }
    }
}
