//! The figures and how they are written down.

use std::fs;

use crate::shell::{ask, command};

/// What was measured. Times in microseconds, memory in kB.
#[derive(Default)]
pub(super) struct Figures {
    empty_start: u64,
    till_start: u64,
    empty_memory: u64,
    till_memory: u64,
    bare_commit: u64,
    push_commit: u64,
    tortured_day: u64,
    tortured_day_bare: u64,
    restart: u64,
    restart_bare: u64,
    restart_engine: u64,
    restart_empty: u64,
    relay_batch: [u64; 3],
    relay_batch_bare: [u64; 3],
    pub(super) deb_bytes: u64,
    pub(super) script_bytes: u64,
    /// Of it what the first screen needs.
    pub(super) first_script_bytes: u64,
}

impl Figures {
    /// Picks the `figure NAME VALUE` lines out of what a measurement printed.
    pub(super) fn read(&mut self, printed: &str) {
        for line in printed.lines() {
            let mut words = line.split_whitespace();
            let (Some("figure"), Some(name), Some(value)) = (words.next(), words.next(), words.next()) else {
                continue;
            };
            let value = value.parse().unwrap_or(0);
            match name {
                "empty_start_us" => self.empty_start = value,
                "till_start_us" => self.till_start = value,
                "empty_memory_kb" => self.empty_memory = value,
                "till_memory_kb" => self.till_memory = value,
                "tortured_day_us" => self.tortured_day = value,
                "tortured_day_bare_us" => self.tortured_day_bare = value,
                "restart_us" => self.restart = value,
                "restart_bare_us" => self.restart_bare = value,
                "restart_engine_us" => self.restart_engine = value,
                "restart_empty_us" => self.restart_empty = value,
                "relay_batch_1_us" => self.relay_batch[0] = value,
                "relay_batch_1_bare_us" => self.relay_batch_bare[0] = value,
                "relay_batch_100_us" => self.relay_batch[1] = value,
                "relay_batch_100_bare_us" => self.relay_batch_bare[1] = value,
                "relay_batch_10000_us" => self.relay_batch[2] = value,
                "relay_batch_10000_bare_us" => self.relay_batch_bare[2] = value,
                other => println!("(no place for the figure {other})"),
            }
        }
    }

    /// Picks the two times out of the store's benchmark: `durable record: push 0.310 ms, bare commit 0.260 ms, …`.
    pub(super) fn read_durable(&mut self, printed: &str) {
        let microseconds = |name: &str| {
            let (_, rest) = printed.split_once(name)?;
            let (whole, part) = rest.split_whitespace().next()?.split_once('.')?;
            Some(whole.parse::<u64>().ok()? * 1000 + format!("{part:0<3}").get(..3)?.parse::<u64>().ok()?)
        };
        self.push_commit = microseconds("push ").unwrap_or(0);
        self.bare_commit = microseconds("bare commit ").unwrap_or(0);
    }

    /// A section for `docs/performance.md`.
    pub(super) fn markdown(&self) -> String {
        let rows = [
            row(
                "start to usable window",
                self.till_start / 1000,
                self.empty_start / 1000,
                "ms",
                "≤ 1.25 ×",
            ),
            row(
                "memory of all its processes",
                self.till_memory / 1024,
                self.empty_memory / 1024,
                "MiB",
                "≤ 1.15 ×",
            ),
            row(
                "durable record of a push",
                self.push_commit,
                self.bare_commit,
                "µs",
                "≤ 1.3 ×",
            ),
            row(
                "a tortured day of 500 sales, beside its bare commits in memory",
                self.tortured_day / 1000,
                self.tortured_day_bare / 1000,
                "ms",
                "≤ 1000 ms",
            ),
            row(
                "start with 1,000,000 sales until 20 prompts are watched, beside bare SQLite's page check",
                self.restart / 1000,
                self.restart_bare / 1000,
                "ms",
                "≤ 1.25 ×",
            ),
            row(
                "of this the engine, beside a start with an empty book",
                self.restart_engine,
                self.restart_empty,
                "µs",
                "",
            ),
            self.relay_row(0, "1 shop"),
            self.relay_row(1, "100 shops"),
            self.relay_row(2, "10,000 shops"),
            format!(
                "| installer (.deb) | {} kB | | | ≤ 12 MB |",
                self.deb_bytes / 1000
            ),
            format!(
                "| script of the screens, one language, gzip | {} kB | | | ≤ 80 kB |",
                self.script_bytes / 1000
            ),
            format!(
                "| of that what the first screen needs, gzip | {} kB | | | |",
                self.first_script_bytes / 1000
            ),
        ];
        format!(
            "`cargo xtask bench`, {}\n\n| what | Keshia | compared with | ratio | budget |\n|---|---|---|---|---|\n{}\n",
            machine(),
            rows.join("\n")
        )
    }

    /// A rate of 0.8 of the bare one is a time of 1.25.
    fn relay_row(&self, which: usize, shops: &str) -> String {
        let what = format!("relay, 64 events kept in one commit, {shops}");
        row(
            &what,
            self.relay_batch[which],
            self.relay_batch_bare[which],
            "µs",
            "≤ 1.25 ×",
        )
    }
}

fn row(what: &str, ours: u64, other: u64, unit: &str, budget: &str) -> String {
    let percent = (ours * 100).checked_div(other).unwrap_or(0);
    format!(
        "| {what} | {ours} {unit} | {other} {unit} | {}.{:02} | {budget} |",
        percent / 100,
        percent % 100
    )
}

/// The day, the processor, the memory and the system.
fn machine() -> String {
    let day = ask(&mut command("date", &["-u", "+%Y-%m-%d"])).unwrap_or_default();
    let field = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text
            .lines()
            .find(|line| line.starts_with(key))
            .unwrap_or_default()
            .to_owned();
        line.split_once([':', '=']).map_or(String::new(), |(_, value)| {
            value.trim().trim_matches('"').to_owned()
        })
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{}: {}, {cores} cores, {} of memory, {}",
        day.trim(),
        field("/proc/cpuinfo", "model name"),
        field("/proc/meminfo", "MemTotal"),
        field("/etc/os-release", "PRETTY_NAME")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_benchmarks_print() {
        let mut figures = Figures::default();
        figures.read("figure empty_start_us 400000\nnoise\nfigure till_start_us 450000\n");
        figures.read("figure tortured_day_us 640000\nfigure tortured_day_bare_us 16000\n");
        figures.read("figure restart_us 2200000\nfigure restart_bare_us 2000000\n");
        figures.read("figure restart_engine_us 9000\nfigure restart_empty_us 3000\n");
        figures.read_durable("durable record: push 3.31 ms, bare commit 2.600 ms, ratio 1.27 (medians)\n");
        let table = figures.markdown();
        assert!(
            table.contains("| 450 ms | 400 ms | 1.12 |"),
            "the starts and their ratio: {table}"
        );
        assert!(
            table.contains("| 3310 µs | 2600 µs | 1.27 |"),
            "the commits and their ratio: {table}"
        );
        assert!(
            table.contains("| 640 ms | 16 ms | 40.00 | ≤ 1000 ms |"),
            "the day, its commits and its budget: {table}"
        );
        assert!(
            table.contains("| 2200 ms | 2000 ms | 1.10 |") && table.contains("| 9000 µs | 3000 µs | 3.00 |"),
            "the start with a long book and the engine's part: {table}"
        );
    }
}
