//! Puts lines into columns of one width: what both the printer and plain text need.

use crate::document::Align;

/// A figure stands alone under its name when less than this would be left between them.
const GAP: usize = 1;

/// Breaks words into rows of at most `columns` characters; a word that is longer is cut. Blanks that a line
/// begins with stand before each of its rows.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut rows = Vec::new();
    for line in text.lines() {
        let indent = indent(line);
        let room = columns.saturating_sub(indent.chars().count()).max(1);
        rows.extend(
            wrap_words(line, room)
                .into_iter()
                .map(|row| format!("{indent}{row}")),
        );
    }
    rows
}

/// The blanks that a line begins with; none when there is nothing else.
pub(crate) fn indent(line: &str) -> &str {
    let words = line.trim_start();
    if words.is_empty() {
        ""
    } else {
        &line[..line.len() - words.len()]
    }
}

fn wrap_words(line: &str, columns: usize) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    let mut used = 0;
    for word in line.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        if used > 0 && used + 1 + rest.len() <= columns {
            row.push(' ');
            used += 1;
        } else if used > 0 {
            rows.push(std::mem::take(&mut row));
            used = 0;
        }
        while rest.len() > columns {
            rows.push(rest.drain(..columns).collect());
        }
        used += rest.len();
        row.extend(rest);
    }
    rows.push(row);
    rows
}

/// Puts one row where it belongs, with blanks before it.
pub(crate) fn place(row: &str, align: Align, columns: usize) -> String {
    let free = columns.saturating_sub(row.chars().count());
    let before = match align {
        Align::Left => 0,
        Align::Middle => free / 2,
        Align::Right => free,
    };
    format!("{}{row}", " ".repeat(before))
}

/// The rows of a name, and the blanks between the last of them and its figure. `figure` is as wide as `width`
/// columns say; when both do not fit into one row the figure gets one of its own.
pub(crate) fn pair(name: &str, width: usize, columns: usize) -> (Vec<String>, usize) {
    let beside = columns.saturating_sub(width + GAP);
    let mut rows = wrap(name, if beside >= columns / 3 { beside } else { columns });
    let last = rows.last().map_or(0, |row| row.chars().count());
    if last + GAP + width > columns && last > 0 {
        rows.push(String::new());
    }
    if rows.is_empty() {
        rows.push(String::new());
    }
    let last = rows.last().map_or(0, |row| row.chars().count());
    (rows, columns.saturating_sub(last + width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_break_between_words() {
        assert_eq!(
            wrap("Asante kwa kununua hapa", 12),
            ["Asante kwa", "kununua hapa"],
            "no word is cut that fits into a row"
        );
        assert_eq!(
            wrap("ABCDEFGH", 3),
            ["ABC", "DEF", "GH"],
            "nothing is lost of a long one"
        );
        assert_eq!(wrap("", 10), Vec::<String>::new(), "no words, no rows");
        assert_eq!(wrap("  a bc", 4), ["  a", "  bc"], "what is set in stays set in");
        assert_eq!(wrap("a\n\nb", 10), ["a", "", "b"], "an empty line is one");
    }

    #[test]
    fn a_figure_ends_at_the_edge() {
        for (name, width) in [
            ("Total", 9),
            ("", 4),
            ("A name that is too long for one row", 9),
            ("x", 31),
        ] {
            let (rows, blanks) = pair(name, width, 32);
            let last = rows.last().map_or(0, |row| row.chars().count());
            assert_eq!(last + blanks + width, 32, "`{name}` and its figure fill the row");
            assert!(
                rows.iter().all(|row| row.chars().count() <= 32),
                "no row is wider than the paper"
            );
        }
    }
}
