//! Conferences as data: names, sites, terms of the chair and the meetings that are known to have been held.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{Forecast, Land, MeetingId, MeetingKind, Rotation, Rules, Site};

/// The files shipped with the program; an operator's directory overrides and adds.
const EMBEDDED: [(&str, &str); 16] = [
    ("amk.toml", include_str!("../conferences/amk.toml")),
    ("asmk.toml", include_str!("../conferences/asmk.toml")),
    ("bmk.toml", include_str!("../conferences/bmk.toml")),
    ("emk.toml", include_str!("../conferences/emk.toml")),
    ("gfmk.toml", include_str!("../conferences/gfmk.toml")),
    ("gmk.toml", include_str!("../conferences/gmk.toml")),
    ("imk.toml", include_str!("../conferences/imk.toml")),
    ("intmk.toml", include_str!("../conferences/intmk.toml")),
    ("jfmk.toml", include_str!("../conferences/jfmk.toml")),
    ("jumiko.toml", include_str!("../conferences/jumiko.toml")),
    ("kmk.toml", include_str!("../conferences/kmk.toml")),
    ("smk.toml", include_str!("../conferences/smk.toml")),
    ("umk.toml", include_str!("../conferences/umk.toml")),
    ("vmk.toml", include_str!("../conferences/vmk.toml")),
    ("vsmk.toml", include_str!("../conferences/vsmk.toml")),
    ("wmk.toml", include_str!("../conferences/wmk.toml")),
];

/// A file of a conference that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConferenceFileError {
    /// The file is no valid TOML or does not have the expected fields.
    #[error("conference file `{file}` cannot be read")]
    Syntax {
        /// Name of the file.
        file: String,
        /// What is wrong and where.
        source: Box<toml::de::Error>,
    },
    /// Two sites have the same name, in this file or in another conference.
    #[error(
        "conference file `{file}` names the site `{site}`, but there is one of that name already"
    )]
    DuplicateSite {
        /// Name of the file.
        file: String,
        /// Name of the site.
        site: String,
    },
}

/// What is known about a meeting from outside its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingState {
    /// It took place.
    Held,
    /// It was called off.
    Cancelled,
    /// It lies in the future.
    Planned,
}

/// A term in which a Land holds the chair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChairTerm {
    /// The Land in the chair.
    pub land: Land,
    /// First day, if known.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day, if known.
    #[serde(default)]
    pub to: Option<Date>,
    /// Where this is known from.
    #[serde(default)]
    pub source: String,
}

/// A meeting that is known to have been held, cancelled or planned, whether or not a document is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownMeeting {
    /// Permanent id.
    pub id: MeetingId,
    /// Its kind.
    pub kind: MeetingKind,
    /// Held, cancelled or planned.
    pub state: MeetingState,
    /// First day, if known.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day, if known.
    #[serde(default)]
    pub to: Option<Date>,
    /// The year, known even where the day is not.
    pub year: i16,
    /// Place, if known.
    #[serde(default)]
    pub place: Option<String>,
    /// The Land in the chair, if known.
    #[serde(default)]
    pub chair: Option<Land>,
    /// Where this is known from, and what is uncertain.
    #[serde(default)]
    pub source: String,
}

/// A conference of ministers of the Länder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conference {
    /// Short name in addresses: `intmk`.
    pub slug: String,
    /// Short name in texts: "IntMK".
    pub short: String,
    /// Full name.
    pub name: String,
    /// Other names under which its documents speak of it.
    #[serde(default)]
    pub variants: Vec<String>,
    /// What is uncertain about the data of this file.
    #[serde(default)]
    pub remark: String,
    /// The permanent home page, if there is one and its address is known.
    #[serde(default)]
    pub home: Option<Url>,
    /// The list of its resolutions, if the address is known.
    #[serde(default)]
    pub list: Option<Url>,
    /// What it publishes, in which form, and what it keeps back.
    #[serde(default)]
    pub publication: String,
    /// How the chair passes from Land to Land, as far as known.
    #[serde(default)]
    pub rotation: Option<Rotation>,
    /// How it decides, as far as known.
    #[serde(default)]
    pub rules: Option<Rules>,
    /// Web sites that publish its resolutions.
    #[serde(default)]
    pub sites: Vec<Site>,
    /// Terms of the chair, oldest first.
    #[serde(default)]
    pub chairs: Vec<ChairTerm>,
    /// Known meetings, oldest first.
    #[serde(default)]
    pub meetings: Vec<KnownMeeting>,
}

