//! Names of the keys the till listens to, as WebDriver wants them.

/// Enter.
pub const ENTER: &str = "\u{e007}";
/// Escape.
pub const ESCAPE: &str = "\u{e00c}";
/// Backspace.
pub const BACKSPACE: &str = "\u{e003}";
/// Down.
pub const ARROW_DOWN: &str = "\u{e015}";
/// To the left.
pub const ARROW_LEFT: &str = "\u{e012}";
/// To the right.
pub const ARROW_RIGHT: &str = "\u{e014}";
/// The space bar.
pub const SPACE: &str = "\u{e00d}";
/// To the next place, and, with Shift before it, to the one before.
pub const TAB: &str = "\u{e004}";
/// Held while the rest of the text is typed.
pub const SHIFT: char = '\u{e008}';
