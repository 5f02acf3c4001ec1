//! Whatever a person types, pastes or mangles: an answer, never a panic, and nothing out of bounds.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use till::msisdn::visible_digits;
use till::reference::{CounterChar, Incarnation};
use till::{Money, MpesaAmount, Msisdn, ReceiptNumber, Reference};

/// What fingers, clipboards, other alphabets and other programs put into a text.
const STRANGE: [&str; 28] = [
    "", " ", "\u{a0}", "\u{202f}", "\t", "\r\n", "\0", "-", "−", "–", "+", ".", ",", "'", "\"", "%", "e",
    "E", "O", "l", "٣", "７", "०", "½", "𝟜", "\u{200b}", "\u{202e}", "é",
];

/// One slip of the hand.
#[derive(Debug, Clone)]
enum Slip {
    Insert(Index, &'static str),
    Delete(Index),
    Double(Index),
    Swap(Index),
    Replace(Index, char),
    Repeat(u8),
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        (any::<Index>(), select(&STRANGE[..])).prop_map(|(at, text)| Slip::Insert(at, text)),
        any::<Index>().prop_map(Slip::Delete),
        any::<Index>().prop_map(Slip::Double),
        any::<Index>().prop_map(Slip::Swap),
        (any::<Index>(), any::<char>()).prop_map(|(at, c)| Slip::Replace(at, c)),
        (2..40_u8).prop_map(Slip::Repeat),
    ]
}

/// A right text after up to four slips.
fn mangled(right: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (right, vec(slip(), 0..=4)).prop_map(|(right, slips)| slips.into_iter().fold(right, slipped))
}

fn slipped(text: String, slip: Slip) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    if chars.is_empty() {
        return text;
    }
    let end = chars.len();
    match slip {
        Slip::Insert(at, strange) => {
            let at = at.index(end + 1);
            chars.splice(at..at, strange.chars());
        }
        Slip::Delete(at) => drop(chars.remove(at.index(end))),
        Slip::Double(at) => chars.insert(at.index(end), chars[at.index(end)]),
        Slip::Swap(at) => chars.swap(at.index(end), (at.index(end) + 1) % end),
        Slip::Replace(at, c) => chars[at.index(end)] = c,
        Slip::Repeat(times) => return text.repeat(times.into()),
    }
    chars.into_iter().collect()
}

/// Digits and signs of every length, also absurd ones.
fn figures() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,30}",
        "[0-9]{1,3}(,[0-9]{3}){0,8}",
        "[0-9,.+ −-]{0,40}",
        "[0-9]{1,12}\\.[0-9]{0,5}",
        "9{40,400}",
    ]
}

/// What an amount says, read in another way than the till reads it: its plain digits, in cents.
fn cents_of(text: &str) -> Option<i64> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let cents = format!("{}{fraction:0<2}", whole.replace(',', ""));
    cents.parse().ok()
}

