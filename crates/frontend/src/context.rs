//! What a page is made from while it is being made, on a blocking thread.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::header;
use laendersache_corpus::Corpus;
use laendersache_model::{Meeting, MeetingId, ResolutionId, Source};

use crate::{
    language::Language,
    page_error::{Link, PageError},
    pool::Lease,
    shell::Shell,
    state::AppState,
    wording,
};

/// The shared state, a connection to the corpus and the language of the reader.
pub struct Context {
    pub(crate) app: AppState,
    pub(crate) language: Language,
    pub(crate) corpus: Lease<Corpus>,
}

impl AppState {
    /// Does blocking work with a context in the bounded pool.
    ///
    /// # Errors
    /// If the pool is full or the work fails.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        language: Language,
        work: impl FnOnce(&Context) -> Result<T, PageError> + Send + 'static,
    ) -> Result<T, PageError> {
        let app = self.clone();
        self.workers
            .run(move || {
                let corpus = app.corpus.lend()?;
                work(&Context {
                    app,
                    language,
                    corpus,
                })
            })
            .await?
    }

    /// Makes a page in the bounded pool.
    ///
    /// # Errors
    /// If the pool is full or the page cannot be made.
    pub(crate) async fn page<P: Template>(
        &self,
        language: Language,
        make: impl FnOnce(&Context) -> Result<P, PageError> + Send + 'static,
    ) -> Result<Response, PageError> {
        let html = self
            .work(language, move |context| Ok(make(context)?.render()?))
            .await?;
        let caching = [(header::CACHE_CONTROL, "public, max-age=60")];
        Ok((caching, Html(html)).into_response())
    }
}

impl Context {
    /// Begins the surroundings of a page.
    pub(crate) fn shell(&self, title: impl Into<String>) -> Shell {
        Shell::new(&self.app, self.language, title)
    }

    /// Returns the name of a meeting.
    pub(crate) fn meeting_name(&self, id: &MeetingId) -> String {
        wording::meeting_name(&self.app.conferences, id)
    }

    /// Returns "13. IntMK · 15./16.03.2018 · Vorsitz: Bayern".
    pub(crate) fn meeting_line(&self, meeting: &Meeting) -> String {
        wording::meeting_line(&self.app.conferences, meeting)
    }

    /// Returns a link to a conference.
    pub(crate) fn conference_link(&self, slug: &str) -> Link {
        let name = wording::conference_short(&self.app.conferences, slug);
        Link::new(format!("/{slug}"), name)
    }

    /// Returns a link to a meeting.
    pub(crate) fn meeting_link(&self, id: &MeetingId) -> Link {
        Link::new(format!("/{id}"), self.meeting_name(id))
    }

    /// Returns a link to a resolution with its meeting, label and, if it is held, its title.
    ///
    /// # Errors
    /// If the corpus cannot be read.
    pub(crate) fn resolution_link(&self, id: &ResolutionId) -> Result<Option<Link>, PageError> {
        Ok(self.corpus.work(id)?.map(|work| {
            let resolution = &work.current().resolution;
            let label = wording::label_name(&id.meeting, &resolution.label);
            let meeting = self.meeting_name(&id.meeting);
            Link::new(
                format!("/{id}"),
                format!("{meeting}, {label}: {}", resolution.title),
            )
        }))
    }

    /// Returns what readers call the site of a source.
    pub(crate) fn site_name(&self, source: &Source) -> String {
        self.app
            .conferences
            .site(&source.site)
            .map_or_else(|| source.site.to_string(), |(_, site)| site.name.clone())
    }
}

/// Returns the address of an archived file: `/datei/<sha256>.pdf`, or `.txt` for what is no PDF.
#[must_use]
pub fn file_address(source: &Source) -> String {
    let ending = if source.pdf { "pdf" } else { "txt" };
    format!("/datei/{}.{ending}", source.digest)
}

/// Returns the address of a page of the PDF that carries a wording, or `None` if no PDF does.
///
/// `page` counts in the file the wording was read from, whose first page of it is `page_from`; another file with
/// the same wording may have it elsewhere.
#[must_use]
pub fn pdf_page(sources: &[Source], page_from: u32, page: u32) -> Option<(String, u32)> {
    let pdfs = || sources.iter().filter(|source| source.pdf);
    let source = pdfs()
        .find(|source| source.page_from == page_from)
        .or_else(|| pdfs().next())?;
    let page = (source.page_from + page.saturating_sub(page_from)).min(source.page_to.max(1));
    Some((format!("{}#page={page}", file_address(source)), page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use laendersache_model::{Digest, SiteId};

    fn source(pdf: bool, page_from: u32, page_to: u32) -> Source {
        Source {
            digest: Digest::from_bytes([u8::from(pdf); 32]),
            url: "https://example.test/x".parse().expect("valid"),
            site: SiteId("x".to_owned()),
            first_captured: jiff::Timestamp::UNIX_EPOCH,
            pdf,
            page_from,
            page_to,
        }
    }

    #[test]
    fn a_page_is_counted_in_the_file_it_is_opened_in() {
        for (sources, page_from, page, expected) in [
            (vec![source(true, 18, 20)], 18, 19, Some(19)),
            (vec![source(true, 3, 5)], 18, 19, Some(4)),
            (
                vec![source(true, 3, 5), source(true, 18, 20)],
                18,
                19,
                Some(19),
            ),
            (vec![source(true, 3, 5)], 18, 40, Some(5)),
            (vec![source(true, 18, 20)], 18, 0, Some(18)),
            (vec![source(false, 1, 1)], 1, 1, None),
            (vec![], 1, 1, None),
        ] {
            let found = pdf_page(&sources, page_from, page);
            assert_eq!(found.as_ref().map(|(_, page)| *page), expected);
            if let Some((address, page)) = found {
                assert!(address.ends_with(&format!(".pdf#page={page}")), "{address}");
            }
        }
    }

    #[test]
    fn what_is_no_pdf_is_offered_as_text() {
        assert!(file_address(&source(false, 1, 1)).ends_with(".txt"));
    }
}
