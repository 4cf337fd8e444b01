//! `bytes → links`: the addresses that a page leads to. Pure: no network, no clock.
//!
//! Only the tokens of a page are read and no tree is built: that takes time in proportion to the page, where a tree
//! of 100 000 nested elements takes a minute.

use std::{borrow::Cow, cell::RefCell, collections::HashSet};

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};
use url::Url;

use crate::{
    encoding::encoding_of,
    link_finder::{FoundLinks, PageBytes},
};

/// A page with more links than this is no listing but a trap.
const MAX_LINKS: usize = 20_000;
const MAX_TEXT_BYTES: usize = 2_000;

/// Finds the links of a page in the order in which they stand, each once.
///
/// It knows HTML only; other bytes have no links.
#[must_use]
pub fn links(page: &PageBytes<'_>) -> FoundLinks {
    let encoding = encoding_of(page);
    let (text, _, _) = encoding.decode(page.bytes);
    let tokens = tokens_of(&text);
    let base = tokens
        .base
        .and_then(|href| page.base.join(href.trim()).ok())
        .filter(|base| !base.cannot_be_a_base())
        .unwrap_or_else(|| page.base.clone());
    let encode: &dyn Fn(&str) -> Cow<'_, [u8]> =
        &|query| Cow::Owned(encoding.encode(query).0.into_owned());
    let resolver = Url::options()
        .base_url(Some(&base))
        .encoding_override(Some(encode));

    let mut links = Vec::new();
    let mut seen = HashSet::new();
    for target in &tokens.targets {
        let Ok(mut url) = resolver.parse(target.trim()) else {
            continue;
        };
        url.set_fragment(None);
        let is_web = matches!(url.scheme(), "http" | "https");
        if is_web && links.len() < MAX_LINKS && seen.insert(url.clone()) {
            links.push(url);
        }
    }
    FoundLinks {
        links,
        title: squeezed(&tokens.title),
        beginning: squeezed(&tokens.beginning),
    }
}

fn tokens_of(text: &str) -> Tokens {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.tokens.into_inner()
}

