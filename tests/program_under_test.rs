//! The program `laendersache`, built beside its tests.

use std::process::ExitCode;

fn main() -> ExitCode {
    laendersache::run(std::env::args_os())
}
