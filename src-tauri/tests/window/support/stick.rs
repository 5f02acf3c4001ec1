//! The stick that carries the shop's copies.

use std::path::{Path, PathBuf};

use super::Till;

/// The sealed copy on a stick: one folder of this shop, one copy in it.
pub fn sealed_on(stick: &Path) -> PathBuf {
    let folder = std::fs::read_dir(stick).unwrap().next().unwrap().unwrap();
    std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "sealed"))
        .expect("a sealed copy")
}

impl Till<'_> {
    /// The recovery code that is shown, once.
    pub async fn recovery_code(&self) -> String {
        self.see("recovery-code").await;
        let groups = self
            .run("return document.querySelector('[data-testid=recovery-code] .groups').innerText")
            .await;
        groups.as_str().unwrap().split_whitespace().collect()
    }
}
