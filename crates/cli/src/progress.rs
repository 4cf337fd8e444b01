//! How far long work is: bars on a terminal, one line per step otherwise, always on stderr.

use std::{
    collections::BTreeMap,
    io::IsTerminal,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use laendersache_crawler::{Counts, CrawlReport};
use laendersache_model::{Site, SiteId};

/// Shows one bar for a known number of steps; nothing but its last line without a terminal.
pub(crate) struct Bar {
    bar: Option<ProgressBar>,
    label: &'static str,
}

impl Bar {
    /// Begins a bar.
    pub fn new(label: &'static str, length: u64) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(length);
            bar.set_style(style("{msg:12} {bar:32} {pos}/{len} {eta}"));
            bar.set_message(label);
            bar
        });
        Self { bar, label }
    }

    /// Sets how many steps are done.
    pub fn set(&self, done: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        }
    }

    /// Ends the bar with a line that stays.
    pub fn finish(self, line: &str) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        eprintln!("{}: {line}", self.label);
    }
}

/// Shows a line per site that is crawled.
pub(crate) struct CrawlProgress {
    bars: Option<MultiProgress>,
    by_site: Mutex<BTreeMap<SiteId, ProgressBar>>,
}

impl CrawlProgress {
    /// Begins to show.
    pub fn new() -> Self {
        Self {
            bars: std::io::stderr().is_terminal().then(MultiProgress::new),
            by_site: Mutex::new(BTreeMap::new()),
        }
    }

    fn with_bar(&self, site: &SiteId, act: impl FnOnce(&ProgressBar)) {
        let by_site = self.by_site.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = by_site.get(site) {
            act(bar);
        }
    }
}

impl laendersache_crawler::Progress for CrawlProgress {
    fn site_begun(&self, site: &Site) {
        if let Some(bars) = &self.bars {
            let bar = bars.add(ProgressBar::new(0));
            bar.set_style(style("{prefix:24} {bar:24} {pos}/{len} {msg}"));
            bar.set_prefix(site.id.0.clone());
            bar.enable_steady_tick(Duration::from_millis(250));
            let mut by_site = self.by_site.lock().unwrap_or_else(PoisonError::into_inner);
            by_site.insert(site.id.clone(), bar);
        }
    }

    fn address_done(&self, site: &SiteId, counts: &Counts, waiting: usize) {
        self.with_bar(site, |bar| {
            bar.set_length(counts.addresses + waiting as u64);
            bar.set_position(counts.addresses);
            bar.set_message(format!(
                "{} new, {} not modified",
                counts.new, counts.not_modified
            ));
        });
    }

    fn site_done(&self, report: &CrawlReport) {
        self.with_bar(&report.site, ProgressBar::finish_and_clear);
        eprintln!("crawl: {}", line(report));
    }
}

/// Returns what a run over a site did in one line.
pub(crate) fn line(report: &CrawlReport) -> String {
    let counts = &report.counts;
    format!(
        "{}: {} addresses, {} new, {} changed, {} unchanged, {} not modified, {} gone, {} refused by robots.txt, {} errors, {} kB in {:.1} s",
        report.site,
        counts.addresses,
        counts.new,
        counts.changed,
        counts.unchanged,
        counts.not_modified,
        counts.gone,
        counts.refused_by_robots,
        counts.errors,
        counts.received_bytes / 1_000,
        Duration::from_millis(report.duration_ms).as_secs_f64(),
    )
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
