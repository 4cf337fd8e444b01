//! What a run is going to ask for: links, sitemaps, and what is held although nothing leads to it.

use std::sync::Arc;

use url::Url;

use crate::{
    canonical::canonical,
    error::{Error, FetchError},
    frontier::Step,
    gate,
    patterns::Role,
    report::{Event, StopReason},
    run::Run,
};

/// A site with more sitemaps than this names the others in one of them.
const MAX_SITEMAPS: usize = 20;

impl Run<'_> {
    /// Queues an address of the site that was not met before; seeds are walked through whatever the patterns say.
    pub(crate) fn queue(&mut self, url: &Url, depth: u32, linked_from: Option<&Arc<Url>>) {
        if let Err(refusal) = gate::check(url, &self.site.hosts) {
            match linked_from {
                Some(_) => self.report.counts.off_site_links += 1,
                None => self.fail(url, None, FetchError::Refused(refusal)),
            }
            return;
        }
        let canonical = canonical(url, &self.site.hosts);
        let role = self.role(&canonical, depth);
        let too_deep = depth > self.site.max_depth;
        if too_deep || role.is_none() || !self.frontier.meet(&canonical) {
            return;
        }
        if role.is_some_and(Role::is_document) {
            self.report.counts.documents_seen += 1;
        }
        self.frontier.push(Step {
            url: url.clone(),
            depth,
            linked_from: linked_from.cloned(),
        });
    }

    /// Sitemaps that `robots.txt` names are walked through like seeds, behind the same gate.
    pub(crate) async fn queue_sitemaps(&mut self) -> Result<(), Error> {
        let Some(seed) = self.site.seeds.first() else {
            return Ok(());
        };
        if gate::check(seed, &self.site.hosts).is_err() {
            return Ok(());
        }
        let robots = self.robots(seed).await?;
        for sitemap in robots.sitemaps().iter().take(MAX_SITEMAPS) {
            let Ok(url) = seed.join(sitemap) else {
                continue;
            };
            if gate::check(&url, &self.site.hosts).is_ok() {
                self.queue(&url, 0, None);
            }
        }
        Ok(())
    }

    /// Returns what an address at a depth is to this run.
    pub(crate) fn role(&self, canonical: &Url, depth: u32) -> Option<Role> {
        let role = self.patterns.role(canonical);
        if depth > 0 {
            return role;
        }
        match role {
            Some(Role::Document | Role::PageAndDocument) => Some(Role::PageAndDocument),
            _ => Some(Role::Page),
        }
    }

    /// A site that leads to far fewer documents than before is left alone until somebody has looked.
    pub(crate) fn compare_with_last_run(&mut self) {
        if self.report.is_listing_incomplete {
            return;
        }
        let now = self.report.counts.documents_seen;
        if let Some(before) = self.past.shrunken_from(now) {
            self.report.push_event(Event::Shrunken { before, now });
            self.report.stopped = Some(StopReason::ListingShrunken);
        }
    }

    /// What is held is asked for even if no page leads to it, or nobody would notice that it is gone.
    pub(crate) fn queue_what_nothing_leads_to(&mut self) {
        for url in std::mem::take(&mut self.held) {
            let Some(role) = self.patterns.role(&url) else {
                continue;
            };
            if !self.frontier.meet(&url) {
                continue;
            }
            let all_was_seen = !self.report.is_listing_incomplete;
            if all_was_seen && role.is_document() && !self.past.knows_unlinked(&url) {
                self.report
                    .push_event(Event::NoLongerLinked { url: url.clone() });
            }
            self.frontier.push(Step {
                url,
                depth: self.site.max_depth,
                linked_from: None,
            });
        }
    }
}
