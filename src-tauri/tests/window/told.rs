//! What a relay tells of codes that somebody typed, and what somebody else tells in Safaricom's name.

use serde_json::json;

use crate::support::code::{east_africa, todays_code};
use crate::support::keys::{ENTER, ESCAPE};
use crate::support::{PAYMENT, Relay, SOON, Shop, Simulator, Till};

/// Safaricom's paybill in the practice shop.
const PAYBILL: &str = "174379";

/// One of Safaricom's servers (Daraja portal, Getting Started), as the proxy before the relay names it.
const SAFARICOM: &str = "196.201.214.200";
/// Anybody else (RFC 5737, an address for examples).
const STRANGER: &str = "203.0.113.9";

/// A payment as Safaricom tells it (Daraja portal, Customer To Business).
fn payment(receipt: &str, shillings: u32, short_code: &str, digits: &str) -> String {
    payment_under("MAZIWA", receipt, shillings, short_code, digits)
}

/// The same, with what the payer typed as account.
fn payment_under(account: &str, receipt: &str, shillings: u32, short_code: &str, digits: &str) -> String {
    json!({
        "TransactionType": "Pay Bill", "TransID": receipt,
        "TransTime": east_africa().format("%Y%m%d%H%M%S").to_string(), "TransAmount": format!("{shillings}.00"),
        "BusinessShortCode": short_code, "BillRefNumber": account, "InvoiceNumber": "", "OrgAccountBalance": "",
        "ThirdPartyTransID": "", "MSISDN": format!("2547 ***** {digits}"), "FirstName": "JANE", "MiddleName": "",
        "LastName": "",
    })
    .to_string()
}

/// Posts from this address, and returns the relay's answer.
async fn post(url: &str, body: String, from: &str) -> u16 {
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a plain client");
    let request = client.post(url).header("x-forwarded-for", from).body(body);
    let answer = request.send().await.expect("it answers");
    answer.status().as_u16()
}

/// A till in practice that is paired with the relay, which the simulator posts to.
async fn paired(till: &Till<'_>, relay: &Relay, simulator: &Simulator) {
    till.practise().await;
    till.click("nav-settings").await;
    till.write("relay-paste", &relay.pairing).await;
    till.click("relay-pair").await;
    till.says_within("relay-state", "last heard", PAYMENT).await;
    simulator
        .register_urls(&relay.confirmation, &relay.validation)
        .await;
    till.click("nav-sell").await;
    till.ready_to_sell().await;
}

/// What the customer of a sale reads.
async fn reference(till: &Till<'_>, sale: &str) -> String {
    let script = format!(
        "return document.querySelector('[data-testid=roll-line][data-sale=\"{sale}\"]').dataset.reference"
    );
    till.run(&script)
        .await
        .as_str()
        .expect("it is on the roll")
        .to_owned()
}

