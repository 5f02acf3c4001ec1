//! What stands on a slip: lines, from the top.

use serde::{Deserialize, Serialize};

/// One slip, or one report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// From the top.
    pub lines: Vec<Line>,
}

/// One line of a slip; what is too long for the paper goes on in the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Line {
    /// Large and in the middle: whose slip it is.
    Heading {
        /// The words.
        text: String,
    },
    /// White on black, across the whole paper: what must not be missed.
    Banner {
        /// The words.
        text: String,
    },
    /// Words.
    Text {
        /// The words.
        text: String,
        /// Where they stand.
        align: Align,
        /// How loud.
        weight: Weight,
    },
    /// A name at the left edge and its figure at the right.
    Pair {
        /// The name.
        left: String,
        /// The figure.
        right: String,
        /// How loud.
        weight: Weight,
    },
    /// As a pair, with a figure that is read from afar.
    Figure {
        /// The name.
        left: String,
        /// The figure.
        right: String,
    },
    /// From edge to edge.
    Rule,
    /// Nothing.
    Blank,
    /// A square code (QR), in the middle.
    Square {
        /// What a camera reads.
        text: String,
    },
    /// Here the paper is cut.
    Cut,
}

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "they say it")]
pub enum Align {
    Left,
    Middle,
    Right,
}

/// How loud a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "they say it")]
pub enum Weight {
    Plain,
    Bold,
}

impl Document {
    /// An empty slip.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a heading; nothing for an empty text.
    #[must_use]
    pub fn heading(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.unless_empty(&text.clone(), Line::Heading { text })
    }

    /// Adds a banner; nothing for an empty text.
    #[must_use]
    pub fn banner(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.unless_empty(&text.clone(), Line::Banner { text })
    }

    /// Adds words at the left edge.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.words(text, Align::Left, Weight::Plain)
    }

    /// Adds words in the middle.
    #[must_use]
    pub fn middle(self, text: impl Into<String>) -> Self {
        self.words(text, Align::Middle, Weight::Plain)
    }

    /// Adds words; nothing for an empty text.
    #[must_use]
    pub fn words(self, text: impl Into<String>, align: Align, weight: Weight) -> Self {
        let text = text.into();
        self.unless_empty(&text.clone(), Line::Text { text, align, weight })
    }

    /// Adds a name and its figure.
    #[must_use]
    pub fn pair(self, left: impl Into<String>, right: impl Into<String>) -> Self {
        self.with(Line::Pair {
            left: left.into(),
            right: right.into(),
            weight: Weight::Plain,
        })
    }

    /// Adds a name and its figure, both bold.
    #[must_use]
    pub fn bold_pair(self, left: impl Into<String>, right: impl Into<String>) -> Self {
        self.with(Line::Pair {
            left: left.into(),
            right: right.into(),
            weight: Weight::Bold,
        })
    }

    /// Adds a name and a figure that is read from afar.
    #[must_use]
    pub fn figure(self, left: impl Into<String>, right: impl Into<String>) -> Self {
        self.with(Line::Figure {
            left: left.into(),
            right: right.into(),
        })
    }

    /// Adds a rule.
    #[must_use]
    pub fn rule(self) -> Self {
        self.with(Line::Rule)
    }

    /// Adds an empty line.
    #[must_use]
    pub fn blank(self) -> Self {
        self.with(Line::Blank)
    }

    /// Adds a square code.
    #[must_use]
    pub fn square(self, text: impl Into<String>) -> Self {
        self.with(Line::Square { text: text.into() })
    }

    /// Cuts the paper.
    #[must_use]
    pub fn cut(self) -> Self {
        self.with(Line::Cut)
    }

    /// Adds a line.
    #[must_use]
    pub fn with(mut self, line: Line) -> Self {
        self.lines.push(line);
        self
    }

    fn unless_empty(self, text: &str, line: Line) -> Self {
        if text.trim().is_empty() {
            self
        } else {
            self.with(line)
        }
    }
}
