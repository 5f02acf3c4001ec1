//! A desktop for tests that nobody sees: a screen, a session bus, an unlocked keyring, and a home folder
//! that is thrown away, so that a test can neither see nor touch the files and keys of whoever runs it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, command, exec};

/// A home folder under the system's temporary folder, removed when dropped.
pub(crate) struct Home(PathBuf);

impl Home {
    pub(crate) fn new() -> Outcome<Self> {
        let home = Self(env::temp_dir().join(format!("keshia-xtask-{}", std::process::id())));
        for folder in ["", "config", "data", "cache", "state", "run"] {
            fs::create_dir_all(home.0.join(folder))?;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // The bus and the keyring refuse a runtime folder that others can enter.
            fs::set_permissions(home.0.join("run"), fs::Permissions::from_mode(0o700))?;
        }
        Ok(home)
    }

    /// Sets the command's environment so that it lives here. Rust's own folders stay where they are.
    fn apply<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let real = env::home_dir().unwrap_or_default();
        let keep =
            |variable: &str, folder: &str| env::var_os(variable).unwrap_or_else(|| real.join(folder).into());
        command
            .env("CARGO_HOME", keep("CARGO_HOME", ".cargo"))
            .env("RUSTUP_HOME", keep("RUSTUP_HOME", ".rustup"))
            .env("HOME", &self.0)
            .env("XDG_CONFIG_HOME", self.0.join("config"))
            .env("XDG_DATA_HOME", self.0.join("data"))
            .env("XDG_CACHE_HOME", self.0.join("cache"))
            .env("XDG_STATE_HOME", self.0.join("state"))
            .env("XDG_RUNTIME_DIR", self.0.join("run"))
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env_remove("WAYLAND_DISPLAY");
        for (variable, _) in env::vars_os() {
            // Somebody's own keys or data folder must not reach a test.
            if variable.to_string_lossy().starts_with("KESHIA_") {
                command.env_remove(variable);
            }
        }
        command
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // Nothing to do about a folder that will not go; the system empties its temporary folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A cargo command to be run inside such a desktop. Elsewhere than on Linux it runs as it is: the system
/// has its own keyring, and the window tests are for Linux.
pub(crate) fn cargo_inside(home: &Home, driver: &Path, words: &[&str]) -> Command {
    if !cfg!(target_os = "linux") {
        return crate::shell::cargo(words);
    }
    inside(
        home,
        driver,
        &env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()),
        words,
    )
}

/// Any program to be run inside such a desktop.
pub(crate) fn inside(home: &Home, driver: &Path, program: &str, words: &[&str]) -> Command {
    // The keyring daemon reads the password to its end, makes a login keyring with it and stays; an empty
    // password would leave it locked.
    let script = "printf %s keshia-tests | gnome-keyring-daemon --unlock --components=secrets >/dev/null \
                  && exec \"$@\"";
    let outer = ["-a", "dbus-run-session", "--", "sh", "-c", script, "sh", program];
    let mut command = command("xvfb-run", &outer);
    command.args(words);
    home.apply(&mut command).env("KESHIA_TEST_TAURI_DRIVER", driver);
    command
}

/// Says which programs are missing before a long build, instead of after it.
pub(crate) fn ready() -> Outcome {
    if cfg!(target_os = "linux") {
        exec(&mut command("xvfb-run", &["-a", "true"]))
    } else {
        Ok(())
    }
}
