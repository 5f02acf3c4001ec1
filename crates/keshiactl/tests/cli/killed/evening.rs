//! The evening: a cashier who sells, customers who answer, and a hand that kills the program.

use std::io::{BufRead as _, BufReader};
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use daraja_sim::Config;
use daraja_sim::world::{Faults, Percent, Settings};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::Value;

use crate::support::{Done, Shop, Simulator};

/// Customers who answer by themselves: two pay (one of them while Safaricom's answer gets lost), one has no
/// money, one types a wrong PIN, one cancels.
const KNOWN: [&str; 5] = [
    "254700000000",
    "254700000099",
    "254700000001",
    "254700000020",
    "254700000032",
];
/// So many phones are held by persons. Where a prompt may still be alive, its phone is not asked again, so the
/// evening needs many.
const PERSONS: u32 = 160;
/// No event is awaited for longer.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest seeded wait, milliseconds.
const LONGEST_WAIT_MS: u64 = 400;
/// The deadline of a prompt (150 s), and as much again for a busy machine.
const LAST_PATIENCE: Duration = Duration::from_secs(300);

/// When the hand strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// After so many milliseconds, whatever has happened.
    After(u64),
    /// After so many lines of output.
    Line(u32),
    /// When the prompt is on the phone.
    Prompted,
    /// When the money has moved.
    Paid,
}

/// One evening at one counter.
pub struct Evening {
    pub simulator: Simulator,
    pub shop: Shop,
    dice: StdRng,
    kills: u32,
    rounds: u32,
}

/// The program under way.
struct Run {
    child: Child,
    lines: Receiver<Value>,
}

impl Evening {
    pub fn begin(seed: u64) -> Self {
        let simulator = Simulator::with(Config {
            seed: Some(seed),
            faults: Faults {
                drop_after: Percent::new(5),
                query_noise: Percent::new(10),
                ..Faults::default()
            },
            settings: Settings {
                // A person who was forgotten for a minute still holds the prompt.
                prompt_lifetime_ms: 3_600_000,
                ..Settings::default()
            },
            state_file: None,
        });
        let shop = Shop::practice(&simulator.url);
        Self {
            simulator,
            shop,
            dice: StdRng::seed_from_u64(seed),
            kills: 0,
            rounds: 0,
        }
    }

    pub fn kills(&self) -> u32 {
        self.kills
    }

    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    fn below(&mut self, end: u64) -> u64 {
        self.dice.next_u64() % end
    }

    /// One start of the program: a sale, or four times out of five one, else a look at what is open.
    pub fn round(&mut self) {
        self.rounds += 1;
        if self.below(5) == 0 {
            let moment = match self.below(3) {
                0 => Moment::Line(1),
                _ => Moment::After(self.below(LONGEST_WAIT_MS)),
            };
            let mut run = self.start(&["--json", "watch", "--until-settled"]);
            self.await_moment(&mut run, moment, "", 0);
            return self.strike(run);
        }
        let phone = self.phone();
        // Each amount belongs to one sale only.
        let amount = 1_000 + self.rounds;
        let moment = match self.below(8) {
            0 | 1 => Moment::After(self.below(LONGEST_WAIT_MS)),
            line @ 2..=4 => Moment::Line(u32::try_from(line).unwrap() - 1),
            5 => Moment::Prompted,
            _ => Moment::Paid,
        };
        let mut run = self.start(&[
            "--json",
            "pay",
            "--phone",
            &phone,
            "--amount",
            &amount.to_string(),
            "--wait",
        ]);
        self.await_moment(&mut run, moment, &phone, amount);
        self.strike(run);
        // Some answer only after the program is gone.
        self.answers(&phone);
    }

    fn phone(&mut self) -> String {
        if self.below(10) == 0 {
            let one = usize::try_from(self.below(KNOWN.len() as u64)).unwrap();
            return KNOWN[one].to_owned();
        }
        format!("254711{:06}", self.below(PERSONS.into()))
    }

