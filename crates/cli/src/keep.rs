//! `laendersache verify`, `history` and `get`: what the archive holds, and whether it is whole.

use std::io::{self, Write};

use anyhow::Context as _;
use laendersache_archive::Archive;
use laendersache_model::{Conferences, Digest};
use url::Url;

use crate::{
    Context, ExitStatus,
    arguments::{GetOptions, HistoryOptions},
    exit_status::usage,
    output,
};

/// Reads every record again and compares every digest and the catalog with the files.
pub(crate) fn verify(context: &Context) -> anyhow::Result<ExitStatus> {
    let report = archive(context)?.verify()?;
    if context.json {
        output::json(&report)?;
    } else {
        let counts = &report.counts;
        output::line(format_args!(
            "{} captures of {} contents in {} files, {} kB: {}",
            counts.captures,
            counts.payloads,
            counts.files,
            counts.warc_bytes / 1_000,
            if report.is_sound() {
                "sound"
            } else {
                "damaged"
            }
        ));
        for damage in &report.damages {
            output::line(format_args!("damaged: {damage:?}"));
        }
    }
    Ok(if report.is_sound() {
        ExitStatus::Ok
    } else {
        ExitStatus::Integrity
    })
}

/// Lists every capture of an address.
pub(crate) fn history(context: &Context, options: &HistoryOptions) -> anyhow::Result<ExitStatus> {
    let conferences = context.configuration.conferences()?;
    let url = canonical(&conferences, &options.url)?;
    let entries = archive(context)?.history(&url)?;
    let captures: Vec<_> = entries.into_iter().map(|entry| entry.capture).collect();
    if context.json {
        output::json(&captures)?;
    } else {
        for capture in &captures {
            output::line(format_args!(
                "{} {} {} {} bytes{}",
                capture.fetched_at,
                capture.status,
                capture.digest,
                capture.size_bytes,
                if capture.revisit { ", held before" } else { "" }
            ));
        }
    }
    Ok(found(!captures.is_empty()))
}

/// Writes the bytes of a content to stdout, exactly as they were captured.
pub(crate) fn get(context: &Context, options: &GetOptions) -> anyhow::Result<ExitStatus> {
    let archive = archive(context)?;
    let digest = match options.content.parse::<Digest>() {
        Ok(digest) => digest,
        Err(_) => {
            let url = canonical(&context.configuration.conferences()?, &options.content)?;
            let Some(capture) = archive.latest_held(&url)? else {
                return Ok(ExitStatus::NothingFound);
            };
            capture.digest
        }
    };
    let bytes = match archive.get(&digest) {
        Err(laendersache_archive::Error::UnknownDigest(_)) => return Ok(ExitStatus::NothingFound),
        bytes => bytes?,
    };
    match io::stdout().lock().write_all(&bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write the content to stdout")
        }
        _ => Ok(ExitStatus::Ok),
    }
}

fn archive(context: &Context) -> anyhow::Result<Archive> {
    Archive::open_read_only(&context.configuration.home().archive())
        .context("there is no archive to read; run `laendersache crawl` first")
}

/// Returns the address under which captures of a typed address are kept.
fn canonical(conferences: &Conferences, typed: &str) -> anyhow::Result<Url> {
    let url: Url = typed.parse().map_err(|error| {
        usage(format!(
            "`{typed}` is neither a digest nor an address: {error}"
        ))
    })?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let mut sites = conferences.iter().flat_map(|conference| &conference.sites);
    let hosts = sites
        .find(|site| site.hosts.contains(&host))
        .map(|site| site.hosts.clone())
        .unwrap_or_default();
    Ok(laendersache_crawler::canonical(&url, &hosts))
}

fn found(any: bool) -> ExitStatus {
    if any {
        ExitStatus::Ok
    } else {
        ExitStatus::NothingFound
    }
}
