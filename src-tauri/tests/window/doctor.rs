//! The set-up doctor from Start to the end in practice: each step with its mark, and the shilling on the roll.

use serde_json::Value;

use crate::support::{PAYMENT, SOON, Shop, Till, until};

/// Each step's mark, in order.
async fn marks(till: &Till<'_>) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll('[data-testid=doctor-step]')].map(step => step.dataset.mark)";
    let marks: Vec<Value> =
        serde_json::from_value(till.run(script).await).expect("the script returns a list");
    marks
        .iter()
        .filter_map(|mark| mark.as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn a_practice_shop_is_examined_to_its_end() {
    let shop = Shop::new("doctor").await;
    let till = shop.open().await;
    till.practise().await;
    till.click("nav-settings").await;
    till.click("set-doctor").await;
    till.cursor_in("doctor-phone").await;
    till.says("go-live", "Portal administrator").await;
    assert_eq!(
        marks(&till).await,
        ["none"; 6],
        "nothing is tried before somebody asks"
    );
    till.picture("1-before").await;

    till.click("doctor-start").await;
    let done = ["good", "good", "good", "neutral", "good", "good"];
    until("every step to be tried", PAYMENT, async || {
        (marks(&till).await == done).then_some(())
    })
    .await;
    till.says("doctor", "KSh 1 was paid").await;
    till.picture("2-well").await;

    till.choose("owner-pochi").await;
    till.says_within("go-live", "Pochi is neither", SOON).await;
    till.picture("3-pochi").await;

    till.click("nav-sell").await;
    let line = until("the shilling on the roll", SOON, async || {
        till.roll().await.into_iter().find(|line| line.status == "paid")
    })
    .await;
    assert!(line.text.contains('1'), "a sale like any other: {}", line.text);

    till.click("nav-settings").await;
    till.click("set-addresses").await;
    till.write("address-confirmation", "https://duka.example/mpesa/in")
        .await;
    till.says_within("addresses", "Safaricom refuses an address with “mpesa”", SOON)
        .await;
    till.picture("4-forbidden").await;
    let good = "https://duka.example/in/7f3a";
    till.write("address-confirmation", good).await;
    till.write("address-validation", good).await;
    till.click("address-register").await;
    till.says_within("address-result", "sends notices of payments", SOON)
        .await;
    till.close().await;
}
