//! What a run over one site did and found: plain data, kept in the archive and shown to people.

use jiff::Timestamp;
use laendersache_model::{Digest, SiteId};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::FetchError;

/// Errors, and events of new and changed content, beyond this number are counted but not listed.
pub(crate) const MAX_LISTED: usize = 1_000;
/// Other events are listed up to this number of all.
const MAX_LISTED_OTHERS: usize = 10_000;

/// How many addresses had which fate, and how much was transferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Addresses that were asked for.
    pub addresses: u64,
    /// Requests that were sent: with redirects, repetitions and `robots.txt`.
    pub requests: u64,
    /// Addresses of which content was received for the first time.
    pub new: u64,
    /// Addresses whose content has become another.
    pub changed: u64,
    /// Addresses whose bytes have become others, but not the text of the page, only what stands around it.
    pub same_text: u64,
    /// Addresses that sent the content that was held already.
    pub unchanged: u64,
    /// Addresses that said that nothing has changed (304).
    pub not_modified: u64,
    /// Redirects that were received.
    pub redirects: u64,
    /// Addresses that say that there is nothing (404, 410).
    pub gone: u64,
    /// Captures whose payload was held already, so that only a revisit was written.
    pub revisits: u64,
    /// Answers that were taken over from a run before that did not come to its end.
    pub taken_over: u64,
    /// Addresses that `robots.txt` forbids.
    pub refused_by_robots: u64,
    /// Links that lead to other hosts.
    pub off_site_links: u64,
    /// Documents to which a link was seen.
    pub documents_seen: u64,
    /// Addresses without a usable answer.
    pub errors: u64,
    /// Bytes of the payloads as received.
    pub received_bytes: u64,
    /// Bytes of the payloads, unpacked.
    pub payload_bytes: u64,
}

/// An address without a usable answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrlError {
    /// The address as it was asked for.
    pub url: Url,
    /// The page on which the link stood; `None` for seeds and for what was held before.
    pub linked_from: Option<Url>,
    /// The reason, for programs.
    pub error: FetchError,
    /// The reason, for people.
    pub message: String,
}

/// Something that people may want to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum Event {
    /// Content was received from this address for the first time.
    New {
        /// The canonical address.
        url: Url,
        /// The payload.
        digest: Digest,
    },
    /// The content has become another.
    Changed {
        /// The canonical address.
        url: Url,
        /// The payload that was held.
        before: Digest,
        /// The payload that came.
        now: Digest,
    },
    /// The kind of content has become another, as when a page takes the place of a document.
    TypeChanged {
        /// The canonical address.
        url: Url,
        /// The `Content-Type` that was held.
        before: String,
        /// The `Content-Type` that came.
        now: String,
    },
    /// The address, of which content is held, says that there is nothing; reported in every run.
    Missed {
        /// The canonical address.
        url: Url,
        /// 404, 410, or the status of the excuse that came in place of the content.
        status: u16,
    },
    /// The address has said so often enough, over long enough: gone at the source, kept here.
    Vanished {
        /// The canonical address.
        url: Url,
        /// Since when.
        since: Timestamp,
    },
    /// The address has content again.
    Returned {
        /// The canonical address.
        url: Url,
    },
    /// The address leads to another one of the site.
    Moved {
        /// The canonical address.
        url: Url,
        /// The canonical address to which it leads.
        to: Url,
    },
    /// The address leads to a host that does not belong to the site, or that is forbidden.
    LeftSite {
        /// The canonical address.
        url: Url,
        /// What it leads to, as the server wrote it.
        to: String,
    },
    /// An answer 200 whose page only says that there is nothing.
    SoftNotFound {
        /// The canonical address.
        url: Url,
        /// The title of the page.
        title: String,
    },
    /// The host seems to belong to a dealer in domains now.
    Parked {
        /// The canonical address.
        url: Url,
        /// The title of the page.
        title: String,
    },
    /// What the host allows has become another.
    RobotsChanged {
        /// The address of `robots.txt`.
        url: Url,
        /// The payload that was held.
        before: Digest,
        /// The payload that came.
        now: Digest,
    },
    /// Content that is held, whose address nothing on the site leads to any more.
    NoLongerLinked {
        /// The canonical address.
        url: Url,
    },
    /// The site leads to far fewer documents than in its last complete run: somebody must look.
    Shrunken {
        /// Documents then.
        before: u64,
        /// Documents now.
        now: u64,
    },
}

/// Why a run ended before everything was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// The site must not be crawled, by its entry.
    Disabled,
    /// The limit of addresses of one run.
    PageBudget,
    /// The limit of requests of one day.
    DailyBudget,
    /// The server asked for a long pause.
    AskedToComeBackLater,
    /// No answer to several requests in a row.
    NoAnswers,
    /// The site could not say what it allows.
    RobotsUnreachable,
    /// The host seems to belong to a dealer in domains now.
    Parked,
    /// More than a fifth of what is held is missing at its source.
    TooManyMissed,
    /// The site leads to far fewer documents than before; [`crate::Crawler::confirm_listing`] lets it go on.
    ListingShrunken,
    /// The hours are over in which sites may be asked.
    NightOver,
    /// The run was broken off, and not taken up again in time; what it had fetched is reported.
    BrokenOff,
}

