//! `bytes → links`: the addresses that a page leads to. Pure: no network, no clock.
//!
//! Only the tokens of a page are read and no tree is built: that takes time in proportion to the page, where a tree
//! of 100 000 nested elements takes a minute.

use std::{borrow::Cow, cell::RefCell, collections::HashSet, io::Read};

use flate2::read::MultiGzDecoder;
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
    main_text::MainText,
    media,
};

/// A page with more links than this is no listing but a trap.
///
/// A sitemap may have 50 000 addresses (<https://www.sitemaps.org/protocol.html>, seen 2026-11-22).
const MAX_LINKS: usize = 50_000;
/// How large a packed sitemap may become: as large as the same protocol allows.
const MAX_UNPACKED_BYTES: u64 = 50 << 20;
const MAX_TEXT_BYTES: usize = 2_000;

/// Finds the links of a page in the order in which they stand, each once.
///
/// It knows HTML and, because their `<loc>` elements are tokens too, sitemaps; other bytes have no links.
/// A sitemap may be packed. No entity is ever expanded, so it cannot be a bomb inside.
#[must_use]
pub fn links(page: &PageBytes<'_>) -> FoundLinks {
    let bytes = unpacked(page.bytes);
    let encoding = encoding_of(&PageBytes {
        bytes: &bytes,
        ..*page
    });
    let (text, _, _) = encoding.decode(&bytes);
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
        text_digest: tokens.main_text.digest(),
    }
}

/// Unpacks a packed sitemap up to a limit; of a damaged one, what can be read of it.
fn unpacked(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !media::is_packed(bytes) {
        return Cow::Borrowed(bytes);
    }
    let mut unpacked = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes).take(MAX_UNPACKED_BYTES);
    let _ = reader.read_to_end(&mut unpacked);
    Cow::Owned(unpacked)
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
    main_text: MainText,
    /// The address in an element `<loc>` that is not closed yet.
    location: String,
    /// Where text goes at the moment.
    place: Place,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    Body,
    Title,
    /// An address in a sitemap.
    Location,
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
            if self.place == Place::Location {
                let location = std::mem::take(&mut self.location);
                self.add_target(location);
            }
            self.place = Place::Body;
            self.main_text.close(&tag.name);
            return TokenSinkResult::Continue;
        }
        self.main_text.open(tag);
        if let Some(target) = target_of(tag) {
            self.add_target(target.to_owned());
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
            "loc" => {
                self.place = Place::Location;
                TokenSinkResult::Continue
            }
            "textarea" => self.raw(Place::Unseen, RawKind::Rcdata),
            "script" => self.raw(Place::Unseen, RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                self.raw(Place::Unseen, RawKind::Rawtext)
            }
            _ => TokenSinkResult::Continue,
        }
    }

    fn add_target(&mut self, target: String) {
        if self.targets.len() < 2 * MAX_LINKS {
            self.targets.push(target);
        }
    }

    fn raw(&mut self, place: Place, kind: RawKind) -> TokenSinkResult<()> {
        self.place = place;
        TokenSinkResult::RawData(kind)
    }

    fn text(&mut self, text: &str) {
        if self.place == Place::Body {
            self.main_text.text(text);
        }
        let target = match self.place {
            Place::Body => &mut self.beginning,
            Place::Title => &mut self.title,
            Place::Location => &mut self.location,
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
mod tests;
