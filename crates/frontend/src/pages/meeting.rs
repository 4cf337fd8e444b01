//! `/intmk/13` and `/intmk/2020/umlauf`: a meeting's agenda with all its resolutions, or what is known without.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use laendersache_model::{AgendaItem, Meeting, MeetingId, MeetingNumber, Resolution};

use super::{
    conference::known_conference,
    row::{Row, row},
};
use crate::{
    context::{Context, file_address},
    language::Language,
    ledger::{self, Entry, Holding},
    page_error::{Link, PageError},
    shell::{Section, Shell},
    state::AppState,
    wording,
};

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage {
    shell: Shell,
    name: String,
    conference: String,
    days: Option<String>,
    place: Option<String>,
    chair: Option<&'static str>,
    document_name: Option<String>,
    count: String,
    groups: Vec<Group>,
    files: Vec<File>,
    known: Option<Entry>,
    neighbours: Vec<(&'static str, Link)>,
}

/// A part of the agenda: a heading that decides nothing, and the resolutions under it.
struct Group {
    heading: Option<String>,
    rows: Vec<Row>,
}

/// A file that reports the meeting.
pub struct File {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) origin: String,
    pub(crate) captured: String,
}

/// Shows a meeting that is counted by an ordinal.
pub async fn meeting(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
    Path((conference, number)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = format!("{conference}/{number}");
    app.page(language, move |context| page(context, &id)).await
}

/// Shows the circulation resolutions of a year.
pub async fn circulation(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
    Path((conference, year)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = format!("{conference}/{year}/umlauf");
    app.page(language, move |context| page(context, &id)).await
}

/// Returns the id that an address means; other spellings of it are sent to the permanent one.
pub fn meeting_id(address: &str) -> Result<MeetingId, PageError> {
    let id: MeetingId = address.to_lowercase().parse().map_err(|_| {
        PageError::not_found(
            "Unter dieser Adresse gibt es nichts. Sitzungen haben Adressen wie /intmk/13.",
        )
    })?;
    if id.to_string() != address {
        return Err(PageError::Moved {
            to: format!("/{id}"),
        });
    }
    Ok(id)
}

fn page(context: &Context, address: &str) -> Result<MeetingPage, PageError> {
    let id = meeting_id(address)?;
    let conference = known_conference(context, &id.conference)?;
    let name = context.meeting_name(&id);
    let shell = context
        .shell(name.clone())
        .at(format!("/{id}"))
        .within(Section::Conferences)
        .below(vec![
            Link::new("/konferenzen", "Konferenzen"),
            context.conference_link(&id.conference),
        ]);
    let neighbours = neighbours(context, &id)?;
    let conference_name = conference.name.clone();
    let Some(meeting) = context.corpus.meeting(&id)? else {
        let known = conference
            .meeting(&id)
            .ok_or_else(|| missing(context, &id))?;
        return Ok(known_page(
            shell,
            conference_name,
            ledger::known_entry(context, known),
            neighbours,
        ));
    };
    let resolutions = context.corpus.resolutions_of(&id)?;
    let line = context.meeting_line(&meeting);
    Ok(MeetingPage {
        shell: shell.described(format!("Tagesordnung und Beschlüsse: {line}")),
        name,
        conference: conference_name,
        days: wording::long_days(meeting.from, meeting.to),
        place: meeting.place.clone(),
        chair: meeting.chair.map(laendersache_model::Land::name),
        document_name: meeting.document_name.clone(),
        count: wording::counted(resolutions.len() as u64, "Beschluss", "Beschlüsse"),
        groups: groups(context, &meeting, &resolutions),
        files: files(context, &meeting),
        known: None,
        neighbours,
    })
}

fn known_page(
    shell: Shell,
    conference: String,
    entry: Entry,
    neighbours: Vec<(&'static str, Link)>,
) -> MeetingPage {
    MeetingPage {
        name: entry.name.clone(),
        conference,
        days: Some(entry.days.clone()),
        place: entry.place.clone(),
        chair: entry.chair.map(laendersache_model::Land::name),
        document_name: None,
        count: String::new(),
        groups: Vec::new(),
        files: Vec::new(),
        known: Some(entry),
        neighbours,
        shell,
    }
}

fn missing(context: &Context, id: &MeetingId) -> PageError {
    PageError::NotFound {
        sentence: format!(
            "Von der Sitzung „{}“ weiß das Archiv nichts.",
            context.meeting_name(id)
        ),
        links: vec![context.conference_link(&id.conference)],
    }
}

/// Puts every resolution under the heading of the agenda that precedes it.
fn groups(context: &Context, meeting: &Meeting, resolutions: &[Resolution]) -> Vec<Group> {
    let mut groups = vec![Group {
        heading: None,
        rows: Vec::new(),
    }];
    let mut last_heading = None;
    for resolution in resolutions {
        let heading = heading_of(&meeting.agenda, resolution);
        if heading != last_heading {
            last_heading = heading;
            groups.push(Group {
                heading: heading.map(|item| format!("{} {}", item.label, item.title)),
                rows: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(context, meeting, resolution));
        }
    }
    groups.retain(|group| !group.rows.is_empty());
    groups
}

/// Returns the heading whose label begins the label of the resolution: `2` for `2.7`, `A` for `A3`.
fn heading_of<'a>(agenda: &'a [AgendaItem], resolution: &Resolution) -> Option<&'a AgendaItem> {
    let label = resolution.label.0.as_str();
    agenda
        .iter()
        .filter(|item| {
            label
                .strip_prefix(item.label.0.as_str())
                .and_then(|rest| rest.chars().next())
                .is_some_and(|next| {
                    next == '.'
                        || (next.is_ascii_digit()
                            && !item.label.0.ends_with(|last: char| last.is_ascii_digit()))
                })
        })
        .max_by_key(|item| item.label.0.len())
}

fn files(context: &Context, meeting: &Meeting) -> Vec<File> {
    meeting
        .sources
        .iter()
        .map(|source| File {
            href: file_address(source),
            text: if source.pdf {
                "PDF im Archiv"
            } else {
                "Webseite im Archiv, als Text"
            }
            .to_owned(),
            origin: format!("{}: {}", context.site_name(source), source.url),
            captured: wording::short_date(wording::german_day(source.first_captured)),
        })
        .collect()
}

/// Returns the meetings before and after this one.
fn neighbours(context: &Context, id: &MeetingId) -> Result<Vec<(&'static str, Link)>, PageError> {
    let Some(conference) = context.app.conferences.get(&id.conference) else {
        return Ok(Vec::new());
    };
    let entries = ledger::ledger(context, conference)?;
    let Some(position) = entries.iter().position(|entry| entry.id == *id) else {
        return Ok(Vec::new());
    };
    let link = |entry: &Entry| {
        let state = match (entry.holding, entry.id.number) {
            (Holding::Held, _) | (_, MeetingNumber::Circulation(_)) => String::new(),
            (other, MeetingNumber::Ordinal(_)) => format!(" ({})", other.words()),
        };
        Link::new(entry.href.clone(), format!("{}{state}", entry.name))
    };
    let earlier = entries
        .get(position + 1)
        .map(|entry| ("davor", link(entry)));
    let later = position
        .checked_sub(1)
        .and_then(|position| entries.get(position))
        .map(|entry| ("danach", link(entry)));
    Ok(earlier.into_iter().chain(later).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_the_permanent_one() {
        let moved = |address: &str| match meeting_id(address) {
            Err(PageError::Moved { to }) => to,
            other => panic!("{address}: {other:?}"),
        };
        assert_eq!(moved("IntMK/13"), "/intmk/13");
        assert_eq!(moved("intmk/013"), "/intmk/13");
        assert_eq!(moved("intmk/02020/umlauf"), "/intmk/2020/umlauf");
        assert!(meeting_id("intmk/13").is_ok());
        assert!(matches!(
            meeting_id("intmk/x"),
            Err(PageError::NotFound { .. })
        ));
    }
}
