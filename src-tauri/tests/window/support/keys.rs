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
