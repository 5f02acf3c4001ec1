//! A slip as plain text, to copy and to send on.

use crate::document::{Align, Document, Line};
use crate::lay_out::{pair, place, wrap};

/// As wide as narrow paper: it stays in shape in a message on a phone.
const COLUMNS: usize = 32;

/// The slip, one row a line; a square code and a cut have no text.
#[must_use]
pub fn render(document: &Document) -> String {
    let mut rows: Vec<String> = Vec::new();
    for line in &document.lines {
        match line {
            Line::Heading { text } => rows.extend(placed(&text.to_uppercase(), Align::Middle)),
            Line::Banner { text } => rows.extend(placed(&format!("** {text} **"), Align::Middle)),
            Line::Text { text, align, .. } => rows.extend(placed(text, *align)),
            Line::Pair { left, right, .. } | Line::Figure { left, right } => {
                let (mut names, blanks) = pair(left, right.chars().count(), COLUMNS);
                if let Some(last) = names.last_mut() {
                    last.push_str(&" ".repeat(blanks));
                    last.push_str(right);
                }
                rows.extend(names);
            }
            Line::Rule => rows.push("-".repeat(COLUMNS)),
            Line::Blank => rows.push(String::new()),
            Line::Square { .. } | Line::Cut => {}
        }
    }
    let mut text: String = rows.iter().map(|row| format!("{}\n", row.trim_end())).collect();
    while text.ends_with("\n\n") {
        text.pop();
    }
    text
}

fn placed(text: &str, align: Align) -> impl Iterator<Item = String> {
    wrap(text, COLUMNS)
        .into_iter()
        .map(move |row| place(&row, align, COLUMNS))
}