    fn start(&self, words: &[&str]) -> Run {
        let mut child = self.shop.command(words).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (tell, lines) = channel();
        // Ends with the program.
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                // The last line may be cut off.
                if let Ok(line) = serde_json::from_str(&line) {
                    let _ = tell.send(line);
                }
            }
        });
        Run { child, lines }
    }

    fn await_moment(&mut self, run: &mut Run, moment: Moment, phone: &str, amount: u32) {
        let since = Instant::now();
        let has = |list: &Value| {
            let mut entries = list.as_array().unwrap().iter();
            entries.any(|entry| entry["amount"] == amount)
        };
        match moment {
            Moment::After(ms) => return run.read_for(Duration::from_millis(ms)),
            Moment::Line(count) => {
                for _ in 0..count {
                    let rest = PATIENCE.saturating_sub(since.elapsed());
                    if run.lines.recv_timeout(rest).is_err() {
                        return;
                    }
                }
            }
            Moment::Prompted => {
                while run.lives() && since.elapsed() < PATIENCE && !has(&self.simulator.ledger()["pushes"]) {
                    run.read_for(Duration::from_millis(3));
                }
            }
            Moment::Paid => {
                while run.lives() && since.elapsed() < PATIENCE && !has(&self.simulator.ledger()["payments"])
                {
                    // Refused while no prompt is there.
                    let _ = self.simulator.answers(phone, "pin");
                    run.read_for(Duration::from_millis(3));
                }
            }
        }
        // Half of the time in the very moment.
        let extra = self.below(2) * self.below(60);
        run.read_for(Duration::from_millis(extra));
    }

    /// Kills the program, unless it has ended by itself: then it must have said how.
    fn strike(&mut self, mut run: Run) {
        if run.lives() {
            run.child.kill().unwrap();
            run.child.wait().unwrap();
            self.kills += 1;
            return;
        }
        let done = Done::of(&run.child.wait_with_output().unwrap());
        assert!(
            matches!(done.code, 0 | 1 | 3 | 4),
            "it ended in one of its promised ways: {done:?}"
        );
        if done.code == 1 {
            let complaint = done.complaints().join(" ");
            assert!(
                complaint.contains("may still be alive"),
                "the only reason to refuse a sale: {done:?}"
            );
        }
    }

    /// A person picks up a phone; most type their PIN.
    fn answers(&mut self, phone: &str) {
        let answer = match self.below(10) {
            0..5 => "pin",
            5 => "cancel",
            6 => "wrong_pin",
            _ => return,
        };
        let _ = self.simulator.answers(phone, answer);
    }

    /// Every customer answers, Safaricom is asked about all, and a person answers for what nobody can know.
    pub fn end(&self) {
        for push in self.simulator.pushes() {
            if push["prompt_live"] == true {
                let _ = self.simulator.answers(push["msisdn"].as_str().unwrap(), "pin");
            }
        }
        let dead = self.nobody_knows();
        let mut words = vec![
            "judge",
            "--not-paid",
            "--wait",
            "--reason",
            "no message on the phone",
        ];
        words.extend(dead.iter().map(String::as_str));
        if !dead.is_empty() {
            let judged = self.shop.run(&words);
            assert_eq!(judged.code, 0, "each prompt has its end afterwards: {judged:?}");
            assert_eq!(judged.lines().len(), dead.len(), "one line each: {judged:?}");
        }
        let mut run = self.start(&["--json", "watch", "--until-settled"]);
        let since = Instant::now();
        while run.lives() && since.elapsed() < LAST_PATIENCE {
            run.read_for(Duration::from_millis(50));
        }
        if run.lives() {
            run.child.kill().unwrap();
            panic!("not all ended: {:?}", self.open());
        }
        assert_eq!(
            run.child.wait().unwrap().code(),
            Some(0),
            "everything has its end"
        );
    }

    /// Prompts that Safaricom cannot be asked about and that brought no money.
    fn nobody_knows(&self) -> Vec<String> {
        let payments = self.simulator.ledger()["payments"].clone();
        let paid = |reference: &str| {
            let mut payments = payments.as_array().unwrap().iter();
            payments.any(|payment| payment["bill_ref"] == reference)
        };
        self.open()
            .into_iter()
            .filter(|(_, reference, askable)| !askable && !paid(reference))
            .map(|(id, _, _)| id)
            .collect()
    }

    /// Every prompt of the book without an end: its id, its reference, and whether Safaricom can be asked.
    fn open(&self) -> Vec<(String, String, bool)> {
        let book = rusqlite::Connection::open(self.shop.book()).unwrap();
        let sql = "SELECT id, reference, checkout_request_id IS NOT NULL FROM push WHERE ended_at IS NULL";
        let mut statement = book.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    }
}

impl Run {
    fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Reads what it says for so long, or until it ends.
    fn read_for(&self, time: Duration) {
        let since = Instant::now();
        while let Some(rest) = time.checked_sub(since.elapsed()) {
            if self.lines.recv_timeout(rest).is_err() {
                return;
            }
        }
    }
}