fn squeezed(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// What is kept of the tokens of a page.
#[derive(Debug, Default)]
struct Tokens {
    targets: Vec<String>,
    base: Option<String>,
    title: String,
    beginning: String,
    /// Where text goes at the moment.
    place: Place,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    Body,
    Title,
    /// Scripts and styles: nothing for readers.
    Unseen,
}

#[derive(Default)]
struct Sink {
    tokens: RefCell<Tokens>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line_number: u64) -> TokenSinkResult<()> {
        let mut tokens = self.tokens.borrow_mut();
        match token {
            Token::TagToken(tag) => tokens.tag(&tag),
            Token::CharacterTokens(text) => {
                tokens.text(&text);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Tokens {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        if tag.kind == TagKind::EndTag {
            self.place = Place::Body;
            return TokenSinkResult::Continue;
        }
        if let Some(target) = target_of(tag)
            && self.targets.len() < 2 * MAX_LINKS
        {
            self.targets.push(target.to_owned());
        }
        match &*tag.name {
            "base" if self.base.is_none() => {
                self.base = attribute(tag, "href").map(str::to_owned);
                TokenSinkResult::Continue
            }
            "title" => {
                let place = if self.title.is_empty() {
                    Place::Title
                } else {
                    Place::Unseen
                };
                self.raw(place, RawKind::Rcdata)
            }
            "textarea" => self.raw(Place::Unseen, RawKind::Rcdata),
            "script" => self.raw(Place::Unseen, RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                self.raw(Place::Unseen, RawKind::Rawtext)
            }
            _ => TokenSinkResult::Continue,
        }
    }

    fn raw(&mut self, place: Place, kind: RawKind) -> TokenSinkResult<()> {
        self.place = place;
        TokenSinkResult::RawData(kind)
    }

    fn text(&mut self, text: &str) {
        let target = match self.place {
            Place::Body => &mut self.beginning,
            Place::Title => &mut self.title,
            Place::Unseen => return,
        };
        let room = MAX_TEXT_BYTES.saturating_sub(target.len());
        target.push_str(&text[..text.floor_char_boundary(room)]);
        if self.place == Place::Body && room > 0 {
            target.push(' ');
        }
    }
}

/// Returns the address that an element leads to, as it is written.
fn target_of(tag: &Tag) -> Option<&str> {
    match &*tag.name {
        "a" | "area" => attribute(tag, "href"),
        "iframe" | "frame" | "embed" => attribute(tag, "src"),
        "object" => attribute(tag, "data"),
        "link" => {
            let mut relations = attribute(tag, "rel")?.split_whitespace();
            let leads_on = |relation: &str| matches!(relation, "next" | "prev");
            relations.any(leads_on).then(|| attribute(tag, "href"))?
        }
        "meta" => refresh_target(attribute(tag, "http-equiv")?, attribute(tag, "content")?),
        _ => None,
    }
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| &*attribute.value)
}

/// Reads `<meta http-equiv="refresh" content="0; url=...">`.
fn refresh_target<'a>(equivalent: &str, content: &'a str) -> Option<&'a str> {
    if !equivalent.eq_ignore_ascii_case("refresh") {
        return None;
    }
    let (_, target) = content.split_once([';', ','])?;
    let (name, value) = target.split_once('=')?;
    name.trim()
        .eq_ignore_ascii_case("url")
        .then(|| value.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(content_type: Option<&str>, bytes: &[u8]) -> FoundLinks {
        let base = Url::parse("https://www.intmk.example/de/seite.html?a=1").unwrap();
        links(&PageBytes {
            base: &base,
            content_type,
            bytes,
        })
    }

    fn check(html: &str, expected: &[&str]) {
        let found = find(Some("text/html; charset=utf-8"), html.as_bytes());
        let found: Vec<&str> = found.links.iter().map(Url::as_str).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn links_are_resolved_against_the_page_or_its_base() {
        check("<a href='b.pdf'>", &["https://www.intmk.example/de/b.pdf"]);
        check(
            "<a href='/b.pdf#page=3'>",
            &["https://www.intmk.example/b.pdf"],
        );
        check(
            "<a href='?newsID=3'>",
            &["https://www.intmk.example/de/seite.html?newsID=3"],
        );
        check(
            "<a href=' //other.example/x '>",
            &["https://other.example/x"],
        );
        check(
            "<base href='/x/'><a href='b'>",
            &["https://www.intmk.example/x/b"],
        );
        check(
            "<base href='data:x'><a href='b'>",
            &["https://www.intmk.example/de/b"],
        );
    }

    #[test]
    fn every_element_that_leads_on_is_read() {
        check(
            "<area href=1><iframe src=2></iframe><object data=3></object><embed src=4>\
             <link rel='next' href=5><link rel='stylesheet' href=css>\
             <meta http-equiv=Refresh content='0; URL=\"6\"'><img src=7>",
            &["1", "2", "3", "4", "5", "6"]
                .map(|name| format!("https://www.intmk.example/de/{name}"))
                .each_ref()
                .map(String::as_str),
        );
    }

    #[test]
    fn what_is_no_web_address_is_no_link() {
        check(
            "<a href='mailto:a@b.example'><a href='javascript:x()'><a href='file:///etc/passwd'><a href='http://['><a>",
            &[],
        );
    }

    #[test]
    fn each_link_is_found_once_in_its_order() {
        check(
            "<a href=b><a href=a><a href='b#x'>",
            &[
                "https://www.intmk.example/de/b",
                "https://www.intmk.example/de/a",
            ],
        );
    }

    #[test]
    fn the_query_is_escaped_in_the_encoding_of_the_page_and_the_path_in_utf_8() {
        let html = b"<meta charset=windows-1252><a href='/Beschl\xfcsse.html?ort=K\xf6ln'>";
        let expected = "https://www.intmk.example/Beschl%C3%BCsse.html?ort=K%F6ln";
        for content_type in [
            None,
            Some("text/html"),
            Some("text/html; charset=ISO-8859-1"),
        ] {
            assert_eq!(
                find(content_type, html).links[0].as_str(),
                expected,
                "{content_type:?}"
            );
        }
        let undeclared = b"<a href='/Beschl\xfcsse.html?ort=K\xf6ln'>";
        assert_eq!(find(None, undeclared).links[0].as_str(), expected);
    }

    #[test]
    fn title_and_beginning_are_read_without_scripts() {
        let found = find(
            None,
            b"<title> Nicht\n gefunden </title><body><script>x()</script>Die Seite <b>fehlt</b>",
        );
        assert_eq!(found.title, "Nicht gefunden");
        assert_eq!(found.beginning, "Die Seite fehlt");
    }

    #[test]
    fn hostile_pages_end() {
        let nested = "<div>".repeat(200_000) + "<a href=deep>";
        assert_eq!(find(None, nested.as_bytes()).links.len(), 1);
        let many: String = (0..30_000)
            .map(|number| format!("<a href={number}>"))
            .collect();
        assert_eq!(find(None, many.as_bytes()).links.len(), MAX_LINKS);
        let unclosed = "<a <a <title><script><!-- <a href=1>".repeat(10_000);
        assert!(find(None, unclosed.as_bytes()).links.is_empty());
        for bytes in [&b""[..], b"\0\0\0", b"\xff\xfe\0", b"%PDF-1.4 \xde\xad"] {
            assert!(find(None, bytes).links.is_empty());
        }
    }
}
