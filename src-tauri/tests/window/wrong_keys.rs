//! Keys that Safaricom does not know: said in words, before anything is kept.

use crate::support::{Shop, Simulator};

#[tokio::test]
async fn wrong_keys_are_said_in_words() {
    let shop = Shop::new("wrong_keys").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.click("door-connect").await;
    till.choose("kind-paybill").await;
    till.choose("env-sandbox").await;
    till.write("connect-name", "Mama Njeri Stores").await;
    till.write("connect-paybill", "174379").await;
    till.write("connect-key", "practice-key").await;
    till.write("connect-secret", "not-the-secret").await;
    till.write("connect-passkey", "some-passkey").await;
    till.click("connect-test").await;
    till.says("connect-result", "does not know").await;
    till.picture("1-said").await;
    assert!(
        shop.files_holding("not-the-secret").is_empty(),
        "a test keeps nothing"
    );
    till.close().await;
}
