//! What was typed, as a [`Task`].

use crate::shell::{Failure, Outcome};
use crate::{bench, bundle, check, mutants, run, shots, test};

const HELP: &str = "\
cargo xtask <command>

  run [--release] [-- ARGUMENTS]  install what is missing, build and open the till
  test                            install what is missing, then every check and every test
  check                           formatting, lints, types; no tests
  shots                           take the README's pictures again, in the real window
  bench                           start, memory, durable writes and sizes, in release mode
  mutants [FILE...]               change the rules about money and see whether a test minds; an hour or more
  bundle [FORMAT...]              installers for this system (Debian: deb)
";

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    Run {
        release: bool,
        arguments: Vec<String>,
    },
    Test,
    Check,
    Shots,
    Bench,
    /// The part of `bench` that needs a screen; `bench` starts it.
    BenchInside,
    Mutants {
        files: Vec<String>,
    },
    Bundle {
        formats: Vec<String>,
    },
}

impl Task {
    pub(crate) fn perform(self) -> Outcome {
        match self {
            Self::Help => {
                print!("{HELP}");
                Ok(())
            }
            Self::Run { release, arguments } => run::run(release, &arguments),
            Self::Test => test::test(),
            Self::Check => check::check(),
            Self::Shots => shots::shots(),
            Self::Bench => bench::bench(),
            Self::BenchInside => bench::inside(),
            Self::Mutants { files } => mutants::mutants(&files),
            Self::Bundle { formats } => bundle::bundle(&formats),
        }
    }
}

/// Reads the command line; an unknown word is refused with the list of known ones.
pub(crate) fn parse(words: &[String]) -> Result<Task, Failure> {
    let Some((command, rest)) = words.split_first() else {
        return Ok(Task::Help);
    };
    let task = match command.as_str() {
        "run" => return parse_run(rest),
        "mutants" => {
            return Ok(Task::Mutants { files: rest.to_vec() });
        }
        "bundle" => {
            return Ok(Task::Bundle {
                formats: rest.to_vec(),
            });
        }
        "test" => Task::Test,
        "check" => Task::Check,
        "shots" => Task::Shots,
        "bench" => Task::Bench,
        "bench-inside" => Task::BenchInside,
        "help" | "-h" | "--help" => Task::Help,
        other => return Err(Failure::new(format!("there is no command {other:?}\n\n{HELP}"))),
    };
    match rest.first() {
        None => Ok(task),
        Some(word) => Err(Failure::new(format!("{command} takes no {word:?}\n\n{HELP}"))),
    }
}

fn parse_run(rest: &[String]) -> Result<Task, Failure> {
    let split = rest.iter().position(|word| word == "--").unwrap_or(rest.len());
    let (own, till) = rest.split_at(split);
    let release = match own {
        [] => false,
        [word] if word == "--release" => true,
        [word, ..] => {
            return Err(Failure::new(format!(
                "run takes no {word:?}; arguments for the till go after --"
            )));
        }
    };
    Ok(Task::Run {
        release,
        arguments: till.iter().skip(1).cloned().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn arguments_after_the_dashes_belong_to_the_till() {
        assert_eq!(
            parse(&words("run --release -- --data-dir x")).ok(),
            Some(Task::Run {
                release: true,
                arguments: words("--data-dir x")
            }),
            "what follows -- goes to the till unread"
        );
    }

    #[test]
    fn unknown_words_are_refused() {
        for line in ["tset", "test now", "run --fast", "check ui"] {
            assert!(
                parse(&words(line)).is_err(),
                "{line:?} is not a command and must not be guessed"
            );
        }
    }
}
