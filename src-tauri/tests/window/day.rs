//! The owner reads the day: what was taken, and how sure each part of it is.

use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{PAYMENT, SOON, Shop};

#[tokio::test]
async fn the_day_tells_what_is_proved() {
    let shop = Shop::new("day").await;
    let till = shop.open().await;
    till.practise().await;
    till.ask_phone("120", "0700000000").await;
    till.counter_is("paid", PAYMENT).await;
    till.next_customer().await;
    till.type_keys("50c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    till.next_customer().await;

    till.click("nav-day").await;
    till.says_within("day-taken", "KSh 170", SOON).await;
    // A query names no code; Safaricom's list brings it, and the screen follows by itself.
    till.says_within("day-proved", "120", PAYMENT).await;
    till.says_within("day-not-proved", "0", SOON).await;
    till.picture("1-today").await;
    till.click("day-before").await;
    till.says_within("day-taken", "KSh 0", SOON).await;
    till.click("day-after").await;
    till.says_within("day-taken", "KSh 170", SOON).await;
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;
    till.close().await;
}