fn reference() -> impl Strategy<Value = String> {
    (
        select(('A'..='Z').filter_map(CounterChar::new).collect::<Vec<_>>()),
        prop_oneof![
            Just(Incarnation::FIRST),
            any::<u16>().prop_map(Incarnation::drawn)
        ],
        prop_oneof![0..2_000_u32, 0..=Reference::LARGEST_NUMBER],
    )
        .prop_map(|(counter, life, number)| Reference::new(counter, life, number).to_string())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_amount_is_what_its_digits_say_or_refused(text in mangled(figures())) {
        let Ok(money) = Money::parse(&text) else { return Ok(()) };
        prop_assert_eq!(Some(money.cents()), cents_of(&text), "{:?}", text);
        prop_assert!((0..=Money::LIMIT_CENTS).contains(&money.cents()), "{:?} is in bounds", text);
        prop_assert_eq!(Money::parse(&money.to_string()), Ok(money), "what is shown reads back");
        if let Ok(amount) = MpesaAmount::try_from(money) {
            prop_assert!((1..=250_000).contains(&amount.shillings()), "what one M-PESA payment carries");
            prop_assert_eq!(amount.money(), money, "and not a cent else");
        }
    }

    #[test]
    fn a_phone_is_twelve_digits_that_were_typed_or_refused(
        text in mangled(prop_oneof![
            figures(),
            "(0|254|\\+254|00254|)[71][0-9]{8}".prop_map(String::from),
            "\\+?[0-9]{1,3}[ -]?\\(?0?\\)?[0-9]{3}[ -]?[0-9]{6}".prop_map(String::from),
        ])
    ) {
        let Ok(msisdn) = Msisdn::parse(&text) else { return Ok(()) };
        let digits = msisdn.as_str();
        prop_assert!(digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{:?}", text);
        prop_assert!(digits.starts_with("2547") || digits.starts_with("2541"), "a Kenyan mobile: {:?}", text);
        let typed: String = text.chars().filter(char::is_ascii_digit).collect();
        prop_assert!(typed.ends_with(&digits[3..]), "nobody else's number: {:?} became {}", text, digits);
        for again in [digits.to_owned(), msisdn.local(), format!("+{digits}")] {
            prop_assert_eq!(Msisdn::parse(&again), Ok(msisdn.clone()), "{} reads back", again);
        }
        prop_assert!(!msisdn.masked().contains(&digits[3..9]), "the mask hides it");
        prop_assert_eq!(visible_digits(digits), digits, "all of it is visible");
    }

    #[test]
    fn visible_digits_are_the_end_of_what_is_shown(
        text in mangled(prop_oneof![
            figures(),
            "254[0-9]{0,3} ?\\*{3,6} ?[0-9]{0,4}".prop_map(String::from),
            "[0-9a-f]{64}".prop_map(String::from),
        ])
    ) {
        let digits = visible_digits(&text);
        prop_assert!(digits.is_empty() || digits.len() >= 3, "{:?}: too few say nothing", text);
        prop_assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{:?}: digits only", text);
        prop_assert!(text.trim().ends_with(&digits), "{:?}: nothing is made up: {}", text, digits);
        let hash = text.chars().any(char::is_alphabetic);
        prop_assert!(!hash || digits.is_empty(), "{:?}: a hash shows nothing", text);
    }

    #[test]
    fn a_code_is_the_ten_characters_that_were_typed_or_refused(text in mangled("[A-Za-z0-9]{9,11}")) {
        let Ok(receipt) = ReceiptNumber::parse(&text) else { return Ok(()) };
        prop_assert_eq!(receipt.as_str(), text.trim().to_ascii_uppercase(), "{:?}", text);
        prop_assert!(receipt.as_str().len() == 10, "ten characters: {:?}", text);
        prop_assert_eq!(ReceiptNumber::parse(receipt.as_str()), Ok(receipt.clone()), "reads back");
        for day in ["0001-01-01", "2026-11-23", "9999-12-31"] {
            let _ = receipt.check(day.parse().unwrap());
        }
    }

    #[test]
    fn a_reference_is_one_that_we_could_have_made_or_refused(text in mangled(reference())) {
        let Ok(read) = Reference::parse(&text) else { return Ok(()) };
        let (counter, life, number) = read.parts().unwrap();
        prop_assert_eq!(Reference::new(counter, life, number), read.clone(), "{:?}", text);
        prop_assert!((7..=12).contains(&read.as_str().len()), "it fits Daraja: {:?}", text);
        prop_assert_eq!(Reference::parse(read.as_str()), Ok(read.clone()), "reads back");
    }

    #[test]
    fn anything_at_all_gets_an_answer(text in ".{0,300}") {
        let _ = (Money::parse(&text), Msisdn::parse(&text), visible_digits(&text));
        let _ = (ReceiptNumber::parse(&text), Reference::parse(&text));
    }
}
