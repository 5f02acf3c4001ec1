//! The paper of a day: the printer is set up and tried, a sale's receipt comes out by itself and once more as a copy,
//! and the close comes out with its seal. What the printer got is rendered to pictures.

use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{Printer, SOON, Shop, Till, shots, until};

#[tokio::test]
async fn a_receipt_and_the_close_come_out_of_the_printer() {
    let shop = Shop::new("paper").await;
    let printer = Printer::new(&shop);
    let till = shop.open().await;
    till.practise().await;
    till.click("nav-settings").await;
    printer.set_up(&till).await;
    let test = printer.slip(0, "KSh 1,250").await;
    shots::keep("paper-1-test", &test.picture.png().unwrap());
    till.click("nav-sell").await;
    till.ready_to_sell().await;

    let from = printer.length();
    till.type_keys("730c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(&format!("1000{ENTER}")).await;
    till.counter_is("paid_cash", SOON).await;
    let receipt = printer.slip(from, "KSh 730").await;
    for words in ["KSh 730", "KSh 270", "PRACTICE: NOT REAL MONEY"] {
        assert!(receipt.text.contains(words), "{words:?} in\n{}", receipt.text);
    }
    assert!(!receipt.text.contains("COPY"), "the first:\n{}", receipt.text);
    shots::keep("paper-2-receipt", &receipt.picture.png().unwrap());
    till.type_keys("p").await;
    till.see("receipt-picture").await;
    till.picture("3-shown").await;
    let from = printer.length();
    till.type_keys("p").await;
    let copy = printer.slip(from, "KSh 730").await;
    assert!(copy.text.contains("COPY"), "the second:\n{}", copy.text);
    till.type_keys(ESCAPE).await;
    till.next_customer().await;

    let from = printer.length();
    closes(&till).await;
    let close = printer.slip(from, "KESHIA Z1").await;
    assert!(close.text.contains("CLOSE 1"), "{}", close.text);
    assert!(
        close.text.contains("[KESHIA Z1 "),
        "with its seal as a square code:\n{}",
        close.text
    );
    shots::keep("paper-4-close", &close.picture.png().unwrap());
    till.see("close-seal").await;
    till.is_accessible("closed").await;
    till.picture("5-closed").await;
    till.click("close-show").await;
    till.see("close-picture").await;
    till.picture("6-slip").await;
    till.click("close-save").await;
    till.says("close-slip-state", ".pdf").await;
    till.close().await;
}

async fn closes(till: &Till<'_>) {
    till.type_keys("z").await;
    for step in ["known", "sums"] {
        let ready = format!(
            "return document.querySelector('[data-testid=close]')?.dataset.step === '{step}' \
             && document.querySelector('[data-testid=close-on]')?.ariaDisabled === 'false'"
        );
        until(&format!("the step {step}"), SOON, async || {
            (till.run(&ready).await == true).then_some(())
        })
        .await;
        till.click("close-on").await;
    }
}
