//! The elements and texts of a page as one list in document order.
//!
//! Each node knows where its subtree ends, so everything that reads it is a loop and never recursion.

use scraper::{Html, Node as Parsed, node};

use super::super::text::{normalise, squeeze};

/// A page in document order.
#[derive(Debug)]
pub(super) struct Tree {
    /// All nodes; the first is the root.
    pub nodes: Vec<Node>,
    /// What the page calls itself in the browser's window.
    pub title: Option<String>,
}

/// One element or text.
#[derive(Debug)]
pub(super) struct Node {
    /// What it is.
    pub content: Content,
    /// Position of the first node after its subtree.
    pub end: usize,
}

/// The two kinds of nodes.
#[derive(Debug)]
pub(super) enum Content {
    /// An element.
    Element(Element),
    /// A piece of text, in normal form.
    Text(String),
}

/// What matters of an element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, in lower case.
    pub name: String,
    /// The words of its `id`.
    pub id: Vec<String>,
    /// The words of its classes.
    pub classes: Vec<String>,
    /// Its `role`.
    pub role: String,
    /// True if readers do not see it.
    pub hidden: bool,
    /// Where a numbered list starts.
    pub start: Option<i32>,
    /// How a numbered list counts.
    pub numbering: Option<char>,
}

impl Tree {
    /// Parses a page as browsers do.
    pub(super) fn parse(html: &str) -> Self {
        let html = Html::parse_document(html);
        let root = html.tree.root();
        let mut tree = Self {
            nodes: Vec::new(),
            title: None,
        };
        let mut open = Vec::new();
        let mut next = root.first_child();
        while let Some(node) = next {
            open.push(tree.nodes.len());
            tree.nodes.push(Node::from(node.value()));
            if let Some(child) = node.first_child() {
                next = Some(child);
                continue;
            }
            let mut left = node;
            next = loop {
                if let Some(position) = open.pop() {
                    tree.nodes[position].end = tree.nodes.len();
                }
                if let Some(sibling) = left.next_sibling() {
                    break Some(sibling);
                }
                match left.parent() {
                    Some(parent) if parent != root => left = parent,
                    _ => break None,
                }
            };
        }
        tree.title = tree.find_title();
        tree
    }

    /// Returns the element at a position, if it is one.
    pub(super) fn element(&self, position: usize) -> Option<&Element> {
        match &self.nodes.get(position)?.content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        }
    }

    fn find_title(&self) -> Option<String> {
        let named = |position: &usize| self.element(*position).is_some_and(|e| e.name == "title");
        let position = (0..self.nodes.len()).find(named)?;
        let inner = &self.nodes[position..self.nodes[position].end];
        let texts = inner.iter().filter_map(|node| match &node.content {
            Content::Text(text) => Some(text.as_str()),
            Content::Element(_) => None,
        });
        Some(squeeze(&texts.collect::<String>()))
    }
}

impl From<&Parsed> for Node {
    fn from(parsed: &Parsed) -> Self {
        let content = match parsed {
            Parsed::Text(text) => Content::Text(normalise(text)),
            Parsed::Element(element) => Content::Element(Element::from(element)),
            _ => Content::Text(String::new()),
        };
        Self { content, end: 0 }
    }
}

impl From<&node::Element> for Element {
    fn from(parsed: &node::Element) -> Self {
        let attribute = |name| parsed.attr(name).unwrap_or_default();
        let style: String = attribute("style").split_whitespace().collect();
        let invisible = ["display:none", "visibility:hidden"];
        Self {
            name: parsed.name().to_owned(),
            id: name_words(attribute("id")),
            classes: name_words(attribute("class")),
            role: attribute("role").to_ascii_lowercase(),
            hidden: parsed.attr("hidden").is_some()
                || attribute("aria-hidden") == "true"
                || invisible
                    .iter()
                    .any(|word| style.to_ascii_lowercase().contains(word)),
            start: attribute("start").parse().ok(),
            numbering: attribute("type").chars().next(),
        }
    }
}

/// Cuts a name into its words: "metaNavi_oben" gives "meta", "navi", "oben" and the whole.
fn name_words(names: &str) -> Vec<String> {
    let mut words = Vec::new();
    for name in names.split_whitespace() {
        let mut word = String::new();
        let mut small_before = false;
        for letter in name.chars() {
            let ends = !letter.is_alphanumeric() || (letter.is_uppercase() && small_before);
            if ends && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if letter.is_alphanumeric() {
                word.extend(letter.to_lowercase());
            }
            small_before = letter.is_lowercase();
        }
        if word.chars().count() < name.chars().count() {
            words.push(name.to_lowercase());
        }
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        let expected = ["meta", "navi", "metanavi-oben", "oben", "kasten"];
        assert_eq!(name_words("metaNavi-oben kasten"), expected);
    }

    #[test]
    fn each_node_knows_where_its_subtree_ends() {
        let tree = Tree::parse("<title>A &amp; B</title><body><p>x<b>y</b></p><p>z</p>");
        let body = (0..tree.nodes.len())
            .find(|&position| tree.element(position).is_some_and(|e| e.name == "body"))
            .expect("every page has a body");
        assert_eq!(tree.nodes[body].end, tree.nodes.len());
        let first = &tree.nodes[body + 1];
        assert_eq!(first.end, body + 5);
        assert_eq!(tree.title.as_deref(), Some("A & B"));
    }
}
