//! `cargo xtask bench`: the figures of `docs/performance.md`, measured in one run on one machine.
//!
//! Start and memory are measured against an empty Tauri window of the same profile (`bench/empty-window`),
//! because most of what the till takes is the system's web view, which differs from machine to machine.

mod driver;
mod figures;
mod window;

use std::fs;
use std::process::Stdio;

use crate::bundle;
use crate::npm;
use crate::packages::{self, For};
use crate::session::{self, Home};
use crate::shell::{Failure, Outcome, ask, cargo, command, root, step};
use figures::Figures;

/// Measures everything and prints a table in Markdown.
pub(crate) fn bench() -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new(
            "the measurements read /proc and use WebKitGTK's driver: Linux only",
        ));
    }
    packages::ensure(For::Testing)?;
    let driver = packages::tauri_driver()?;
    npm::build()?;
    // Builds everything in release mode first, the empty window too.
    bundle::bundle(&[])?;

    let mut figures = Figures::default();
    step("start and memory", || {
        let home = Home::new()?;
        let own = std::env::current_exe()?.display().to_string();
        let mut inside = session::inside(&home, &driver, &own, &["bench-inside"]);
        let output = inside.stderr(Stdio::inherit()).output()?;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        print!("{printed}");
        figures.read(&printed);
        if output.status.success() {
            Ok(())
        } else {
            Err(Failure::new("measuring the windows failed"))
        }
    })?;
    step("durable record of a push", || {
        figures.read_durable(&benchmark("till", "durable_record")?);
        Ok(())
    })?;
    step("a tortured day", || {
        figures.read(&benchmark("torture", "tortured_day")?);
        Ok(())
    })?;
    step("start with a million sales", || {
        figures.read(&benchmark("till", "restart")?);
        Ok(())
    })?;
    step("the relay's log", || {
        figures.read(&benchmark("keshia-relay", "appends")?);
        Ok(())
    })?;
    figures.deb_bytes = size_of_deb()?;
    figures.script_bytes = gzipped_script()?;
    println!("\n{}", figures.markdown());
    Ok(())
}

/// Runs one benchmark of a package and gives back what it printed.
fn benchmark(package: &str, name: &str) -> Outcome<String> {
    let printed = ask(&mut cargo(&[
        "bench",
        "--quiet",
        "--package",
        package,
        "--bench",
        name,
    ]))
    .ok_or_else(|| Failure::new(format!("`cargo bench -p {package} --bench {name}` failed")))?;
    print!("{printed}");
    Ok(printed)
}

/// The part that runs inside the session: `cargo xtask bench` starts itself there.
pub(crate) fn inside() -> Outcome {
    let driver = std::env::var("KESHIA_TEST_TAURI_DRIVER")
        .map_err(|_| Failure::new("bench-inside is started by `cargo xtask bench`, not by hand"))?;
    window::compare(&driver)
}

fn size_of_deb() -> Outcome<u64> {
    let folder = root().join("target/release/bundle/deb");
    let debs = fs::read_dir(folder)?.filter_map(Result::ok);
    let newest = debs
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|extension| extension == "deb")
        })
        .max_by_key(|entry| entry.metadata().and_then(|metadata| metadata.modified()).ok());
    Ok(newest
        .ok_or_else(|| Failure::new("no .deb was made"))?
        .metadata()?
        .len())
}

/// The words of one language are a script of their own, named after it; a shop loads one of them.
const LANGUAGES: [&str; 2] = ["en-", "sw-"];

/// All scripts that one shop loads, every screen and its language, compressed one by one as a web server would.
fn gzipped_script() -> Outcome<u64> {
    let folder = root().join("ui/dist/assets");
    let (mut bytes, mut longest_language) = (0, 0);
    for entry in fs::read_dir(folder)?.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".js") {
            continue;
        }
        let output = command("gzip", &["-9", "-c"]).arg(entry.path()).output()?;
        let size = u64::try_from(output.stdout.len()).unwrap_or(u64::MAX);
        if LANGUAGES.iter().any(|language| name.starts_with(language)) {
            longest_language = longest_language.max(size);
        } else {
            bytes += size;
        }
    }
    Ok(bytes + longest_language)
}
