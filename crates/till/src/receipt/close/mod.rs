//! The slip of a day's close (Z), and of the open day added up (X).

mod sums;
mod words;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use receipts::Document;
use receipts::document::{Align, Weight};

pub(crate) use sums::{account_words, carried_words};

use super::words::{self as paper_words, pick};
use super::{Mark, Printing, slip};
use crate::clock::east_africa;
use crate::view::{ZReport, ZView};

/// A hash is read and typed in groups of so many characters, and so many groups in a row.
const GROUP: usize = 4;
const GROUPS_A_ROW: usize = 4;

/// What the slip of a close says besides its sums.
#[derive(Debug, Clone, Copy)]
pub struct CloseSlip<'a> {
    /// On top.
    pub shop_name: &'a str,
    /// This counter's letter.
    pub counter: char,
    /// The shop's own lines, and the language.
    pub printing: &'a Printing,
    /// The names of people, by their ids.
    pub names: &'a BTreeMap<String, String>,
    /// Did one come out before?
    pub mark: Mark,
    /// Its money is not real.
    pub play: bool,
}

impl CloseSlip<'_> {
    const fn said(&self, both: paper_words::Both) -> &'static str {
        pick(self.printing.language, both)
    }

    fn name(&self, person_id: Option<&str>) -> Option<&str> {
        person_id.and_then(|id| self.names.get(id)).map(String::as_str)
    }
}

/// The slip of a close: its sums, what it carries, and the seal of the book with it.
#[must_use]
pub fn z_slip(z: &ZView, facts: CloseSlip<'_>) -> Document {
    let said = |both| facts.said(both);
    let mut paper = top(&facts)
        .words(
            format!("{} {}", said(words::CLOSE), z.number),
            Align::Middle,
            Weight::Bold,
        )
        .rule()
        .pair(said(words::DAY), z.day.format("%d.%m.%Y").to_string());
    paper = since(paper, z.report.from_at, &facts).pair(said(words::CLOSED_AT), moment(z.closed_at));
    if let Some(person) = &z.person {
        paper = paper.pair(said(words::CLOSED_BY), person);
    }
    paper = sums::add(counter(paper, &facts), &z.report, &facts);
    seal(paper.rule(), z, &facts)
        .blank()
        .pair(said(words::SIGNED), "_".repeat(18))
        .blank()
        .middle(said(words::NOT_A_TAX_REPORT))
        .cut()
}

/// The slip of the open day: its sums until now. Nothing is closed by it, and it has no seal.
#[must_use]
pub fn x_slip(report: &ZReport, facts: CloseSlip<'_>) -> Document {
    let said = |both| facts.said(both);
    let mut paper = top(&facts)
        .words(said(words::SO_FAR), Align::Middle, Weight::Bold)
        .rule();
    paper = since(paper, report.from_at, &facts).pair(said(words::UNTIL), moment(report.to_at));
    sums::add(counter(paper, &facts), report, &facts)
        .rule()
        .middle(said(words::NOT_CLOSED))
        .cut()
}

/// What the square code of a close says: `keshiactl verify --anchor` and the settings' check take it as it is.
#[must_use]
pub fn seal_text(z: &ZView) -> String {
    // Capitals, because a square code holds them in half the space.
    format!("KESHIA Z{} {}:{}", z.number, z.rows, z.head.to_ascii_uppercase())
}

fn top(facts: &CloseSlip<'_>) -> Document {
    let mark = match facts.mark {
        Mark::Original => None,
        Mark::PerhapsCopy => Some(paper_words::PERHAPS_COPY),
        Mark::Copy => Some(paper_words::COPY),
    };
    let banners = [facts.play.then_some(paper_words::PRACTICE), mark];
    let mut paper = slip::head(facts.shop_name, facts.printing).blank();
    for banner in banners.into_iter().flatten() {
        paper = paper.banner(facts.said(banner));
    }
    paper
}

/// The first close has none before it.
fn since(paper: Document, from_at: DateTime<Utc>, facts: &CloseSlip<'_>) -> Document {
    if from_at == DateTime::<Utc>::default() {
        paper
    } else {
        paper.pair(facts.said(words::SINCE), moment(from_at))
    }
}

fn counter(paper: Document, facts: &CloseSlip<'_>) -> Document {
    paper.pair(facts.said(paper_words::COUNTER), facts.counter.to_string())
}

fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&east_africa())
        .format("%d.%m.%Y %H:%M")
        .to_string()
}

/// The chain's end with this close, for eyes and for a camera.
fn seal(paper: Document, z: &ZView, facts: &CloseSlip<'_>) -> Document {
    let head = z.head.to_ascii_uppercase();
    let groups: Vec<&str> = (0..head.len())
        .step_by(GROUP)
        .filter_map(|from| head.get(from..(from + GROUP).min(head.len())))
        .collect();
    let mut paper = paper
        .words(facts.said(words::SEAL), Align::Middle, Weight::Bold)
        .middle(format!("{}:", z.rows));
    for row in groups.chunks(GROUPS_A_ROW) {
        paper = paper.middle(row.join(" "));
    }
    paper.square(seal_text(z)).middle(facts.said(words::SEAL_NOTE))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use crate::verify::Anchor;

    #[test]
    fn what_the_square_code_says_is_an_anchor() {
        let text = "KESHIA Z12 4321:9F86D081884C7D65";
        let anchor: Anchor = text.parse().unwrap();
        assert_eq!(
            (anchor.rows, anchor.head.as_str()),
            (4_321, "9f86d081884c7d65"),
            "scanned from the slip into the check"
        );
    }
}
