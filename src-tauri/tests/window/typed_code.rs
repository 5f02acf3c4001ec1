//! A typed code of last year warns; taken all the same, it is *not confirmed*, and pays only once.

use chrono::{Datelike, Utc};

use crate::support::keys::ENTER;
use crate::support::{SOON, Shop};

/// A code as M-PESA made them on 12 November of last year: the first letter is the year (M is 2018), the
/// second the month (K is November), the third the day (C is the 12th).
fn last_years_code() -> String {
    let year = u8::try_from(Utc::now().year() - 1 - 2018).expect("years since 2018 are few");
    format!("{}KC4B2XY7Z", char::from(b'M' + year))
}

#[tokio::test]
async fn an_old_code_warns_and_a_used_one_is_refused() {
    let code = last_years_code();
    let shop = Shop::new("typed_code").await;
    let till = shop.open().await;
    till.practise().await;

    till.type_keys("350m").await;
    till.cursor_in("code-field").await;
    till.type_keys(&code.to_lowercase()).await;
    till.says("code-warning", "Old message: code is from 12 Nov")
        .await;
    till.picture("1-old").await;
    till.type_keys(ENTER).await;
    till.says("primary", "Take it all the same").await;
    assert!(
        till.roll().await.is_empty(),
        "the first Enter only warns: nothing is written"
    );
    till.type_keys(ENTER).await;
    let sale = till.sale_on_counter().await;
    let line = till.on_roll(&sale, "code_not_confirmed", SOON).await;
    assert!(
        line.text.contains("Not confirmed"),
        "a typed code proves nothing: {}",
        line.text
    );
    till.picture("2-not-confirmed").await;

    till.next_customer().await;
    till.type_keys("500m").await;
    till.cursor_in("code-field").await;
    till.type_keys(&code).await;
    till.says("code-warning", "Code already used").await;
    till.picture("3-used").await;
    till.type_keys(&ENTER.repeat(2)).await;
    till.see("error-line").await;
    assert_eq!(till.roll().await.len(), 1, "a used code pays nothing");
    till.close().await;
}
