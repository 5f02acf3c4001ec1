//! A shop without keys has one witness: the statement that its owner brings from Safaricom's portal.

use std::fs;

use chrono::{FixedOffset, Utc};

use crate::support::{SOON, Shop};

#[tokio::test]
async fn a_statement_proves_a_sale_that_waited() {
    let shop = Shop::new("statement").await;
    let till = shop.open().await;
    till.starts_today("Duka la Achieng").await;
    till.ask_phone("200", "0712345678").await;
    till.counter_is("waiting_till", SOON).await;
    let sale = till.sale_on_counter().await;
    till.next_customer().await;

    let now = Utc::now()
        .with_timezone(&FixedOffset::east_opt(3 * 3_600).unwrap())
        .format("%d-%m-%Y %H:%M:%S");
    let wrong = shop.desktop.home().join("prices.csv");
    fs::write(&wrong, "Bread,65\nMilk,60\n").unwrap();
    let right = shop.desktop.home().join("statement.csv");
    let heads =
        "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Other Party Info,A/C No.";
    let paid = format!("UKN3X8ABCD,{now},Pay Merchant,Completed,200.00,,2547****678 - NJERI,");
    fs::write(&right, format!("Organization Name:,DUKA\n\n{heads}\n{paid}\n")).unwrap();

    till.click("nav-settings").await;
    till.choose_file("statement-file", &wrong).await;
    till.says_within("statement", "not an M-PESA statement", SOON)
        .await;
    till.choose_file("statement-file", &right).await;
    till.says_within("statement-result", "proved now: 1", SOON).await;
    till.run("document.querySelector('[data-testid=statement]').scrollIntoView({ block: 'center' })")
        .await;
    till.picture("1-taken").await;
    till.click("nav-sell").await;
    till.on_roll(&sale, "paid", SOON).await;
    till.picture("2-paid").await;
    till.close().await;
}
