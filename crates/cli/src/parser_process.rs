//! The parent's side of the parser process: starts it, feeds it, ends it when a limit is passed.

use std::{
    io::{self, BufWriter},
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    thread,
    time::Duration,
};

use anyhow::Context as _;
use laendersache_crawler::{FoundLinks, LinkFinder, LinkFinderError, PageBytes};
use laendersache_model::{Capture, Conference, Document, Extraction};

use crate::{
    configuration::{Configuration, ParserConfiguration},
    parse_job::{Answer, Job, read_message, write_message},
    parser_child::{MEMORY_VARIABLE, SECONDS_VARIABLE},
};

/// A process answers so many jobs before a fresh one takes its place, so that nothing piles up in it.
const JOBS_PER_PROCESS: u32 = 64;

/// An answer as it comes out of the pipe; `None` at its end.
type Message = io::Result<Option<(Answer, Vec<u8>)>>;

/// Parses fetched bytes in a child process; shared by threads, which wait for one another.
#[derive(Debug)]
pub(crate) struct Parser {
    program: PathBuf,
    limits: ParserConfiguration,
    running: Mutex<Option<Running>>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    stdin: BufWriter<ChildStdin>,
    answers: Receiver<Message>,
    jobs_left: u32,
}

impl Parser {
    /// Prepares a parser; the process starts with the first job.
    pub fn new(configuration: &Configuration) -> anyhow::Result<Self> {
        let program = match &configuration.program {
            Some(program) => program.clone(),
            None => std::env::current_exe().context("cannot find the running program")?,
        };
        Ok(Self {
            program,
            limits: configuration.parser,
            running: Mutex::new(None),
        })
    }

    /// Reads a document and cuts it into resolutions.
    ///
    /// # Errors
    /// The reason for people, if the bytes cannot be read within the limits.
    pub fn document(
        &self,
        capture: &Capture,
        conference: &Conference,
        bytes: &[u8],
    ) -> Result<(Document, Extraction), String> {
        let job = Job::Document {
            capture: Box::new(capture.clone()),
            conference: Box::new(conference.clone()),
        };
        match self.answer(&job, bytes)? {
            Answer::Document {
                document,
                extraction,
            } => Ok((*document, *extraction)),
            Answer::Failed { reason } => Err(reason),
            Answer::Links { .. } => Err("the parser answered another question".to_owned()),
        }
    }

    fn answer(&self, job: &Job, bytes: &[u8]) -> Result<Answer, String> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let mut process = match running.take() {
            Some(process) => process,
            None => self.start().map_err(|error| format!("{error:#}"))?,
        };
        let time = Duration::from_secs(self.limits.seconds);
        match process.answer(job, bytes, time) {
            Ok(answer) => {
                process.jobs_left -= 1;
                if process.jobs_left > 0 {
                    *running = Some(process);
                } else {
                    process.end();
                }
                Ok(answer)
            }
            Err(reason) => {
                process.end();
                Err(reason)
            }
        }
    }

    fn start(&self) -> anyhow::Result<Running> {
        let mut child = Command::new(&self.program)
            .arg("parse")
            .env_clear()
            .env(MEMORY_VARIABLE, (self.limits.memory_mib << 20).to_string())
            // The process answers many jobs; each of them alone is watched by the clock.
            .env(
                SECONDS_VARIABLE,
                (self.limits.seconds * u64::from(JOBS_PER_PROCESS)).to_string(),
            )
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start the parser `{}`", self.program.display()))?;
        let (Some(stdin), Some(mut stdout)) = (child.stdin.take(), child.stdout.take()) else {
            anyhow::bail!("the parser has no standard streams");
        };
        let (sender, answers) = channel();
        thread::spawn(move || {
            loop {
                let message = read_message(&mut stdout);
                let ended = !matches!(message, Ok(Some(_)));
                if sender.send(message).is_err() || ended {
                    break;
                }
            }
        });
        Ok(Running {
            child,
            stdin: BufWriter::new(stdin),
            answers,
            jobs_left: JOBS_PER_PROCESS,
        })
    }
}

impl Running {
    fn answer(&mut self, job: &Job, bytes: &[u8], time: Duration) -> Result<Answer, String> {
        if write_message(&mut self.stdin, job, bytes).is_err() {
            return Err(self.how_it_ended());
        }
        match self.answers.recv_timeout(time) {
            Ok(Ok(Some((answer, _)))) => Ok(answer),
            Err(RecvTimeoutError::Timeout) => {
                Err(format!("not read within {} seconds", time.as_secs()))
            }
            Ok(_) | Err(RecvTimeoutError::Disconnected) => Err(self.how_it_ended()),
        }
    }

    /// Says how the process ended; out of memory and stack overflow look like signals.
    fn how_it_ended(&mut self) -> String {
        match self.child.wait() {
            Ok(status) => format!(
                "the parser process ended while reading it ({status}); memory and time are limited"
            ),
            Err(error) => format!("the parser process was lost ({error})"),
        }
    }

    /// Ends the process; one that has ended already is no error.
    fn end(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Parser {
    fn drop(&mut self) {
        let running = self
            .running
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(process) = running.take() {
            process.end();
        }
    }
}

impl LinkFinder for Parser {
    fn find_links(&self, page: &PageBytes<'_>) -> Result<FoundLinks, LinkFinderError> {
        let job = Job::Links {
            base: page.base.clone(),
            content_type: page.content_type.map(str::to_owned),
        };
        let failed = |reason| LinkFinderError {
            url: page.base.to_string(),
            reason,
        };
        match self.answer(&job, page.bytes).map_err(failed)? {
            Answer::Links { found } => Ok(found),
            Answer::Failed { reason } => Err(failed(reason)),
            Answer::Document { .. } => {
                Err(failed("the parser answered another question".to_owned()))
            }
        }
    }
}
