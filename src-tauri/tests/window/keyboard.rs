//! An evening without a mouse: from the first door to the close, every step by keys that a real keyboard has. After
//! each the cursor stands where typing should go.

use crate::support::keys::{ARROW_DOWN, ENTER, ESCAPE, SPACE};
use crate::support::{PAYMENT, SOON, Shop, Simulator, Till, until};

const OWNERS_PIN: &str = "4071";
const CASHIERS_PIN: &str = "2718";

/// No screen has so many places that Tab goes to.
const MOST_TABS: usize = 150;

#[tokio::test]
async fn an_evening_without_a_mouse() {
    let shop = Shop::new("keyboard").await;
    let simulator = Simulator::start().await;
    let till = shop.open_at(&simulator).await;
    tab_to(&till, "door-practice", false).await;
    till.type_keys(ENTER).await;
    till.ready_to_sell().await;
    people_come(&till).await;
    signs_in(&till, "Achieng", CASHIERS_PIN).await;
    till.ready_to_sell().await;
    till.type_keys("o").await;
    till.cursor_in("drawer-float").await;
    till.type_keys(&format!("1000{ENTER}")).await;
    till.cursor_in("drawer-amount").await;
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;

    every_way(&till).await;
    what_goes_wrong(&till, &simulator).await;
    money_by_hand(&till, &simulator).await;
    goes_back(&till).await;
    the_owner_looks(&till).await;
    closes(&till).await;
    till.close().await;
}

/// Tab, until the cursor is there.
async fn tab_to(till: &Till<'_>, place: &str, back: bool) {
    till.see(place).await;
    for _ in 0..MOST_TABS {
        if till.focused().await == place {
            return;
        }
        till.tab(back).await;
    }
    panic!("no way by Tab to {place}");
}

/// To another screen: its name stands above, before everything else.
async fn goes_to(till: &Till<'_>, name: &str) {
    tab_to(till, name, true).await;
    till.type_keys(ENTER).await;
}

/// The owner writes herself and a cashier down, and her paper is read back.
async fn people_come(till: &Till<'_>) {
    goes_to(till, "nav-settings").await;
    tab_to(till, "person-name", false).await;
    till.type_keys("Njeri").await;
    tab_to(till, "person-pin", false).await;
    till.type_keys(OWNERS_PIN).await;
    tab_to(till, "owner-passphrase", false).await;
    till.type_keys(&format!("mango tree by the well{ENTER}")).await;
    till.cursor_in("recovery-typed").await;
    let script = "return [...document.querySelectorAll('[data-testid=recovery-group]')].at(-1).textContent";
    let last = till.run(script).await;
    till.type_keys(last.as_str().expect("a group")).await;
    till.type_keys(ENTER).await;
    till.gone("recovery-paper").await;
    tab_to(till, "person-name", false).await;
    till.type_keys("Achieng").await;
    tab_to(till, "person-pin", false).await;
    till.type_keys(&format!("{CASHIERS_PIN}{ENTER}")).await;
    till.find("[data-testid=person][data-name=Achieng]").await;
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;
    till.type_keys("l").await;
    till.see("lock").await;
}

async fn signs_in(till: &Till<'_>, name: &str, pin: &str) {
    till.cursor_in("tile").await;
    let here = format!("return document.activeElement.dataset.name === '{name}'");
    for _ in 0..MOST_TABS {
        if till.run(&here).await == true {
            break;
        }
        till.type_keys(ARROW_DOWN).await;
    }
    till.type_keys(ENTER).await;
    till.cursor_in("pin").await;
    till.type_keys(&format!("{pin}{ENTER}")).await;
    till.gone("lock").await;
}

/// The sale is at its end; the next one is begun by its first digit, which is not lost.
async fn next_by_its_digit(till: &Till<'_>, status: &str) {
    till.counter_is(status, PAYMENT).await;
    till.type_keys("7").await;
    till.ready_to_sell().await;
    assert_eq!(
        till.value("amount").await,
        "7",
        "after {status} the first digit is in the amount"
    );
    till.type_keys(ESCAPE).await;
    till.ready_to_sell().await;
    assert_eq!(till.value("amount").await, "", "Esc clears it");
}

/// The sale is at its end; N makes ready for the next.
async fn next_by_its_letter(till: &Till<'_>, status: &str) {
    till.counter_is(status, PAYMENT).await;
    till.next_customer().await;
}

/// Prompt, cash, change, code, the till's number, credit, and two ways together.
async fn every_way(till: &Till<'_>) {
    till.ask_phone("350", "0700000000").await;
    next_by_its_digit(till, "paid").await;
    till.type_keys(&format!("200c{ENTER}")).await;
    next_by_its_digit(till, "paid_cash").await;
    till.type_keys("120+80c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(&format!("500{ENTER}")).await;
    next_by_its_letter(till, "paid_cash").await;
    till.type_keys("90m").await;
    till.cursor_in("code-field").await;
    till.type_keys("SKC4B2QX7Z").await;
    till.see("code-warning").await;
    till.type_keys(&format!("{ENTER}{ENTER}")).await;
    next_by_its_digit(till, "code_not_confirmed").await;
    till.type_keys("730t").await;
    next_by_its_letter(till, "waiting_till").await;

    till.type_keys("800d").await;
    till.cursor_in("credit-who").await;
    till.type_keys("Wanjiru").await;
    tab_to(till, "credit-new", false).await;
    till.type_keys(ENTER).await;
    till.cursor_in("customer-phone").await;
    till.type_keys("0700000000").await;
    tab_to(till, "customer-limit", false).await;
    till.type_keys("1000").await;
    tab_to(till, "customer-agreed", false).await;
    till.type_keys(SPACE).await;
    tab_to(till, "customer-save", false).await;
    till.type_keys(ENTER).await;
    till.cursor_in("ask-why").await;
    allowed(till, "she lives next door").await;
    till.cursor_in("credit-part").await;
    till.type_keys(&format!("300{ENTER}")).await;
    till.counter_is("open", SOON).await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("c{ENTER}")).await;
    next_by_its_digit(till, "on_credit").await;
}

