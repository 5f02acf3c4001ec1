//! A whole evening of a shop with an owner and a cashier, in each look: the drawer is opened, ten sales are paid in
//! every way, one is given up, something goes back, something is paid out and a debt paid off, nobody knows the end of
//! a prompt, the drawer is 50 short, and the close carries what is not known. Then the day is read: on the screen, on
//! the printer's paper, in the files and in the text for the owner's phone. What each says is worked out here.

mod close;
mod day;
mod files;
mod money_out;
mod people;
mod sales;
mod sums;
mod words;

use std::fs;
use std::path::PathBuf;

use crate::support::{Printer, Shop, Simulator, Till, shots};
use sums::Sums;
use words::Words;

#[tokio::test]
async fn english_light() {
    evening("evening_en_light", &words::ENGLISH, "light", true).await;
}

#[tokio::test]
async fn english_dark() {
    evening("evening_en_dark", &words::ENGLISH, "dark", false).await;
}

#[tokio::test]
async fn swahili_light() {
    evening("evening_sw_light", &words::SWAHILI, "light", false).await;
}

#[tokio::test]
async fn swahili_dark() {
    evening("evening_sw_dark", &words::SWAHILI, "dark", true).await;
}

/// One evening: where it is, and what it knows of its money.
struct Evening<'a> {
    shop: &'a Shop,
    till: &'a Till<'a>,
    simulator: &'a Simulator,
    printer: &'a Printer,
    /// Where files go.
    folder: PathBuf,
    words: &'static Words,
    at_both_sizes: bool,
    sums: Sums,
}

/// `at_both_sizes`: what is cut is cut by the words, and what is not seen by the colours, so that two of the four looks
/// show all of both.
async fn evening(name: &'static str, words: &'static Words, theme: &str, at_both_sizes: bool) {
    let shop = Shop::new(name).await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    let folder = shop.desktop.home().join("files");
    fs::create_dir(&folder).unwrap();
    let mut evening = Evening {
        shop: &shop,
        till: &till,
        simulator: &simulator,
        printer: &Printer::new(&shop),
        folder,
        words,
        at_both_sizes,
        sums: Sums::default(),
    };
    till.practise().await;
    till.click("nav-settings").await;
    till.choose(&format!("set-locale-{}", words.locale)).await;
    till.choose(&format!("set-theme-{theme}")).await;
    evening.people_come().await;
    evening.opens_the_drawer().await;
    evening.sells().await;
    evening.money_goes_out().await;
    evening.nobody_knows_a_prompt().await;
    evening.counts().await;
    evening.closes().await;
    evening.reads_the_day().await;
    evening.writes_files().await;
    evening.reads_the_text().await;
    till.close().await;
}

impl Evening<'_> {
    /// Pictures of a step, which everybody can see, hear and reach.
    async fn seen(&self, step: &str) {
        if self.at_both_sizes {
            self.till.seen(self.shop, step).await;
        } else {
            self.till.is_accessible(step).await;
            self.till.picture(step).await;
        }
    }

    /// Scrolls until it stands on top.
    async fn goes_to(&self, id: &str) {
        let script = format!("document.querySelector('[data-testid={id}]').scrollIntoView()");
        self.till.run(&script).await;
    }

    /// A picture of paper.
    fn keep(&self, step: &str, paper: &receipts::paper::Paper) {
        let png = paper.picture.png().unwrap();
        shots::keep(&format!("{}-{step}", self.shop.name), &png);
    }
}
