//! What surrounds every page: title, language, navigation, notices, foot.

use crate::{
    assets::{self, AssetNames},
    language::Language,
    page_error::Link,
    site_config::SiteConfig,
    state::AppState,
    wording,
};

/// The entry of the navigation to which a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The start page.
    Start,
    /// The search.
    Search,
    /// Conferences, meetings and resolutions.
    Conferences,
    /// The ledger of what is held and what is missing.
    Holdings,
    /// The help.
    Help,
    /// None of them.
    Other,
}

/// Whether search engines may list a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indexing {
    /// They may, under the canonical address.
    Allowed,
    /// They may follow its links but not list it.
    Refused,
}

/// The surroundings of a page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The language of the interface.
    pub language: Language,
    /// The operator's words.
    pub site: SiteConfig,
    /// Title of the page, without the name of the service.
    pub title: String,
    /// One sentence for search engines and link previews.
    pub description: String,
    /// Canonical path without the prefix of a language.
    pub path: String,
    /// Whether search engines may list it.
    pub indexing: Indexing,
    /// The entry of the navigation.
    pub section: Section,
    /// Addresses of the assets.
    pub assets: &'static AssetNames,
    /// When the last crawl ended, in words.
    pub last_crawl: Option<String>,
    /// The day of retrieval, in words.
    pub today: String,
    /// Ways up from this page, outermost first; the page itself is not among them.
    pub trail: Vec<Link>,
}

impl Shell {
    /// Builds the surroundings of a page that search engines may list.
    #[must_use]
    pub fn new(app: &AppState, language: Language, title: impl Into<String>) -> Self {
        Self {
            language,
            site: app.site.clone(),
            title: title.into(),
            description: String::new(),
            path: String::new(),
            indexing: Indexing::Allowed,
            section: Section::Other,
            assets: assets::names(),
            last_crawl: app
                .last_crawl()
                .map(|moment| wording::short_date(wording::german_day(moment))),
            today: wording::long_date(wording::german_day(app.now())),
            trail: Vec::new(),
        }
    }

    /// Returns the surroundings with a canonical path.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Returns the surroundings with an entry of the navigation.
    #[must_use]
    pub fn within(mut self, section: Section) -> Self {
        self.section = section;
        self
    }

    /// Returns the surroundings with a sentence for search engines.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Returns the surroundings with the ways up.
    #[must_use]
    pub fn below(mut self, trail: Vec<Link>) -> Self {
        self.trail = trail;
        self
    }

    /// Returns the surroundings of a page that search engines must not list.
    #[must_use]
    pub fn unlisted(mut self) -> Self {
        self.indexing = Indexing::Refused;
        self
    }

    /// Returns a phrase, named by its German wording, in the language of the page.
    #[must_use]
    pub fn t(&self, german: &'static str) -> &'static str {
        self.language.text(german)
    }

    /// Returns the address of a path in the language of the page.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.language.prefix())
    }

    /// Returns the public address of the page.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.site.absolute(&self.href(&self.path))
    }

    /// Returns true if search engines must not list the page.
    #[must_use]
    pub fn is_unlisted(&self) -> bool {
        self.indexing == Indexing::Refused
    }

    /// Returns true if the head has a search field; start page and result page have a larger one of their own.
    #[must_use]
    pub fn has_search_in_head(&self) -> bool {
        !matches!(self.section, Section::Start | Section::Search)
    }

    /// Returns the entries of the navigation: address, words, and whether the page belongs to it.
    #[must_use]
    pub fn navigation(&self) -> Vec<(String, &'static str, bool)> {
        [
            ("/suche", "Suche", Section::Search),
            ("/konferenzen", "Konferenzen", Section::Conferences),
            ("/bestand", "Bestand", Section::Holdings),
            ("/hilfe", "Hilfe", Section::Help),
        ]
        .map(|(path, text, section)| (self.href(path), self.t(text), self.section == section))
        .to_vec()
    }
}
