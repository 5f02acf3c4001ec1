//! Keshia started a second time brings the first to the front.

use crate::support::driver::{KESHIA, TITLE};
use crate::support::process::living_in;
use crate::support::{SOON, Shop, until};

#[tokio::test]
async fn a_second_start_raises_the_first() {
    let shop = Shop::new("second_start").await;
    let till = shop.open().await;
    till.practise().await;
    let first = till.pid();

    let _other = shop.desktop.other_window("Stock list").await;
    let mut second = shop.desktop.start_logged(&mut shop.desktop.command(KESHIA));
    until("the second to end by itself", SOON, async || {
        second.ended().then_some(())
    })
    .await;
    until("the first in front", SOON, async || {
        (shop.desktop.in_front() == TITLE).then_some(())
    })
    .await;

    let running: Vec<u32> = living_in(shop.desktop.home())
        .into_iter()
        .filter(|(_, program)| program.as_path() == std::path::Path::new(KESHIA))
        .map(|(pid, _)| pid)
        .collect();
    assert_eq!(running, [first], "one till runs, the first");
    till.close().await;
}
