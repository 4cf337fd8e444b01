//! `/bestand`: for every conference the meetings that are known, what is held of them and what is missing.

use askama::Template;
use axum::{Extension, extract::State, response::Response};

use crate::{
    context::Context,
    language::Language,
    ledger::{Entry, Holding, ledger},
    page_error::PageError,
    shell::{Section, Shell},
    state::AppState,
    wording,
};

#[derive(Template)]
#[template(path = "holdings.html")]
struct HoldingsPage {
    shell: Shell,
    counts: Vec<(String, &'static str)>,
    unread: Option<String>,
    conferences: Vec<ConferenceLedger>,
}

/// The ledger of one conference.
struct ConferenceLedger {
    slug: String,
    short: String,
    summary: String,
    remark: bool,
    entries: Vec<Entry>,
}

/// Shows the ledger.
pub async fn holdings(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
) -> Result<Response, PageError> {
    app.page(language, page).await
}

fn page(context: &Context) -> Result<HoldingsPage, PageError> {
    let counts = context.corpus.counts()?;
    let mut conferences = Vec::new();
    for conference in context.app.conferences.iter() {
        let entries = ledger(context, conference)?;
        conferences.push(ConferenceLedger {
            slug: conference.slug.clone(),
            short: conference.short.clone(),
            summary: summary(&entries),
            remark: !conference.remark.is_empty(),
            entries,
        });
    }
    Ok(HoldingsPage {
        shell: context
            .shell("Bestand und Lücken")
            .at("/bestand")
            .within(Section::Holdings)
            .described(
                "Welche Sitzungen bekannt sind, was das Archiv von ihnen hält und was fehlt.",
            ),
        counts: vec![
            (wording::number(counts.resolutions), "Beschlüsse"),
            (wording::number(counts.versions), "Fassungen"),
            (wording::number(counts.meetings), "Sitzungen"),
            (wording::number(counts.documents), "gelesene Dokumente"),
        ],
        unread: (counts.quarantined > 0)
            .then(|| wording::counted(counts.quarantined, "Dokument", "Dokumente")),
        conferences,
    })
}

fn summary(entries: &[Entry]) -> String {
    let count = |holding: Holding| {
        let of_kind = entries.iter().filter(|entry| entry.holding == holding);
        of_kind.count() as u64
    };
    let (held, missing) = (count(Holding::Held), count(Holding::Missing));
    match (held, missing) {
        (0, missing) => format!(
            "Von {} ist keine im Bestand.",
            wording::counted(missing, "bekannten Sitzung", "bekannten Sitzungen")
        ),
        (held, 0) => format!(
            "Alle {} sind im Bestand.",
            wording::counted(held, "bekannte Sitzung", "bekannten Sitzungen")
        ),
        (held, missing) => format!(
            "{} im Bestand, {} ohne Dokument.",
            wording::counted(held, "Sitzung", "Sitzungen"),
            wording::counted(missing, "gehaltene Sitzung", "gehaltene Sitzungen"),
        ),
    }
}
