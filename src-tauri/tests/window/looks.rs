//! Pictures of the same moment in both themes and languages and at two sizes, for a person to look at.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SIZES, SOON, Shop, Simulator, Till, until};

#[tokio::test]
async fn both_themes_and_both_languages() {
    let shop = Shop::new("looks").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.ask_phone("350", "0700000000").await;
    till.counter_is("paid", PAYMENT).await;
    till.next_customer().await;
    till.type_keys("200c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(&format!("500{ENTER}")).await;
    till.counter_is("paid_cash", SOON).await;
    till.next_customer().await;
    till.ask_phone("1250", "254711888999").await;
    till.counter_is("waiting", SOON).await;

    in_every_look(&shop, &till, "").await;
    till.close().await;
}

#[tokio::test]
async fn what_is_not_known_and_whose_money_it_is() {
    let shop = Shop::new("looks_known").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.type_keys(&format!("480{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys(ENTER).await;
    till.counter_is("waiting_till", SOON).await;
    till.next_customer().await;
    simulator.pay_by_hand("254722000981", 480).await;
    simulator.pay_by_hand("254722000345", 65).await;
    until("both payments", PAYMENT, async || {
        let cards = till
            .run("return document.querySelectorAll('[data-testid=money]').length")
            .await;
        (cards == 2).then_some(())
    })
    .await;
    // From here on the list tells nothing, so that the next sale stays as it is.
    simulator.fault(serde_json::json!({ "pull_down": 100 })).await;
    till.ask_phone("1250", "0700000099").await;
    till.counter_is("not_known", SOON).await;
    in_every_look(&shop, &till, "not-known-").await;
    till.type_keys("h").await;
    till.see("witness").await;
    in_every_look(&shop, &till, "history-").await;
    till.close().await;
}

async fn in_every_look(shop: &Shop, till: &Till<'_>, moment: &str) {
    for (language, theme) in [("en", "light"), ("en", "dark"), ("sw", "light"), ("sw", "dark")] {
        till.click("nav-settings").await;
        till.choose(&format!("set-locale-{language}")).await;
        till.choose(&format!("set-theme-{theme}")).await;
        till.run("document.querySelector('[data-testid=list]')?.scrollIntoView()")
            .await;
        till.picture(&format!("{moment}settings-{language}-{theme}"))
            .await;
        till.click("nav-sell").await;
        till.see("counter").await;
        for (width, height) in SIZES {
            till.resized(shop, (width, height)).await;
            let overflow = till
                .run(
                    "const c = document.querySelector('[data-testid=counter]');
                     return Math.max(c.scrollHeight - c.clientHeight, c.scrollWidth - c.clientWidth)",
                )
                .await;
            assert!(
                overflow.as_i64().is_some_and(|pixels| pixels <= 1),
                "the counter needs no scrolling at {width}×{height} in {language}, {theme}: {overflow}"
            );
            till.picture(&format!("{moment}{language}-{theme}-{width}")).await;
        }
    }
}

#[tokio::test]
async fn a_busy_counter() {
    let shop = Shop::new("busy").await;
    let till = shop.open().await;
    till.practise().await;
    till.ask_phone("1000", "0700000000").await;
    till.counter_is("paid", PAYMENT).await;
    till.next_customer().await;
    till.type_keys("830c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(&format!("1000{ENTER}")).await;
    till.counter_is("paid_cash", SOON).await;
    for (amount, phone) in [("480", "0700000032"), ("350", "0712345678")] {
        till.next_customer().await;
        till.ask_phone(amount, phone).await;
        till.counter_is("waiting", SOON).await;
    }
    till.next_customer().await;
    until("the cancelled one to end", PAYMENT, async || {
        till.roll()
            .await
            .iter()
            .any(|line| line.status == "failed_provisional")
            .then_some(())
    })
    .await;
    till.type_keys("120+3*80").await;
    till.picture("1-roll").await;
    till.close().await;
}
