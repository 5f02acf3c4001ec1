//! A desktop nobody sees: its own home folder, screen, window manager, message bus and keyring. Tests share
//! none of these, because the till's single-instance lock, its keyring entries and its notifications are
//! all keyed on them.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::process::{Running, first_line, kill, living_in};
use super::shots::find_window;
use super::wait::{SOON, until};

/// The password of the test's keyring; an empty one would leave it locked.
const KEYRING_PASSWORD: &str = "keshia-tests";

/// See the module.
pub struct Desktop {
    display: String,
    bus: String,
    notifications: Arc<Mutex<String>>,
    // In the order in which they end: last started first.
    children: Vec<Running>,
    home: TempDir,
}

impl Desktop {
    /// Starts everything and waits until each part answers.
    pub async fn start() -> Self {
        let home = TempDir::new().expect("a folder for the test");
        for folder in ["config", "data", "cache", "state", "run", "till"] {
            fs::create_dir(home.path().join(folder)).expect("a folder in the test's folder");
        }
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(home.path().join("run"), private).expect("a private runtime folder");

        let mut desktop = Self {
            display: String::new(),
            bus: String::new(),
            notifications: Arc::default(),
            children: Vec::new(),
            home,
        };
        desktop.start_bus();
        desktop.start_screen();
        desktop.start_keyring().await;
        desktop.start_window_manager().await;
        desktop.watch_notifications();
        desktop
    }

    /// The folder where the till keeps its files (`KESHIA_DATA_DIR`).
    pub fn data_dir(&self) -> PathBuf {
        self.home.path().join("till")
    }

