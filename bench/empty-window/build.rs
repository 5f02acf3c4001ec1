//! Checks the configuration, as Keshia's own build script does.

fn main() {
    println!("cargo:rerun-if-changed=page");
    tauri_build::build();
}
