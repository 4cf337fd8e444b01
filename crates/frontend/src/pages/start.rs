//! `/`: one search box, what this is and is not, what is new, and who holds the chairs.

use askama::Template;
use axum::{Extension, extract::State, response::Response};
use jiff::civil::Date;
use laendersache_model::Conference;

use super::row::{Row, row};
use crate::{
    context::Context,
    language::Language,
    page_error::{Link, PageError},
    search_state::SearchState,
    shell::{Section, Shell},
    state::AppState,
    wording,
};

/// Searches that show what the search can do; a test makes sure that the searcher understands them.
pub const EXAMPLES: [&str; 3] = ["Integrationskurse", "§ 25b AufenthG", "13. IntMK TOP 2.7"];

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    shell: Shell,
    examples: Vec<Link>,
    counts: Vec<(String, &'static str)>,
    newest: Vec<Row>,
    conferences: Vec<ConferenceCard>,
    without_holdings: Vec<Link>,
}

/// A conference with its chair now and next.
struct ConferenceCard {
    href: String,
    short: String,
    name: String,
    held: String,
    chair: Option<String>,
    next: Option<String>,
}

/// Shows the start page.
pub async fn start(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
) -> Result<Response, PageError> {
    app.page(language, page).await
}

fn page(context: &Context) -> Result<StartPage, PageError> {
    let counts = context.corpus.counts()?;
    let mut newest = Vec::new();
    for work in context.corpus.newest(5)? {
        newest.push(row(context, &work.meeting, &work.current().resolution));
    }
    let today = wording::german_day(context.app.now());
    let mut conferences = Vec::new();
    let mut without_holdings = Vec::new();
    for conference in context.app.conferences.iter() {
        match context.corpus.meetings(Some(&conference.slug))?.len() as u64 {
            0 => without_holdings.push(context.conference_link(&conference.slug)),
            held => conferences.push(card(conference, held, today)),
        }
    }
    let noun =
        |count: u64, one, many| (wording::number(count), if count == 1 { one } else { many });
    Ok(StartPage {
        shell: context
            .shell("Beschlüsse der Fachministerkonferenzen")
            .at("/")
            .within(Section::Start)
            .described("Volltextsuche über die Beschlüsse der Fachministerkonferenzen der Länder."),
        examples: EXAMPLES
            .map(|query| Link::new(SearchState::of_query(query).address("/suche"), query))
            .to_vec(),
        counts: vec![
            noun(counts.resolutions, "Beschluss", "Beschlüsse"),
            noun(counts.meetings, "Sitzung", "Sitzungen"),
            noun(counts.documents, "Originaldokument", "Originaldokumente"),
        ],
        newest,
        conferences,
        without_holdings,
    })
}

fn card(conference: &Conference, held: u64, today: Date) -> ConferenceCard {
    let next = conference
        .chairs
        .iter()
        .filter(|term| term.from.is_some_and(|from| from > today))
        .min_by_key(|term| term.from);
    ConferenceCard {
        href: format!("/{}", conference.slug),
        short: conference.short.clone(),
        name: conference.name.clone(),
        held: wording::counted(held, "Sitzung im Bestand", "Sitzungen im Bestand"),
        chair: conference
            .chair_on(today)
            .map(|land| land.name().to_owned()),
        next: next.and_then(|term| {
            let from = wording::short_date(term.from?);
            Some(format!("ab {from} {}", term.land.name()))
        }),
    }
}
