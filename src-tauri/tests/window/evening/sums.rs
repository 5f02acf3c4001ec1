//! What the evening's money comes to, in shillings, worked out beside the till.

/// See the module.
#[derive(Debug, Default)]
pub struct Sums {
    pub sales: u32,
    pub cash: i64,
    pub push: i64,
    pub to_till: i64,
    pub code: i64,
    pub credit: i64,
    /// Of the typed codes, what Safaricom never told of.
    pub not_confirmed: i64,
    /// A prompt that nobody knows the end of.
    pub not_known: i64,
    pub float: i64,
    pub paid_out: i64,
    pub given_back: i64,
    pub paid_off: i64,
    pub short: i64,
}

impl Sums {
    /// Credit is sold, though nobody has the money yet.
    pub const fn sold(&self) -> i64 {
        self.cash + self.mpesa() + self.credit
    }

    pub const fn mpesa(&self) -> i64 {
        self.push + self.to_till + self.code
    }

    pub const fn proved(&self) -> i64 {
        self.mpesa() - self.not_confirmed
    }

    pub const fn in_drawer(&self) -> i64 {
        self.float - self.paid_out + self.cash - self.given_back + self.paid_off
    }

    pub const fn counted(&self) -> i64 {
        self.in_drawer() - self.short
    }

    pub const fn not_known_at_all(&self) -> i64 {
        self.not_known + self.not_confirmed
    }
}

/// As the screens and papers write it.
pub fn figure(shillings: i64) -> String {
    let digits = shillings.abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if shillings < 0 { "-" } else { "" };
    format!("{sign}{grouped}")
}

/// With the currency before it.
pub fn ksh(shillings: i64) -> String {
    format!("KSh {}", figure(shillings))
}

/// What a screen, a paper or a file means.
pub fn read(text: &str) -> i64 {
    let digits: String = text
        .replace("KSh", "")
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != ',')
        .collect();
    let shillings = digits.strip_suffix(".00").unwrap_or(&digits);
    shillings
        .parse()
        .unwrap_or_else(|_| panic!("{text:?} is an amount in whole shillings"))
}

/// The same, nothing for an empty cell.
pub fn cell(text: &str) -> i64 {
    if text.is_empty() { 0 } else { read(text) }
}