/// What a run over one site did and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrawlReport {
    /// The site.
    pub site: SiteId,
    /// When the run began.
    pub started_at: Timestamp,
    /// How long it took.
    pub duration_ms: u64,
    /// How many addresses had which fate.
    pub counts: Counts,
    /// Addresses without a usable answer; at most 1 000 are listed.
    pub errors: Vec<UrlError>,
    /// What people may want to know; at most 1 000 of new and changed content are listed, and 10 000 of all.
    pub events: Vec<Event>,
    /// Why the run ended early; `None` if everything was asked for.
    pub stopped: Option<StopReason>,
    /// When the run was taken up again after it had been broken off.
    #[serde(default)]
    pub resumed_at: Option<Timestamp>,
    /// When the first of the runs began that ended with their night, and that this run goes on from.
    #[serde(default)]
    pub continues: Option<Timestamp>,
    /// True if a page that leads on could not be read, so that there may be more documents than were seen.
    #[serde(default)]
    pub is_listing_incomplete: bool,
}

impl CrawlReport {
    /// Begins the report of a run.
    pub(crate) fn new(site: SiteId, started_at: Timestamp) -> Self {
        Self {
            site,
            started_at,
            duration_ms: 0,
            counts: Counts::default(),
            errors: Vec::new(),
            events: Vec::new(),
            stopped: None,
            resumed_at: None,
            continues: None,
            is_listing_incomplete: false,
        }
    }

    /// Returns what somebody must look at; empty after a run as it should be.
    ///
    /// Silence is an error: a site that gave nothing at all is named here too.
    #[must_use]
    pub fn alarms(&self) -> Vec<String> {
        let mut alarms = Vec::new();
        let counts = &self.counts;
        let answers =
            counts.new + counts.changed + counts.same_text + counts.unchanged + counts.not_modified;
        let was_asked = !matches!(
            self.stopped,
            Some(StopReason::Disabled | StopReason::NightOver)
        );
        if answers == 0 && was_asked {
            alarms.push(format!("site `{}` gave no content at all", self.site));
        }
        if self.stopped == Some(StopReason::TooManyMissed) {
            alarms.push(format!(
                "more than a fifth of what is held of site `{}` is missing there",
                self.site
            ));
        }
        for event in &self.events {
            match event {
                Event::Shrunken { before, now } => alarms.push(format!(
                    "site `{}` leads to {now} documents where it led to {before}",
                    self.site
                )),
                Event::Parked { url, title } => {
                    alarms.push(format!("`{url}` looks like a domain for sale: \"{title}\""))
                }
                Event::TypeChanged { url, before, now } => {
                    alarms.push(format!("`{url}` was `{before}` and is now `{now}`"))
                }
                Event::LeftSite { url, to } => {
                    alarms.push(format!("`{url}` leads away from the site, to `{to}`"));
                }
                _ => {}
            }
        }
        alarms
    }

    pub(crate) fn push_event(&mut self, event: Event) {
        // Thousands of new addresses must not hide the one event that somebody has to see.
        let limit = match event {
            Event::New { .. } | Event::Changed { .. } => MAX_LISTED,
            _ => MAX_LISTED_OTHERS,
        };
        if self.events.len() < limit {
            self.events.push(event);
        }
    }

    pub(crate) fn push_error(&mut self, error: UrlError) {
        self.counts.errors += 1;
        if self.errors.len() < MAX_LISTED {
            self.errors.push(error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> CrawlReport {
        CrawlReport::new(SiteId("intmk-zentral".into()), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn silence_is_an_alarm_unless_the_site_is_switched_off() {
        let mut report = report();
        assert_eq!(
            report.alarms(),
            ["site `intmk-zentral` gave no content at all"]
        );
        report.counts.not_modified = 1;
        assert!(report.alarms().is_empty());
        report.counts.not_modified = 0;
        report.stopped = Some(StopReason::Disabled);
        assert!(report.alarms().is_empty());
    }

    #[test]
    fn a_site_that_shrinks_is_an_alarm() {
        let mut report = report();
        report.counts.unchanged = 3;
        report.push_event(Event::Shrunken { before: 10, now: 4 });
        assert_eq!(
            report.alarms(),
            ["site `intmk-zentral` leads to 4 documents where it led to 10"]
        );
    }

    #[test]
    fn a_flood_of_errors_is_counted_but_not_kept() {
        let mut report = report();
        for number in 0..2_000 {
            report.push_error(UrlError {
                url: Url::parse(&format!("http://a.example/{number}")).unwrap(),
                linked_from: None,
                error: FetchError::Status(500),
                message: String::new(),
            });
        }
        assert_eq!(
            (report.counts.errors, report.errors.len()),
            (2_000, MAX_LISTED)
        );
    }

    #[test]
    fn a_flood_of_new_addresses_hides_no_alarm() {
        let mut report = report();
        for number in 0..2_000 {
            report.push_event(Event::New {
                url: Url::parse(&format!("http://a.example/{number}")).unwrap(),
                digest: Digest::from_bytes([0; 32]),
            });
        }
        report.push_event(Event::Shrunken { before: 9, now: 1 });
        assert_eq!(report.events.len(), MAX_LISTED + 1);
        assert_eq!(report.alarms().len(), 2, "{:?}", report.alarms());
    }

    #[test]
    fn a_report_of_earlier_days_can_be_read() {
        let mut json = serde_json::to_value(report()).unwrap();
        for later in ["resumed_at", "continues", "is_listing_incomplete"] {
            json.as_object_mut().unwrap().remove(later);
        }
        assert_eq!(
            serde_json::from_value::<CrawlReport>(json).unwrap(),
            report()
        );
    }

    #[test]
    fn a_report_survives_being_written_and_read() {
        let mut report = report();
        let url = Url::parse("http://a.example/").unwrap();
        report.push_event(Event::Missed { url, status: 404 });
        report.stopped = Some(StopReason::PageBudget);
        let json = serde_json::to_string(&report).unwrap();
        assert!(json.contains(r#""event":"missed""#), "{json}");
        assert_eq!(serde_json::from_str::<CrawlReport>(&json).unwrap(), report);
    }
}
