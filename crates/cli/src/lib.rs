//! The one binary `laendersache`: one verb per stage, and the whole line in `nightly` and `demo`.
//!
//! Only this crate reads the clock, the environment and the configuration file; it hands values to the stages.
//! Results go to stdout, everything else to stderr; the exit codes stand in [`ExitStatus`].
//! Fetched bytes are parsed in a child process (`parser_process.rs`, `parse_job.rs`).

mod arguments;
mod configuration;
mod exit_status;
mod home;
mod output;
mod progress;

mod parse_job;
mod parser_child;
mod parser_process;

mod crawl;
mod extract;
mod index;
mod keep;
mod nightly;
mod search;
mod serve;
mod sources;
mod status;

mod demo;
mod fixture_sites;

use std::{ffi::OsString, process::ExitCode};

use clap::Parser;

use crate::arguments::{Arguments, Verb};

pub use crate::{
    configuration::Configuration, exit_status::ExitStatus, fixture_sites::FixtureSites,
};

/// Runs the program with its arguments (the first one is its name) and returns its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let status = if error.use_stderr() {
                ExitStatus::Usage
            } else {
                ExitStatus::Ok
            };
            // A closed pipe behind `--help` is no failure of ours.
            let _ = error.print();
            return status.into();
        }
    };
    if matches!(arguments.verb, Verb::Parse) {
        return parser_child::run().into();
    }
    start_log(&arguments);
    match dispatch(&arguments) {
        Ok(status) => status.into(),
        Err(error) => {
            eprintln!("laendersache: {error:#}");
            exit_status::of(&error).into()
        }
    }
}

fn dispatch(arguments: &Arguments) -> anyhow::Result<ExitStatus> {
    if let Verb::Demo(options) = &arguments.verb {
        return demo::run(arguments, options);
    }
    let configuration = Configuration::load(&arguments.global)?;
    let context = Context {
        configuration,
        json: arguments.global.json,
    };
    match &arguments.verb {
        Verb::Crawl(options) => crawl::run(&context, options),
        Verb::Confirm(options) => crawl::confirm(&context, options),
        Verb::Extract => extract::run(&context),
        Verb::Index => index::run(&context),
        Verb::Nightly => nightly::run(&context),
        Verb::Serve(options) => serve::run(&context, options),
        Verb::Search(options) => search::run(&context, options),
        Verb::Status => status::run(&context),
        Verb::Sources => sources::run(&context),
        Verb::Verify => keep::verify(&context),
        Verb::History(options) => keep::history(&context, options),
        Verb::Get(options) => keep::get(&context, options),
        Verb::Config => configuration::run(&context),
        Verb::Demo(_) | Verb::Parse => Ok(ExitStatus::Ok),
    }
}

/// What every verb is given.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// The merged configuration.
    pub configuration: Configuration,
    /// True if results are printed as JSON.
    pub json: bool,
}

fn start_log(arguments: &Arguments) {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter =
        EnvFilter::try_from_env("LAENDERSACHE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call in one process (tests) keeps the first log.
    let _ = if arguments.global.log_json {
        builder.json().try_init()
    } else {
        builder.try_init()
    };
}
