//! How deeply a page nests its elements, before a tree is built of it.
//!
//! The tree builder looks through all open elements for many tags, so its time grows with the depth.

use std::collections::HashMap;

/// Browsers stop nesting at this depth too.
pub(super) const LIMIT: usize = 512;

/// Elements that never nest or that the next one of their kind closes.
const UNCOUNTED: [&str; 33] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option",
    "optgroup", "colgroup", "caption", "html", "head", "body", "rp", "rt",
];

/// Tells whether a page stays within the limit of nesting.
pub(super) fn is_bearable(html: &str) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut depth = 0_usize;
    for tag in html.split('<').skip(1) {
        let (closing, name) = match tag.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, tag),
        };
        let end = name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_name || UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        let count = open.entry(name).or_default();
        if closing {
            depth -= usize::from(*count > 0);
            *count = count.saturating_sub(1);
        } else {
            *count += 1;
            depth += 1;
        }
        if depth > LIMIT {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_pages_are_bearable_however_long() {
        assert!(is_bearable(
            &"<div class=a><p>1 < 2<br></div>".repeat(100_000)
        ));
        assert!(is_bearable(&"<p>ohne Ende<li>auch ohne".repeat(100_000)));
    }

    #[test]
    fn a_tower_of_elements_is_not() {
        assert!(is_bearable(&"<div>".repeat(LIMIT)));
        assert!(!is_bearable(&"<DIV>".repeat(LIMIT + 1)));
        assert!(!is_bearable(&"<div></span>".repeat(200_000)));
        assert!(!is_bearable(&"<table><tr><td>".repeat(200_000)));
    }
}
