//! A run over one site: seeds, then what they lead to, then what is held and nothing leads to any more.

use std::sync::Arc;

use jiff::Timestamp;
use laendersache_archive::Archive;
use laendersache_model::Site;

use crate::{
    error::Error,
    fetcher::Fetcher,
    link_finder::LinkFinder,
    progress::{Progress, Silent},
    report::{CrawlReport, StopReason},
    run::Run,
};

/// Crawls sites; one for all of them, so that its [`Fetcher`] can keep the pace of each host.
pub struct Crawler {
    pub(crate) fetcher: Fetcher,
    pub(crate) link_finder: Arc<dyn LinkFinder>,
    pub(crate) progress: Arc<dyn Progress>,
}

impl Crawler {
    /// Creates a crawler that tells nobody how far it is.
    #[must_use]
    pub fn new(fetcher: Fetcher, link_finder: Arc<dyn LinkFinder>) -> Self {
        Self {
            fetcher,
            link_finder,
            progress: Arc::new(Silent),
        }
    }

    /// Tells somebody how far it is.
    #[must_use]
    pub fn with_progress(mut self, progress: Arc<dyn Progress>) -> Self {
        self.progress = progress;
        self
    }

    /// Crawls a site into the archive, beginning at `now`, and puts the report into the archive as well.
    ///
    /// What fails with one address is in the report and stops nothing. It never deletes anything.
    /// A run that was broken off goes on where it stopped, and one that ended with its night goes on the next night.
    ///
    /// # Errors
    /// [`Error::Pattern`] if the site's entry is wrong; [`Error::Archive`] if the archive fails.
    pub async fn crawl(
        &self,
        site: &Site,
        archive: &Archive,
        now: Timestamp,
    ) -> Result<CrawlReport, Error> {
        self.progress.site_begun(site);
        let report = if site.enabled {
            let mut run = Run::begin(self, site, archive, now)?;
            if run.is_too_late() {
                run.close().await?;
                run = Run::begin(self, site, archive, now)?;
            }
            run.complete().await?
        } else {
            let mut report = CrawlReport::new(site.id.clone(), now);
            report.stopped = Some(StopReason::Disabled);
            report
        };
        self.progress.site_done(&report);
        Ok(report)
    }
}
