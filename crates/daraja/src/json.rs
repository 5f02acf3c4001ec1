//! Reading Safaricom's JSON, which spells and types the same thing in several ways.

use serde_json::Value;

/// A field by name, whatever its letters' case: `Body` of one page is `body` of another.
pub(crate) fn field<'v>(object: &'v Value, name: &str) -> Option<&'v Value> {
    object
        .as_object()?
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// A field that may be text or a number, as trimmed text. Empty text is text; `null` is nothing.
pub(crate) fn text(object: &Value, name: &str) -> Option<String> {
    as_text(field(object, name)?)
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A field by name, whatever its letters' case and the spaces in it: `Response Status`.
pub(crate) fn field_of_any_spelling<'v>(object: &'v Value, name: &str) -> Option<&'v Value> {
    let squeezed = |key: &str| key.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    object
        .as_object()?
        .iter()
        .find(|(key, _)| squeezed(key).eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// [`text`] of such a field.
pub(crate) fn text_of_any_spelling(object: &Value, name: &str) -> Option<String> {
    as_text(field_of_any_spelling(object, name)?)
}

/// Whether a code is one of the many spellings of success: `"0"`, `0`, `"00000000"`.
pub(crate) fn is_success(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b == b'0')
}

/// Cents of `1`, `1.0`, `1.00` or `1250.5`, without a detour through floating point.
pub(crate) fn cents(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 2 {
        return None;
    }
    let shillings: i64 = whole.parse().ok()?;
    let cents: i64 = format!("{fraction:0<2}").parse().ok()?;
    shillings.checked_mul(100)?.checked_add(cents)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{cents, is_success, text};

    #[test]
    fn text_and_numbers_read_alike() {
        let value = json!({"a": " x ", "b": 1037, "c": null, "d": [1], "ResultCode": "0"});
        assert_eq!(text(&value, "a").as_deref(), Some("x"), "text is trimmed");
        assert_eq!(
            text(&value, "b").as_deref(),
            Some("1037"),
            "a number reads as its digits"
        );
        assert_eq!(
            text(&value, "resultcode").as_deref(),
            Some("0"),
            "case does not matter"
        );
        assert_eq!(
            text(&value, "c").or(text(&value, "d")).or(text(&value, "e")),
            None,
            "nothing is nothing"
        );
    }

    #[test]
    fn any_row_of_zeros_is_success() {
        for code in ["0", "00", "00000000"] {
            assert!(is_success(code), "{code:?} was seen as success");
        }
        for code in ["", "1", "01", "0 ", "500.001.1001"] {
            assert!(!is_success(code), "{code:?} is not success");
        }
    }

    #[test]
    fn cents_are_exact() {
        for (text, expected) in [
            ("1", Some(100)),
            ("1.0", Some(100)),
            ("11720.00", Some(1_172_000)),
            ("1250.5", Some(125_050)),
            ("0.01", Some(1)),
            ("0.001", None),
            ("-1", None),
            ("1e3", None),
            ("", None),
            (".5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(cents(text), expected, "{text:?}");
        }
    }
}
