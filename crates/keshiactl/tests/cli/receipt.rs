//! Receipts: as text, as files, and as the bytes that a printer gets, read back by what shares nothing with what
//! wrote them.

use std::fs;
use std::io::Read as _;
use std::net::TcpListener;

use receipts::{Roll, paper};

use crate::support::{Shop, Simulator};

/// A shop with a sale that was paid by M-PESA; and its reference.
fn paid(simulator: &Simulator) -> (Shop, String) {
    let shop = Shop::practice(&simulator.url);
    let done = shop.run(&["pay", "--phone", "0700000000", "--amount", "1250", "--wait"]);
    assert_eq!(done.code, 0, "{done:?}");
    let reference = done.last()["reference"].as_str().unwrap().to_owned();
    (shop, reference)
}

#[test]
fn a_receipt_is_text_a_pdf_a_picture_and_bytes() {
    let simulator = Simulator::start();
    let (shop, sale) = paid(&simulator);
    let set = shop.run(&[
        "printer",
        "--device",
        "/nowhere",
        "--paper",
        "58",
        "--kra-pin",
        "P051234567X",
        "--address",
        "Nairobi",
        "--language",
        "sw",
        "--vat",
        "standard",
    ]);
    assert_eq!(set.code, 0, "{set:?}");
    let text = shop.talk(&["receipt", &sale]);
    assert!(
        text.stdout.contains("MAZOEZI: SI PESA HALISI"),
        "play money says so: {text:?}"
    );
    assert!(text.stdout.contains("KRA PIN P051234567X"), "{text:?}");

    let file = |name: &str| shop.path().join(name).display().to_string();
    let (pdf, png, bytes) = (file("r.pdf"), file("r.png"), file("r.bin"));
    let done = shop.talk(&["receipt", &sale, "--pdf", &pdf, "--png", &png, "--escpos", &bytes]);
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (0, ""),
        "files and no words: {done:?}"
    );
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF-"), "a PDF");
    assert!(fs::read(&png).unwrap().starts_with(b"\x89PNG"), "a picture");
    let paper = paper::print(&fs::read(&bytes).unwrap(), Roll::Narrow);
    assert!(
        paper.unknown.is_empty(),
        "a printer knows each command: {:?}",
        paper.unknown
    );
    assert!(
        paper.text.contains(&sale) && paper.text.contains("KSh 1,250"),
        "{}",
        paper.text
    );
    assert_eq!(paper.cuts, 1, "one slip");
}

#[test]
fn a_printed_receipt_is_a_copy_the_second_time_and_not_after_a_dead_printer() {
    let simulator = Simulator::start();
    let (shop, sale) = paid(&simulator);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let dead = {
        let gone = TcpListener::bind("127.0.0.1:0").unwrap();
        gone.local_addr().unwrap().to_string()
    };
    assert_eq!(
        shop.run(&["printer", "--network", &dead]).code,
        0,
        "a printer that is off"
    );
    let done = shop.run(&["receipt", &sale, "--print"]);
    done.assert_refused(1, "no_printer", "nothing answers");
    assert!(done.stderr.contains("The sale is saved."), "{done:?}");

    assert_eq!(
        shop.run(&["printer", "--network", &address]).code,
        0,
        "another one"
    );
    let printer = std::thread::spawn(move || {
        [(); 2].map(|()| {
            let mut bytes = Vec::new();
            listener.accept().unwrap().0.read_to_end(&mut bytes).unwrap();
            paper::print(&bytes, Roll::Wide).text
        })
    });
    for _ in 0..2 {
        let done = shop.run(&["receipt", &sale, "--print"]);
        assert_eq!(done.code, 0, "{done:?}");
    }
    let [first, second] = printer.join().unwrap();
    assert!(
        first.contains(&sale) && !first.contains("COPY"),
        "the dead one printed nothing:\n{first}"
    );
    assert!(
        second.contains("COPY") && !second.contains("PERHAPS"),
        "the second is a copy:\n{second}"
    );
}

#[test]
fn a_sale_that_is_not_paid_has_no_receipt_and_no_printer_prints_nothing() {
    let simulator = Simulator::start();
    let (shop, sale) = paid(&simulator);
    shop.run(&["receipt", &sale, "--print"])
        .assert_refused(1, "no_printer", "none is set up");
    shop.run(&["receipt", "A10099Z"])
        .assert_refused(1, "not_found", "no such sale");
}

#[test]
fn the_slip_of_a_close_is_text_and_files_and_its_code_verifies_the_book() {
    let simulator = Simulator::start();
    let (shop, _) = paid(&simulator);
    shop.run(&["z"])
        .assert_refused(1, "not_found", "no day was closed yet");
    let open = shop.talk(&["z", "--open"]);
    assert!(open.stdout.contains("THE DAY SO FAR"), "{open:?}");
    let book = shop.path().join("practice.db");
    let (store, now) = (
        till::store::Store::open(&book).unwrap(),
        till::driver::Clock::now(&till::driver::SystemClock::default()),
    );
    let counter = till::shop::Shop::load(&store)
        .unwrap()
        .unwrap()
        .counter(true)
        .unwrap();
    let ids = till::ids::IdSource::from_system().unwrap();
    let mut engine =
        till::engine::Engine::open(store, till::policy::Policy::live(), counter, ids, now).unwrap();
    let (z, _) = engine.close_day(Some("seen"), now).unwrap();
    drop(engine);

    let slip = shop.talk(&["z"]);
    for words in ["CLOSE 1", "KSh 1,250", "SEAL OF THE BOOK"] {
        assert!(slip.stdout.contains(words), "`{words}` in {slip:?}");
    }
    let bytes = shop.path().join("z.bin");
    let done = shop.talk(&["z", "1", "--escpos", bytes.to_str().unwrap()]);
    assert_eq!((done.code, done.stdout.as_str()), (0, ""), "{done:?}");
    let paper = paper::print(&fs::read(&bytes).unwrap(), Roll::Wide);
    let code = paper
        .text
        .lines()
        .find_map(|row| row.strip_prefix('[')?.strip_suffix(']'))
        .expect("a square code");
    let verified = shop.talk(&["verify", "--z", "1", "--anchor", code]);
    assert_eq!(verified.code, 0, "{verified:?}");
    for words in [
        format!("Anchored to its end, row {}", z.rows),
        "What you gave says the same.".to_owned(),
        format!("It covers rows 1 to {}: nothing departs.", z.rows),
    ] {
        assert!(verified.stdout.contains(&words), "`{words}` in {verified:?}");
    }
    let gone = shop.run(&["verify", "--z", "2"]);
    gone.assert_refused(1, "not_found", "there is no second close");
    assert!(gone.stderr.contains("end was cut off"), "{gone:?}");
}
