//! Pictures of windows, below `target/shots/`. They are taken from the screen, not by WebDriver, whose
//! picture of a second window never arrives.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use super::desktop::Desktop;

/// Where a picture goes.
pub fn path(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/shots");
    fs::create_dir_all(&folder).expect("a folder for pictures");
    folder.join(format!("{name}.png"))
}

/// Keeps a picture that was made elsewhere: of paper.
pub fn keep(name: &str, png: &[u8]) {
    fs::write(path(name), png).expect("a picture is written");
}

/// The X window whose title is exactly this, if it is on the screen.
pub fn find_window(desktop: &Desktop, title: &str) -> Option<String> {
    let pattern = format!("^{title}$");
    let found = desktop.ask("xdotool", &["search", "--onlyvisible", "--name", &pattern]);
    // GTK makes small helper windows of the same name; the real one is the last.
    found.lines().last().map(str::to_owned)
}

/// A picture of one window by its title, without its frame.
pub fn window(desktop: &Desktop, title: &str, name: &str) {
    let id =
        find_window(desktop, title).unwrap_or_else(|| panic!("no window {title:?} to take a picture of"));
    import(desktop, &id, name);
}

/// A picture of everything: for a journey that failed.
pub fn whole_screen(desktop: &Desktop, name: &str) {
    import(desktop, "root", name);
}

fn import(desktop: &Desktop, window: &str, name: &str) {
    // The window is painted a moment after the page: two pictures that are the same say that it is done.
    // The clock on the screen may tick between them, so it ends in any case.
    let path = path(name);
    let mut before = Vec::new();
    for _ in 0..6 {
        let status = desktop
            .command("import")
            .args(["-silent", "-window", window, "-strip"])
            .arg(&path)
            .stdin(Stdio::null())
            .status();
        if !status.is_ok_and(|status| status.success()) {
            // A missing picture must not turn a working till into a failed test.
            eprintln!("no picture {name}: import failed");
            return;
        }
        let now = fs::read(&path).unwrap_or_default();
        if now == before {
            return;
        }
        before = now;
    }
}
