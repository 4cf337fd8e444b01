//! `laendersache crawl`: sources → archive. All sites at once, each with its own pace.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use jiff::Timestamp;
use laendersache_archive::Archive;
use laendersache_crawler::{Config, CrawlReport, Crawler, Fetcher};
use laendersache_model::{Site, SiteId};
use serde::Serialize;
use tokio::task::JoinSet;

use crate::{
    Context, ExitStatus,
    arguments::{ConfirmOptions, CrawlOptions},
    configuration::CrawlConfiguration,
    exit_status::usage,
    output,
    parser_process::Parser,
    progress::{CrawlProgress, line},
};

/// What a crawl over all sites did.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct CrawlSummary {
    /// One report per site, by name.
    pub sites: Vec<CrawlReport>,
    /// What somebody must look at.
    pub alarms: Vec<String>,
    /// What the archive holds now.
    pub archive: laendersache_archive::Counts,
}

/// Runs the verb.
pub(crate) fn run(context: &Context, options: &CrawlOptions) -> anyhow::Result<ExitStatus> {
    let _lock = context.configuration.home().lock()?;
    let summary = runtime()?.block_on(crawl(context, &options.sites))?;
    if context.json {
        output::json(&summary)?;
    } else {
        for report in &summary.sites {
            output::line(format_args!("{}", line(report)));
        }
    }
    Ok(status(&summary))
}

/// Runs the verb `confirm`: what a site shows now is right although it is much less than before.
pub(crate) fn confirm(context: &Context, options: &ConfirmOptions) -> anyhow::Result<ExitStatus> {
    let _lock = context.configuration.home().lock()?;
    let sites = sites(context, std::slice::from_ref(&options.site))?;
    let archive = Archive::open(&context.configuration.home().archive())?;
    for site in sites {
        Crawler::confirm_listing(&site.id, &archive, Timestamp::now(), &options.remark)?;
        output::line(format_args!("{}: confirmed; the next run goes on", site.id));
    }
    archive.commit()?;
    Ok(ExitStatus::Ok)
}

/// Errors of single addresses and alarms are told by the exit code.
pub(crate) fn status(summary: &CrawlSummary) -> ExitStatus {
    let flawless =
        summary.alarms.is_empty() && summary.sites.iter().all(|report| report.counts.errors == 0);
    if flawless {
        ExitStatus::Ok
    } else {
        ExitStatus::Partial
    }
}

/// Builds the runtime on which the asynchronous stages run.
pub(crate) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the asynchronous runtime")
}

/// Crawls the named sites, or all enabled ones; the caller holds the writer's lock.
pub(crate) async fn crawl(context: &Context, names: &[String]) -> anyhow::Result<CrawlSummary> {
    let configuration = &context.configuration;
    let sites = sites(context, names)?;
    let archive = Archive::open(&configuration.home().archive())?;
    for repair in archive.repairs() {
        tracing::warn!("the archive was repaired: {repair:?}");
    }
    let parser = Arc::new(Parser::new(configuration)?);
    let fetcher = Fetcher::new(crawler_config(&configuration.crawl)?)?;
    let crawler =
        Arc::new(Crawler::new(fetcher, parser).with_progress(Arc::new(CrawlProgress::new())));
    let mut runs = JoinSet::new();
    for site in sites {
        let (crawler, archive) = (Arc::clone(&crawler), archive.clone());
        runs.spawn(async move {
            (
                site.id.clone(),
                crawler.crawl(&site, &archive, Timestamp::now()).await,
            )
        });
    }
    let mut summary = CrawlSummary::default();
    while let Some(run) = runs.join_next().await {
        let (site, report) = run.context("a crawl was broken off")?;
        add(&mut summary, &site, report)?;
    }
    summary
        .sites
        .sort_by(|left, right| left.site.cmp(&right.site));
    summary.alarms.sort();
    archive.commit()?;
    summary.archive = archive.counts()?;
    Ok(summary)
}

/// A failing archive ends the night; a faulty entry of one site is an alarm and the others go on.
fn add(
    summary: &mut CrawlSummary,
    site: &SiteId,
    report: Result<CrawlReport, laendersache_crawler::Error>,
) -> anyhow::Result<()> {
    match report {
        Ok(report) => {
            summary.alarms.extend(report.alarms());
            summary.sites.push(report);
            Ok(())
        }
        Err(laendersache_crawler::Error::Archive { source, .. }) => {
            Err(source).with_context(|| format!("cannot keep what site `{site}` sends"))
        }
        Err(error) => {
            let error = anyhow::Error::from(error);
            tracing::error!(site.id = %site, "site not crawled: {error:#}");
            summary
                .alarms
                .push(format!("site `{site}` was not crawled: {error:#}"));
            Ok(())
        }
    }
}

fn sites(context: &Context, names: &[String]) -> anyhow::Result<Vec<Site>> {
    let conferences = context.configuration.conferences()?;
    if names.is_empty() {
        let sites = conferences.iter().flat_map(|conference| &conference.sites);
        return Ok(sites.filter(|site| site.enabled).cloned().collect());
    }
    names
        .iter()
        .map(|name| {
            let found = conferences.site(&SiteId(name.clone()));
            found
                .map(|(_, site)| site.clone())
                .ok_or_else(|| usage(format!("there is no site `{name}` in the conference files")))
        })
        .collect()
}

fn crawler_config(crawl: &CrawlConfiguration) -> anyhow::Result<Config> {
    let Some(contact) = &crawl.contact else {
        return Err(usage(
            "no contact: webmasters must know whom to write to; set `contact` under `[crawl]` in laendersache.toml to an address of a page or a mailbox",
        ));
    };
    Ok(Config {
        delay: Duration::from_millis(crawl.delay_ms),
        daily_requests: crawl.daily_requests,
        host_overrides: crawl.hosts.clone(),
        ..Config::new(contact.clone())
    })
}
