//! The running till with printers of every temper, over real sockets.

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use receipts::{Patience, Roll, Trouble, paper};
use till::driver::{Clock as _, PrintLink, SystemClock, Till};
use till::engine::{Announcement, Engine};
use till::ids::IdSource;
use till::policy::Policy;
use till::store::Store;
use till::view::PrinterView;
use tokio::sync::broadcast::Receiver;

use super::with_printer;
use crate::support::{counter, kes};

const PATIENCE: Patience = Patience {
    find: Duration::from_secs(5),
    answer: Duration::from_millis(50),
    take: Duration::from_millis(300),
};

async fn till(address: &str) -> (Till, PrintLink) {
    let clock = Arc::new(SystemClock::default());
    let store = Store::in_memory().unwrap();
    let ids = IdSource::from_system().unwrap();
    let engine = Engine::open(store, Policy::practice(), counter(), ids, clock.now()).unwrap();
    let runtime = tokio::runtime::Handle::current();
    let till = Till::start(engine, None, clock, runtime.clone()).unwrap();
    let printing = with_printer(address);
    till.call(move |engine, now| Ok(((), engine.save_printing(&printing, now)?)))
        .await
        .unwrap();
    let link = PrintLink::start(till.clone(), false, PATIENCE, &runtime).unwrap();
    (till, link)
}

async fn sell(till: &Till) -> String {
    let (taken, effects) = till
        .call(|engine, now| {
            let (taken, effects) = engine.take_cash(None, kes(100), kes(100), now)?;
            Ok(((taken, effects.len()), effects))
        })
        .await
        .unwrap();
    assert!(effects > 0, "the screens are told at once");
    taken.sale.reference
}

async fn until(heard: &mut Receiver<Announcement>, wanted: impl Fn(&PrinterView) -> bool) -> PrinterView {
    let waited = tokio::time::timeout(Duration::from_secs(30), async {
        loop {
            if let Ok(Announcement::PrinterChanged(seen)) = heard.recv().await
                && wanted(&seen)
            {
                return seen;
            }
        }
    });
    waited.await.expect("the printer's word within half a minute")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paid_sale_comes_out_of_the_printer() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (out, papers) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        out.send(bytes).unwrap();
    });
    let (till, link) = till(&address).await;
    let mut heard = till.announcements();
    let reference = sell(&till).await;
    let seen = until(&mut heard, |seen| seen.waiting == 0 && seen.trouble.is_none()).await;
    assert_eq!(seen.not_printed, 0, "nothing was left");
    let bytes = papers.recv_timeout(Duration::from_secs(10)).unwrap();
    let paper = paper::print(&bytes, Roll::Wide);
    assert!(paper.text.contains(&reference), "its receipt:\n{}", paper.text);
    assert!(paper.unknown.is_empty(), "{:02X?}", paper.unknown);
    drop(link);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_that_hangs_holds_no_sale() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (till, link) = till(&address).await;
    let mut heard = till.announcements();
    for _ in 0..5 {
        // Each is paid and in the book before the printer has given up on the first.
        sell(&till).await;
    }
    let seen = until(&mut heard, |seen| seen.trouble.is_some()).await;
    assert_eq!(
        seen.trouble,
        Some(Trouble::Silent),
        "and it is said why nothing comes out"
    );
    let settled = till
        .look(|engine, now| engine.roll(now))
        .await
        .unwrap()
        .sales
        .len();
    assert_eq!(settled, 5, "every sale is in the book");
    drop((link, listener));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_that_is_off_leaves_its_slips_waiting() {
    let address = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let (till, link) = till(&address).await;
    let mut heard = till.announcements();
    sell(&till).await;
    let seen = until(&mut heard, |seen| seen.trouble.is_some()).await;
    assert_eq!(
        (seen.trouble, seen.waiting),
        (Some(Trouble::Absent), 1),
        "it waits to be tried again"
    );
    drop(link);
}