/// What only a manager may do is allowed by her PIN; the cursor is back where it was.
async fn allowed(till: &Till<'_>, why: &str) {
    till.cursor_in("ask-why").await;
    till.type_keys(&format!("{why}{ENTER}")).await;
    till.cursor_in("pin").await;
    till.type_keys(&format!("{OWNERS_PIN}{ENTER}")).await;
    till.gone("ask-panel").await;
}

/// A prompt that is cancelled, one to a wrong number, one that nobody knows, a parked sale from the roll.
async fn what_goes_wrong(till: &Till<'_>, simulator: &Simulator) {
    till.ask_phone("480", "0700000032").await;
    till.counter_is("failed_provisional", PAYMENT).await;
    till.type_keys("c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    next_by_its_digit(till, "paid_cash").await;

    till.ask_phone("910", "0711222333").await;
    till.counter_is("waiting", SOON).await;
    till.type_keys("w").await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("0711222334{ENTER}")).await;
    next_by_its_letter(till, "waiting").await;
    till.type_keys(ARROW_DOWN).await;
    till.cursor_in("roll-line").await;
    till.type_keys(ENTER).await;
    till.counter_is("waiting", SOON).await;
    simulator.answer("254711222334", "pin").await;
    till.counter_is("paid", PAYMENT).await;
    till.type_keys("p").await;
    till.see("receipt-picture").await;
    till.type_keys(ESCAPE).await;
    till.type_keys("h").await;
    till.see("witness").await;
    till.type_keys(ENTER).await;
    next_by_its_digit(till, "paid").await;
}

/// Two payments without a sale, one of them for a sale that waits.
async fn money_by_hand(till: &Till<'_>, simulator: &Simulator) {
    till.type_keys(&format!("480{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys(ENTER).await;
    next_by_its_letter(till, "waiting_till").await;
    simulator.pay_by_hand("254722000981", 480).await;
    till.see_within("money", PAYMENT).await;
    till.type_keys("65g").await;
    till.gone("money").await;
    till.ready_to_sell().await;
    assert_eq!(till.value("amount").await, "65", "typing went on");
    till.type_keys(ESCAPE).await;
    simulator.pay_by_hand("254722000345", 65).await;
    till.see_within("money", PAYMENT).await;
    till.type_keys("a").await;
    till.gone("money").await;
    next_by_its_digit(till, "paid").await;
}

/// A part that was taken is given back, and goods come back.
async fn goes_back(till: &Till<'_>) {
    till.type_keys("800c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(&format!("500{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys("v").await;
    till.cursor_in("void-field").await;
    till.type_keys(&format!("she left{ENTER}")).await;
    allowed(till, "typed by mistake").await;
    next_by_its_digit(till, "voided").await;

    till.type_keys(&format!("450c{ENTER}")).await;
    till.counter_is("paid_cash", SOON).await;
    till.type_keys("b").await;
    till.cursor_in("refund-why").await;
    till.type_keys(&format!("a torn bag{ENTER}")).await;
    allowed(till, "I saw the bag").await;
    till.see("refunded").await;
    next_by_its_digit(till, "paid_cash").await;
}

/// The owner takes the till and reads the day: a sale is found by its code.
async fn the_owner_looks(till: &Till<'_>) {
    till.type_keys("l").await;
    till.see("lock").await;
    signs_in(till, "Njeri", OWNERS_PIN).await;
    till.ready_to_sell().await;
    goes_to(till, "nav-day").await;
    till.see("day-taken").await;
    till.type_keys("/").await;
    till.cursor_in("day-search").await;
    till.type_keys("SKC4B2QX7Z").await;
    let lines = "return document.querySelectorAll('[data-testid=day-line]').length";
    until("the sale by its code", SOON, async || {
        (till.run(lines).await == 1).then_some(())
    })
    .await;
    till.type_keys(ENTER).await;
    next_by_its_letter(till, "code_not_confirmed").await;
}

/// The drawer is counted, what is not known is signed, the sums are seen, and it is sealed.
async fn closes(till: &Till<'_>) {
    till.type_keys("z").await;
    till.cursor_in("count-pieces").await;
    till.type_keys(&format!("1{ENTER}")).await;
    tab_to(till, "count-go", false).await;
    till.type_keys(ENTER).await;
    till.see("count-found").await;
    till.cursor_in("close-on").await;
    till.type_keys(ENTER).await;
    till.cursor_in("close-reason").await;
    till.type_keys(&format!("the statement comes tomorrow{ENTER}"))
        .await;
    till.see("sums-book").await;
    till.cursor_in("close-on").await;
    till.type_keys(ENTER).await;
    till.see("close-seal").await;
    till.cursor_in("close-on").await;
    till.type_keys(ENTER).await;
    till.ready_to_sell().await;
}
