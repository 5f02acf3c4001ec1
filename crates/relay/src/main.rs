//! `keshia-relay`: the relay, and the operator's commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    relay::cli::main()
}
