//! `laendersache nightly`: crawl, extract and index under one lock, with a record of the run.

use std::{fs, path::Path};

use anyhow::Context as _;
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    Context, ExitStatus,
    crawl::{self, CrawlSummary},
    extract::{self, ExtractReport},
    index::{self, IndexReport},
    output,
};

/// What a night did; kept as `runs/<begin>.json` and `runs/latest.json`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NightReport {
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// What was fetched.
    pub crawl: CrawlSummary,
    /// What was read.
    pub extract: ExtractReport,
    /// What was indexed.
    pub index: IndexReport,
}

/// Runs the verb.
pub(crate) fn run(context: &Context) -> anyhow::Result<ExitStatus> {
    let report = crawl::runtime()?.block_on(nightly(context))?;
    if context.json {
        output::json(&report)?;
    } else {
        output::line(format_args!("{}", summary(&report)));
    }
    Ok(status(&report))
}

/// Runs the whole line once and records it.
pub(crate) async fn nightly(context: &Context) -> anyhow::Result<NightReport> {
    let home = context.configuration.home();
    let _lock = home.lock()?;
    let started_at = Timestamp::now();
    let crawl = crawl::crawl(context, &[]).await?;
    let for_derived = context.clone();
    let (extract, index) = tokio::task::spawn_blocking(move || -> anyhow::Result<_> {
        Ok((extract::extract(&for_derived)?, index::index(&for_derived)?))
    })
    .await
    .context("extraction was broken off")??;
    let report = NightReport {
        started_at,
        ended_at: Timestamp::now(),
        crawl,
        extract,
        index,
    };
    record(&home.runs(), &report)?;
    Ok(report)
}

fn status(report: &NightReport) -> ExitStatus {
    match (
        crawl::status(&report.crawl),
        extract::status(&report.extract),
    ) {
        (ExitStatus::Ok, ExitStatus::Ok) => ExitStatus::Ok,
        _ => ExitStatus::Partial,
    }
}

/// Returns the figures of a night for people.
pub(crate) fn summary(report: &NightReport) -> String {
    let counts = &report.extract.counts;
    let mut lines = vec![format!(
        "{} captures of {} contents in the archive, {} documents, {} meetings, {} resolutions; generation {}",
        report.crawl.archive.captures,
        report.crawl.archive.payloads,
        counts.documents,
        counts.meetings,
        counts.resolutions,
        report.index.generation,
    )];
    lines.extend(
        report
            .crawl
            .alarms
            .iter()
            .map(|alarm| format!("alarm: {alarm}")),
    );
    lines.join("\n")
}

fn record(directory: &Path, report: &NightReport) -> anyhow::Result<()> {
    let named = || format!("cannot record the run in `{}`", directory.display());
    fs::create_dir_all(directory).with_context(named)?;
    let text = serde_json::to_string_pretty(report)?;
    let name = report.started_at.strftime("%Y%m%dT%H%M%SZ");
    for name in [format!("{name}.json"), "latest.json".to_owned()] {
        let partial = directory.join(format!("{name}.tmp"));
        fs::write(&partial, &text).with_context(named)?;
        fs::rename(&partial, directory.join(name)).with_context(named)?;
    }
    Ok(())
}
