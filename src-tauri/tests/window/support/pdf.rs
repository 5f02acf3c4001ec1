//! A PDF opened again by somebody else: Ghostscript, which the pictures' ImageMagick opens them with too.

use std::path::Path;
use std::process::{Command, Stdio};

use super::shots;

/// What stands in it, row by row.
pub fn text(file: &Path) -> String {
    String::from_utf8(ghostscript(&["-sDEVICE=txtwrite", "-sOutputFile=-"], file)).expect("its text is UTF-8")
}

/// Keeps a picture of each page.
pub fn keep(name: &str, file: &Path) {
    let pages = shots::path(&format!("{name}-%d"));
    let output = format!("-sOutputFile={}", pages.display());
    ghostscript(&["-sDEVICE=png16m", "-r120", "-dTextAlphaBits=4", &output], file);
}

fn ghostscript(how: &[&str], file: &Path) -> Vec<u8> {
    let output = Command::new("gs")
        .args(["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE"])
        .args(how)
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .expect("Ghostscript is installed: cargo xtask test brings it");
    assert!(
        output.status.success(),
        "a reader opens {}: {}",
        file.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}
