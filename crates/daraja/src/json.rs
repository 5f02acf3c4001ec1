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
    match field(object, name)? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether a code is one of the many spellings of success: `"0"`, `0`, `"00000000"`.
pub(crate) fn is_success(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b == b'0')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_success, text};

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
}
