//! Bodies as support may see them: without secrets, names, and all of a phone but its last three digits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDateTime;
use reqwest::Url;
use serde_json::{Map, Value};

use crate::east_africa::parse_timestamp;
use crate::json::text;
use crate::transport::WireRequest;

/// Longest text of a body, in bytes.
const MAX_TEXT: usize = 4096;

/// Shorter text is not looked for as a secret: it would blot out half the body, and no key is that short.
const MIN_SECRET: usize = 6;

const SECRET: &str = "<redacted>";
const NAME: &str = "··";

/// What a field's name says of its value.
#[derive(Clone, Copy)]
enum Kind {
    Plain,
    Secret,
    Phone,
    Name,
    /// A callback address, whose path may be a secret of its own.
    Address,
    /// `YYYYMMDDHHmmss`, in which July looks like a phone.
    Time,
    /// Ends in the last nine digits of the phone.
    CheckoutId,
    /// A drawing in base64, of which a reader learns nothing.
    Picture,
}

impl Kind {
    fn of(key: &str) -> Self {
        let key: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
        let key = key.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
        if has(&[
            "password",
            "passkey",
            "secret",
            "token",
            "authorization",
            "credential",
            "consumerkey",
        ]) {
            return Self::Secret;
        }
        if has(&["msisdn", "phone"]) {
            return Self::Phone;
        }
        match key.as_str() {
            "partya" | "nominatednumber" => Self::Phone,
            "firstname" | "middlename" | "lastname" | "sender" => Self::Name,
            "timestamp" | "transtime" | "transactiondate" | "trxdate" => Self::Time,
            "checkoutrequestid" => Self::CheckoutId,
            "qrcode" => Self::Picture,
            key if key.ends_with("url") => Self::Address,
            _ => Self::Plain,
        }
    }
}

/// How the bodies of one exchange are made fit to be seen. It knows the secrets and phones that the request
/// carried, and takes them out wherever a server repeats them.
pub(crate) struct Redaction {
    secrets: Vec<String>,
    /// The last nine digits of each.
    phones: Vec<String>,
}

impl Redaction {
    pub(crate) fn of(request: &WireRequest) -> Self {
        let authorization = request.authorization.expose();
        let credentials = authorization.rsplit(' ').next().unwrap_or_default();
        let mut secrets = vec![credentials.to_owned()];
        // `Basic` is key and secret in another dress.
        let pair = STANDARD.decode(credentials).ok();
        if let Some(pair) = pair.and_then(|bytes| String::from_utf8(bytes).ok()) {
            secrets.extend(pair.split(':').map(str::to_owned));
        }
        let mut phones = Vec::new();
        if let Some(body) = &request.body {
            collect(body, &mut secrets);
            each_leaf(body, Kind::Plain, &mut |kind, text| {
                if matches!(kind, Kind::Phone | Kind::CheckoutId) {
                    phones.extend(national(text));
                }
            });
        }
        Self { secrets, phones }
    }

    /// A JSON body, cut to 4 kB.
    pub(crate) fn json(&self, body: &Value) -> String {
        let mut secrets = self.secrets.clone();
        collect(body, &mut secrets);
        // The longest first, or what is left of a longer one would show.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        let all = Self {
            secrets,
            phones: self.phones.clone(),
        };
        let mut text = all.clean(body, Kind::Plain).to_string();
        cut(&mut text);
        text
    }

    /// A text on its own.
    pub(crate) fn text(&self, text: &str) -> String {
        self.leaf(text, Kind::Plain)
    }

    fn clean(&self, value: &Value, kind: Kind) -> Value {
        match (value, kind) {
            (Value::Null, _) => Value::Null,
            (_, Kind::Secret) => Value::from(SECRET),
            (Value::Bool(_), _) => value.clone(),
            (Value::Number(number), _) => {
                let digits = number.to_string();
                let clean = self.leaf(&digits, kind);
                if clean == digits {
                    value.clone()
                } else {
                    Value::from(clean)
                }
            }
            (Value::String(text), _) => Value::from(self.leaf(text, kind)),
            (Value::Array(items), _) => items.iter().map(|item| self.clean(item, kind)).collect(),
            (Value::Object(fields), _) => fields
                .iter()
                .map(|(key, field)| {
                    let clean = self.clean(field, kind_of_field(value, fields, key, kind));
                    (self.leaf(key, Kind::Plain), clean)
                })
                .collect(),
        }
    }

    fn leaf(&self, text: &str, kind: Kind) -> String {
        match kind {
            Kind::Secret => SECRET.to_owned(),
            Kind::Name if text.is_empty() => String::new(),
            Kind::Name => NAME.to_owned(),
            Kind::Phone => last_three(text),
            Kind::Address => address(text),
            Kind::Picture => format!("<{} characters>", text.len()),
            Kind::Time if parse_timestamp(text).is_some() => text.to_owned(),
            Kind::Plain | Kind::Time => self.without_phones(&self.without_secrets(text)),
            Kind::CheckoutId => {
                let text = self.without_secrets(text);
                let text = if text.contains(ID_PREFIX) {
                    text
                } else {
                    checkout_id(&text)
                };
                self.without_phones(&text)
            }
        }
    }

    /// Phones of any shape that a phone has, and those of the request however they are written together.
    fn without_phones(&self, text: &str) -> String {
        self.phones.iter().fold(hide_phones(text), |text, phone| {
            text.replace(phone.as_str(), &last_three(phone))
        })
    }

    fn without_secrets(&self, text: &str) -> String {
        let found = self.secrets.iter().filter(|secret| secret.len() >= MIN_SECRET);
        found.fold(text.to_owned(), |text, secret| {
            text.replace(secret.as_str(), SECRET)
        })
    }
}

