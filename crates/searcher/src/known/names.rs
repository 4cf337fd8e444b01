//! Reading what a query names: patterns over the names of the conferences.

use jiff::civil::Date;
use laendersache_model::{Conferences, MeetingId, MeetingNumber, ResolutionId, TopLabel};
use regex::{Captures, Regex, RegexBuilder};

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];

/// What a query names, as far as its words say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    Resolution(ResolutionId),
    Meeting(MeetingId),
    /// A conference's resolutions of a year, or one of them.
    Year(YearOf),
    /// A day on which a conference may have met.
    Day(Date),
}

/// A year of a conference, or one TOP of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct YearOf {
    /// Slug of the conference.
    pub conference: String,
    pub year: i16,
    pub label: Option<TopLabel>,
}

/// The names of conferences, prepared for reading queries.
pub(super) struct Names {
    pub(super) conferences: Conferences,
    meeting_then_top: Regex,
    top_then_meeting: Regex,
    circulation: Regex,
    day: Regex,
}

impl Names {
    pub(super) fn new(conferences: Conferences) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for conference in conferences.iter() {
            names.extend([
                conference.slug.as_str(),
                &conference.short,
                &conference.name,
            ]);
            names.extend(conference.variants.iter().map(String::as_str));
        }
        // The longest name first, as alternatives are tried in order.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let names: Vec<String> = names.into_iter().map(regex::escape).collect();
        let name = names.join("|");
        let meeting = format!(
            r"(?:(?P<number>\d{{1,3}})\.\s*(?P<numbered>{name})(?:\s+(?:\d{{4}}|in\s+\S+))?|(?P<yearly>{name})\s+(?P<year>\d{{4}}))"
        );
        let top = r"TOP\s*(?P<top>[0-9A-Za-z][0-9A-Za-z.+/-]{0,9}?)\.?";
        Self {
            meeting_then_top: regex(&format!(
                r"^(?:die\s+|der\s+)?{meeting}(?:[\s,;:]+(?:zu\s+)?{top})?$"
            )),
            top_then_meeting: regex(&format!(
                r"^{top}[\s,;:]+(?:(?:auf|bei|in)\s+)?(?:der\s+)?{meeting}$"
            )),
            circulation: regex(&format!(
                r"^(?:(?P<yearly>{name})\s+(?P<year>\d{{4}})\s+Umlauf\w*\s+(?P<top>\d{{1,3}}\w?)|(?:(?P<named>{name})\s+)?Umlauf\w*\s+(?P<item>\d{{1,3}}\w?)/(?P<of>\d{{4}}))$"
            )),
            day: regex(
                r"^(?:(?:Beschl(?:u(?:ss|ß)|üsse)|Sitzung|Konferenz)\s+)?(?:vom\s+|am\s+)?(?:(?P<d>\d{1,2})\.\s*(?:(?P<m>\d{1,2})\.\s*|(?P<name>\p{L}+)\s+)(?P<y>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2}))$",
            ),
            conferences,
        }
    }

    /// Returns what a query names, or `None` if it is an ordinary query.
    pub(super) fn named(&self, query: &str) -> Option<Named> {
        let id = query.trim_start_matches('/').trim_end_matches('/');
        if let Ok(id) = id.parse::<ResolutionId>() {
            return Some(Named::Resolution(id));
        }
        if let Ok(id) = id.parse::<MeetingId>() {
            return Some(Named::Meeting(id));
        }
        let meeting = self
            .meeting_then_top
            .captures(query)
            .or_else(|| self.top_then_meeting.captures(query));
        if let Some(captures) = meeting {
            return self.meeting(&captures);
        }
        if let Some(captures) = self.circulation.captures(query) {
            return self.circulated(&captures);
        }
        let captures = self.day.captures(query)?;
        date(&captures).map(Named::Day)
    }

    fn meeting(&self, captures: &Captures<'_>) -> Option<Named> {
        let top = captures
            .name("top")
            .map(|top| TopLabel(top.as_str().to_owned()));
        if let Some(number) = captures.name("number") {
            let conference = self.slug(captures.name("numbered")?.as_str())?;
            let id = MeetingId {
                conference,
                number: MeetingNumber::Ordinal(number.as_str().parse().ok()?),
            };
            return Some(match top {
                Some(top) => Named::Resolution(ResolutionId::new(id, &top)),
                None => Named::Meeting(id),
            });
        }
        let conference = self.slug(captures.name("yearly")?.as_str())?;
        Some(Named::Year(YearOf {
            conference,
            year: captures.name("year")?.as_str().parse().ok()?,
            label: top,
        }))
    }

    fn circulated(&self, captures: &Captures<'_>) -> Option<Named> {
        let name = captures.name("yearly").or_else(|| captures.name("named"));
        let year = captures.name("year").or_else(|| captures.name("of"))?;
        let number = MeetingNumber::Circulation(year.as_str().parse().ok()?);
        let conference = match name {
            Some(name) => self.slug(name.as_str())?,
            None => self.only_one_with(number)?,
        };
        let label = captures.name("top").or_else(|| captures.name("item"))?;
        let meeting = MeetingId { conference, number };
        Some(Named::Resolution(ResolutionId::new(
            meeting,
            &TopLabel(label.as_str().to_owned()),
        )))
    }

    /// Without a name a conference is meant only if no other one is known to have decided in that way.
    fn only_one_with(&self, number: MeetingNumber) -> Option<String> {
        let mut known = self.conferences.iter().filter(|conference| {
            conference
                .meetings
                .iter()
                .any(|meeting| meeting.id.number == number)
        });
        let conference = known.next()?;
        known.next().is_none().then(|| conference.slug.clone())
    }

    fn slug(&self, name: &str) -> Option<String> {
        let name = name.to_lowercase();
        let is_named = |candidate: &String| candidate.to_lowercase() == name;
        self.conferences
            .iter()
            .find(|conference| {
                let own = [&conference.slug, &conference.short, &conference.name];
                own.into_iter().chain(&conference.variants).any(is_named)
            })
            .map(|conference| conference.slug.clone())
    }
}

fn regex(pattern: &str) -> Regex {
    RegexBuilder::new(pattern)
        .case_insensitive(true)
        .size_limit(64 << 20)
        .build()
        .expect("the pattern is fixed and the names in it are escaped")
}

fn date(captures: &Captures<'_>) -> Option<Date> {
    if let Some(iso) = captures.name("iso") {
        return iso.as_str().parse().ok();
    }
    let month = match (captures.name("m"), captures.name("name")) {
        (Some(number), _) => number.as_str().parse().ok()?,
        (None, Some(name)) => {
            let name = name.as_str().to_lowercase().replace("maerz", "märz");
            let place = MONTHS.iter().position(|month| {
                *month == name || (name.chars().count() >= 3 && month.starts_with(&name))
            })?;
            i8::try_from(place + 1).ok()?
        }
        (None, None) => return None,
    };
    let number = |group: &str| captures.name(group).map(|found| found.as_str());
    Date::new(
        number("y")?.parse().ok()?,
        month,
        number("d")?.parse().ok()?,
    )
    .ok()
}
