//! Names of the keys the till listens to, as WebDriver wants them.

/// Enter.
pub const ENTER: &str = "\u{e007}";
/// Escape.
pub const ESCAPE: &str = "\u{e00c}";
/// Backspace.
pub const BACKSPACE: &str = "\u{e003}";
