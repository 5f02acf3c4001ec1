//! Printers on the network, good and bad, over real sockets.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use receipts::{Patience, Printed, PrinterPlace, Trouble, transport};

/// Short, because the bad ones are waited out.
const PATIENCE: Patience = Patience {
    find: Duration::from_secs(5),
    answer: Duration::from_millis(50),
    take: Duration::from_millis(400),
};

/// What is sent to a printer that behaves like `printer`, and what it got.
fn send(bytes: &[u8], printer: impl FnOnce(TcpStream) -> Vec<u8> + Send + 'static) -> (Printed, Vec<u8>) {
    let (address, printer) = plug_in(printer);
    let printed = transport::send(&PrinterPlace::Network { address }, bytes, PATIENCE);
    (printed, printer.join().unwrap())
}

fn plug_in(printer: impl FnOnce(TcpStream) -> Vec<u8> + Send + 'static) -> (String, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let printer = thread::spawn(move || printer(listener.accept().unwrap().0));
    (address, printer)
}

fn to_the_end(mut stream: TcpStream) -> Vec<u8> {
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    all
}

#[test]
fn a_printer_that_reads_everything_has_printed() {
    let (printed, got) = send(b"a slip", to_the_end);
    assert_eq!(printed, Printed::Yes, "it read to the end and hung up");
    assert!(
        got.windows(6).any(|at| at == b"a slip"),
        "and the slip arrived: {got:02X?}"
    );
}

#[test]
fn a_printer_that_says_it_is_done_is_believed_before_it_hangs_up() {
    let (printed, _) = send(b"a slip", |mut stream| {
        let mut got = Vec::new();
        let mut byte = [0];
        while !got.ends_with(&[0x1D, b'r', 1]) {
            stream.read_exact(&mut byte).unwrap();
            got.push(byte[0]);
            // It answers each question about its state: all is well.
            if got.ends_with(&[0x10, 4, 2]) || got.ends_with(&[0x10, 4, 4]) {
                stream.write_all(&[0x12]).unwrap();
            }
        }
        stream.write_all(&[0]).unwrap();
        to_the_end(stream)
    });
    assert_eq!(printed, Printed::Yes, "it answered behind the slip");
}

#[test]
fn without_paper_nothing_of_the_slip_leaves() {
    let (printed, got) = send(b"a slip", |mut stream| {
        let mut question = [0; 3];
        stream.read_exact(&mut question).unwrap();
        stream.write_all(&[0x12]).unwrap();
        stream.read_exact(&mut question).unwrap();
        stream.write_all(&[0x72]).unwrap();
        to_the_end(stream)
    });
    assert_eq!(printed, Printed::No(Trouble::NoPaper), "it said so");
    assert_eq!(got, b"", "so the slip may be printed later without a second one");
}

#[test]
fn a_printer_that_accepts_and_hangs_has_perhaps_printed() {
    let (done, wait) = std::sync::mpsc::channel::<()>();
    let (address, printer) = plug_in(move |stream| {
        // It neither reads nor hangs up before the other side has given up.
        let _ = wait.recv();
        drop(stream);
        Vec::new()
    });
    let printed = transport::send(&PrinterPlace::Network { address }, b"a slip", PATIENCE);
    assert_eq!(printed, Printed::Perhaps(Trouble::Silent), "nobody can say");
    drop(done);
    printer.join().unwrap();
}

#[test]
fn a_printer_that_dies_in_the_middle_has_perhaps_printed() {
    let slip = vec![b'x'; 8 << 20];
    let (printed, _) = send(&slip, |mut stream| {
        let mut some = [0; 100];
        stream.read_exact(&mut some).unwrap();
        // Hangs up on what is still unread.
        Vec::new()
    });
    assert_eq!(
        printed,
        Printed::Perhaps(Trouble::Silent),
        "some paper may have come out"
    );
}

#[test]
fn where_nothing_listens_nothing_was_printed() {
    let address = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let place = PrinterPlace::Network { address };
    assert_eq!(
        transport::send(&place, b"a slip", PATIENCE),
        Printed::No(Trouble::Absent),
        "not one byte left"
    );
}
