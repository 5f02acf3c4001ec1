//! `cargo xtask shots`: the README's pictures, taken from the real window by the window tests.

use std::fs;

use crate::npm;
use crate::packages::{self, For};
use crate::session::{self, Home};
use crate::shell::{Failure, Outcome, exec, root, step};

/// Picture of a window test (below `target/shots/`) → its name in `docs/pictures/`.
const PICTURES: &[(&str, &str)] = &[
    ("first_sale-1-doors", "doors"),
    ("first_sale-2-sell", "sell"),
    ("phone-0-asking", "asking"),
    ("first_sale-4-paid", "paid"),
    ("phone-1-prompt", "phone"),
    ("busy-1-roll", "roll"),
    ("typed_code-1-old", "old-code"),
];

pub(crate) fn shots() -> Outcome {
    packages::ensure(For::Testing)?;
    let driver = packages::tauri_driver()?;
    npm::build()?;
    let home = Home::new()?;
    step("window tests, which take the pictures", || {
        // `--workspace` although only one test is run: any other selection would compile Tauri again.
        exec(&mut session::cargo_inside(
            &home,
            &driver,
            &["test", "--workspace", "--test", "window"],
        ))
    })?;
    let (from, to) = (root().join("target/shots"), root().join("docs/pictures"));
    fs::create_dir_all(&to)?;
    for (taken, kept) in PICTURES {
        let taken = from.join(format!("{taken}.png"));
        fs::copy(&taken, to.join(format!("{kept}.png")))
            .map_err(|error| Failure::new(format!("no picture {}: {error}", taken.display())))?;
    }
    println!("{} pictures in {}", PICTURES.len(), to.display());
    Ok(())
}