    /// The test's home folder: everything the till could write is below it.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A program on this desktop. It inherits nothing but the search path.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let at = |folder: &str| self.home.path().join(folder);
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LANG", "C.UTF-8")
            .env("TZ", "Africa/Nairobi")
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", at("config"))
            .env("XDG_DATA_HOME", at("data"))
            .env("XDG_CACHE_HOME", at("cache"))
            .env("XDG_STATE_HOME", at("state"))
            .env("XDG_RUNTIME_DIR", at("run"))
            .env("KESHIA_DATA_DIR", self.data_dir())
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .current_dir(self.home.path());
        command
    }

    /// What a program on this desktop prints; empty if it fails.
    pub fn ask(&self, program: &str, arguments: &[&str]) -> String {
        let output = self
            .command(program)
            .args(arguments)
            .stdin(Stdio::null())
            .output();
        let output = output.unwrap_or_else(|error| panic!("could not start {program}: {error}"));
        if output.status.success() {
            String::from_utf8_lossy(&output.stdout).into_owned()
        } else {
            String::new()
        }
    }

    /// Puts a window of another program in front of everything.
    pub async fn other_window(&self, title: &str) -> Running {
        let mut display = self.command("display");
        display.args(["-title", title, "-size", "900x600", "xc:gray"]);
        let running = self.start_logged(&mut display);
        self.bring_to_front(title).await;
        running
    }

    /// Waits until a window is on the screen.
    pub async fn shown(&self, title: &str) {
        until(&format!("the window {title:?}"), SOON, async || {
            find_window(self, title).map(drop)
        })
        .await;
    }

    /// Puts a window in front, as a person does who clicks on it.
    pub async fn bring_to_front(&self, title: &str) {
        until(&format!("{title:?} in front"), SOON, async || {
            if let Some(id) = find_window(self, title) {
                self.ask("xdotool", &["windowactivate", &id]);
            }
            (self.in_front() == title).then_some(())
        })
        .await;
    }

    /// The title of the window that has the focus.
    pub fn in_front(&self) -> String {
        self.ask("xdotool", &["getactivewindow", "getwindowname"])
            .trim()
            .to_owned()
    }

    /// Closes a window as its frame's button does: the program is asked, not killed.
    pub fn close_window(&self, title: &str) {
        let id = find_window(self, title).unwrap_or_else(|| panic!("no window {title:?} to close"));
        self.ask("xdotool", &["windowactivate", "--sync", &id]);
        // The window manager's own key for closing.
        self.ask("xdotool", &["key", "--clearmodifiers", "alt+F4"]);
    }

    /// Closes a window that never has the keyboard: the mouse presses its frame's button, the last at the right.
    pub fn close_with_mouse(&self, title: &str) {
        let id = find_window(self, title).unwrap_or_else(|| panic!("no window {title:?} to close"));
        let geometry = self.ask("xdotool", &["getwindowgeometry", "--shell", &id]);
        let width = geometry
            .lines()
            .find_map(|line| line.strip_prefix("WIDTH="))
            .and_then(|width| width.parse::<i32>().ok());
        let button = width.unwrap_or_else(|| panic!("no width in {geometry}")) - 8;
        self.ask(
            "xdotool",
            &["mousemove", "--window", &id, &button.to_string(), "4"],
        );
        self.ask("xdotool", &["mousemove_relative", "--", "0", "-14"]);
        self.ask("xdotool", &["click", "1"]);
    }

    /// Gives a window's content this size.
    pub fn resize(&self, title: &str, width: u32, height: u32) {
        let id = find_window(self, title).unwrap_or_else(|| panic!("no window {title:?} to resize"));
        self.ask(
            "xdotool",
            &["windowsize", &id, &width.to_string(), &height.to_string()],
        );
    }

    /// Whether a till holds the name on the bus by which a second start finds the first.
    pub fn till_on_bus(&self) -> bool {
        let list = [
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
        ];
        self.ask(
            "dbus-send",
            &[list.as_slice(), &["org.freedesktop.DBus.ListNames"]].concat(),
        )
        .contains("SingleInstance")
    }

    /// Everything sent to the notification service so far, as `dbus-monitor` writes it.
    pub fn notifications(&self) -> String {
        self.notifications
            .lock()
            .expect("the reader does not stop half way")
            .clone()
    }

    /// Starts a program whose output goes into the test's log.
    pub fn start_logged(&self, command: &mut Command) -> Running {
        let log = || {
            File::options()
                .create(true)
                .append(true)
                .open(self.log_file())
                .expect("the test's log")
        };
        Running::start(command.stdout(log()).stderr(log()))
    }

    /// The end of what the driver and the till printed.
    pub fn log(&self) -> String {
        let log = fs::read(self.log_file()).unwrap_or_default();
        String::from_utf8_lossy(&log[log.len().saturating_sub(6_000)..]).into_owned()
    }

    /// Where [`Self::start_logged`] writes.
    pub fn log_file(&self) -> PathBuf {
        self.home.path().join("log.txt")
    }

    fn start_bus(&mut self) {
        let mut daemon = self.command("dbus-daemon");
        let socket = format!(
            "--address=unix:path={}",
            self.home.path().join("run/bus").display()
        );
        daemon.args([
            "--session",
            "--nofork",
            "--nopidfile",
            "--print-address=1",
            &socket,
        ]);
        daemon.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = Running::start(&mut daemon);
        self.bus = first_line(&mut running);
        self.children.push(running);
    }

    fn start_screen(&mut self) {
        let mut screen = self.command("Xvfb");
        // The server chooses a free display and tells it; two tests can never choose the same one. It is wide
        // enough for the practice phone beside the till, so that neither hides a part of the other's picture.
        screen.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "2400x1100x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        screen.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = Running::start(&mut screen);
        self.display = format!(":{}", first_line(&mut running));
        self.children.push(running);
    }

    async fn start_keyring(&mut self) {
        let mut daemon = self.command("gnome-keyring-daemon");
        daemon.args(["--foreground", "--unlock", "--components=secrets"]);
        daemon
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = daemon.spawn().expect("gnome-keyring-daemon is installed");
        let mut stdin = child.stdin.take().expect("a piped input");
        stdin
            .write_all(KEYRING_PASSWORD.as_bytes())
            .expect("the keyring reads its password");
        drop(stdin);
        self.children.push(Running::adopt(child));
        until("the keyring", SOON, async || {
            let arguments = [
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.freedesktop.secrets",
            ];
            self.ask("dbus-send", &arguments)
                .contains("boolean true")
                .then_some(())
        })
        .await;
    }

    async fn start_window_manager(&mut self) {
        let running = self.start_logged(self.command("openbox").arg("--sm-disable"));
        self.children.push(running);
        until("the window manager", SOON, async || {
            (!self.ask("xdotool", &["get_desktop"]).is_empty()).then_some(())
        })
        .await;
    }

    fn watch_notifications(&mut self) {
        let mut monitor = self.command("dbus-monitor");
        monitor.args(["--session", "interface='org.freedesktop.Notifications'"]);
        monitor.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = Running::start(&mut monitor);
        let (mut output, seen) = (running.stdout(), Arc::clone(&self.notifications));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                seen.lock()
                    .expect("nobody stops with it")
                    .push_str(&String::from_utf8_lossy(&bytes[..count]));
            }
        });
        self.children.push(running);
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        while self.children.pop().is_some() {}
        // The till and its web processes are grandchildren; they are found by the home folder they got.
        for (pid, _) in living_in(self.home.path()) {
            kill(pid);
        }
    }
}