/// A sale that waits for a payment by hand from this phone.
async fn waits(till: &Till<'_>, amount: u32, digits: &str) -> String {
    till.type_keys(&format!("{amount}{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("{digits}{ENTER}")).await;
    till.counter_is("waiting_till", SOON).await;
    let sale = till.sale_on_counter().await;
    till.next_customer().await;
    sale
}

#[tokio::test]
async fn a_typed_code_is_confirmed_by_its_witness_and_another_sales_code_is_stopped() {
    let shop = Shop::new("told_codes").await;
    let simulator = Simulator::start().await;
    let relay = Relay::start(&shop.desktop);
    let till = shop.open_at(&simulator).await;
    paired(&till, &relay, &simulator).await;

    // The customer shows a message that nobody has told of yet.
    let code = todays_code("T0LDC0D");
    till.type_keys("350m").await;
    till.cursor_in("code-field").await;
    till.type_keys(&format!("{code}{ENTER}")).await;
    let typed = till.sale_on_counter().await;
    till.on_roll(&typed, "code_not_confirmed", SOON).await;
    till.picture("1-not-confirmed").await;
    assert_eq!(
        post(
            &relay.confirmation,
            payment(&code, 350, PAYBILL, "444"),
            SAFARICOM
        )
        .await,
        200,
        "the relay has it"
    );
    till.on_roll(&typed, "paid", PAYMENT).await;
    till.picture("2-confirmed").await;

    // A prompt is paid; its message is then shown for another sale.
    till.next_customer().await;
    till.ask_phone("500", "0722000981").await;
    till.counter_is("waiting", PAYMENT).await;
    let prompted = till.sale_on_counter().await;
    simulator.answer("254722000981", "pin").await;
    till.on_roll(&prompted, "paid", PAYMENT).await;
    let payments = simulator.payments().await;
    let own = payments
        .iter()
        .find(|paid| paid["amount"] == 500)
        .expect("the prompt was paid");
    let own = own["receipt"].as_str().expect("with a code").to_owned();
    till.next_customer().await;
    till.type_keys(&format!("500{ENTER}")).await;
    till.cursor_in("phone").await;
    till.type_keys(&format!("222{ENTER}")).await;
    till.counter_is("waiting_till", SOON).await;
    let other = till.sale_on_counter().await;
    let (first, second) = (reference(&till, &prompted).await, reference(&till, &other).await);
    till.type_keys("m").await;
    till.cursor_in("code-field").await;
    till.type_keys(&own.to_lowercase()).await;
    till.says("code-warning", "Code already used").await;
    names(&till, "sale-of-code", &first, 500).await;
    names(&till, "sale-typed-for", &second, 500).await;
    till.picture("3-stopped").await;
    till.type_keys(&ENTER.repeat(2)).await;
    till.see("error-line").await;
    till.on_roll(&other, "waiting_till", SOON).await;
    till.on_roll(&prompted, "paid", SOON).await;

    // A message is typed before Safaricom tells of it, and then it is of another sale's prompt.
    till.type_keys(ESCAPE).await;
    till.next_customer().await;
    till.ask_phone("600", "0733000777").await;
    till.counter_is("waiting", PAYMENT).await;
    let prompted = till.sale_on_counter().await;
    till.next_customer().await;
    let shown = todays_code("SH0WN0N");
    till.type_keys("600m").await;
    till.cursor_in("code-field").await;
    till.type_keys(&format!("{shown}{ENTER}")).await;
    let typed = till.sale_on_counter().await;
    till.on_roll(&typed, "code_not_confirmed", SOON).await;
    let (first, second) = (reference(&till, &prompted).await, reference(&till, &typed).await);
    let told = payment_under(&first, &shown, 600, PAYBILL, "777");
    assert_eq!(
        post(&relay.confirmation, told, SAFARICOM).await,
        200,
        "the relay has it"
    );
    till.on_roll(&prompted, "paid", PAYMENT).await;
    till.says_within("matter", "This code belongs to another sale", PAYMENT)
        .await;
    names(&till, "sale-of-code", &first, 600).await;
    names(&till, "sale-typed-for", &second, 600).await;
    till.picture("4-of-another").await;
    till.close().await;
}

/// A person can read which sale it is: its reference, its amount and its time.
async fn names(till: &Till<'_>, id: &str, reference: &str, shillings: u32) {
    till.says(id, reference).await;
    till.says(id, &format!("KSh {shillings}")).await;
    let text = till.text(id).await;
    let (_, time) = text.rsplit_once(", ").expect("a date and a time");
    assert!(
        chrono::NaiveTime::parse_from_str(time.trim(), "%H:%M").is_ok(),
        "{id} says when: {text}"
    );
}

#[tokio::test]
async fn forged_posts_change_nothing_that_stands_and_are_counted() {
    let shop = Shop::new("told_forged").await;
    let simulator = Simulator::start().await;
    let relay = Relay::start(&shop.desktop);
    let till = shop.open_at(&simulator).await;
    paired(&till, &relay, &simulator).await;
    let first = waits(&till, 730, "981").await;
    let second = waits(&till, 480, "222").await;

    let own = |rest: &str| relay.confirmation.replace("/c2b/confirmation", rest);
    let hook = relay
        .confirmation
        .rsplit('/')
        .nth(2)
        .expect("a secret path")
        .to_owned();
    let nobodys = relay.confirmation.replace(&hook, &"0".repeat(hook.len()));
    let others = relay.another_shop(&shop.desktop).await;
    let forged = todays_code("F0RGED1");
    let result = json!({"Body": {"stkCallback": {
        "MerchantRequestID": "1", "CheckoutRequestID": "ws_CO_1", "ResultCode": 0, "ResultDesc": "done",
        "CallbackMetadata": {"Item": [
            {"Name": "Amount", "Value": 730}, {"Name": "MpesaReceiptNumber", "Value": forged}]}}}});
    let real = todays_code("REALC0D");
    let posts = [
        (
            &nobodys,
            payment(&forged, 730, PAYBILL, "981"),
            404,
            "no shop has this path",
        ),
        (
            &others,
            payment(&forged, 730, PAYBILL, "981"),
            200,
            "kept, for the other shop",
        ),
        (
            &own("/stk/nobody/guessed"),
            result.to_string(),
            200,
            "no prompt has this path",
        ),
        (
            &relay.confirmation,
            payment(&forged, 730, "600999", "981"),
            200,
            "another number's",
        ),
        (
            &relay.confirmation,
            "<html>730</html>".into(),
            200,
            "nothing that can be read",
        ),
        (
            &relay.confirmation,
            payment(&todays_code("F0RGED2"), 730, PAYBILL, "981"),
            200,
            "as the customer owes it",
        ),
        (
            &relay.confirmation,
            payment(&todays_code("F0RGED3"), 50, PAYBILL, "981"),
            200,
            "what nobody owes",
        ),
        (
            &relay.confirmation,
            payment(&real, 100, PAYBILL, "222"),
            200,
            "a code that is to come",
        ),
    ];
    for (url, body, answer, why) in posts {
        assert_eq!(post(url, body, STRANGER).await, answer, "{why}");
    }
    till.see_within("money", PAYMENT).await;
    for sale in [&first, &second] {
        till.on_roll(sale, "waiting_till", SOON).await;
    }
    till.picture("1-still-waiting").await;

    // Safaricom tells of the code that somebody named before, and with what was paid.
    assert_eq!(
        post(
            &relay.confirmation,
            payment(&real, 480, PAYBILL, "222"),
            SAFARICOM
        )
        .await,
        200,
        "kept"
    );
    till.on_roll(&second, "paid", PAYMENT).await;
    // The customer of the first sale really pays; the post comes again, and again with another amount.
    simulator.pay_by_hand("254722000981", 730).await;
    till.on_roll(&first, "paid", PAYMENT).await;
    let payments = simulator.payments().await;
    let code = payments[0]["receipt"].as_str().expect("a code").to_owned();
    let lines = till.roll().await.len();
    for (amount, from) in [(730, SAFARICOM), (730, STRANGER), (9_000, STRANGER)] {
        let again = payment(&code, amount, PAYBILL, "981");
        assert_eq!(post(&relay.confirmation, again, from).await, 200, "kept");
    }
    // The last post is in the book when what comes after it is.
    let third = waits(&till, 65, "333").await;
    simulator.pay_by_hand("254722000333", 65).await;
    till.on_roll(&third, "paid", PAYMENT).await;
    for sale in [&first, &second] {
        till.on_roll(sale, "paid", SOON).await;
    }
    assert_eq!(till.roll().await.len(), lines + 1, "no sale was made up");
    till.picture("2-what-stands").await;

    till.click("nav-settings").await;
    till.says_within("relay-state", "last heard", PAYMENT).await;
    till.says("relay", "fit nothing here: 2").await;
    till.says("relay", "Not readable: 1").await;
    till.picture("3-counted").await;
    let counted = relay.metrics().await;
    for line in [
        // Of the eight forged posts one came to no shop's path; two came again later.
        r#"keshia_relay_marks_total{mark="source"} 9"#,
        r#"keshia_relay_marks_total{mark="shape"} 1"#,
        r#"keshia_relay_refused_total{reason="no_such_shop"} 1"#,
    ] {
        assert!(counted.contains(line), "{line} in\n{counted}");
    }
    till.close().await;
}
