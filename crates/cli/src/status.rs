//! `laendersache status`: what is held, how old it is and how the last night went.

use std::fs;

use anyhow::Context as _;
use jiff::Timestamp;
use laendersache_archive::Archive;
use laendersache_corpus::Corpus;
use laendersache_searcher::Searcher;
use serde::Serialize;

use crate::{Context, ExitStatus, output};

/// What the program holds; what does not exist yet is `None`.
#[derive(Debug, Serialize)]
struct Status {
    home: String,
    archive: Option<laendersache_archive::Counts>,
    corpus: Option<laendersache_corpus::Counts>,
    generation: Option<Generation>,
    last_night: Option<LastNight>,
    quarantine: Vec<laendersache_corpus::QuarantineRow>,
}

#[derive(Debug, Serialize)]
struct Generation {
    name: String,
    resolutions: u64,
    built_at: Timestamp,
    damage: Vec<String>,
}

#[derive(Debug, Serialize)]
struct LastNight {
    started_at: Timestamp,
    ended_at: Timestamp,
    alarms: Vec<String>,
    errors: u64,
}

/// Runs the verb.
pub(crate) fn run(context: &Context) -> anyhow::Result<ExitStatus> {
    let status = status(context)?;
    if context.json {
        output::json(&status)?;
    } else {
        print(&status);
    }
    let nothing = status.archive.is_none() && status.corpus.is_none();
    Ok(if nothing {
        ExitStatus::NothingFound
    } else {
        ExitStatus::Ok
    })
}

fn status(context: &Context) -> anyhow::Result<Status> {
    let home = context.configuration.home();
    let archive = match home.archive().exists() {
        true => Some(Archive::open_read_only(&home.archive())?.counts()?),
        false => None,
    };
    let corpus = match home.corpus().exists() {
        true => Some(Corpus::open_read_only(&home.corpus())?),
        false => None,
    };
    let generation = match home.index().join("current").exists() {
        true => Some(generation(&Searcher::open(&home.index())?)),
        false => None,
    };
    Ok(Status {
        home: context.configuration.home.display().to_string(),
        archive,
        quarantine: corpus
            .as_ref()
            .map(Corpus::quarantined)
            .transpose()?
            .unwrap_or_default(),
        corpus: corpus.map(|corpus| corpus.counts()).transpose()?,
        generation,
        last_night: last_night(context)?,
    })
}

fn generation(searcher: &Searcher) -> Generation {
    let health = searcher.health();
    Generation {
        name: health.generation,
        resolutions: health.documents,
        built_at: health.built_at,
        damage: health.damage,
    }
}

/// Returns when the last recorded night ended.
pub(crate) fn last_crawl(context: &Context) -> anyhow::Result<Option<Timestamp>> {
    Ok(last_night(context)?.map(|night| night.ended_at))
}

fn last_night(context: &Context) -> anyhow::Result<Option<LastNight>> {
    let path = context.configuration.home().runs().join("latest.json");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read `{}`", path.display()));
        }
    };
    let record: serde_json::Value = serde_json::from_str(&text)
        .with_context(|| format!("run record `{}` is damaged", path.display()))?;
    let time = |name: &str| {
        record[name]
            .as_str()
            .and_then(|time| time.parse::<Timestamp>().ok())
    };
    let (Some(started_at), Some(ended_at)) = (time("started_at"), time("ended_at")) else {
        anyhow::bail!("run record `{}` does not say when it was", path.display());
    };
    let crawl = &record["crawl"];
    let alarms = crawl["alarms"].as_array().into_iter().flatten();
    let sites = crawl["sites"].as_array().into_iter().flatten();
    Ok(Some(LastNight {
        started_at,
        ended_at,
        alarms: alarms
            .filter_map(|alarm| alarm.as_str().map(str::to_owned))
            .collect(),
        errors: sites
            .filter_map(|site| site["counts"]["errors"].as_u64())
            .sum(),
    }))
}

fn print(status: &Status) {
    output::line(format_args!("home: {}", status.home));
    output::line(format_args!("archive: {}", archive_line(status)));
    output::line(format_args!("corpus: {}", corpus_line(status)));
    output::line(format_args!("index: {}", index_line(status)));
    output::line(format_args!("last night: {}", night_line(status)));
    for alarm in status.last_night.iter().flat_map(|night| &night.alarms) {
        output::line(format_args!("alarm: {alarm}"));
    }
    for damage in status
        .generation
        .iter()
        .flat_map(|generation| &generation.damage)
    {
        output::line(format_args!("damaged: {damage}"));
    }
    for row in &status.quarantine {
        output::line(format_args!("set aside: {} ({})", row.url, row.reason));
    }
}

fn archive_line(status: &Status) -> String {
    let Some(archive) = &status.archive else {
        return "none yet; run `laendersache crawl`".to_owned();
    };
    format!(
        "{} captures of {} contents in {} files, {} kB",
        archive.captures,
        archive.payloads,
        archive.files,
        archive.warc_bytes / 1_000
    )
}

fn corpus_line(status: &Status) -> String {
    let Some(corpus) = &status.corpus else {
        return "none yet; run `laendersache extract`".to_owned();
    };
    format!(
        "{} documents ({} unreadable), {} meetings, {} resolutions, {} wordings",
        corpus.documents, corpus.quarantined, corpus.meetings, corpus.resolutions, corpus.versions
    )
}

fn index_line(status: &Status) -> String {
    let Some(generation) = &status.generation else {
        return "none yet; run `laendersache index`".to_owned();
    };
    format!(
        "generation {} of {} with {} resolutions",
        generation.name, generation.built_at, generation.resolutions
    )
}

fn night_line(status: &Status) -> String {
    let Some(night) = &status.last_night else {
        return "none recorded".to_owned();
    };
    format!(
        "{} to {}, {} errors",
        night.started_at, night.ended_at, night.errors
    )
}
