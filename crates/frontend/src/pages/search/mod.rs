//! `/suche`: what was found, how the query was understood, and every way on from there.

mod facets;
pub(crate) mod hit;
mod no_hits;
mod pager;
mod reading;

use askama::Template;
use axum::{
    Extension,
    extract::{RawQuery, State},
    response::Response,
};
use laendersache_searcher::{KnownItem, Results, Sort};

pub(crate) use self::hit::hit_views;
use self::{
    facets::{Bar, FacetView, active_filters, facets, histogram},
    hit::HitView,
    no_hits::{NoHits, no_hits},
    pager::{Step, last_page, steps},
    reading::{Piece, pieces},
};
use crate::{
    context::Context,
    language::Language,
    page_error::{Link, PageError},
    search_state::{PAGE_SIZES, SORTS, SearchState},
    shell::{Section, Shell},
    state::AppState,
    wording,
};

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    shell: Shell,
    query: String,
    hidden: Vec<(&'static str, String)>,
    count: String,
    range: Option<String>,
    known: Option<Known>,
    suggestion: Option<Link>,
    pieces: Vec<Piece>,
    truncated: bool,
    unread: Vec<String>,
    active: Vec<Link>,
    reset: String,
    facets: Vec<FacetView>,
    years: Vec<Bar>,
    year_fields: YearFields,
    sorts: Vec<Choice>,
    sizes: Vec<Choice>,
    hits: Vec<HitView>,
    no_hits: Option<NoHits>,
    steps: Vec<Step>,
    api: String,
}

/// The thing that the query names exactly.
struct Known {
    text: String,
    link: Option<Link>,
}

/// One of several ways to show the result.
struct Choice {
    link: Link,
    chosen: bool,
}

/// The form for a range of years, with everything else that the address says.
struct YearFields {
    from: String,
    to: String,
    hidden: Vec<(&'static str, String)>,
}

/// Shows the result of a search.
pub async fn search(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let state = SearchState::parse(&query.unwrap_or_default());
    app.page(language, move |context| page(context, state))
        .await
}

fn page(context: &Context, state: SearchState) -> Result<SearchPage, PageError> {
    let (state, results) = found(context, state)?;
    let hits = hit_views(context, &state, &results.hits)?;
    let shown = hits.len();
    let first = (state.page - 1) * state.size + 1;
    Ok(SearchPage {
        shell: shell(context, &state),
        hidden: hidden(&state, &["q", "seite", "woertlich"]),
        count: wording::counted(results.total, "Treffer", "Treffer"),
        range: (shown > 0 && results.total > shown as u64)
            .then(|| format!("{first} bis {}", first + shown - 1)),
        known: known(context, &results)?,
        suggestion: results.suggestion.as_ref().map(|query| {
            let better = state.changed(|state| state.query.clone_from(query));
            Link::new(better.address("/suche"), query.clone())
        }),
        pieces: pieces(&state, &results.interpretation.readings),
        truncated: results.interpretation.truncated,
        unread: state
            .unread
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect(),
        active: active_filters(context, &state),
        reset: SearchState::of_query(&state.query).address("/suche"),
        facets: facets(context, &state, &results.facets),
        years: histogram(&state, &results.facets),
        year_fields: YearFields {
            from: state
                .filters
                .year_from
                .map(|year| year.to_string())
                .unwrap_or_default(),
            to: state
                .filters
                .year_to
                .map(|year| year.to_string())
                .unwrap_or_default(),
            hidden: hidden(&state, &["jahr", "von", "bis", "seite"]),
        },
        sorts: sorts(&state),
        sizes: sizes(&state, results.total),
        no_hits: no_hits(context, &state, &results)?,
        steps: steps(&state, results.total),
        api: state.address("/api/suche"),
        query: state.query.clone(),
        hits,
    })
}

/// Searches; a page behind the last one shows the last one.
pub fn found(
    context: &Context,
    mut state: SearchState,
) -> Result<(SearchState, Results), PageError> {
    if state.query.is_empty() && state.sort == Sort::Relevance {
        // Without words nothing is more relevant than anything else.
        state.sort = Sort::Newest;
    }
    let results = context.app.searcher.search(&state.request())?;
    let last = last_page(results.total, state.size);
    if state.page <= last {
        return Ok((state, results));
    }
    state.page = last;
    let results = context.app.searcher.search(&state.request())?;
    Ok((state, results))
}

fn shell(context: &Context, state: &SearchState) -> Shell {
    let title = match state.query.as_str() {
        "" => "Alle Beschlüsse".to_owned(),
        query => format!("„{query}“ – Suche"),
    };
    context
        .shell(title)
        .at(state.address("/suche"))
        .within(Section::Search)
        .unlisted()
}

/// Returns the parameters that a form carries along.
fn hidden(state: &SearchState, but: &[&str]) -> Vec<(&'static str, String)> {
    let mut parameters = state.parameters();
    parameters.retain(|(name, _)| !but.contains(name));
    parameters
}

fn known(context: &Context, results: &Results) -> Result<Option<Known>, PageError> {
    let known = match &results.interpretation.known_item {
        None => None,
        Some(KnownItem::Resolution { id, held }) => {
            let parsed = id.parse().ok();
            let link = match &parsed {
                Some(id) if *held => context.resolution_link(id)?,
                _ => None,
            };
            let text = match (&link, parsed) {
                (Some(_), _) => "Genau dieser Beschluss:".to_owned(),
                (None, Some(id)) => format!(
                    "Verstanden als Beschluss {} der Sitzung „{}“. Das Archiv hält ihn nicht.",
                    id.label,
                    context.meeting_name(&id.meeting)
                ),
                (None, None) => return Ok(None),
            };
            Some(Known { text, link })
        }
        Some(KnownItem::Meeting { id, resolutions }) => Some(Known {
            text: match resolutions {
                0 => "Genau diese Sitzung (ohne Beschluss im Bestand):".to_owned(),
                count => format!(
                    "Genau diese Sitzung, mit {} im Bestand:",
                    wording::counted(*count, "Beschluss", "Beschlüssen")
                ),
            },
            link: Some(context.meeting_link(id)),
        }),
    };
    Ok(known)
}

fn sorts(state: &SearchState) -> Vec<Choice> {
    SORTS
        .iter()
        .filter(|row| row.1 != Sort::Relevance || !state.query.is_empty())
        .map(|(_, sort, words)| Choice {
            link: Link::new(
                state.changed(|state| state.sort = *sort).address("/suche"),
                *words,
            ),
            chosen: state.sort == *sort,
        })
        .collect()
}

/// Returns the page sizes, where the result is longer than the smallest.
fn sizes(state: &SearchState, total: u64) -> Vec<Choice> {
    if total <= PAGE_SIZES[0] as u64 {
        return Vec::new();
    }
    PAGE_SIZES
        .iter()
        .map(|size| Choice {
            link: Link::new(
                state.changed(|state| state.size = *size).address("/suche"),
                size.to_string(),
            ),
            chosen: state.size == *size,
        })
        .collect()
}
