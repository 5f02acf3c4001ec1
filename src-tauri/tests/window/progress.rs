//! Long jobs show their bar: a statement of thousands of payments, and then the check of the book, its copy, the
//! rehearsal and the files over what it brought.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use chrono::{FixedOffset, TimeDelta, Utc};

use crate::support::keys::ENTER;
use crate::support::{SOON, Shop, Till, sealed_on, until};

/// So many payments keep a quick machine busy long enough to be seen, and stopped.
const PAYMENTS: i64 = 200_000;

/// Each of them is a step with its place on the disk.
const WHOLE: Duration = Duration::from_mins(4);

#[tokio::test]
async fn each_long_job_shows_its_bar() {
    let shop = Shop::new("progress").await;
    let till = shop.open().await;
    till.starts_today("Duka la Achieng").await;
    till.ask_phone("200", "0712345678").await;
    till.counter_is("waiting_till", SOON).await;
    till.next_customer().await;
    let file = shop.desktop.home().join("statement.csv");
    statement(&file);

    till.click("nav-settings").await;
    till.choose_file("statement-file", &file).await;
    till.says("progress", "of 200,000").await;
    // Stopped in its middle: the rest comes when the file is chosen again, and nobody who sells waits for it.
    till.click("progress-stop").await;
    till.says("statement", "Stopped.").await;
    till.choose_file("statement-file", &file).await;
    till.says("progress", "of 200,000").await;
    till.run("document.querySelector('[data-testid=statement]').scrollIntoView({ block: 'center' })")
        .await;
    till.picture("1-statement").await;
    sells_meanwhile(&till).await;
    till.says_within("statement-result", "proved now: 1", WHOLE).await;
    let stick = shop.desktop.home().join("stick");
    fs::create_dir_all(&stick).expect("a stick");
    till.write("stick-folder", &stick.display().to_string()).await;
    till.click("stick-choose").await;
    let code = till.recovery_code().await;
    till.click("recovery-written").await;
    bar(&till, "verify", "verify-go").await;
    till.see_within("verdict", WHOLE).await;
    bar(&till, "backup", "copy-now").await;
    bar(&till, "rehearsal", "rehearse").await;
    till.see_within("rehearsed", WHOLE).await;
    till.click("nav-day").await;
    till.see("day-taken").await;
    bar(&till, "export", "files-csv").await;
    till.close().await;
    comes_back(&sealed_on(&stick), &code).await;
}

async fn sells_meanwhile(till: &Till<'_>) {
    till.click("nav-sell").await;
    till.ready_to_sell().await;
    till.type_keys("45c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    till.next_customer().await;
    till.click("nav-settings").await;
}

/// Another PC, to which the shop moves.
async fn comes_back(copy: &Path, code: &str) {
    let new = Shop::new("progress_new").await;
    let till = new.open().await;
    till.click("door-restore").await;
    till.write("restore-file", &copy.display().to_string()).await;
    till.write("restore-code", code).await;
    bar(&till, "restore", "restore-go").await;
    till.ready_to_sell().await;
    till.close().await;
}

/// A click begins the job, and its bar is there until the job is done, however short that is.
async fn bar(till: &Till<'_>, job: &str, begins: &str) {
    till.run(&format!(
        "window.bars = []; new MutationObserver(() => {{
             const bar = document.querySelector('[data-testid=progress][data-job={job}] progress');
             if (bar !== null) window.bars.push('{job}');
         }}).observe(document.body, {{ childList: true, subtree: true, attributes: true }})"
    ))
    .await;
    till.click(begins).await;
    until(&format!("the bar of {job}"), SOON, async || {
        (till.run("return window.bars.length > 0").await == true).then_some(())
    })
    .await;
    until(&format!("the end of {job}"), WHOLE, async || {
        (!till.shows("progress").await).then_some(())
    })
    .await;
}

/// A statement as the portal exports it: strangers' payments, and the one that the sale waits for.
fn statement(file: &Path) {
    let now = Utc::now().with_timezone(&FixedOffset::east_opt(3 * 3_600).expect("Nairobi's clock"));
    let mut text = "Organization Name:,DUKA\n\n\
        Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Other Party Info,A/C No.\n"
        .to_owned();
    for n in 0..PAYMENTS {
        let at = (now - TimeDelta::seconds(n)).format("%d-%m-%Y %H:%M:%S");
        let (code, paid, phone) = if n == 0 {
            ("UKN3X8ABCD".to_owned(), 200, "2547****678")
        } else {
            (format!("UKN{n:07}"), 300 + n % 50, "2547****126")
        };
        writeln!(
            text,
            "{code},{at},Pay Merchant,Completed,{paid}.00,,{phone} - NJERI,"
        )
        .expect("a text grows");
    }
    fs::write(file, text).expect("a file");
}
