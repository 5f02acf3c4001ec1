//! What must be on the machine before anything can be built: system packages, Node, tauri-driver.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use crate::shell::{Failure, Outcome, ask, cargo, command, exec, root, step};

/// A Debian or Ubuntu package and why we want it.
struct Package {
    name: &'static str,
    why: &'static str,
}

const fn package(name: &'static str, why: &'static str) -> Package {
    Package { name, why }
}

/// Enough to build and open the till.
const TO_BUILD: &[Package] = &[
    package(
        "build-essential",
        "the C compiler and linker that Rust and SQLite use",
    ),
    package("pkg-config", "finds the libraries below"),
    package(
        "libdbus-1-dev",
        "talks to the desktop: notifications, keyring, one running till",
    ),
    package("libwebkit2gtk-4.1-dev", "the window"),
    package(
        "ca-certificates",
        "so that Safaricom can be trusted, and nobody else",
    ),
    package("gstreamer1.0-plugins-good", "the three sounds"),
];

/// What the tests use besides.
const TO_TEST: &[Package] = &[
    package("webkit2gtk-driver", "drives the real window"),
    package("xvfb", "a screen that nobody sees"),
    package("xauth", "wanted by xvfb-run"),
    package("dbus", "a message bus for each test"),
    package("dbus-x11", "the same"),
    package(
        "openbox",
        "a window manager, so that one window can be in front of another",
    ),
    package("gnome-keyring", "a keyring for each test"),
    package("libsecret-tools", "reads that keyring from outside Keshia"),
    package("imagemagick", "pictures of windows"),
    package("ghostscript", "opens the files to print again"),
    package("xdotool", "finds and raises windows"),
    package(
        "postgresql",
        "servers of the relay's tests, in folders of their own",
    ),
];

/// The WebDriver bridge; 3.0 is still an alpha.
const TAURI_DRIVER: &str = "2.1.0";

/// Changes the program in small ways and sees whether a test minds.
const CARGO_MUTANTS: &str = "27.1.0";

/// What is about to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    Building,
    Testing,
}

/// Makes sure that the system packages and Node are there.
pub(crate) fn ensure(what_for: For) -> Outcome {
    step("system packages", || system(what_for))?;
    node()
}

fn system(what_for: For) -> Outcome {
    if !cfg!(target_os = "linux") {
        println!("{}", elsewhere());
        return Ok(());
    }
    let wanted = TO_BUILD
        .iter()
        .chain(if what_for == For::Testing { TO_TEST } else { &[] });
    let Some(installed) = ask(&mut command(
        "dpkg-query",
        &["-W", "-f", "${Package} ${db:Status-Status}\n"],
    )) else {
        return without_apt();
    };
    let has = |name: &str| installed.lines().any(|line| line == format!("{name} installed"));
    let missing: Vec<&Package> = wanted.filter(|package| !has(package.name)).collect();
    if missing.is_empty() {
        println!("all there");
        return Ok(());
    }
    println!("Missing:");
    for package in &missing {
        println!("  {:26} {}", package.name, package.why);
    }
    install(&missing.iter().map(|package| package.name).collect::<Vec<_>>())
}

/// Root installs at once; anybody else is asked, because it changes the machine outside this folder.
fn install(names: &[&str]) -> Outcome {
    let root_user = ask(&mut command("id", &["-u"])).is_some_and(|id| id.trim() == "0");
    let by_hand = format!("sudo apt-get install {}", names.join(" "));
    if !root_user && !agreed("Install them with sudo apt-get now? [Y/n] ")? {
        return Err(Failure::new(format!(
            "nothing was installed. To do it yourself:\n  {by_hand}"
        )));
    }
    let apt = |words: &[&str]| {
        let quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
        let words: Vec<&str> = quiet.iter().chain(words).copied().collect();
        if root_user {
            exec(&mut command("env", &words[1..]))
        } else {
            exec(&mut command("sudo", &words))
        }
    };
    apt(&["update", "-q"])?;
    let words: Vec<&str> = ["install", "-q", "-y", "--no-install-recommends"]
        .iter()
        .chain(names)
        .copied()
        .collect();
    apt(&words).map_err(|failure| Failure::new(format!("{failure}\nTo do it yourself:\n  {by_hand}")))
}

/// A build machine (`CI` is set) has nobody to ask and is thrown away afterwards; a pipe without a person
/// behind it is not a yes.
fn agreed(question: &str) -> Outcome<bool> {
    if std::env::var_os("CI").is_some() {
        return Ok(true);
    }
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    print!("{question}");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

fn without_apt() -> Outcome {
    if ask(&mut command("pkg-config", &["--exists", "webkit2gtk-4.1"])).is_some() {
        println!("not Debian or Ubuntu, but WebKitGTK is there");
        return Ok(());
    }
    Err(Failure::new(
        "WebKitGTK 4.1 with its headers is missing, and this is not Debian or Ubuntu, so install it yourself:\n  \
         Fedora    sudo dnf install webkit2gtk4.1-devel gcc pkgconf-pkg-config\n  \
         Arch      sudo pacman -S webkit2gtk-4.1 base-devel\n  \
         openSUSE  sudo zypper install webkit2gtk3-devel gcc pkgconf-pkg-config\n\
         then run the same command again.",
    ))
}

fn elsewhere() -> &'static str {
    if cfg!(target_os = "macos") {
        "nothing to install by us; if the build finds no compiler: xcode-select --install"
    } else {
        "nothing to install by us; if the build fails: Microsoft C++ Build Tools (Desktop development with C++), \
         and on Windows 10 the WebView2 runtime"
    }
}

/// Vite 8 asks for Node 20.19 or later.
fn node() -> Outcome {
    let advice = "Node 20.19 or later is needed to build the screens: https://nodejs.org/en/download";
    let version = ask(&mut command("node", &["--version"])).ok_or_else(|| Failure::new(advice))?;
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map_while(|part| part.parse::<u32>().ok());
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if (major, minor) >= (20, 19) {
        return Ok(());
    }
    Err(Failure::new(format!("{advice} (found {})", version.trim())))
}

/// tauri-driver. Returns its path.
pub(crate) fn tauri_driver() -> Outcome<PathBuf> {
    tool("tauri-driver", TAURI_DRIVER)
}

/// cargo-mutants. Returns its path.
pub(crate) fn cargo_mutants() -> Outcome<PathBuf> {
    tool("cargo-mutants", CARGO_MUTANTS)
}

/// A program that cargo installs, under `target/` so that nothing outside this folder changes.
fn tool(name: &str, version: &str) -> Outcome<PathBuf> {
    let tools = root().join("target/tools");
    let program = tools.join("bin").join(name);
    step(&format!("{name} {version}"), || {
        // Not every program tells its version; cargo's own list does.
        let known = ask(cargo(&["install", "--list", "--root"]).arg(&tools)).unwrap_or_default();
        if program.exists() && known.contains(&format!("{name} v{version}:")) {
            println!("already there");
            return Ok(());
        }
        let words = ["install", name, "--version", version, "--locked", "--root"];
        exec(cargo(&words).arg(&tools))
    })?;
    Ok(program)
}
