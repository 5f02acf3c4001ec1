//! Receipts, from the settings to the paper.

use std::io::Read as _;
use std::net::TcpListener;
use std::path::Path;
use std::sync::mpsc;

use receipts::{Roll, paper};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{DEADLINE, Till};

/// A printer that prints everything; each slip as it reads.
fn printer() -> (String, mpsc::Receiver<paper::Paper>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (out, slips) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut bytes = Vec::new();
            let _ = stream.unwrap().read_to_end(&mut bytes);
            if out.send(paper::print(&bytes, Roll::Wide)).is_err() {
                return;
            }
        }
    });
    (address, slips)
}

fn printing(till: &Till, change: &Value) -> Value {
    let mut printing = till.ok("printing_settings", json!({}))["printing"].clone();
    for (name, value) in change.as_object().unwrap() {
        printing[name] = value.clone();
    }
    till.ok("save_printing", json!({ "printing": printing }));
    printing
}

fn sell(till: &Till) -> Value {
    let sale = json!({ "saleId": null, "amount": 73_000, "tendered": 100_000 });
    till.ok("take_cash", sale)["sale"].clone()
}

#[test]
fn a_paid_sale_comes_out_and_a_second_slip_is_a_copy() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    let (address, slips) = printer();
    printing(
        &till,
        &json!({ "place": { "kind": "network", "address": address }, "automatic": true, "drawer": true }),
    );
    assert_eq!(till.ok("printer", json!({}))["set"], true, "it is set up");
    let told = till.listen("printer-changed");
    let sale = sell(&till);
    let slip = || slips.recv_timeout(DEADLINE).expect("the printer gets something");
    assert_eq!(slip().kicks, 1, "cash opens the drawer first");
    let first = slip();
    assert!(
        first.text.contains(sale["reference"].as_str().unwrap()),
        "then its receipt:\n{}",
        first.text
    );
    assert!(first.text.contains("PRACTICE: NOT REAL MONEY"), "{}", first.text);
    assert!(!first.text.contains("COPY"), "{}", first.text);
    // Told at the end of each slip; after the drawer's the receipt still waits.
    while told.recv_timeout(DEADLINE).expect("the printer's word")["waiting"] != 0 {}

    till.ok("print_receipt", json!({ "saleId": sale["id"] }));
    let second = slip();
    assert!(
        second.text.contains("COPY"),
        "one came out before:\n{}",
        second.text
    );
    assert_eq!(second.kicks, 0, "a copy opens no drawer");
}

#[test]
fn a_receipt_is_a_picture_text_and_a_pdf_with_its_tax() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    let kept = printing(&till, &json!({ "vat": "standard", "kra_pin": "P051234567X" }));
    let preview = till.ok("receipt_preview", json!({ "printing": kept }));
    assert!(
        preview.as_str().unwrap().starts_with("data:image/png;base64,"),
        "the settings show a picture"
    );
    let sale = sell(&till);
    let receipt = till.ok("receipt", json!({ "saleId": sale["id"] }));
    assert!(
        receipt["text"].as_str().unwrap().contains("KRA PIN P051234567X"),
        "{receipt}"
    );
    assert_eq!(receipt["tax"]["vat"], 10_069, "16/116 of 730, in cents");
    let tax = json!({ "saleId": sale["id"], "kind": "exempt", "taxInvoice": "0041234567890123" });
    assert_eq!(till.ok("set_tax", tax)["vat"], 0, "a sale may be another kind");
    let path = till.ok("save_receipt", json!({ "saleId": sale["id"] }));
    let path = Path::new(path.as_str().unwrap()).to_owned();
    assert!(
        path.starts_with(folder.path().join("receipts")),
        "inside Keshia's own folder: {}",
        path.display()
    );
    assert!(std::fs::read(path).unwrap().starts_with(b"%PDF-"), "a PDF");
}

#[test]
fn what_cannot_be_printed_is_said() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    let sale = sell(&till);
    let id = json!({ "saleId": sale["id"] });
    assert_eq!(till.refused("print_receipt", id), "no_printer", "none is set up");
    let nowhere = {
        let gone = TcpListener::bind("127.0.0.1:0").unwrap();
        gone.local_addr().unwrap().to_string()
    };
    let kept = printing(
        &till,
        &json!({ "place": { "kind": "network", "address": nowhere } }),
    );
    assert_eq!(
        till.ok("test_print", json!({ "printing": kept })),
        "absent",
        "the test says why"
    );
}