impl Conference {
    /// Returns the Land in the chair on a day, or `None` where no term is known.
    #[must_use]
    pub fn chair_on(&self, day: Date) -> Option<Land> {
        self.chairs
            .iter()
            .filter(|term| term.from.is_none_or(|from| from <= day))
            .filter(|term| term.to.is_none_or(|to| day <= to))
            .filter(|term| term.from.is_some() || term.to.is_some())
            .map(|term| term.land)
            .next_back()
    }

    /// Returns the term that follows the one of a day, computed from the rotation.
    ///
    /// `None` where the rotation cannot be computed or a known term contradicts it: then the order has been left, and
    /// whatever it says of the future is worth nothing.
    #[must_use]
    pub fn forecast(&self, day: Date) -> Option<Forecast> {
        let rotation = self.rotation.as_ref()?;
        let agrees = |term: &Forecast| {
            self.chair_on(term.from)
                .is_none_or(|land| land == term.land)
        };
        let present = rotation.term_on(day).filter(agrees)?;
        rotation.term_on(present.to.tomorrow().ok()?).filter(agrees)
    }

    /// Returns what is known of a meeting.
    #[must_use]
    pub fn meeting(&self, id: &MeetingId) -> Option<&KnownMeeting> {
        self.meetings.iter().find(|meeting| meeting.id == *id)
    }
}

/// All known conferences by slug.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conferences(BTreeMap<String, Conference>);

impl Conferences {
    /// Returns the conferences shipped with the program.
    ///
    /// # Panics
    /// Never: the shipped files are read by a test.
    #[must_use]
    pub fn embedded() -> Self {
        let mut conferences = Self::default();
        for (file, text) in EMBEDDED {
            conferences
                .add_file(file, text)
                .expect("the embedded conference files are valid");
        }
        conferences
    }

    /// Adds a conference from the text of a TOML file.
    ///
    /// Of a conference that is known already, the keys that the file gives replace the known ones as a whole
    /// (`sites` replaces all sites); the others stay.
    ///
    /// # Errors
    /// If the text is no valid conference file or names a site that there is already; nothing is changed then.
    pub fn add_file(&mut self, file: &str, text: &str) -> Result<(), ConferenceFileError> {
        let conference = self
            .merged(text)
            .map_err(|source| ConferenceFileError::Syntax {
                file: file.to_owned(),
                source: Box::new(source),
            })?;
        if let Some(site) = self.duplicate_site(&conference) {
            return Err(ConferenceFileError::DuplicateSite {
                file: file.to_owned(),
                site: site.id.0.clone(),
            });
        }
        self.0.insert(conference.slug.clone(), conference);
        Ok(())
    }

    /// Returns a site whose id another site of this or of another conference has.
    fn duplicate_site<'a>(&self, conference: &'a Conference) -> Option<&'a Site> {
        let elsewhere: BTreeSet<_> = self
            .iter()
            .filter(|other| other.slug != conference.slug)
            .flat_map(|other| &other.sites)
            .map(|site| &site.id)
            .collect();
        let mut here = BTreeSet::new();
        conference
            .sites
            .iter()
            .find(|site| elsewhere.contains(&site.id) || !here.insert(&site.id))
    }

    fn merged(&self, text: &str) -> Result<Conference, toml::de::Error> {
        let given: toml::Table = toml::from_str(text)?;
        let known = given
            .get("slug")
            .and_then(toml::Value::as_str)
            .and_then(|slug| self.0.get(slug));
        let Some(known) = known else {
            // Read from the text, not from the table, so that an error can name its line.
            return toml::from_str(text);
        };
        let mut table = toml::Table::try_from(known).expect("a conference is a table");
        table.extend(given);
        table.try_into()
    }

    /// Returns the conference of a slug.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<&Conference> {
        self.0.get(slug)
    }

    /// Returns all conferences by slug.
    pub fn iter(&self) -> impl Iterator<Item = &Conference> {
        self.0.values()
    }

    /// Returns the conference whose data name the site, with the site.
    #[must_use]
    pub fn site(&self, id: &crate::SiteId) -> Option<(&Conference, &Site)> {
        self.iter().find_map(|conference| {
            let site = conference.sites.iter().find(|site| site.id == *id)?;
            Some((conference, site))
        })
    }
}

#[cfg(test)]
mod tests;
