//! `/konferenzen`: all conferences with the period covered and what is held of each.

use askama::Template;
use axum::{Extension, extract::State, response::Response};
use laendersache_model::{Conference, MeetingState};

use crate::{
    context::Context,
    language::Language,
    page_error::PageError,
    shell::{Section, Shell},
    state::AppState,
    wording,
};

#[derive(Template)]
#[template(path = "conferences.html")]
struct ConferencesPage {
    shell: Shell,
    rows: Vec<ConferenceRow>,
}

/// A conference and what is held of it.
struct ConferenceRow {
    href: String,
    short: String,
    name: String,
    period: String,
    known: String,
    held: String,
    resolutions: String,
    chair: Option<String>,
}

/// Shows all conferences.
pub async fn conferences(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
) -> Result<Response, PageError> {
    app.page(language, page).await
}

fn page(context: &Context) -> Result<ConferencesPage, PageError> {
    let mut rows = Vec::new();
    for conference in context.app.conferences.iter() {
        rows.push(row(context, conference)?);
    }
    Ok(ConferencesPage {
        shell: context
            .shell("Konferenzen")
            .at("/konferenzen")
            .within(Section::Conferences)
            .described(
                "Die Fachministerkonferenzen der Länder und was dieses Archiv von ihnen hält.",
            ),
        rows,
    })
}

fn row(context: &Context, conference: &Conference) -> Result<ConferenceRow, PageError> {
    let meetings = context.corpus.meetings(Some(&conference.slug))?;
    let mut resolutions = 0;
    for meeting in &meetings {
        resolutions += context.corpus.resolutions_of(&meeting.id)?.len() as u64;
    }
    let years = meetings
        .iter()
        .filter_map(|meeting| meeting.to.or(meeting.from))
        .map(|day| day.year());
    let (first, last) = (years.clone().min(), years.max());
    let today = wording::german_day(context.app.now());
    let known = conference
        .meetings
        .iter()
        .filter(|meeting| meeting.state == MeetingState::Held)
        .count();
    Ok(ConferenceRow {
        href: format!("/{}", conference.slug),
        short: conference.short.clone(),
        name: conference.name.clone(),
        period: match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
            (Some(year), _) => year.to_string(),
            _ => "–".to_owned(),
        },
        known: wording::number(known.max(meetings.len()) as u64),
        held: wording::number(meetings.len() as u64),
        resolutions: wording::number(resolutions),
        chair: conference
            .chair_on(today)
            .map(|land| land.name().to_owned()),
    })
}