/// All that fields of a secret's name hold.
fn collect(value: &Value, secrets: &mut Vec<String>) {
    each_leaf(value, Kind::Plain, &mut |kind, text| {
        if matches!(kind, Kind::Secret) {
            secrets.push(text.to_owned());
        }
    });
}

/// Every text and number, with what its field's name says of it.
fn each_leaf(value: &Value, kind: Kind, take: &mut dyn FnMut(Kind, &str)) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::String(text) => take(kind, text),
        Value::Number(number) => take(kind, &number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| each_leaf(item, kind, take)),
        Value::Object(fields) => {
            for (key, field) in fields {
                each_leaf(field, kind_of_field(value, fields, key, kind), take);
            }
        }
    }
}

/// A field takes after the object it is in, unless its own name says that it is a secret.
fn kind_of_field(object: &Value, fields: &Map<String, Value>, key: &str, kind: Kind) -> Kind {
    let own = if key.eq_ignore_ascii_case("value") && fields.len() > 1 {
        // The `Value` of `{Name, Value}` takes after its `Name`.
        let name = text(object, "Name").or_else(|| text(object, "Key"));
        name.map_or(kind, |name| Kind::of(&name))
    } else {
        Kind::of(key)
    };
    match (kind, own) {
        (_, Kind::Secret) => Kind::Secret,
        (Kind::Secret | Kind::Phone | Kind::Name | Kind::Address | Kind::CheckoutId | Kind::Picture, _) => {
            kind
        }
        (Kind::Plain | Kind::Time, _) => own,
    }
}

/// `··678` of a phone, however it is written or masked.
fn last_three(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        0 if text.is_empty() => String::new(),
        0..=3 => NAME.to_owned(),
        count => NAME.chars().chain(digits.into_iter().skip(count - 3)).collect(),
    }
}

/// Scheme and host only.
fn address(text: &str) -> String {
    let url = Url::parse(text).ok();
    let shown = url.and_then(|url| Some(format!("{}://{}/··", url.scheme(), url.host_str()?)));
    shown.map_or_else(|| NAME.to_owned(), |shown| hide_phones(&shown))
}

/// Length of the phone's digits at the end of a CheckoutRequestID.
const ID_TAIL: usize = 9;

/// The nine digits that a phone or an id ends in.
fn national(text: &str) -> Option<String> {
    let digits = text.get(text.len().checked_sub(ID_TAIL)?..)?;
    let all = digits.bytes().all(|b| b.is_ascii_digit());
    all.then(|| digits.to_owned())
}

/// A CheckoutRequestID without the nine digits that it ends in.
fn checkout_id(id: &str) -> String {
    let trailing = id.bytes().rev().take_while(u8::is_ascii_digit).count();
    if trailing < ID_TAIL {
        return id.to_owned();
    }
    let (start, phone) = id.split_at(id.len() - ID_TAIL);
    format!("{start}{}", last_three(phone))
}

const ID_PREFIX: &str = "ws_CO_";

/// Hides every phone in a text, also inside CheckoutRequestIDs.
fn hide_phones(text: &str) -> String {
    let mut parts = text.split(ID_PREFIX);
    let mut clean = hide_in_runs(parts.next().unwrap_or_default());
    for part in parts {
        clean.push_str(ID_PREFIX);
        let length = part.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (id, rest) = part.split_at(length);
        let id = checkout_id(id);
        // The id begins with the moment of the push, in which some days look like phones.
        let moment = id.get(..14).filter(|text| is_id_time(text)).unwrap_or_default();
        clean.push_str(moment);
        clean.push_str(&hide_in_runs(&id[moment.len()..]));
        clean.push_str(&hide_in_runs(rest));
    }
    clean
}

/// `ddMMyyyyHHmmss`.
fn is_id_time(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && NaiveDateTime::parse_from_str(text, "%d%m%Y%H%M%S").is_ok()
}

/// Of every row of digits in which a phone can be read, only the last three stay.
fn hide_in_runs(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, run) = rest.split_at(start);
        let length = run.bytes().take_while(u8::is_ascii_digit).count();
        let (run, after) = run.split_at(length);
        clean.push_str(before);
        clean.push_str(&if has_phone(run) {
            last_three(run)
        } else {
            run.to_owned()
        });
        rest = after;
    }
    clean.push_str(rest);
    clean
}

/// `254[17]` and eight digits, or `0[17]` and eight digits, anywhere.
fn has_phone(digits: &str) -> bool {
    ["2547", "2541", "07", "01"].iter().any(|prefix| {
        digits
            .match_indices(prefix)
            .any(|(at, _)| digits.len() - at >= prefix.len() + 8)
    })
}

fn cut(text: &mut String) {
    if text.len() <= MAX_TEXT {
        return;
    }
    let end = (0..=MAX_TEXT).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or_default());
    text.push('…');
}

#[cfg(test)]
mod tests;
