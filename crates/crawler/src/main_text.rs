//! `tokens → digest`: the text of a page without what stands around it on every page of its site.
//!
//! A new box with the address of the current chair on every page (seen on integrationsministerkonferenz.de each
//! 1 July) makes no new text. No tree is built: a frame is followed by counting the tags of its own name, and a frame
//! that is never closed, or that holds most of the page, is none.

use html5ever::tokenizer::Tag;
use laendersache_archive::digest_of;
use laendersache_model::Digest;

/// Elements around the text by what they are.
const FRAME_ELEMENTS: [&str; 3] = ["nav", "aside", "footer"];
/// Elements around the text by how they are named; all of them must be closed by a tag.
const NAMED_ELEMENTS: [&str; 6] = ["div", "section", "ul", "ol", "table", "form"];
/// Roles of what stands around the text.
const FRAME_ROLES: [&str; 5] = [
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
];
/// Names of what stands around the text, and ends of longer names.
const FRAME_NAMES: [&str; 18] = [
    "nav",
    "navi",
    "navbar",
    "menu",
    "menue",
    "navigation",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "fusszeile",
    "kopfzeile",
    "banner",
    "sidebar",
    "randspalte",
    "marginalspalte",
    "kasten",
    "infobox",
    "leiste",
];
const LONG_NAME_ENDS: [&str; 6] = [
    "navigation",
    "sidebar",
    "randspalte",
    "kasten",
    "infobox",
    "leiste",
];
/// A page with more frames than this is a trap.
const MAX_FRAMES: usize = 5_000;
/// And so is one with more of them inside each other.
const MAX_OPEN_FRAMES: usize = 64;

/// Gathers the text of a page, tag by tag.
#[derive(Debug, Default)]
pub(crate) struct MainText {
    text: String,
    pieces: Vec<Piece>,
    frames: Vec<Frame>,
    open: Vec<OpenFrame>,
    open_main: u32,
    open_articles: u32,
}

/// A stretch of text between two tags.
#[derive(Debug)]
struct Piece {
    end: usize,
    frame: Option<usize>,
    in_main: bool,
}

#[derive(Debug)]
struct Frame {
    outer: Option<usize>,
    length: usize,
    /// True if only its name says that it is a frame.
    is_named: bool,
    is_closed: bool,
}

#[derive(Debug)]
struct OpenFrame {
    number: usize,
    element: String,
    /// How many elements of this name are open in it, itself included.
    depth: u32,
}

impl MainText {
    /// Takes a tag that opens an element.
    pub(crate) fn open(&mut self, tag: &Tag) {
        if tag.self_closing {
            return;
        }
        let element = &*tag.name;
        match element {
            "main" => self.open_main += 1,
            "article" => self.open_articles += 1,
            _ => {}
        }
        if let Some(is_named) = self.frame_kind(tag)
            && self.frames.len() < MAX_FRAMES
            && self.open.len() < MAX_OPEN_FRAMES
        {
            self.open.push(OpenFrame {
                number: self.frames.len(),
                element: element.to_owned(),
                depth: 1,
            });
            self.frames.push(Frame {
                outer: self.open.iter().rev().nth(1).map(|outer| outer.number),
                length: 0,
                is_named,
                is_closed: false,
            });
        } else if let Some(innermost) = self.open.last_mut()
            && innermost.element == element
        {
            innermost.depth += 1;
        }
    }

    /// Takes a tag that closes an element.
    pub(crate) fn close(&mut self, element: &str) {
        match element {
            "main" => self.open_main = self.open_main.saturating_sub(1),
            "article" => self.open_articles = self.open_articles.saturating_sub(1),
            _ => {}
        }
        let Some(position) = self.open.iter().rposition(|open| open.element == element) else {
            return;
        };
        // Only elements that stand for frames themselves also close what was left open in them.
        if position + 1 < self.open.len() && !FRAME_ELEMENTS.contains(&element) {
            return;
        }
        self.open.truncate(position + 1);
        let innermost = &mut self.open[position];
        innermost.depth -= 1;
        if innermost.depth == 0 {
            self.frames[innermost.number].is_closed = true;
            self.open.pop();
        }
    }

    /// Takes text that readers see.
    pub(crate) fn text(&mut self, text: &str) {
        let begin = self.text.len();
        // White space depends on how the page is written down and is no text.
        self.text.extend(text.split_whitespace());
        let length = self.text.len() - begin;
        if length == 0 {
            return;
        }
        let frame = self.open.last().map(|open| open.number);
        if let Some(number) = frame {
            self.frames[number].length += length;
        }
        self.pieces.push(Piece {
            end: self.text.len(),
            frame,
            in_main: self.open_main > 0,
        });
    }

    /// Returns the digest of the text without its frames; `None` if there is no text.
    pub(crate) fn digest(self) -> Option<Digest> {
        let hidden = self.hidden_frames();
        let has_main = self.open_main == 0 && self.pieces.iter().any(|piece| piece.in_main);
        let mut kept = String::new();
        let mut begin = 0;
        for piece in &self.pieces {
            let is_hidden = piece.frame.is_some_and(|number| hidden[number]);
            if !is_hidden && (piece.in_main || !has_main) {
                kept.push_str(&self.text[begin..piece.end]);
            }
            begin = piece.end;
        }
        (!kept.is_empty()).then(|| digest_of(kept.as_bytes()))
    }

