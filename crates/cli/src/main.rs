//! The program `laendersache`; everything it does stands in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    laendersache::run(std::env::args_os())
}
