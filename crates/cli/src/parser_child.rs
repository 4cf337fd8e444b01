//! The parser process: reads jobs from stdin until it ends; limits itself before it touches a byte.

use std::{
    io::{self, Read, Write},
    panic::{self, AssertUnwindSafe},
};

use laendersache_crawler::PageBytes;
use rlimit::Resource;

use crate::{
    ExitStatus,
    parse_job::{Answer, Job, read_message, write_message},
};

/// Name of the environment variable that carries the limit of the address space in bytes.
pub(crate) const MEMORY_VARIABLE: &str = "LAENDERSACHE_PARSER_MEMORY";
/// Name of the environment variable that carries the limit of the processor time in seconds.
pub(crate) const SECONDS_VARIABLE: &str = "LAENDERSACHE_PARSER_SECONDS";

/// The parser needs its three standard streams and no other file.
const OPEN_FILES: u64 = 16;

/// Answers jobs until stdin ends.
pub(crate) fn run() -> ExitStatus {
    if let Err(error) = limit() {
        eprintln!("laendersache parse: cannot limit the process: {error}");
        return ExitStatus::Error;
    }
    // What a parser says when it panics goes into the answer, not to the terminal.
    panic::set_hook(Box::new(|_| {}));
    match answer_jobs(&mut io::stdin().lock(), &mut io::stdout().lock()) {
        Ok(()) => ExitStatus::Ok,
        Err(_) => ExitStatus::Error,
    }
}

fn limit() -> io::Result<()> {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|value| value.parse::<u64>().ok())
    };
    if let Some(bytes) = number(MEMORY_VARIABLE) {
        rlimit::setrlimit(Resource::AS, bytes, bytes)?;
    }
    if let Some(seconds) = number(SECONDS_VARIABLE) {
        rlimit::setrlimit(Resource::CPU, seconds, seconds)?;
    }
    rlimit::setrlimit(Resource::NOFILE, OPEN_FILES, OPEN_FILES)?;
    rlimit::setrlimit(Resource::FSIZE, 0, 0)?;
    rlimit::setrlimit(Resource::CORE, 0, 0)?;
    rlimit::setrlimit(Resource::NPROC, 0, 0)
}

fn answer_jobs(input: &mut impl Read, out: &mut impl Write) -> io::Result<()> {
    while let Some((job, bytes)) = read_message::<Job>(input)? {
        let answer =
            panic::catch_unwind(AssertUnwindSafe(|| answer(job, &bytes))).unwrap_or_else(|_| {
                Answer::Failed {
                    reason: "the parser panicked".to_owned(),
                }
            });
        write_message(out, &answer, b"")?;
    }
    Ok(())
}

fn answer(job: Job, bytes: &[u8]) -> Answer {
    match job {
        Job::Links { base, content_type } => Answer::Links {
            found: laendersache_crawler::links(&PageBytes {
                base: &base,
                content_type: content_type.as_deref(),
                bytes,
            }),
        },
        Job::Document {
            capture,
            conference,
        } => match laendersache_extractor::document(&capture, bytes) {
            Ok(document) => Answer::Document {
                extraction: Box::new(laendersache_extractor::resolutions(&conference, &document)),
                document: Box::new(document),
            },
            Err(error) => Answer::Failed {
                reason: error.to_string(),
            },
        },
    }
}
