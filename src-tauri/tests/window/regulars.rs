//! A regular in each language: found by the last digits and asked without the number being seen, cash that no drawer
//! counts, what the close says of it, what is owed on paper, and what the seal of that close covers.

use crate::support::keys::{ARROW_DOWN, ENTER, ESCAPE};
use crate::support::{PAYMENT, SOON, Shop, Simulator, Till, until};

#[tokio::test]
async fn english_light() {
    regulars("regulars_en_light", "en", "light").await;
}

#[tokio::test]
async fn swahili_dark() {
    regulars("regulars_sw_dark", "sw", "dark").await;
}

async fn regulars(name: &'static str, language: &str, theme: &str) {
    let shop = Shop::new(name).await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    till.practise().await;
    till.click("nav-settings").await;
    till.choose(&format!("set-locale-{language}")).await;
    till.choose(&format!("set-theme-{theme}")).await;
    till.click("nav-customers").await;
    for (customer, phone) in [("Wanjiru Kamau", "0700000000"), ("Baraka Wafula", "0711222000")] {
        till.click("customer-new").await;
        till.cursor_in("customer-name").await;
        till.type_keys(customer).await;
        till.write("customer-phone", phone).await;
        till.write("customer-limit", "3000").await;
        till.click("customer-agreed").await;
        till.click("customer-save").await;
        till.see("customer-one").await;
        till.click("customer-back").await;
        till.see("customer-line").await;
    }
    till.click("nav-sell").await;
    till.ready_to_sell().await;
    asks(&shop, &till).await;
    owes(&shop, &till).await;
    uncounted(&shop, &till).await;
    checks(&shop, &till).await;
    till.close().await;
}

/// The digits offer two; until one is chosen Enter lets the customer pay the till.
async fn asks(shop: &Shop, till: &Till<'_>) {
    till.type_keys(&format!("730{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys("000").await;
    till.see("regular").await;
    till.says("primary", "··000").await;
    till.seen(shop, "1-offered").await;
    till.type_keys(&format!("{ARROW_DOWN}{ARROW_DOWN}")).await;
    till.says("primary", "Wanjiru Kamau").await;
    till.seen(shop, "2-chosen").await;
    till.type_keys(ENTER).await;
    till.see("asking-clock").await;
    let page = till.text("counter").await;
    assert!(
        page.contains("Wanjiru Kamau ··000") && !page.contains("0700"),
        "by name, and without the number: {page}"
    );
    till.seen(shop, "3-asked").await;
    till.counter_is("paid", PAYMENT).await;
    till.next_customer().await;
}

/// What was chosen in the phone field is who pays later, and the statement becomes a file.
async fn owes(shop: &Shop, till: &Till<'_>) {
    till.type_keys(&format!("450{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys("000").await;
    till.see("regular").await;
    till.type_keys(&format!("{ARROW_DOWN}d")).await;
    till.cursor_in("credit-part").await;
    till.says("credit", "Baraka Wafula").await;
    till.type_keys(ENTER).await;
    till.counter_is("on_credit", SOON).await;
    till.next_customer().await;
    till.click("nav-customers").await;
    till.see("customer-line").await;
    till.click("customer-line").await;
    till.says("customer-owed", "450").await;
    till.click("debt-save").await;
    till.says("debt-paper", ".pdf").await;
    till.seen(shop, "4-statement").await;
    till.click("customer-back").await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
}

/// A drawer was opened and counted; the next cash is counted by none, which is said before and after.
async fn uncounted(shop: &Shop, till: &Till<'_>) {
    till.type_keys("o").await;
    till.cursor_in("drawer-float").await;
    till.type_keys(&format!("1000{ENTER}")).await;
    till.cursor_in("drawer-amount").await;
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;
    closed(till, &[1_000]).await;

    till.type_keys("320c").await;
    till.cursor_in("cash-field").await;
    till.see("cash-uncounted").await;
    till.seen(shop, "5-uncounted").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    till.next_customer().await;
    closed(till, &[]).await;
    let said = till.text("close").await;
    assert!(said.contains("320"), "the close names it: {said}");
    till.see("z-covers").await;
    till.seen(shop, "6-closed").await;
    till.click("close-on").await;
    till.ready_to_sell().await;
}

/// Counts what is there, and closes the day.
async fn closed(till: &Till<'_>, notes: &[u32]) {
    till.type_keys("z").await;
    for worth in notes {
        till.see("count").await;
        till.find(&format!("[data-testid=count-pieces][data-worth='{worth}']"))
            .await
            .send_keys("1")
            .await
            .unwrap();
        till.click("count-go").await;
        till.see("count-found").await;
        till.click("close-on").await;
    }
    let step = "return document.querySelector('[data-testid=close]')?.dataset.step ?? ''";
    for wanted in ["known", "sums", "closed"] {
        until(&format!("the close to be {wanted}"), SOON, async || {
            (till.run(step).await == wanted && till.shows("close-on").await).then_some(())
        })
        .await;
        if wanted != "closed" {
            till.click("close-on").await;
        }
    }
    if !notes.is_empty() {
        till.click("close-on").await;
        till.ready_to_sell().await;
    }
}

/// The last close, chosen by its number.
async fn checks(shop: &Shop, till: &Till<'_>) {
    till.click("nav-settings").await;
    till.see("verify-close").await;
    till.run(
        "const field = document.querySelector('[data-testid=verify-close]'); field.value = '2'; \
         field.dispatchEvent(new Event('change', { bubbles: true })); field.scrollIntoView()",
    )
    .await;
    till.click("verify-go").await;
    till.see("verify-of-close").await;
    till.run("document.querySelector('[data-testid=verify]').scrollIntoView()")
        .await;
    till.seen(shop, "7-covers").await;
    let page = till.text("verify-of-close").await;
    assert!(page.contains('2'), "close 2 is told of: {page}");
}
