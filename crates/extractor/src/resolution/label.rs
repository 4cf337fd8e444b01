//! The grammar of TOP labels: `TOP 2.9b`, `A3`, `I.5`, `TOP 7+8`, `Punkt 2.1 der Tagesordnung`, `Umlaufbeschluss 4/2020`.

use std::sync::LazyLock;

use laendersache_model::TopLabel;
use regex::Regex;

/// A number with an attached letter, or a letter or Roman group; joint items with `+` or `/`.
///
/// The letter must be attached: "TOP 1 a war …" is label 1 and a sentence.
const LABEL: &str = r"(?:\d{1,3}(?:\.\d{1,3})*[a-z]?(?:\s?[+/]\s?\d{1,3}(?:\.\d{1,3})*[a-z]?)*|[IVX]{1,5}\.\d{1,3}[a-z]?|[A-H]\d{1,2}|[A-H])";

static TOP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?:TOP|Tagesordnungspunkt|Punkt)\s?:?\s?(?P<label>{LABEL})(?:\s+der\s+Tagesordnung)?(?:\s*[:–]|\.|\))?(?:\s+(?P<rest>.*))?$"
    ))
    .expect("a valid pattern")
});
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"^(?P<label>{LABEL})\.?\s+(?P<rest>.+)$")).expect("a valid pattern")
});
static CIRCULATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:\w+[ -])?Umlaufbeschluss\s+(?:Nr\.\s*)?(?P<label>\d{1,3})\s?/\s?(?P<year>(?:19|20)\d{2})(?:\s*[:–])?(?:\s+(?P<rest>.*))?$",
    )
    .expect("a valid pattern")
});

/// How a label is marked as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marking {
    /// By the word "TOP" or "Punkt".
    Top,
    /// By the word "Umlaufbeschluss", with its year.
    Circulation(u16),
    /// By nothing: a table of contents or a heading must confirm it.
    Bare,
}

/// A label at the beginning of a text, with what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LabelledText {
    /// The label as printed, without blanks.
    pub label: TopLabel,
    /// How it is marked.
    pub marking: Marking,
    /// What follows; empty if the label stands alone.
    pub rest: String,
}

/// Reads the label at the beginning of a text.
///
/// What follows must look like a title: a sentence that goes on in lower case is a reference within a text.
pub(super) fn labelled(text: &str) -> Option<LabelledText> {
    let text = text.trim();
    let rest = |captures: &regex::Captures<'_>| {
        captures
            .name("rest")
            .map_or_else(String::new, |rest| rest.as_str().trim().to_owned())
    };
    let (captures, marking) = if let Some(captures) = CIRCULATION.captures(text) {
        let year = captures["year"].parse().ok()?;
        (captures, Marking::Circulation(year))
    } else if let Some(captures) = TOP.captures(text) {
        (captures, Marking::Top)
    } else {
        (BARE.captures(text)?, Marking::Bare)
    };
    let labelled = LabelledText {
        label: TopLabel(captures["label"].replace(' ', "")),
        marking,
        rest: rest(&captures),
    };
    let titled = labelled
        .rest
        .chars()
        .next()
        .is_none_or(|first| !first.is_lowercase() && first != ',' && first != ';');
    titled.then_some(labelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let read = labelled(text);
        let read = read
            .as_ref()
            .map(|read| (read.label.0.as_str(), read.rest.as_str()));
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn all_known_forms_are_read() {
        check("TOP 1 Leitantrag", Some(("1", "Leitantrag")));
        check("TOP 2.9b Sprachmittlung", Some(("2.9b", "Sprachmittlung")));
        check("TOP 2a", Some(("2a", "")));
        check("A3 6. Bericht", Some(("A3", "6. Bericht")));
        check("TOP I.1: Bericht", Some(("I.1", "Bericht")));
        check("TOP II.20 Recht", Some(("II.20", "Recht")));
        check("TOP: 13.1 Titel", Some(("13.1", "Titel")));
        check("Punkt 2.1 der Tagesordnung: Titel", Some(("2.1", "Titel")));
        check("TOP 7+8 Titel", Some(("7+8", "Titel")));
        check("TOP 7 / 8 Titel", Some(("7/8", "Titel")));
        check("TOP 2.10", Some(("2.10", "")));
        check("Umlaufbeschluss 4/2020", Some(("4", "")));
        check(
            "TOP 3.1 3+2-Regelung anwenden",
            Some(("3.1", "3+2-Regelung anwenden")),
        );
        check(
            "2.1 Empfehlungen der Fachkommission",
            Some(("2.1", "Empfehlungen der Fachkommission")),
        );
    }

    #[test]
    fn sentences_that_mention_a_top_are_no_headings() {
        check("TOP 1 a war im Vorfeld strittig", None);
        check("TOP 1 x", None);
        check("TOP 2.4 verwiesen.", None);
        check("TOP 5.1, wonach", None);
        check("Zu TOP 2.3 Näheres", None);
        check("TOPs der Konferenz", None);
    }

    #[test]
    fn a_circulation_label_knows_its_year() {
        let read = labelled("Umlaufbeschluss 13/2012 Titel").expect("a label");
        assert_eq!(
            (read.marking, read.rest.as_str()),
            (Marking::Circulation(2012), "Titel")
        );
    }
}