    /// Tells for each frame whether its text is left out; frames stand behind those that they lie in.
    fn hidden_frames(&self) -> Vec<bool> {
        let mut lengths: Vec<usize> = self.frames.iter().map(|frame| frame.length).collect();
        for (number, frame) in self.frames.iter().enumerate().rev() {
            if let Some(outer) = frame.outer {
                lengths[outer] += lengths[number];
            }
        }
        let mut hidden: Vec<bool> = Vec::with_capacity(self.frames.len());
        for (frame, length) in self.frames.iter().zip(lengths) {
            let holds_most = frame.is_named && length * 2 > self.text.len();
            let is_frame = frame.is_closed && !holds_most;
            hidden.push(is_frame || frame.outer.is_some_and(|outer| hidden[outer]));
        }
        hidden
    }

    /// Tells whether an element is a frame: `Some(true)` if only its name says so.
    fn frame_kind(&self, tag: &Tag) -> Option<bool> {
        let element = &*tag.name;
        if FRAME_ELEMENTS.contains(&element) {
            return Some(false);
        }
        if element == "header" {
            // The head of an article is its headline.
            return (self.open_main == 0 && self.open_articles == 0).then_some(false);
        }
        if !NAMED_ELEMENTS.contains(&element) {
            return None;
        }
        let is_named = tag
            .attrs
            .iter()
            .any(|attribute| match &*attribute.name.local {
                "role" => FRAME_ROLES.contains(&attribute.value.trim()),
                "class" | "id" => attribute
                    .value
                    .split(|c: char| !c.is_alphanumeric())
                    .any(is_frame_name),
                _ => false,
            });
        is_named.then_some(true)
    }
}

fn is_frame_name(name: &str) -> bool {
    let name = name.to_lowercase();
    FRAME_NAMES.contains(&name.as_str()) || LONG_NAME_ENDS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use laendersache_model::Digest;
    use url::Url;

    use crate::{PageBytes, links};

    fn digest(html: &str) -> Option<Digest> {
        let base = Url::parse("https://www.intmk.example/").unwrap();
        let page = PageBytes {
            base: &base,
            content_type: Some("text/html; charset=utf-8"),
            bytes: html.as_bytes(),
        };
        links(&page).text_digest
    }

    const TEXT: &str =
        "<h1>Beschluss</h1><p>Die Konferenz beschließt die Förderung der Sprachkurse.</p>";

    #[test]
    fn what_stands_around_the_text_does_not_count() {
        let plain = digest(TEXT);
        assert!(plain.is_some());
        for page in [
            "<nav>Start<ul><li>Presse</ul></nav>{}<footer>Impressum</footer>",
            "<title>Vorsitz 2026</title><header><h2>Ministerium</h2></header>{}",
            "{}<aside><div class=box><div>Vorsitz: RLP</div></div></aside>",
            "<div id='rechte-randspalte'><div>Vorsitz <div>NRW</div></div></div>{}",
            "<div class='box vorsitzkasten'>Göttingen</div>{}<script>x()</script><style>y</style>",
            "Ministerium<main><nav>Hier</nav>{}</main>Anschrift",
            "<div class='with-sidebar'>{}<div class=sidebar>Vorsitz</div></div>",
            "<aside><div class=navi>offen</aside>{}",
        ] {
            assert_eq!(digest(&page.replace("{}", TEXT)), plain, "{page}");
        }
        let spaced = TEXT
            .replace('>', ">\n\t ")
            .replace("<p>", "<div><p class=neu>");
        assert_eq!(digest(&spaced), plain, "nor how it is written down");
    }

    #[test]
    fn another_word_makes_another_text() {
        let plain = digest(TEXT);
        for page in [
            TEXT.replace("Sprachkurse", "Integrationskurse"),
            format!("{TEXT}<p>Nachtrag"),
            format!("<article><header>Neu</header>{TEXT}</article>"),
            // Who forgets to close a box must not hide the text behind it.
            format!("<aside>Vorsitz{TEXT}"),
            format!("<div class=navi>Vorsitz{TEXT}"),
            format!("<main>Neu{TEXT}"),
        ] {
            let digest = digest(&page);
            assert!(digest.is_some() && digest != plain, "{page}");
        }
    }

    #[test]
    fn a_page_without_text_has_no_digest() {
        for page in [
            "",
            "<nav>Start</nav>",
            "<script>x()</script><title>T</title>",
        ] {
            assert_eq!(digest(page), None, "{page}");
        }
    }

    #[test]
    fn hostile_frames_end() {
        let nested = "<nav>".repeat(100_000) + "a" + &"</nav>".repeat(100_000) + TEXT;
        assert!(digest(&nested).is_some());
        let crossed = "<aside><div class=nav></aside></div>".repeat(50_000) + TEXT;
        assert!(digest(&crossed).is_some());
    }
}
