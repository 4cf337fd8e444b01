//! The text of a resolution: parts, paragraphs with anchors, and the page of the PDF each begins on.

use laendersache_model::{Paragraph, SectionKind, Version};

use crate::{context::pdf_page, wording};

/// A part of the text.
pub struct Part {
    /// Anchor of its heading.
    pub anchor: String,
    /// Its heading.
    pub heading: String,
    /// Name of its look: `decision` or `aside`.
    pub look: &'static str,
    /// Its paragraphs.
    pub paragraphs: Vec<ParagraphView>,
}

/// A paragraph.
pub struct ParagraphView {
    /// Its number; the anchor is `abs-<n>`.
    pub number: u32,
    /// The printed marker, if there is one.
    pub marker: Option<String>,
    /// The text without the marker.
    pub text: String,
    /// How deep it is indented, from 0 to 2.
    pub depth: usize,
    /// Address and number of the page, where a new page of the PDF begins.
    pub page: Option<(String, u32)>,
}

/// Returns the parts of a wording.
pub fn parts(version: &Version) -> Vec<Part> {
    let resolution = &version.resolution;
    let mut last_page = 0;
    let mut parts = Vec::new();
    for (position, section) in resolution.sections.iter().enumerate() {
        let mut paragraphs = Vec::new();
        for paragraph in &section.paragraphs {
            let page = (paragraph.page != last_page)
                .then(|| pdf_page(&version.sources, resolution.page_from, paragraph.page))
                .flatten();
            last_page = paragraph.page;
            paragraphs.push(view(paragraph, page));
        }
        let name = wording::section_kind(section.kind);
        let heading = match (section.laender.as_slice(), section.kind) {
            ([], _) | (_, SectionKind::Decision | SectionKind::Reasons) => name.to_owned(),
            (laender, _) => format!("{name}: {}", wording::laender(laender)),
        };
        parts.push(Part {
            anchor: format!("teil-{}", position + 1),
            heading,
            look: match section.kind {
                SectionKind::Decision => "decision",
                _ => "aside",
            },
            paragraphs,
        });
    }
    parts
}

fn view(paragraph: &Paragraph, page: Option<(String, u32)>) -> ParagraphView {
    let marker = paragraph.marker.as_deref().map(str::trim);
    let text = marker
        .and_then(|marker| paragraph.text.trim_start().strip_prefix(marker))
        .unwrap_or(&paragraph.text);
    // A marker that does not begin the text stays in it; nothing of the wording may be lost.
    let marker = marker.filter(|marker| !marker.is_empty() && text.len() < paragraph.text.len());
    ParagraphView {
        number: paragraph.number,
        depth: marker.map_or(0, depth),
        marker: marker.map(str::to_owned),
        text: text.trim().to_owned(),
        page,
    }
}

/// Returns how deep a marker stands: "1." and "I." outermost, then "a)", then dashes and bullets.
fn depth(marker: &str) -> usize {
    let Some(first) = marker.trim_start_matches('(').chars().next() else {
        return 0;
    };
    if first.is_ascii_digit() || first.is_uppercase() {
        0
    } else if first.is_alphabetic() {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(marker: Option<&str>, text: &str, expected: (Option<&str>, &str, usize)) {
        let paragraph = Paragraph {
            number: 1,
            marker: marker.map(str::to_owned),
            text: text.to_owned(),
            page: 1,
        };
        let view = view(&paragraph, None);
        assert_eq!(
            (view.marker.as_deref(), view.text.as_str(), view.depth),
            expected
        );
    }

    #[test]
    fn markers_stand_apart_and_nothing_is_lost() {
        check(
            Some("1."),
            "1. Die IntMK bittet",
            (Some("1."), "Die IntMK bittet", 0),
        );
        check(Some("a)"), "a) der Bund", (Some("a)"), "der Bund", 1));
        check(Some("–"), "– so", (Some("–"), "so", 2));
        check(Some("(2)"), "(2) Satz", (Some("(2)"), "Satz", 0));
        check(Some("b)"), "der Bund", (None, "der Bund", 0));
        check(None, "Ohne Nummer", (None, "Ohne Nummer", 0));
        check(Some(""), "Leer", (None, "Leer", 0));
    }
}
