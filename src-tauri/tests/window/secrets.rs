//! The keys live in the keyring and nowhere else.

use crate::support::{SOON, Shop, Simulator, until};

#[tokio::test]
async fn keys_are_in_the_keyring_and_nowhere_else() {
    let keys = [
        ("connect-key", "K3yOfThisTestOnly0001abcdefghij"),
        ("connect-secret", "S3cretOfThisTestOnly0002klmnop"),
        (
            "connect-passkey",
            "PassKeyOfThisTestOnly0003qrstuvwxyz0123456789abcdef",
        ),
    ];
    let shop = Shop::new("secrets").await;
    let simulator = Simulator::start_with(keys[0].1, keys[1].1, keys[2].1).await;
    let till = shop.open_at(&simulator).await;
    till.click("door-connect").await;
    till.choose("kind-paybill").await;
    till.choose("env-sandbox").await;
    till.write("connect-name", "Mama Njeri Stores").await;
    till.write("connect-paybill", "174379").await;
    for (field, key) in keys {
        // Pasted keys come with whitespace around them.
        till.write(field, &format!(" {key} ")).await;
    }
    till.picture("1-form").await;
    till.click("connect-test").await;
    till.says("connect-result", "Safaricom knows these keys").await;
    till.click("connect-go").await;
    till.ready_to_sell().await;

    for (_, key) in keys {
        until("the key in the keyring", SOON, async || {
            shop.desktop
                .ask(
                    "secret-tool",
                    &["search", "--all", "--unlock", "service", "keshia"],
                )
                .contains(key)
                .then_some(())
        })
        .await;
    }
    // With these keys a payment goes through, so they were really used.
    till.ask_phone("20", "0700000000").await;
    till.counter_is("paid", crate::support::PAYMENT).await;
    till.click("nav-settings").await;
    till.see("key-storage").await;
    till.picture("2-settings").await;
    let page = till.whole_page().await;
    for (field, key) in keys {
        assert!(
            !page.contains(key),
            "the web view forgets what was typed into {field}"
        );
        let files = shop.files_holding(key);
        assert!(files.is_empty(), "what was typed into {field} is in {files:?}");
    }
    till.close().await;
}
