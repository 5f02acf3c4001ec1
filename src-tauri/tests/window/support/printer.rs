//! A printer that the system shows as a file, and the paper that came out of it.

use std::fs;
use std::path::PathBuf;

use receipts::{Roll, paper};

use super::keys::ENTER;
use super::wait::{SOON, until};
use super::{Shop, Till};

/// See the module.
pub struct Printer {
    file: PathBuf,
}

impl Printer {
    /// One that has printed nothing yet.
    pub fn new(shop: &Shop) -> Self {
        let file = shop.desktop.home().join("printer");
        fs::write(&file, b"").expect("a file in the test's folder");
        Self { file }
    }

    /// Chooses it in the settings, which are on the screen, lets everything print by itself, and tries it.
    pub async fn set_up(&self, till: &Till<'_>) {
        till.choose("printer-device").await;
        till.write("printer-path", &format!("{}{ENTER}", self.file.display()))
            .await;
        till.choose("automatic-on").await;
        till.click("printer-test").await;
    }

    /// So many bytes have come to it.
    pub fn length(&self) -> usize {
        self.bytes().len()
    }

    /// The first slip that came out since and has these words: it ends with a cut.
    pub async fn slip(&self, from: usize, words: &str) -> paper::Paper {
        until(&format!("a slip with {words:?}"), SOON, async || {
            let bytes = self.bytes();
            slips(&bytes[from..])
                .into_iter()
                .map(|slip| paper::print(slip, Roll::Wide))
                .find(|paper| {
                    assert!(
                        paper.unknown.is_empty(),
                        "a printer knows each command: {:02X?}",
                        paper.unknown
                    );
                    paper.cuts > 0 && paper.text.contains(words)
                })
        })
        .await
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(&self.file).expect("the printer's file")
    }
}

/// Each slip begins with the command that makes a printer forget what was set (`ESC @`).
fn slips(bytes: &[u8]) -> Vec<&[u8]> {
    let begins: Vec<usize> = (0..bytes.len())
        .filter(|&at| bytes[at..].starts_with(b"\x1b@"))
        .chain([bytes.len()])
        .collect();
    begins.windows(2).map(|ends| &bytes[ends[0]..ends[1]]).collect()
}
