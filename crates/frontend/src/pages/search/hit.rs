//! A hit as readers see it: where it was decided, why it matched, and links into the text and to the PDF page.

use laendersache_model::ResolutionId;
use laendersache_searcher::{Hit, Snippet};

use crate::{
    context::{Context, pdf_page},
    marked::Marked,
    page_error::PageError,
    pages::row::{Flag, flags},
    search_state::SearchState,
    wording,
};

/// One hit.
pub struct HitView {
    /// Address of the resolution.
    pub href: String,
    /// Its title with marks.
    pub title: Marked,
    /// "13. IntMK · 15./16.03.2018 · Vorsitz: Bayern · TOP 2.7".
    pub line: String,
    /// Remarkable things.
    pub flags: Vec<Flag>,
    /// Excerpts, best first.
    pub snippets: Vec<SnippetView>,
    /// The words that matched, if they are not simply what was typed.
    pub words: Vec<String>,
    /// Address and number of the first page in the PDF.
    pub pdf: Option<(String, u32)>,
}

/// An excerpt.
pub struct SnippetView {
    /// "Beschluss, Absatz 3".
    pub label: String,
    /// Address of the paragraph.
    pub href: String,
    /// The excerpt with marks.
    pub text: Marked,
    /// Address and number of the page in the PDF.
    pub page: Option<(String, u32)>,
}

/// Builds the hits of a result page.
///
/// # Errors
/// If the corpus cannot be read.
pub fn hit_views(
    context: &Context,
    state: &SearchState,
    hits: &[Hit],
) -> Result<Vec<HitView>, PageError> {
    hits.iter().map(|hit| view(context, state, hit)).collect()
}

fn view(context: &Context, state: &SearchState, hit: &Hit) -> Result<HitView, PageError> {
    let work = match hit.id.parse::<ResolutionId>() {
        Ok(id) => context.corpus.work(&id)?,
        Err(_) => None,
    };
    let version = work.as_ref().map(laendersache_model::Work::current);
    let page_of = |page: u32| {
        version.and_then(|version| pdf_page(&version.sources, version.resolution.page_from, page))
    };
    let href = format!("/{}", hit.id);
    let title = Marked(hit.title.clone());
    let snippets: Vec<_> = hit
        .snippets
        .iter()
        .map(|snippet| snippet_view(&href, snippet, page_of(snippet.page)))
        .collect();
    Ok(HitView {
        words: matched_words(&state.query, &title, &snippets),
        line: line(context, hit),
        flags: version
            .map(|version| flags(&version.resolution))
            .unwrap_or_default(),
        pdf: page_of(hit.page_from),
        href,
        title,
        snippets,
    })
}

fn snippet_view(href: &str, snippet: &Snippet, page: Option<(String, u32)>) -> SnippetView {
    let section = wording::section_kind(snippet.section);
    SnippetView {
        label: format!("{section}, Absatz {}", snippet.paragraph),
        href: format!("{href}#abs-{}", snippet.paragraph),
        text: Marked(snippet.text.clone()),
        page,
    }
}

fn line(context: &Context, hit: &Hit) -> String {
    let mut parts = Vec::new();
    let meeting = hit
        .meeting
        .as_ref()
        .and_then(|id| context.corpus.meeting(id).ok().flatten());
    match (&meeting, &hit.meeting) {
        (Some(meeting), _) => parts.push(context.meeting_line(meeting)),
        (None, Some(id)) => parts.push(context.meeting_name(id)),
        (None, None) => {}
    }
    if let (Some(id), Some(label)) = (&hit.meeting, &hit.label) {
        parts.push(wording::label_name(id, label));
    }
    parts.join(" · ")
}

/// Returns the matched words if at least one of them was not typed: then readers ask why it was found.
fn matched_words(query: &str, title: &Marked, snippets: &[SnippetView]) -> Vec<String> {
    let typed = query.to_lowercase();
    let mut words: Vec<String> = Vec::new();
    let marked = snippets.iter().flat_map(|snippet| snippet.text.words());
    for word in title.words().into_iter().chain(marked) {
        let known = words
            .iter()
            .any(|other| other.to_lowercase() == word.to_lowercase());
        if !known {
            words.push(word);
        }
    }
    if words
        .iter()
        .all(|word| typed.contains(&word.to_lowercase()))
    {
        return Vec::new();
    }
    words.truncate(6);
    words
}
