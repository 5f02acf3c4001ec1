//! A window with one paragraph: no plugins, no commands. `cargo xtask bench` measures Keshia against it,
//! because most of what a Tauri program weighs is the system's web view.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
