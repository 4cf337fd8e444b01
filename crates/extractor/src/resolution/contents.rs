//! The table of contents: labels, titles and pages, by which the cut is checked.

use std::sync::LazyLock;

use laendersache_model::TopLabel;
use regex::Regex;

use super::label::labelled;

/// The page number at the end of an entry, behind dots or blanks.
static PAGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:[\s.·…_]{2,}|\s)(\d{1,3})\s*$").expect("a valid pattern"));
static DOTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\s.·…_]*[.·…_]{3,}[\s.·…_]*").expect("a valid pattern"));

/// How many characters of a title must agree; titles are wrapped and hyphenated differently in contents and text.
const COMPARED_CHARACTERS: usize = 14;

/// An entry of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ContentsEntry {
    /// The label as printed.
    pub label: TopLabel,
    /// The title without dots.
    pub title: String,
    /// The printed page number, if it was read.
    pub page: Option<u32>,
}

/// A document's table of contents; empty if it has none.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The entries in printed order.
    pub entries: Vec<ContentsEntry>,
}

impl Contents {
    /// Reads the entries; a text without a label goes on with the title of the entry before.
    pub fn read(texts: &[String]) -> Self {
        let mut contents = Self::default();
        for text in texts {
            let page = PAGE
                .captures(text)
                .and_then(|captures| captures[1].parse().ok());
            let without_page = match page {
                Some(_) => PAGE.replace(text, "").into_owned(),
                None => text.clone(),
            };
            let title = DOTS.replace_all(&without_page, " ").trim().to_owned();
            match (labelled(&title), contents.entries.last_mut()) {
                (Some(read), _) => contents.entries.push(ContentsEntry {
                    label: read.label,
                    title: read.rest,
                    page,
                }),
                (None, Some(entry)) => {
                    entry.title = format!("{} {title}", entry.title).trim().to_owned();
                    entry.page = entry.page.or(page);
                }
                (None, None) => {}
            }
        }
        contents
    }

    /// Returns the entry of a label, if its title begins like the given one (an empty title fits every entry).
    pub fn entry(&self, label: &TopLabel, title: &str) -> Option<&ContentsEntry> {
        self.entries.iter().find(|entry| {
            entry.label == *label && (title.is_empty() || begins_alike(&entry.title, title))
        })
    }

    /// Returns true if the document has no table of contents.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Returns the letters and digits of a title in lower case: what survives wrapping and hyphenation.
pub(super) fn letters(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn begins_alike(left: &str, right: &str) -> bool {
    let (left, right) = (letters(left), letters(right));
    let length = left
        .chars()
        .count()
        .min(right.chars().count())
        .min(COMPARED_CHARACTERS);
    length > 0 && left.chars().take(length).eq(right.chars().take(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &[(&str, &str, Option<u32>)]) {
        let texts: Vec<_> = texts.iter().map(|text| (*text).to_owned()).collect();
        let contents = Contents::read(&texts);
        let read: Vec<_> = contents
            .entries
            .iter()
            .map(|entry| (entry.label.0.as_str(), entry.title.as_str(), entry.page))
            .collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn entries_are_read_with_and_without_dots() {
        check(
            &["TOP 2.7 Qualität der Integrationskurse überprüfen...............7"],
            &[("2.7", "Qualität der Integrationskurse überprüfen", Some(7))],
        );
        check(
            &["2.1 Empfehlungen aufgreifen 8"],
            &[("2.1", "Empfehlungen aufgreifen", Some(8))],
        );
        check(
            &["TOP 5.2 Auslastung im Jahr 2017........... 16"],
            &[("5.2", "Auslastung im Jahr 2017", Some(16))],
        );
    }

    #[test]
    fn wrapped_entries_are_joined() {
        check(
            &[
                "Inhaltsverzeichnis",
                "TOP 1 Leitantrag: Orientierung geben",
                "– Integration als Weg ........ 3",
            ],
            &[(
                "1",
                "Leitantrag: Orientierung geben – Integration als Weg",
                Some(3),
            )],
        );
    }

    #[test]
    fn an_entry_is_found_by_label_and_the_beginning_of_its_title() {
        let contents = Contents::read(&["TOP 1 Leitantrag: Wege öffnen ... 3".to_owned()]);
        let label = TopLabel("1".to_owned());
        assert!(
            contents
                .entry(&label, "Leitantrag: We-ge öffnen und mehr")
                .is_some()
        );
        assert!(contents.entry(&label, "").is_some());
        assert!(contents.entry(&label, "Anderes").is_none());
        assert!(contents.entry(&TopLabel("2".to_owned()), "").is_none());
    }
}
