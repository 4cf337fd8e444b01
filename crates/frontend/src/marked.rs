//! Texts with what matched in them, as HTML: everything escaped, only `<mark>` is ours.

use std::fmt;

use askama::filters::{Escaper, Html, HtmlSafe};
use laendersache_searcher::Highlighted;

/// A highlighted text that displays itself as safe HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked(pub Highlighted);

impl Marked {
    /// Returns the marked words, each once, in the order of the text.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for range in &self.0.marks {
            let word = self.0.text.get(range.clone()).unwrap_or_default();
            if !word.is_empty() && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
        words
    }
}

impl HtmlSafe for Marked {}

impl fmt::Display for Marked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.text.as_str();
        let mut done = 0;
        for range in &self.0.marks {
            // A range that does not fit the text is left out: the words matter more than the marks.
            let (Some(before), Some(marked)) =
                (text.get(done..range.start), text.get(range.clone()))
            else {
                continue;
            };
            Html.write_escaped_str(&mut *formatter, before)?;
            formatter.write_str("<mark>")?;
            Html.write_escaped_str(&mut *formatter, marked)?;
            formatter.write_str("</mark>")?;
            done = range.end;
        }
        Html.write_escaped_str(&mut *formatter, text.get(done..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, marks: &[(usize, usize)], expected: &str) {
        let marked = Marked(Highlighted {
            text: text.to_owned(),
            marks: marks.iter().map(|(start, end)| *start..*end).collect(),
        });
        assert_eq!(marked.to_string(), expected);
    }

    #[test]
    fn marks_stand_around_what_matched() {
        check("Kurse", &[], "Kurse");
        check("Kurse", &[(0, 5)], "<mark>Kurse</mark>");
        check("die Kurse der", &[(4, 9)], "die <mark>Kurse</mark> der");
        check("a b", &[(0, 1), (2, 3)], "<mark>a</mark> <mark>b</mark>");
    }

    #[test]
    fn markup_in_the_text_is_escaped_inside_and_outside_of_marks() {
        check(
            "<b>&<script>",
            &[(4, 12)],
            "&#60;b&#62;&#38;<mark>&#60;script&#62;</mark>",
        );
        check(
            "\"><img>",
            &[(0, 2)],
            "<mark>&#34;&#62;</mark>&#60;img&#62;",
        );
    }

    #[test]
    fn ranges_that_do_not_fit_are_left_out() {
        check("äö", &[(1, 2)], "äö");
        check("abc", &[(2, 9), (0, 1)], "<mark>a</mark>bc");
        check("abc", &[(0, 2), (1, 3)], "<mark>ab</mark>c");
    }

    #[test]
    fn marked_words_are_listed_once() {
        let marked = Marked(Highlighted {
            text: "Kurs und Kurs und Kurse".to_owned(),
            marks: vec![0..4, 9..13, 18..23],
        });
        assert_eq!(marked.words(), ["Kurs", "Kurse"]);
    }
}