#[test]
fn a_close_comes_out_by_itself_and_is_a_picture_text_and_a_page_to_file() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    let (address, slips) = printer();
    printing(
        &till,
        &json!({ "place": { "kind": "network", "address": address }, "automatic": false }),
    );
    sell(&till);
    let open = till.ok("close_slip", json!({ "number": null }));
    assert_eq!(open["seal"], Value::Null, "the open day has no seal");
    let z = till.ok("close_day", json!({ "words": null }));
    let slip = slips.recv_timeout(DEADLINE).expect("the printer gets the close");
    let head = z["head"].as_str().unwrap().to_uppercase();
    assert!(
        slip.text.contains(&format!("[KESHIA Z1 {}:{head}]", z["rows"])),
        "with its seal as a square code:\n{}",
        slip.text
    );
    let shown = till.ok("close_slip", json!({ "number": 1 }));
    assert!(
        shown["picture"]
            .as_str()
            .unwrap()
            .starts_with("data:image/png;base64,"),
        "as it was printed"
    );
    assert!(
        shown["text"]
            .as_str()
            .unwrap()
            .contains("Sold                     KSh 730"),
        "{shown}"
    );
    assert!(
        shown["seal"]["size"].as_u64().is_some(),
        "and a code for a camera"
    );
    let path = till.ok("save_close", json!({ "number": 1 }));
    let path = Path::new(path.as_str().unwrap()).to_owned();
    assert!(
        path.starts_with(folder.path().join("reports")),
        "inside Keshia's own folder: {}",
        path.display()
    );
    assert!(std::fs::read(path).unwrap().starts_with(b"%PDF-"), "a PDF");
    till.ok("print_close", json!({ "number": null }));
    let x = slips.recv_timeout(DEADLINE).expect("and the open day when asked");
    assert!(x.text.contains("THE DAY SO FAR"), "{}", x.text);
}

#[test]
fn a_statement_is_printed_filed_and_erased_with_its_customer() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    let (address, slips) = printer();
    printing(
        &till,
        &json!({ "place": { "kind": "network", "address": address }, "automatic": false }),
    );
    let form = json!({ "name": "Wanjiru Kamau", "phone": "0712345678", "limit": 500_000 });
    let id = till.ok("add_customer", json!({ "form": form, "agreed": true }))["id"].clone();
    assert_eq!(
        till.ok("regulars", json!({ "typed": "678" }))[0]["name"],
        "Wanjiru Kamau",
        "found by the last digits"
    );
    let credit = json!({ "saleId": null, "amount": 73_000, "customerId": id, "part": null, "reason": null });
    till.ok("give_credit", credit);
    let one = json!({ "customerId": id });
    for copy in [false, true] {
        till.ok("print_statement", one.clone());
        let slip = slips.recv_timeout(DEADLINE).expect("the printer gets it");
        assert!(slip.text.contains("KSh 730"), "{}", slip.text);
        assert_eq!(slip.text.contains("COPY"), copy, "{}", slip.text);
    }
    let saved = till.ok("save_statement", one.clone());
    let told = till.ok("export_customer", one.clone());
    let files = [&saved["path"], &told["path"]].map(|path| Path::new(path.as_str().unwrap()).to_owned());
    assert!(
        std::fs::read(&files[0]).unwrap().starts_with(b"%PDF") && files[1].exists(),
        "both stand in files"
    );
    assert_eq!(
        (&saved["days"], &told["days"]),
        (&json!(30), &json!(30)),
        "and it is said for how long"
    );
    let amount = json!({ "customerId": id, "amount": 73_000, "reason": "moved away" });
    till.ok("write_off", amount);
    till.ok("erase_customer", one);
    assert!(
        !files.iter().any(|file| file.exists()),
        "erased with the customer"
    );
}

#[test]
fn a_regular_is_asked_by_id_and_asked_again_by_the_prompt() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    let form = json!({ "name": "Wanjiru Kamau", "phone": "0712345678", "limit": 500_000 });
    let id = till.ok("add_customer", json!({ "form": form, "agreed": true }))["id"].clone();
    let asked = till.ok(
        "prompt_regular",
        json!({ "saleId": null, "amount": 73_000, "customerId": id, "wrongNumber": false }),
    );
    assert_eq!(
        asked["tenders"][0]["phone"], "Wanjiru Kamau ··678",
        "no number comes to the page: {asked}"
    );
    assert!(!asked.to_string().contains("0712"), "{asked}");
    let again = json!({ "pushId": asked["tenders"][0]["push_id"] });
    assert_eq!(
        till.refused("send_again", again),
        "push_live",
        "one live prompt a phone"
    );
}
