//! A simulator, a shop in its own folder, and the program.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Safaricom's stand-in, in this process, on a port the system chose.
pub struct Simulator {
    runtime: Runtime,
    _running: daraja_sim::Running,
    pub url: String,
}

impl Simulator {
    pub fn start() -> Self {
        Self::with(daraja_sim::Config::default())
    }

    /// Without Pull Transactions: nobody can tell of a payment but the prompt's own question.
    pub fn without_list() -> Self {
        Self::with(Self::deaf(daraja_sim::world::Faults::default()))
    }

    /// The same, with faults.
    pub fn deaf(faults: daraja_sim::world::Faults) -> daraja_sim::Config {
        daraja_sim::Config {
            faults,
            settings: daraja_sim::world::Settings {
                pull: false,
                ..daraja_sim::world::Settings::default()
            },
            ..daraja_sim::Config::default()
        }
    }

    pub fn with(config: daraja_sim::Config) -> Self {
        // Set already by another test of this process.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = Runtime::new().unwrap();
        let running = runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            daraja_sim::serve(listener, config).await
        });
        let url = running.url();
        Self {
            runtime,
            _running: running,
            url,
        }
    }

    /// What really happened.
    pub fn ledger(&self) -> Value {
        self.runtime.block_on(async {
            let answer = reqwest::get(format!("{}/_sim/ledger", self.url)).await.unwrap();
            serde_json::from_str(&answer.text().await.unwrap()).unwrap()
        })
    }

    pub fn pushes(&self) -> Vec<Value> {
        self.ledger()["pushes"]
            .as_array()
            .expect("the ledger lists pushes")
            .clone()
    }

    /// Moves the simulator's clock on. Nothing of the till's own waiting may depend on it.
    pub fn advance_ms(&self, ms: u64) {
        self.post("/_sim/clock", &serde_json::json!({ "advance_ms": ms }));
    }

    /// A person at this phone types the PIN.
    pub fn types_pin(&self, msisdn: &str) {
        self.post(
            &format!("/_sim/phones/{msisdn}/answer"),
            &serde_json::json!({ "answer": "pin" }),
        );
    }

    /// A customer pays the paybill from the own phone, under a name of his own; returns when the money has moved.
    pub fn pays_by_hand(&self, msisdn: &str, amount: u32, name: &str) {
        let body = serde_json::json!({ "amount": amount, "short_code": "174379", "bill_ref": name });
        self.post(&format!("/_sim/phones/{msisdn}/pay"), &body);
        let since = Instant::now();
        let moved = |ledger: Value| {
            let mut payments = ledger["payments"].as_array().unwrap().iter();
            payments.any(|payment| payment["bill_ref"] == name)
        };
        while !moved(self.ledger()) {
            assert!(since.elapsed() < Duration::from_secs(60), "the customer pays");
        }
    }

    /// A person at this phone answers; `false` while no prompt is on it.
    pub fn answers(&self, msisdn: &str, answer: &str) -> bool {
        self.runtime.block_on(async {
            let request = reqwest::Client::new()
                .post(format!("{}/_sim/phones/{msisdn}/answer", self.url))
                .json(&serde_json::json!({ "answer": answer }));
            request.send().await.unwrap().status().is_success()
        })
    }

    fn post(&self, path: &str, body: &Value) {
        self.runtime.block_on(async {
            let request = reqwest::Client::new()
                .post(format!("{}{path}", self.url))
                .json(body);
            let answer = request.send().await.unwrap();
            assert!(
                answer.status().is_success(),
                "the simulator takes {body} at {path}"
            );
        });
    }
}

/// One shop's folder, and how the program is started for it.
pub struct Shop {
    folder: TempDir,
    pc: TempDir,
    place: Option<PathBuf>,
    environment: BTreeMap<&'static str, String>,
    keyring: bool,
}

