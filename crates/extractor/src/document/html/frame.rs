//! The frame of a site: navigation, head, foot, boxes and forms that stand around the text of every page.
//!
//! Above all the box of the current chair, which is baked into every page, old ones too.
//! An element is frame by what it is or by how it is named; names are those German and English sites use.

use super::tree::{Content, Element, Tree};

/// Elements that never hold text to be read, or only text of the frame.
const FRAME_ELEMENTS: [&str; 22] = [
    "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas",
    "audio", "video", "map", "nav", "footer", "aside", "button", "select", "textarea", "input",
    "dialog", "datalist",
];
/// Roles of the frame.
const FRAME_ROLES: [&str; 7] = [
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "menu",
];
/// Words in names of frame elements.
const FRAME_NAMES: [&str; 58] = [
    "nav",
    "navi",
    "navbar",
    "navigation",
    "menu",
    "menue",
    "menü",
    "breadcrumb",
    "breadcrumbs",
    "brotkrumen",
    "brotkrume",
    "krumen",
    "pfad",
    "rootline",
    "klickpfad",
    "footer",
    "fuss",
    "fusszeile",
    "fussnavigation",
    "foot",
    "kopf",
    "kopfzeile",
    "seitenkopf",
    "banner",
    "logo",
    "sidebar",
    "randspalte",
    "marginalspalte",
    "marginalie",
    "marginal",
    "kasten",
    "infobox",
    "kontaktbox",
    "sprunglinks",
    "sprungmarken",
    "skip",
    "skiplinks",
    "skiplink",
    "cookie",
    "cookies",
    "consent",
    "social",
    "share",
    "sharing",
    "teilen",
    "suche",
    "suchformular",
    "search",
    "login",
    "pagination",
    "pager",
    "drucken",
    "print",
    "toplink",
    "seitenanfang",
    "nachoben",
    "seitenfuss",
    "servicelinks",
];
/// Ends of compound names: "vorsitzkasten", "metanavi", "rechtespalte".
const FRAME_NAME_ENDS: [&str; 11] = [
    "kasten",
    "navi",
    "navigation",
    "menu",
    "menue",
    "sidebar",
    "breadcrumb",
    "leiste",
    "footer",
    "infobox",
    "randspalte",
];
/// Words that name the text itself.
const CONTENT_NAMES: [&str; 10] = [
    "content",
    "inhalt",
    "main",
    "hauptinhalt",
    "maincontent",
    "hauptspalte",
    "contentmain",
    "inhaltsbereich",
    "seiteninhalt",
    "haupttext",
];

/// Tells for each node whether it belongs to the text (true) or to the frame.
pub(super) fn kept(tree: &Tree) -> Vec<bool> {
    let lengths = Lengths::of(tree);
    let mut kept = vec![true; tree.nodes.len()];
    let mut position = 0;
    while position < tree.nodes.len() {
        let end = tree.nodes[position].end;
        if tree
            .element(position)
            .is_some_and(|element| is_frame(element, &lengths, position..end))
        {
            kept[position..end].fill(false);
            position = end;
        } else {
            position += 1;
        }
    }
    kept
}

/// Tells whether an element is named as the place of the text.
pub(super) fn is_named_content(names: &[String]) -> bool {
    names
        .iter()
        .any(|name| CONTENT_NAMES.contains(&name.as_str()))
}

/// Tells whether an element is marked as the place of the text.
pub(super) fn is_main(element: &Element) -> bool {
    element.name == "main" || element.role == "main"
}

fn is_frame(element: &Element, lengths: &Lengths, inside: std::ops::Range<usize>) -> bool {
    let name = element.name.as_str();
    if matches!(name, "html" | "body") || is_main(element) {
        return false;
    }
    if FRAME_ELEMENTS.contains(&name)
        || FRAME_ROLES.contains(&element.role.as_str())
        || element.hidden
    {
        return true;
    }
    let named = matches!(name, "header" | "form")
        || is_named_frame(&element.id)
        || is_named_frame(&element.classes);
    named && !lengths.is_where_the_text_is(inside)
}

fn is_named_frame(names: &[String]) -> bool {
    let whole = |name: &str| FRAME_NAMES.contains(&name);
    let ending = |name: &str| FRAME_NAME_ENDS.iter().any(|end| name.ends_with(end));
    names.iter().any(|name| whole(name) || ending(name))
}

/// Lengths of text up to each node, to measure any subtree by a subtraction.
struct Lengths {
    /// Bytes of text outside links before each node.
    text: Vec<usize>,
    /// Main headings and marked places of the text before each node.
    marks: Vec<usize>,
}

impl Lengths {
    fn of(tree: &Tree) -> Self {
        let count = tree.nodes.len();
        let mut lengths = Self {
            text: vec![0; count + 1],
            marks: vec![0; count + 1],
        };
        let mut unread_until = 0;
        for (position, node) in tree.nodes.iter().enumerate() {
            let mut text = 0;
            let mut mark = 0;
            match &node.content {
                Content::Text(content) if position >= unread_until => text = content.trim().len(),
                Content::Text(_) => {}
                Content::Element(element) => {
                    let unread = ["a", "script", "style", "head", "select", "noscript"];
                    if unread.contains(&element.name.as_str()) {
                        unread_until = unread_until.max(node.end);
                    }
                    mark = usize::from(element.name == "h1" || is_main(element));
                }
            }
            lengths.text[position + 1] = lengths.text[position] + text;
            lengths.marks[position + 1] = lengths.marks[position] + mark;
        }
        lengths
    }

    /// A subtree with the main heading or with half of all text is no frame, whatever its name.
    fn is_where_the_text_is(&self, inside: std::ops::Range<usize>) -> bool {
        let all = self.text.last().copied().unwrap_or_default();
        let text = self.text[inside.end] - self.text[inside.start];
        2 * text > all || self.marks[inside.end] > self.marks[inside.start]
    }
}
