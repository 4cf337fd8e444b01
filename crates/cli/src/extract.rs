//! `laendersache extract`: archive → corpus. Reads every archived document that was not read yet.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use laendersache_archive::{Archive, Entry};
use laendersache_corpus::{Changes, Corpus, Counts};
use laendersache_model::{Conference, Conferences, SiteId};
use regex::RegexSet;
use serde::Serialize;

use crate::{Context, ExitStatus, home::Home, output, parser_process::Parser, progress::Bar};

/// Captures are read from the catalog in parts of this size.
const CAPTURES_PER_READ: usize = 500;

/// Key under which the corpus keeps the version of the rules it was extracted with.
const VERSION_KEY: &str = "extractor";

/// What an extraction did.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ExtractReport {
    /// What changed in the corpus.
    pub changes: Changes,
    /// Documents that could not be read in this run.
    pub quarantined: u64,
    /// True if the corpus was made anew because the rules have changed.
    pub rebuilt: bool,
    /// What the corpus holds now.
    pub counts: Counts,
    /// Content of the corpus now; equal revisions mean equal content.
    pub revision: String,
}

/// Runs the verb.
pub(crate) fn run(context: &Context) -> anyhow::Result<ExitStatus> {
    let _lock = context.configuration.home().lock()?;
    let report = extract(context)?;
    if context.json {
        output::json(&report)?;
    } else {
        output::line(format_args!(
            "{} documents, {} meetings, {} resolutions",
            report.counts.documents, report.counts.meetings, report.counts.resolutions
        ));
    }
    Ok(status(&report))
}

/// A document that could not be read is told by the exit code.
pub(crate) fn status(report: &ExtractReport) -> ExitStatus {
    if report.quarantined == 0 {
        ExitStatus::Ok
    } else {
        ExitStatus::Partial
    }
}

/// Reads what is new in the archive into the corpus; the caller holds the writer's lock.
pub(crate) fn extract(context: &Context) -> anyhow::Result<ExtractReport> {
    let home = context.configuration.home();
    let archive = Archive::open_read_only(&home.archive())?;
    let rebuild = corpus_is_of_another_version(&home)?;
    let path = if rebuild {
        fresh_path(&home)?
    } else {
        home.corpus()
    };
    let mut corpus = Corpus::open(&path)?;
    corpus.set_meta(VERSION_KEY, laendersache_extractor::VERSION)?;
    let mut report = read_captures(context, &archive, &mut corpus)?;
    report.rebuilt = rebuild;
    report.counts = corpus.counts()?;
    report.revision = corpus.revision()?;
    drop(corpus);
    if rebuild {
        replace(&path, &home.corpus())?;
    }
    Ok(report)
}

fn read_captures(
    context: &Context,
    archive: &Archive,
    corpus: &mut Corpus,
) -> anyhow::Result<ExtractReport> {
    let conferences = context.configuration.conferences()?;
    let sites = document_sites(&conferences)?;
    let parser = Parser::new(&context.configuration)?;
    let bar = Bar::new("extract", archive.counts()?.captures);
    let mut report = ExtractReport::default();
    let mut sequence = 0;
    loop {
        let entries = archive.captures_since(sequence, CAPTURES_PER_READ)?;
        let Some(last) = entries.last() else { break };
        sequence = last.sequence;
        for entry in &entries {
            read_capture(
                entry,
                &Reading {
                    archive,
                    sites: &sites,
                    parser: &parser,
                },
                corpus,
                &mut report,
            )?;
            bar.set(entry.sequence);
        }
    }
    let changes = report.changes;
    bar.finish(&format!(
        "{} new documents, {} new resolutions, {} new wordings, {} new sources, {} unreadable",
        changes.documents, changes.works, changes.versions, changes.sources, report.quarantined
    ));
    Ok(report)
}

/// What is needed to read one capture.
struct Reading<'a> {
    archive: &'a Archive,
    sites: &'a BTreeMap<SiteId, (&'a Conference, RegexSet)>,
    parser: &'a Parser,
}

fn read_capture(
    entry: &Entry,
    reading: &Reading<'_>,
    corpus: &mut Corpus,
    report: &mut ExtractReport,
) -> anyhow::Result<()> {
    let capture = &entry.capture;
    let Some((conference, documents)) = reading.sites.get(&capture.site) else {
        return Ok(());
    };
    let is_document = capture.status == 200 && documents.is_match(capture.url.as_str());
    if !is_document || corpus.knows(&capture.digest, capture.url.as_str())? {
        return Ok(());
    }
    let bytes = reading
        .archive
        .get(&capture.digest)
        .with_context(|| format!("cannot read the capture of `{}`", capture.url))?;
    match reading.parser.document(capture, conference, &bytes) {
        Ok((document, extraction)) => {
            for warning in &extraction.warnings {
                tracing::warn!(url = %capture.url, code = warning.code, "{}", warning.message);
            }
            report.changes += corpus.apply(&document, &extraction)?;
        }
        Err(reason) => {
            tracing::error!(url = %capture.url, digest = %capture.digest, "document set aside: {reason}");
            corpus.quarantine(capture, &reason)?;
            report.quarantined += 1;
        }
    }
    Ok(())
}

/// Returns for every site its conference and the patterns of its documents.
fn document_sites(
    conferences: &Conferences,
) -> anyhow::Result<BTreeMap<SiteId, (&Conference, RegexSet)>> {
    let mut sites = BTreeMap::new();
    for conference in conferences.iter() {
        for site in &conference.sites {
            let patterns = RegexSet::new(&site.document).with_context(|| {
                format!(
                    "site `{}` has a `document` pattern that is no regular expression",
                    site.id
                )
            })?;
            sites.insert(site.id.clone(), (conference, patterns));
        }
    }
    Ok(sites)
}

fn corpus_is_of_another_version(home: &Home) -> anyhow::Result<bool> {
    if !home.corpus().exists() {
        return Ok(false);
    }
    let version = Corpus::open(&home.corpus())?.meta(VERSION_KEY)?;
    Ok(version.is_some_and(|version| version != laendersache_extractor::VERSION))
}

fn fresh_path(home: &Home) -> anyhow::Result<PathBuf> {
    let path = home.corpus().with_extension("new");
    for file in files_of(&path) {
        if file.exists() {
            fs::remove_file(&file)
                .with_context(|| format!("cannot remove `{}`", file.display()))?;
        }
    }
    Ok(path)
}

/// Puts the new corpus in the place of the old one; readers keep the old file until they open it again.
fn replace(new: &Path, old: &Path) -> anyhow::Result<()> {
    for journal in files_of(old)
        .into_iter()
        .skip(1)
        .filter(|file| file.exists())
    {
        fs::remove_file(&journal)
            .with_context(|| format!("cannot remove `{}`", journal.display()))?;
    }
    fs::rename(new, old).with_context(|| format!("cannot replace `{}`", old.display()))
}

/// A SQLite file and the journals that may lie beside it.
fn files_of(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}
