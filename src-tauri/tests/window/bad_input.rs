//! What cannot be meant is said in a sentence, and nothing is written.

use crate::support::keys::{BACKSPACE, ENTER, ESCAPE};
use crate::support::{SOON, Shop, until};

/// Amounts that cannot be meant, and what the till says.
const AMOUNTS: [(&str, &str); 5] = [
    ("", "Type the amount first"),
    ("0", "more than 0"),
    ("120+", "Finish the sum"),
    ("1/0", "divided by 0"),
    ("1.234", "two digits after the point"),
];

/// Phones that cannot be meant for 250 shillings.
const PHONES: [(&str, &str); 5] = [
    ("07123", "too short"),
    ("07123456789", "too long"),
    ("020 222 2222", "begin with 07 or 01"),
    ("+255712345678", "Only Kenyan numbers"),
    ("٠٧١٢٣٤٥٦٧٨", "only digits"),
];

#[tokio::test]
async fn every_slip_is_said_and_nothing_is_written() {
    let shop = Shop::new("bad_input").await;
    let till = shop.open().await;
    till.practise().await;
    for (typed, said) in AMOUNTS {
        till.type_keys(&format!("{typed}{ENTER}")).await;
        till.says("error-line", said).await;
        till.type_keys(ESCAPE).await;
        until("an empty amount", SOON, async || {
            till.value("amount").await.is_empty().then_some(())
        })
        .await;
    }
    till.type_keys(&format!("250{ENTER}")).await;
    for (typed, said) in PHONES {
        till.cursor_in("phone").await;
        till.type_keys(&format!("{typed}{ENTER}")).await;
        till.says("error-line", said).await;
        till.type_keys(&BACKSPACE.repeat(typed.chars().count())).await;
    }
    till.picture("1-phone").await;
    till.type_keys(&ESCAPE.repeat(2)).await;
    // More than M-PESA takes: cash does not mind.
    till.ready_to_sell().await;
    till.type_keys(&format!("250001{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("0700000000{ENTER}")).await;
    till.says("error-line", "at most KSh 250,000").await;
    assert!(till.roll().await.is_empty(), "no slip became a sale");
    till.close().await;
}
