//! `laendersache sources`: the sites that are known, which of them are crawled, and who takes the chair next.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use laendersache_model::{Conference, Land, Site};
use regex::Regex;
use serde::Serialize;

use crate::{Context, ExitStatus, output};

/// The zone in which terms of the chair change.
const ZONE: &str = "Europe/Berlin";

/// A conference with its sites and chairs.
#[derive(Debug, Serialize)]
struct Source {
    conference: String,
    name: String,
    chair: Option<Land>,
    next_chair: Option<Next>,
    sites: Vec<SiteLine>,
}

#[derive(Debug, Serialize)]
struct Next {
    land: Land,
    from: Date,
}

#[derive(Debug, Serialize)]
struct SiteLine {
    id: String,
    enabled: bool,
    hosts: Vec<String>,
    remark: String,
    /// What is wrong with the entry; empty if nothing is.
    faults: Vec<String>,
}

/// Runs the verb; a faulty entry is told by the exit code.
pub(crate) fn run(context: &Context) -> anyhow::Result<ExitStatus> {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let today = Timestamp::now().to_zoned(zone).date();
    let conferences = context.configuration.conferences()?;
    let sources: Vec<Source> = conferences
        .iter()
        .map(|conference| source(conference, today))
        .collect();
    if context.json {
        output::json(&sources)?;
    } else {
        sources.iter().for_each(print);
    }
    let faulty = sources
        .iter()
        .flat_map(|source| &source.sites)
        .any(|site| !site.faults.is_empty());
    Ok(if faulty {
        ExitStatus::Usage
    } else {
        ExitStatus::Ok
    })
}

fn source(conference: &Conference, today: Date) -> Source {
    Source {
        conference: conference.slug.clone(),
        name: conference.name.clone(),
        chair: conference.chair_on(today),
        next_chair: conference.forecast(today).map(|term| Next {
            land: term.land,
            from: term.from,
        }),
        sites: conference.sites.iter().map(site_line).collect(),
    }
}

fn site_line(site: &Site) -> SiteLine {
    SiteLine {
        id: site.id.0.clone(),
        enabled: site.enabled,
        hosts: site.hosts.clone(),
        remark: site.remark.clone(),
        faults: faults(site),
    }
}

/// Checks what the format of the file cannot: patterns, and that every seed lies on one of the hosts.
fn faults(site: &Site) -> Vec<String> {
    let patterns = site.follow.iter().chain(&site.document);
    let mut faults: Vec<String> = patterns
        .filter_map(|pattern| Regex::new(pattern).err())
        .map(|error| format!("a pattern is no regular expression: {error}"))
        .collect();
    for seed in &site.seeds {
        let host = seed.host_str().unwrap_or_default();
        if !site.hosts.iter().any(|known| known == host) {
            faults.push(format!(
                "the seed `{seed}` lies on none of the site's hosts"
            ));
        }
    }
    if site.enabled && site.seeds.is_empty() {
        faults.push("the site is enabled but has no seed".to_owned());
    }
    faults
}

fn print(source: &Source) {
    let chair = source.chair.map_or("not known", Land::name);
    let next = match &source.next_chair {
        Some(next) => format!("{} from {}", next.land.name(), next.from),
        None => "not known".to_owned(),
    };
    output::line(format_args!(
        "{}: {} (chair: {chair}; next: {next})",
        source.conference, source.name
    ));
    for site in &source.sites {
        let state = if site.enabled {
            "crawled"
        } else {
            "not crawled"
        };
        output::line(format_args!(
            "  {} {state}: {}",
            site.id,
            site.hosts.join(", ")
        ));
        if !site.enabled && !site.remark.is_empty() {
            output::line(format_args!("    {}", site.remark));
        }
        for fault in &site.faults {
            output::line(format_args!("    faulty: {fault}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use laendersache_model::Conferences;

    #[test]
    fn no_built_in_site_is_faulty() {
        for conference in Conferences::embedded().iter() {
            for site in &conference.sites {
                assert_eq!(faults(site), Vec::<String>::new(), "{}", site.id);
            }
        }
    }

    #[test]
    fn faulty_entries_are_named() {
        let conferences = Conferences::embedded();
        let site = &conferences.get("intmk").expect("embedded").sites[0];
        let mut faulty = site.clone();
        faulty.follow.push("(".to_owned());
        faulty
            .seeds
            .push("https://elsewhere.example/".parse().expect("valid"));
        assert_eq!(faults(&faulty).len(), 2);
        faulty.seeds.clear();
        assert!(
            faults(&faulty)
                .iter()
                .any(|fault| fault.contains("no seed"))
        );
    }

    #[test]
    fn the_next_chair_is_forecast() {
        let conferences = Conferences::embedded();
        let intmk = conferences.get("intmk").expect("embedded");
        let source = source(intmk, jiff::civil::date(2026, 11, 22));
        assert_eq!(source.chair, Some(Land::Rp));
        let next = source.next_chair.map(|next| (next.land, next.from));
        assert_eq!(next, Some((Land::Sl, jiff::civil::date(2027, 7, 1))));
    }
}
