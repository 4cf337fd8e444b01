//! One test binary: journeys through the program as its users call it, and the rules of the repository.

mod commands;
mod demo;
mod home;
mod keeping;
mod nightly;
mod program;
mod tidy;
