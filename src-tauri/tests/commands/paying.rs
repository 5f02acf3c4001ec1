//! The customer pays the till by hand: the two square codes, and money that came first.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::Till;

fn waiting(till: &Till) -> Value {
    till.ok(
        "wait_for_till",
        json!({ "saleId": null, "amount": 73_000, "digits": null }),
    )
}

#[test]
fn a_code_is_drawn_here_and_safaricoms_takes_its_place() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    let of = json!({ "saleId": waiting(&till)["id"] });
    let drawn = till.ok("pay_code", of.clone());
    let (path, size) = (drawn["path"].as_str().unwrap(), drawn["size"].as_u64().unwrap());
    assert!(
        path.starts_with("M4 4h7v1h-7z"),
        "the first corner, inside its white edge: {path}"
    );
    assert!(
        (29..=80).contains(&size),
        "large enough squares for a camera: {size}"
    );
    let picture = till.ok("safaricoms_code", of);
    let picture = picture.as_str().expect("the simulator draws one");
    assert!(
        picture.starts_with("data:image/png;base64,iVBORw0KGgo"),
        "what the page may show: {picture:.60}"
    );
    let nobody = json!({ "saleId": "nobody" });
    assert_eq!(
        till.refused("pay_code", nobody.clone()),
        "not_found",
        "of no sale"
    );
    assert_eq!(till.refused("safaricoms_code", nobody), "not_found", "of no sale");
}

#[test]
fn without_keys_the_code_of_this_pc_is_there_and_no_other() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok(
        "start_today",
        json!({ "form": { "shop_name": "Mama Njeri", "till_number": "123456" } }),
    );
    let of = json!({ "saleId": waiting(&till)["id"] });
    assert!(
        till.ok("pay_code", of.clone())["path"].is_string(),
        "drawn without anybody"
    );
    assert_eq!(till.ok("safaricoms_code", of), Value::Null, "nobody to ask");
}

#[test]
fn money_first_is_named_by_its_code() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    let make = |receipt: &str| json!({ "receipt": receipt, "noneOfThem": false });
    assert_eq!(
        till.refused("sale_of_money", make("short")),
        "code_invalid",
        "a code has a shape"
    );
    assert_eq!(
        till.refused("sale_of_money", make("UKN4B2QX7Z")),
        "not_found",
        "nothing came in under that code"
    );
}
