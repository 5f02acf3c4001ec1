//! The settings with everything opened in them, the addresses, the doctor with its list, the relay.

use std::fs;

use super::{HARD, Look, USUAL, Walk};
use crate::support::keys::ENTER;
use crate::support::{PAYMENT, Relay, Shop, Simulator, until};

#[tokio::test]
async fn hard() {
    settings("every_settings_hard", HARD).await;
}

#[tokio::test]
async fn usual() {
    settings("every_settings_usual", USUAL).await;
}

async fn settings(name: &'static str, look: Look) {
    let shop = Shop::new(name).await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    let walk = Walk::new(&shop, &till, look).await;
    till.click("nav-settings").await;
    till.see("version").await;
    walk.at("1-as-they-are").await;
    opened(&walk).await;
    refused(&walk).await;
    with_a_relay(&walk).await;
    examined(&walk).await;
    walk.ends();
    till.close().await;
}

/// Everything that opens further.
async fn opened(walk: &Walk<'_>) {
    let till = walk.till;
    let stick = walk.shop.desktop.home().join("stick");
    fs::create_dir_all(&stick).expect("a stick");
    till.choose("printer-network").await;
    till.see("printer-address").await;
    till.write("stick-folder", &stick.display().to_string()).await;
    till.click("stick-choose").await;
    till.see("recovery-code").await;
    walk.at("2-stick-code").await;
    till.click("recovery-written").await;
    till.click("rehearse").await;
    till.see("rehearsed").await;
    till.click("verify-go").await;
    till.see("verdict").await;
    till.click("log-show").await;
    till.see("log").await;
    walk.at("3-opened").await;
    till.choose("printer-serial").await;
    walk.at("4-serial-printer").await;
    till.choose("printer-none").await;
}

/// What cannot be done says why, where it was asked for.
async fn refused(walk: &Walk<'_>) {
    let till = walk.till;
    let wrong = walk.shop.desktop.home().join("prices.csv");
    fs::write(&wrong, "Bread,65\nMilk,60\n").expect("a file");
    till.choose_file("statement-file", &wrong).await;
    till.write("files-folder-field", "/no/such/folder").await;
    till.click("files-choose").await;
    till.write("relay-paste", "keshia-pair https://relay.example nothing")
        .await;
    till.click("relay-pair").await;
    till.write("verify-anchor", "KESHIA Z12 4321:9F86").await;
    till.click("verify-go").await;
    till.see("error-line").await;
    walk.at("5-refused").await;
}

async fn with_a_relay(walk: &Walk<'_>) {
    let till = walk.till;
    let relay = Relay::start(&walk.shop.desktop);
    till.write("relay-paste", &relay.pairing).await;
    till.click("relay-pair").await;
    till.see_within("relay-another", PAYMENT).await;
    till.click("relay-another").await;
    till.see_within("relay-line", PAYMENT).await;
    till.click("owner-make").await;
    till.see_within("owner-link", PAYMENT).await;
    walk.at("6-relay").await;
    till.click("relay-unpair").await;
    till.see_within("relay-paste", PAYMENT).await;
}

async fn examined(walk: &Walk<'_>) {
    let till = walk.till;
    till.click("set-addresses").await;
    till.write("address-confirmation", "https://duka.example/mpesa/in")
        .await;
    walk.at("7-addresses").await;
    till.click("nav-settings").await;
    till.click("set-doctor").await;
    till.cursor_in("doctor-phone").await;
    walk.at("8-doctor").await;
    till.type_keys(ENTER).await;
    let done = "return [...document.querySelectorAll('[data-testid=doctor-step]')]
        .every(step => !['none', 'now'].includes(step.dataset.mark))";
    until("every step to be tried", PAYMENT, async || {
        (till.run(done).await == true).then_some(())
    })
    .await;
    till.choose("owner-pochi").await;
    walk.at("9-examined").await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
}
