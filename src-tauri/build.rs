//! Embeds the screens and turns the permission files into the window's access list.

use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

/// What the window shows when nobody has built the screens.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\" />\n<title>Keshia</title>\n\
                         <p>The screens are not built yet. Run <code>cargo xtask run</code>.</p>\n</html>\n";

fn main() -> Result<(), Box<dyn Error>> {
    screens(Path::new("ui/dist"))?;
    // Tauri watches none of these when their places are not its usual ones.
    for watched in [
        "ui/dist",
        "src-tauri/capabilities",
        "src-tauri/permissions",
        "tauri.conf.json",
        "icons",
    ] {
        println!("cargo:rerun-if-changed={watched}");
    }
    // An app manifest makes every command of ours denied until a capability names it.
    let manifest =
        tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(manifest);
    tauri_build::try_build(attributes)?;
    Ok(())
}

/// Without the folder no command of Cargo works, so a page that says what to do stands in. It is dated
/// long ago, for whoever compares it with the sources to see that it is no build of them.
fn screens(folder: &Path) -> Result<(), Box<dyn Error>> {
    let page = folder.join("index.html");
    if page.exists() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    fs::write(&page, NOT_BUILT)?;
    File::options()
        .write(true)
        .open(&page)?
        .set_modified(SystemTime::UNIX_EPOCH)?;
    Ok(())
}
