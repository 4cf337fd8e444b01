//! `/api/suche` takes the parameters of `/suche`; `/api/vorschlaege` completes a word.

use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use laendersache_searcher::{Facet, Hit, Interpretation, Results, Snippet};
use serde::Serialize;
use url::form_urlencoded;

use crate::{
    context::Context,
    language::Language,
    page_error::PageError,
    pages::{HitView, hit_views},
    search_state::SearchState,
    state::AppState,
};

/// Words shorter than this are not completed.
const SHORTEST_PREFIX: usize = 3;

/// How many completions are offered.
const MOST_SUGGESTIONS: usize = 8;

/// The answer to a search.
#[derive(Debug, Serialize)]
struct SearchAnswer {
    total: u64,
    page: usize,
    page_size: usize,
    hits: Vec<HitAnswer>,
    facets: Vec<Facet>,
    interpretation: Interpretation,
    suggestion: Option<String>,
    ignored_parameters: Vec<String>,
    generation: String,
}

/// A hit.
#[derive(Debug, Serialize)]
struct HitAnswer {
    id: String,
    url: String,
    title: String,
    citation: String,
    date: Option<String>,
    score: f32,
    pdf_url: Option<String>,
    snippets: Vec<SnippetAnswer>,
}

/// An excerpt; `marks` are byte ranges of `text`.
#[derive(Debug, Serialize)]
struct SnippetAnswer {
    section: String,
    paragraph: u32,
    page: u32,
    url: String,
    text: String,
    marks: Vec<(usize, usize)>,
}

/// A word of the archive that begins as typed.
#[derive(Debug, Serialize)]
struct Suggestion {
    text: String,
    documents: u64,
}

/// Answers a search.
pub async fn search(
    State(app): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let state = SearchState::parse(&query.unwrap_or_default());
    let answer = app.work(Language::German, move |context| {
        let results = context.app.searcher.search(&state.request())?;
        answer(context, &state, results)
    });
    Ok(Json(answer.await?).into_response())
}

/// Completes the last word of what was typed so far.
pub async fn suggestions(
    State(app): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let query = query.unwrap_or_default();
    let typed = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "q")
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default();
    let found = app.work(Language::German, move |context| {
        let prefix = typed.split_whitespace().next_back().unwrap_or_default();
        if prefix.chars().count() < SHORTEST_PREFIX || typed.ends_with(char::is_whitespace) {
            return Ok(Vec::new());
        }
        Ok(context.app.searcher.complete(prefix, MOST_SUGGESTIONS)?)
    });
    let suggestions: Vec<_> = found
        .await?
        .into_iter()
        .map(|completion| Suggestion {
            text: completion.text,
            documents: completion.documents,
        })
        .collect();
    Ok(Json(suggestions).into_response())
}

fn answer(
    context: &Context,
    state: &SearchState,
    results: Results,
) -> Result<SearchAnswer, PageError> {
    let views = hit_views(context, state, &results.hits)?;
    Ok(SearchAnswer {
        total: results.total,
        page: state.page,
        page_size: state.size,
        hits: results
            .hits
            .iter()
            .zip(&views)
            .map(|(hit, view)| hit_answer(context, hit, view))
            .collect(),
        facets: results.facets,
        interpretation: results.interpretation,
        suggestion: results.suggestion,
        ignored_parameters: state.unread.iter().map(|(name, _)| name.clone()).collect(),
        generation: results.generation,
    })
}

fn hit_answer(context: &Context, hit: &Hit, view: &HitView) -> HitAnswer {
    let absolute = |path: &str| context.app.site.absolute(path);
    HitAnswer {
        id: hit.id.clone(),
        url: absolute(&view.href),
        title: hit.title.text.clone(),
        citation: view.line.clone(),
        date: hit.date.map(|date| date.to_string()),
        score: hit.score,
        pdf_url: view.pdf.as_ref().map(|(href, _)| absolute(href)),
        snippets: hit
            .snippets
            .iter()
            .map(|snippet| snippet_answer(&absolute(&view.href), snippet))
            .collect(),
    }
}

fn snippet_answer(url: &str, snippet: &Snippet) -> SnippetAnswer {
    let section = serde_json::to_value(snippet.section).ok();
    SnippetAnswer {
        section: section
            .as_ref()
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned(),
        paragraph: snippet.paragraph,
        page: snippet.page,
        url: format!("{url}#abs-{}", snippet.paragraph),
        text: snippet.text.text.clone(),
        marks: snippet
            .text
            .marks
            .iter()
            .map(|mark| (mark.start, mark.end))
            .collect(),
    }
}
