//! As much of a WebDriver client as measuring needs: one session, finding, clicking. Answers are short and
//! known, so they are searched, not parsed.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::shell::{Failure, Outcome};

/// How long a window may take to appear before the measurement gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// The name of an element's id in every answer (W3C WebDriver, "web element identifier").
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running tauri-driver.
pub(super) struct Driver {
    child: Child,
    port: u16,
}

/// A session: one open window.
pub(super) struct Session<'driver> {
    driver: &'driver Driver,
    id: String,
}

impl Driver {
    /// Starts it with its own home folder, so that the processes below it can be told from all others.
    pub(super) fn start(program: &str, home: &Path) -> Outcome<Self> {
        let (one, two) = (
            TcpListener::bind("127.0.0.1:0")?,
            TcpListener::bind("127.0.0.1:0")?,
        );
        let (port, native) = (one.local_addr()?.port(), two.local_addr()?.port());
        drop((one, two));
        let child = Command::new(program)
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("HOME", home)
            .env("KESHIA_DATA_DIR", home.join("till"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let driver = Self { child, port };
        poll("tauri-driver", || {
            driver
                .request("GET", "/status", "")
                .filter(|answer| answer.contains("200 OK"))
        })?;
        Ok(driver)
    }

    fn request(&self, method: &str, path: &str, body: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        // No `Connection: close`: tauri-driver passes it on to WebKit's driver, and may then send its next
        // request into the connection that is being closed.
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body.as_bytes()).ok()?;
        whole_answer(BufReader::new(stream))
    }

    /// Opens a program's window.
    pub(super) fn open(&self, application: &Path) -> Outcome<Session<'_>> {
        let body = format!(
            r#"{{"capabilities":{{"alwaysMatch":{{"tauri:options":{{"application":"{}"}}}}}}}}"#,
            application.display()
        );
        let answer = self.request("POST", "/session", &body).ok_or_else(|| {
            Failure::new(format!(
                "the driver gave no answer about {}",
                application.display()
            ))
        })?;
        let id =
            text_after(&answer, "sessionId").ok_or_else(|| Failure::new(format!("no session: {answer}")))?;
        Ok(Session { driver: self, id })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked to end, it ends WebKit's driver below it too; killed, it would leave that one behind.
        let term = format!("kill -TERM {}", self.child.id());
        let _ = Command::new("sh").args(["-c", &term]).status();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(2) {
            if self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                return;
            }
            std::thread::park_timeout(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Session<'_> {
    /// Waits for an element by its `data-testid`.
    pub(super) fn wait_for(&self, id: &str) -> Outcome<String> {
        let body = format!(r#"{{"using":"css selector","value":"[data-testid='{id}']"}}"#);
        let path = format!("/session/{}/element", self.id);
        poll(id, || {
            text_after(&self.driver.request("POST", &path, &body)?, ELEMENT)
        })
    }

    /// Clicks an element when it is there.
    pub(super) fn click(&self, id: &str) -> Outcome {
        let element = self.wait_for(id)?;
        let path = format!("/session/{}/element/{element}/click", self.id);
        self.driver
            .request("POST", &path, "{}")
            .map(|_| ())
            .ok_or_else(|| Failure::new(format!("no click on {id}")))
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        let _ = self
            .driver
            .request("DELETE", &format!("/session/{}", self.id), "");
    }
}

/// Head and body of an answer; `None` if it ends before its announced length.
fn whole_answer(mut from: impl BufRead) -> Option<String> {
    let (mut answer, mut length) = (String::new(), 0);
    loop {
        let begin = answer.len();
        from.read_line(&mut answer).ok()?;
        let line = answer.get(begin..)?.to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        match line.as_str() {
            "" => return None,
            "\r\n" => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    answer.push_str(&String::from_utf8_lossy(&body));
    Some(answer)
}

/// The JSON text that follows a key.
fn text_after(answer: &str, key: &str) -> Option<String> {
    let (_, rest) = answer.split_once(&format!("\"{key}\":"))?;
    Some(rest.trim_start().strip_prefix('"')?.split('"').next()?.to_owned())
}

/// Asks again and again until there is an answer.
pub(super) fn poll<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> Outcome<T> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(found) = look() {
            return Ok(found);
        }
        std::thread::park_timeout(Duration::from_millis(5));
    }
    Err(Failure::new(format!("{what} did not come within {PATIENCE:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_where_it_says() {
        let whole = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        assert_eq!(
            whole_answer(format!("{whole}more").as_bytes()).as_deref(),
            Some(whole),
            "the connection stays open, so the length says where the answer ends"
        );
        for cut in [
            "",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{",
        ] {
            assert_eq!(
                whole_answer(cut.as_bytes()),
                None,
                "half an answer is none: {cut:?}"
            );
        }
    }
}
