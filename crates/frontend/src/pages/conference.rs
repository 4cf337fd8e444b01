//! `/intmk`: a conference with its chairs, its meetings and the gaps in what is held.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use laendersache_model::{ChairTerm, Conference};

use crate::{
    context::Context,
    language::Language,
    ledger::{Entry, ledger},
    page_error::{Link, PageError},
    search_state::SearchState,
    shell::{Section, Shell},
    state::AppState,
    wording,
};

#[derive(Template)]
#[template(path = "conference.html")]
struct ConferencePage {
    shell: Shell,
    short: String,
    variants: Vec<String>,
    entries: Vec<Entry>,
    chairs: Vec<Term>,
    sites: Vec<Link>,
    search: String,
}

/// A term of the chair.
struct Term {
    land: &'static str,
    days: String,
    now: bool,
}

/// Shows a conference.
pub async fn conference(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
    Path(slug): Path<String>,
) -> Result<Response, PageError> {
    app.page(language, move |context| page(context, &slug))
        .await
}

fn page(context: &Context, slug: &str) -> Result<ConferencePage, PageError> {
    let lower = slug.to_lowercase();
    let conference = known_conference(context, &lower)?;
    if lower != slug {
        return Err(PageError::Moved {
            to: format!("/{lower}"),
        });
    }
    let mut state = SearchState::default();
    state.filters.conference = vec![lower];
    let short = conference.short.clone();
    Ok(ConferencePage {
        shell: context
            .shell(conference.name.clone())
            .at(format!("/{slug}"))
            .within(Section::Conferences)
            .described(format!(
                "Sitzungen und Beschlüsse der {short}, mit Vorsitz und Lücken im Bestand."
            ))
            .below(vec![Link::new("/konferenzen", "Konferenzen")]),
        variants: conference.variants.clone(),
        entries: ledger(context, conference)?,
        chairs: chairs(context, conference),
        sites: conference
            .sites
            .iter()
            // A site that is not crawled may be dead or belong to somebody else by now.
            .filter(|site| site.enabled)
            .filter_map(|site| {
                Some(Link::new(
                    format!("https://{}/", site.hosts.first()?),
                    site.name.clone(),
                ))
            })
            .collect(),
        search: state.address("/suche"),
        short,
    })
}

/// Returns the conference of a slug, or a 404 that leads on.
pub fn known_conference<'a>(context: &'a Context, slug: &str) -> Result<&'a Conference, PageError> {
    context
        .app
        .conferences
        .get(slug)
        .ok_or_else(|| PageError::not_found("Unter dieser Adresse gibt es nichts; eine Konferenz dieses Namens kennt das Archiv nicht."))
}

/// Returns the terms, newest first.
fn chairs(context: &Context, conference: &Conference) -> Vec<Term> {
    let today = wording::german_day(context.app.now());
    let runs = |term: &ChairTerm| {
        (term.from.is_some() || term.to.is_some())
            && term.from.is_none_or(|from| from <= today)
            && term.to.is_none_or(|to| today <= to)
    };
    let term = |term: &ChairTerm| Term {
        land: term.land.name(),
        days: match (term.from, term.to) {
            (Some(from), Some(to)) => format!(
                "{} bis {}",
                wording::short_date(from),
                wording::short_date(to)
            ),
            (Some(from), None) => format!("seit {}", wording::short_date(from)),
            (None, Some(to)) => format!("bis {}", wording::short_date(to)),
            (None, None) => "Zeit nicht bekannt".to_owned(),
        },
        now: runs(term),
    };
    conference.chairs.iter().rev().map(term).collect()
}
