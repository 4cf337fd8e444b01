//! `/status`: how fresh the archive is, source by source.

use askama::Template;
use axum::{Extension, extract::State, response::Response};
use laendersache_model::{Conference, Site};

use crate::{
    context::Context, language::Language, page_error::PageError, shell::Shell, state::AppState,
    wording,
};

#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage {
    shell: Shell,
    index_built: String,
    index_documents: String,
    generation: String,
    damage: bool,
    sources: Vec<SourceRow>,
}

/// A site and when it was last visited.
struct SourceRow {
    conference: String,
    name: String,
    host: String,
    state: &'static str,
    last_run: Option<String>,
}

/// Shows the state of the archive.
pub async fn status(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
) -> Result<Response, PageError> {
    app.page(language, page).await
}

fn page(context: &Context) -> Result<StatusPage, PageError> {
    let health = context.app.searcher.health();
    let mut sources = Vec::new();
    for conference in context.app.conferences.iter() {
        for site in &conference.sites {
            sources.push(source(context, conference, site)?);
        }
    }
    Ok(StatusPage {
        shell: context.shell("Status").at("/status").unlisted(),
        index_built: wording::moment(health.built_at),
        index_documents: wording::counted(health.documents, "Beschluss", "Beschlüsse"),
        generation: health.generation,
        damage: !health.damage.is_empty(),
        sources,
    })
}

fn source(context: &Context, conference: &Conference, site: &Site) -> Result<SourceRow, PageError> {
    let archive = context.app.archive.lend()?;
    let last = archive.runs(&site.id, 1)?.into_iter().next();
    Ok(SourceRow {
        conference: conference.short.clone(),
        name: site.name.clone(),
        host: site.hosts.first().cloned().unwrap_or_default(),
        state: match (site.enabled, &last) {
            (false, _) => "wird nicht besucht",
            (true, None) => "noch nicht besucht",
            (true, Some(_)) => "wird besucht",
        },
        last_run: last.map(|run| wording::moment(run.started_at)),
    })
}