/// How a run ended.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Shop {
    /// A folder without a book; prompts go to `url`.
    pub fn blank(url: &str) -> Self {
        let environment = BTreeMap::from([("KESHIA_DARAJA_URL", url.to_owned())]);
        Self {
            folder: TempDir::new().unwrap(),
            pc: TempDir::new().unwrap(),
            place: None,
            environment,
            keyring: false,
        }
    }

    /// A folder without a book, and no other server.
    pub fn nowhere() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            pc: TempDir::new().unwrap(),
            place: None,
            environment: BTreeMap::new(),
            keyring: false,
        }
    }

    /// The practice shop: paybill 174379.
    pub fn practice(url: &str) -> Self {
        Self::blank(url).set_up()
    }

    /// The practice shop in a folder of somebody else's.
    pub fn practice_at(url: &str, place: PathBuf) -> Self {
        Self::blank(url).at(place).set_up()
    }

    fn set_up(self) -> Self {
        let shop = self;
        let done = shop.run(&[
            "setup",
            "--environment",
            "practice",
            "--kind",
            "paybill",
            "--shortcode",
            "174379",
        ]);
        assert_eq!(done.code, 0, "practice needs nothing but its number: {done:?}");
        shop
    }

    pub fn with(mut self, variable: &'static str, value: &str) -> Self {
        self.environment.insert(variable, value.to_owned());
        self
    }

    pub fn without(mut self, variable: &'static str) -> Self {
        self.environment.remove(variable);
        self
    }

    /// Lets the program ask the keyring. Only inside the throw-away session of the test command.
    pub fn with_keyring(mut self) -> Self {
        self.keyring = true;
        self
    }

    /// Names another path as the folder.
    pub fn at(mut self, place: PathBuf) -> Self {
        self.place = Some(place);
        self
    }

    /// Names one of the folder's files as the folder.
    pub fn at_file(self, name: &str) -> Self {
        let file = self.path().join(name);
        self.at(file)
    }

    pub fn path(&self) -> &Path {
        self.place.as_deref().unwrap_or(self.folder.path())
    }

    pub fn book(&self) -> PathBuf {
        self.path().join("practice.db")
    }

    /// Runs the program with `--json`.
    pub fn run(&self, words: &[&str]) -> Done {
        self.start(&[&["--json"], words].concat(), "")
    }

    /// Runs the program for a person.
    pub fn talk(&self, words: &[&str]) -> Done {
        self.start(words, "")
    }

    /// Runs the program with `--json` and types `input`.
    pub fn run_typing(&self, words: &[&str], input: &str) -> Done {
        self.start(&[&["--json"], words].concat(), input)
    }

    fn start(&self, words: &[&str], input: &str) -> Done {
        let mut child = self.command(words).spawn().unwrap();
        // A program that never reads its input is gone by now, or leaves the pipe alone.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Done::of(&child.wait_with_output().unwrap())
    }

    /// The program, not yet started, with pipes at all its ends.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keshiactl"));
        for (variable, _) in std::env::vars_os() {
            if variable.to_string_lossy().starts_with("KESHIA_") {
                command.env_remove(variable);
            }
        }
        // Away from the shop's folder, as on a PC.
        command.env("KESHIA_PC_DIR", self.pc.path());
        command
            .arg("--data-dir")
            .arg(self.path())
            .args((!self.keyring).then_some("--no-keyring"))
            .args(words);
        command.envs(&self.environment);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Every file of the folder with what is in it.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        std::fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.clone(), std::fs::read(path).unwrap()))
            .collect()
    }
}

impl Done {
    pub fn of(output: &std::process::Output) -> Self {
        Self {
            code: output.status.code().expect("the program ends by itself"),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// Each line of standard output.
    pub fn lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line is one JSON object"))
            .collect()
    }

    /// The last line.
    pub fn last(&self) -> Value {
        self.lines()
            .pop()
            .unwrap_or_else(|| panic!("something is printed: {self:?}"))
    }

    /// Each state that was told, in order.
    pub fn states(&self) -> Vec<String> {
        let lines = self.lines();
        let pushes = lines.iter().filter(|line| line["event"] == "push");
        pushes
            .map(|line| line["state"].as_str().expect("a state is a word").to_owned())
            .collect()
    }

    /// What was said on standard error, without the line that names practice.
    pub fn complaints(&self) -> Vec<&str> {
        self.stderr
            .lines()
            .filter(|line| !line.starts_with("practice:"))
            .collect()
    }

    /// The flags do not go together.
    pub fn assert_refused_as_usage(&self, case: &str) {
        assert_eq!(self.code, 2, "{case}: exit code of {self:?}");
        assert_eq!(self.last()["code"], "usage", "{case}: error code of {self:?}");
    }

    /// The run failed with this exit code and this error code, and said one sentence.
    pub fn assert_refused(&self, exit: i32, code: &str, case: &str) {
        assert_eq!(self.code, exit, "{case}: exit code of {self:?}");
        assert_eq!(
            self.last()["event"],
            "error",
            "{case}: the last line is the error in {self:?}"
        );
        assert_eq!(self.last()["code"], code, "{case}: error code of {self:?}");
        let complaints = self.complaints();
        assert_eq!(
            complaints.len(),
            1,
            "{case}: one sentence on standard error in {self:?}"
        );
        assert_eq!(
            self.last()["message"],
            complaints[0],
            "{case}: the same sentence in both places"
        );
        assert!(
            complaints[0].ends_with('.'),
            "{case}: a whole sentence: {}",
            complaints[0]
        );
    }
}
