//! The shop moves to another PC by its stick, while a customer is being asked.

use crate::support::keys::ENTER;
use crate::support::{PAYMENT, SOON, Shop, Simulator, sealed_on};

const CUSTOMER: &str = "254711666777";

#[tokio::test]
async fn by_the_stick_with_a_prompt_under_way() {
    let stick = tempfile::tempdir().unwrap();
    let simulator = Simulator::start().await;
    let old = Shop::new("moving_old").await;
    let till = old.open_at(&simulator).await;
    till.practise().await;
    till.type_keys("450c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    till.next_customer().await;
    till.ask_phone("910", CUSTOMER).await;
    till.counter_is("waiting", SOON).await;
    let sale = till.sale_on_counter().await;
    till.next_customer().await;

    till.click("nav-settings").await;
    till.write("stick-folder", &stick.path().display().to_string())
        .await;
    till.click("stick-choose").await;
    let code = till.recovery_code().await;
    till.picture("1-code").await;
    till.click("recovery-written").await;
    till.says("stick-state", &stick.path().display().to_string())
        .await;
    till.picture("2-copied").await;
    till.close().await;

    let copy = sealed_on(stick.path());
    let new = Shop::new("moving_new").await;
    let till = new.open_at(&simulator).await;
    till.click("door-restore").await;
    till.write("restore-file", &copy.display().to_string()).await;
    till.write("restore-code", "0000 0000 0000 0000 0000 0000 0000 0000")
        .await;
    till.click("restore-go").await;
    till.see("error-line").await;
    till.picture("1-wrong-code").await;
    till.write("restore-code", &code).await;
    till.click("restore-go").await;
    till.ready_to_sell().await;
    till.on_roll(&sale, "waiting", SOON).await;
    till.picture("2-restored").await;

    // The customer pays on the phone as if nothing had happened, and the new PC hears of it.
    simulator.answer(CUSTOMER, "pin").await;
    till.on_roll(&sale, "paid", PAYMENT).await;
    assert_eq!(
        simulator.pushes().await.len(),
        1,
        "nobody was asked a second time"
    );
    till.type_keys("60c").await;
    till.cursor_in("cash-field").await;
    till.type_keys(ENTER).await;
    till.counter_is("paid_cash", SOON).await;
    till.picture("3-sells").await;
    till.close().await;
}
