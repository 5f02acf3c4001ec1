//! The drawer from opening to its count, sales from paper, and the close with each of its steps.

use super::{HARD, Look, USUAL, Walk};
use crate::day::with_a_yesterday;
use crate::support::keys::ENTER;
use crate::support::{SOON, Shop, Till, until};

#[tokio::test]
async fn hard() {
    drawer("every_drawer_hard", HARD).await;
}

#[tokio::test]
async fn usual() {
    drawer("every_drawer_usual", USUAL).await;
}

async fn drawer(name: &'static str, look: Look) {
    let shop = Shop::new(name).await;
    let till = with_a_yesterday(&shop).await;
    till.ready_to_sell().await;
    let walk = Walk::new(&shop, &till, look).await;
    opened(&walk).await;
    from_paper(&walk).await;
    counted(&walk).await;
    closed(&walk).await;
    walk.ends();
    till.close().await;
}

async fn opened(walk: &Walk<'_>) {
    let till = walk.till;
    till.type_keys("o").await;
    till.cursor_in("drawer-float").await;
    walk.at("1-not-open").await;
    till.type_keys(&format!("1000{ENTER}")).await;
    till.cursor_in("drawer-amount").await;
    till.type_keys(&format!("200{ENTER}")).await;
    till.cursor_in("drawer-why").await;
    till.type_keys(&format!("maji ya kunywa{ENTER}")).await;
    until("the drawer's money to go out", SOON, async || {
        till.value("drawer-amount").await.is_empty().then_some(())
    })
    .await;
    till.click("drawer-x-show").await;
    till.see("sums-book").await;
    walk.at("2-open").await;
}

async fn from_paper(walk: &Walk<'_>) {
    let till = walk.till;
    till.click("paper-open").await;
    till.cursor_in("paper-amount").await;
    till.type_keys(&format!("1200{ENTER}")).await;
    till.cursor_in("paper-time").await;
    till.run(
        "const d = document.querySelector('[data-testid=paper-day]');
        d.selectedIndex = 1; d.dispatchEvent(new Event('change', { bubbles: true }))",
    )
    .await;
    till.type_keys(&format!("19:40{ENTER}")).await;
    till.see("paper-line").await;
    till.cursor_in("paper-amount").await;
    till.type_keys(&format!("90{ENTER}25:99{ENTER}")).await;
    till.see("error-line").await;
    walk.at("3-from-paper").await;
}

async fn counted(walk: &Walk<'_>) {
    let till = walk.till;
    till.click("nav-drawer").await;
    till.click("drawer-count").await;
    till.cursor_in("count-pieces").await;
    till.type_keys("1").await;
    walk.at("4-count").await;
    till.click("count-go").await;
    till.see("count-found").await;
    walk.at("5-counted").await;
}

/// The step is there, and its key can be pressed.
async fn step(till: &Till<'_>, step: &str) {
    let ready = format!(
        "return document.querySelector('[data-testid=close]')?.dataset.step === '{step}' \
         && document.querySelector('[data-testid=close-on]')?.ariaDisabled === 'false'"
    );
    until(&format!("the step {step}"), SOON, async || {
        (till.run(&ready).await == true).then_some(())
    })
    .await;
}

async fn closed(walk: &Walk<'_>) {
    let till = walk.till;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
    till.see("forgotten").await;
    walk.at("6-yesterday-is-open").await;
    till.type_keys("z").await;
    step(till, "known").await;
    till.cursor_in("close-reason").await;
    walk.at("7-carried").await;
    till.type_keys(&format!("taarifa inakuja kesho{ENTER}")).await;
    step(till, "sums").await;
    till.click("close-show").await;
    till.see("close-picture").await;
    walk.at("8-sums").await;
    till.click("close-on").await;
    till.see("close-seal").await;
    walk.at("9-closed").await;
    till.click("nav-drawer").await;
    till.see("closes").await;
    walk.at("a-closes").await;
}
