//! Child processes that end with the test, and only they.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// A child that is ended when dropped.
pub struct Running(Child);

impl Running {
    /// Starts it with nothing to read; its output goes where the command says.
    pub fn start(command: &mut Command) -> Self {
        let child = command.stdin(Stdio::null()).spawn();
        Self(child.unwrap_or_else(|error| panic!("could not start {command:?}: {error}; is it installed?")))
    }

    /// Takes over a child that was started elsewhere.
    pub fn adopt(child: Child) -> Self {
        Self(child)
    }

    /// Its standard output, once.
    pub fn stdout(&mut self) -> ChildStdout {
        self.0
            .stdout
            .take()
            .expect("started with a piped output that nobody took yet")
    }

    /// Whether it ended by itself.
    pub fn ended(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|status| status.is_some())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked politely first: a screen or a bus that is killed leaves its socket and lock behind.
        signal("TERM", self.0.id());
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(3) {
            if self.ended() {
                return;
            }
            std::thread::park_timeout(Duration::from_millis(10));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Reads the first line a program prints: it says where it listens once it does.
pub fn first_line(from: &mut Running) -> String {
    let mut lines = BufReader::new(from.stdout());
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let _ = lines.read_line(&mut line);
        let _ = send.send(line.trim().to_owned());
        // Keep reading, so that the program never stands before a full or closed pipe.
        let _ = std::io::copy(&mut lines, &mut std::io::sink());
    });
    receive
        .recv_timeout(Duration::from_secs(20))
        .expect("it says where it listens within 20 s")
}

/// The processes that were started with this home folder, and what they run. A test's folder has a name
/// that no other process on the machine knows.
pub fn living_in(home: &Path) -> Vec<(u32, PathBuf)> {
    let mark = format!("HOME={}", home.display()).into_bytes();
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| {
            fs::read(format!("/proc/{pid}/environ"))
                .is_ok_and(|environ| environ.split(|byte| *byte == 0).any(|variable| variable == mark))
        })
        .filter_map(|pid| Some((pid, fs::read_link(format!("/proc/{pid}/exe")).ok()?)))
        .collect()
}

/// `kill -9`: the process gets no chance to say goodbye, as when the electricity goes.
pub fn kill(pid: u32) {
    signal("KILL", pid);
}

fn signal(name: &str, pid: u32) {
    // The shell's own `kill` is on every machine; sending a signal from Rust would need unsafe code.
    let _ = Command::new("sh")
        .args(["-c", &format!("kill -{name} {pid}")])
        .stderr(Stdio::null())
        .status();
}
