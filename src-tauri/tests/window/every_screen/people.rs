//! Who is at the till: the first owner with her paper, everybody in the settings, the lock, what a cashier is asked.

use super::{HARD, Look, USUAL, Walk};
use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{Shop, Till};

const OWNERS_PIN: &str = "4071";
const CASHIERS_PIN: &str = "2718";

#[tokio::test]
async fn hard() {
    people("every_people_hard", HARD).await;
}

#[tokio::test]
async fn usual() {
    people("every_people_usual", USUAL).await;
}

async fn people(name: &'static str, look: Look) {
    let shop = Shop::new(name).await;
    let till = shop.open().await;
    till.starts_today("Mama Njeri Stores").await;
    let walk = Walk::new(&shop, &till, look).await;
    till.click("nav-settings").await;
    brought_in(&walk).await;
    locked(&walk).await;
    a_cashier(&walk).await;
    walk.ends();
    till.close().await;
}

async fn add(till: &Till<'_>, name: &str, role: &str) {
    till.write("person-name", name).await;
    till.write("person-pin", CASHIERS_PIN).await;
    till.choose(&format!("new-{role}")).await;
    till.click("person-add").await;
    till.find(&format!("[data-testid=person][data-name=\"{name}\"]"))
        .await;
}

async fn brought_in(walk: &Walk<'_>) {
    let till = walk.till;
    till.write("person-name", "Njeri").await;
    till.write("person-pin", OWNERS_PIN).await;
    till.write("owner-passphrase", "mango tree by the well").await;
    till.click("make-owner").await;
    till.see("recovery-paper").await;
    walk.at("1-recovery-paper").await;
    let script = "return [...document.querySelectorAll('[data-testid=recovery-group]')].at(-1).textContent";
    let last = till.run(script).await;
    till.write("recovery-typed", last.as_str().expect("a group"))
        .await;
    till.click("recovery-done").await;
    till.gone("recovery-paper").await;
    add(till, "Achieng", "cashier").await;
    add(till, "Brian Kipchoge Cheruiyot", "manager").await;
    till.click("person-change").await;
    till.click("my-pin").await;
    till.see("old-word").await;
    walk.at("2-people").await;
}

async fn locked(walk: &Walk<'_>) {
    let till = walk.till;
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;
    till.type_keys("50").await;
    till.click("nav-lock").await;
    till.see("lock").await;
    walk.at("3-locked").await;
    till.click("recover-open").await;
    till.see("recovery-go").await;
    walk.at("4-recover").await;
    till.type_keys(ESCAPE).await;
    till.find("[data-testid=tile][data-name=Achieng]")
        .await
        .click()
        .await
        .expect("a tile");
    till.cursor_in("pin").await;
    till.type_keys(&format!("9999{ENTER}")).await;
    till.see("error-line").await;
    walk.at("5-wrong-pin").await;
    till.type_keys(&format!("{CASHIERS_PIN}{ENTER}")).await;
    till.gone("lock").await;
}

async fn a_cashier(walk: &Walk<'_>) {
    let till = walk.till;
    till.ready_to_sell().await;
    walk.at("6-cashier").await;
    till.click("nav-settings").await;
    till.see("version").await;
    walk.at("7-not-hers").await;
    till.click("nav-day").await;
    till.see("ask-panel").await;
    walk.at("8-asked").await;
    till.type_keys(ENTER).await;
    till.see("error-line").await;
    walk.at("9-asked-for-a-reason").await;
    till.type_keys(ESCAPE).await;
    till.gone("ask-panel").await;
}
