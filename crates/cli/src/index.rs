//! `laendersache index`: corpus → a new index generation, unless nothing has changed.

use std::ops::ControlFlow;

use anyhow::Context as _;
use jiff::Timestamp;
use laendersache_corpus::Corpus;
use laendersache_indexer::{BuildSettings, Outcome, Progress, build_corpus};
use serde::Serialize;

use crate::{Context, ExitStatus, output, progress::Bar};

/// What an index run did.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IndexReport {
    /// Name of the generation that serves now.
    pub generation: String,
    /// False if the corpus had not changed.
    pub built: bool,
}

/// Runs the verb.
pub(crate) fn run(context: &Context) -> anyhow::Result<ExitStatus> {
    let _lock = context.configuration.home().lock()?;
    let report = index(context)?;
    if context.json {
        output::json(&report)?;
    } else {
        output::line(format_args!(
            "generation {} {}",
            report.generation,
            if report.built {
                "built"
            } else {
                "is up to date"
            }
        ));
    }
    Ok(ExitStatus::Ok)
}

/// Builds a generation from the corpus; the caller holds the writer's lock.
pub(crate) fn index(context: &Context) -> anyhow::Result<IndexReport> {
    let home = context.configuration.home();
    let corpus = Corpus::open_read_only(&home.corpus())
        .context("there is nothing to index; run `extract` first")?;
    let conferences = context.configuration.conferences()?;
    let revision = corpus.revision()?;
    let settings = BuildSettings {
        dir: &home.index(),
        corpus_revision: &revision,
        built_at: Timestamp::now(),
        threads: None,
    };
    let bar = Bar::new("index", corpus.counts()?.resolutions);
    let outcome = build_corpus(&corpus, &conferences, &settings, &mut |progress| {
        if let Progress::Records(done) = progress {
            bar.set(done);
        }
        ControlFlow::Continue(())
    })?;
    let report = IndexReport {
        generation: outcome.generation().name.clone(),
        built: matches!(outcome, Outcome::Built(_)),
    };
    bar.finish(&format!(
        "generation {} {}",
        report.generation,
        if report.built {
            "built"
        } else {
            "is up to date"
        }
    ));
    Ok(report)
}
