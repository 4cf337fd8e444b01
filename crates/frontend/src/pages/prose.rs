//! Pages of running text: help, about, and what the law asks for; one template per language.

use askama::Template;
use axum::{Extension, extract::State, response::Response};
use http::Uri;

use crate::{
    context::Context,
    language::Language,
    page_error::{Link, PageError},
    search_state::SearchState,
    shell::{Section, Shell},
    state::AppState,
};

/// What can be typed, with its meaning; each row is searched by a test.
pub const QUERY_EXAMPLES: [(&str, &str); 12] = [
    (
        "Integrationskurse",
        "das Wort in allen seinen Formen, als Teil zusammengesetzter Wörter und in verwandten Wörtern",
    ),
    (
        "Sprachkurs Ehrenamt",
        "beide Wörter müssen vorkommen, in beliebiger Reihenfolge",
    ),
    (
        "\"gesellschaftlicher Zusammenhalt\"",
        "genau diese Wortfolge, ohne andere Formen",
    ),
    ("Asyl ODER Flucht", "mindestens eines der beiden Wörter"),
    (
        "Arbeitsmarkt NICHT Pflege",
        "das erste Wort, aber nicht das zweite; -Pflege bedeutet dasselbe",
    ),
    ("(Asyl ODER Flucht) Ehrenamt", "Klammern fassen zusammen"),
    (
        "Integrations*",
        "alle Wörter, die so beginnen; mindestens drei Buchstaben",
    ),
    (
        "§ 25b AufenthG",
        "die Fundstelle in jeder Schreibweise: §25b, § 25 b, Paragraph 25b",
    ),
    ("titel:Monitoring", "das Wort im Titel"),
    (
        "vorsitz:Bayern jahr:2018",
        "Vorsitzland und Jahr; auch jahr:2015..2020",
    ),
    ("abstimmung:einstimmig", "nach dem Ergebnis der Abstimmung"),
    ("13. IntMK TOP 2.7", "führt direkt zu diesem Beschluss"),
];

/// A query that can be tried, with its meaning.
struct Example {
    query: &'static str,
    href: String,
    meaning: &'static str,
}

macro_rules! prose {
    ($($page:ident, $template:literal;)*) => {
        $(#[derive(Template)]
        #[template(path = $template)]
        struct $page {
            shell: Shell,
        })*
    };
}

prose! {
    AboutPage, "de/about.html";
    ImpressumPage, "de/impressum.html";
    PrivacyPage, "de/privacy.html";
    AccessibilityPage, "de/accessibility.html";
}

#[derive(Template)]
#[template(path = "de/help.html")]
struct HelpPage {
    shell: Shell,
    examples: Vec<Example>,
}

/// Shows how to search, by examples.
pub async fn help(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
) -> Result<Response, PageError> {
    let page = |context: &Context| {
        let examples = QUERY_EXAMPLES.map(|(query, meaning)| Example {
            query,
            href: SearchState::of_query(query).address("/suche"),
            meaning,
        });
        Ok(HelpPage {
            shell: context
                .shell("Hilfe zur Suche")
                .at("/hilfe")
                .within(Section::Help),
            examples: examples.into_iter().collect(),
        })
    };
    app.page(language, page).await
}

/// Shows what the service is, where its texts come from and how far they can be trusted.
pub async fn about(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
) -> Result<Response, PageError> {
    let page = |context: &Context| {
        let shell = context.shell("Über dieses Archiv").at("/ueber");
        Ok(AboutPage { shell })
    };
    app.page(language, page).await
}

/// Shows the operator's Impressum.
pub async fn impressum(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
) -> Result<Response, PageError> {
    let page = |context: &Context| {
        let shell = context.shell("Impressum").at("/impressum");
        Ok(ImpressumPage { shell })
    };
    app.page(language, page).await
}

/// Shows what the service learns about its readers: next to nothing.
pub async fn privacy(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
) -> Result<Response, PageError> {
    let page = |context: &Context| {
        let shell = context.shell("Datenschutz").at("/datenschutz");
        Ok(PrivacyPage { shell })
    };
    app.page(language, page).await
}

/// Shows how accessible the pages are and whom to tell about barriers.
pub async fn accessibility(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
) -> Result<Response, PageError> {
    let page = |context: &Context| {
        let shell = context.shell("Barrierefreiheit").at("/barrierefreiheit");
        Ok(AccessibilityPage { shell })
    };
    app.page(language, page).await
}

/// Answers every address that no route knows; one with a slash too many is sent to the one without.
pub async fn not_found(uri: Uri) -> PageError {
    let trimmed = uri.path().trim_end_matches('/');
    // `//host/` would become an address of another host.
    if trimmed.len() < uri.path().len() && trimmed.len() > 1 && !trimmed.starts_with("//") {
        let query = uri
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        return PageError::Moved {
            to: format!("{trimmed}{query}"),
        };
    }
    PageError::NotFound {
        sentence: "Unter dieser Adresse gibt es nichts.".to_owned(),
        links: vec![Link::new("/", "Startseite")],
    }
}
