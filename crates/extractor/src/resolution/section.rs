//! The text of a resolution: decision, Begründung, statements of Länder, each as paragraphs with anchors.

use std::sync::LazyLock;

use laendersache_model::{Paragraph, Section, SectionKind};
use regex::Regex;

use super::{laender::laender_in, unit::Unit};

static DECISION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^Beschluss(?:text|vorschlag)?\s?(?::\s*(?P<rest>.*))?$").expect("a valid pattern")
});
static REASONS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^Begründung\s?(?::\s*(?P<rest>.*))?$").expect("a valid pattern"));
/// A statement's heading names its Länder and ends there, or a colon ends it.
static STATEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<heading>Protokoll(?P<kind>erklärung|notiz)(?:en)?\b[^.:]{0,160}?)\s?(?::\s*(?P<rest>.*))?$")
        .expect("a valid pattern")
});
static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\d{1,2}\.|[a-z]{1,2}\)|[a-z]\)|\(\d{1,2}\)|[•–-])\s+\S")
        .expect("a valid pattern")
});

/// Cuts the units behind the fields into sections with paragraphs numbered from 1.
///
/// Units before the first heading belong to the decision: reports and short notes have no heading.
pub(super) fn sections(units: &[Unit]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut number = 0;
    for unit in units {
        let (opened, text) = opened(unit);
        if let Some(section) = opened {
            sections.push(section);
        }
        if text.is_empty() {
            continue;
        }
        if sections.is_empty() {
            sections.push(section(SectionKind::Decision, None));
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        match section.paragraphs.last_mut().filter(|_| unit.continues) {
            Some(paragraph) => paragraph.text = format!("{} {text}", paragraph.text),
            None => {
                number += 1;
                section.paragraphs.push(paragraph(number, text, unit.page));
            }
        }
    }
    sections.retain(|section| !section.paragraphs.is_empty());
    sections
}

/// Returns the section that a unit opens, if it does, and the text it holds.
fn opened(unit: &Unit) -> (Option<Section>, String) {
    let rest = |captures: &regex::Captures<'_>| {
        captures
            .name("rest")
            .map_or_else(String::new, |rest| rest.as_str().trim().to_owned())
    };
    let text = unit.text.trim();
    if let Some(captures) = DECISION.captures(text) {
        return (Some(section(SectionKind::Decision, None)), rest(&captures));
    }
    if let Some(captures) = REASONS.captures(text) {
        return (Some(section(SectionKind::Reasons, None)), rest(&captures));
    }
    if let Some(captures) = STATEMENT.captures(text) {
        let heading = captures["heading"].trim();
        let kind = match &captures["kind"] {
            "notiz" => SectionKind::Protokollnotiz,
            _ => SectionKind::Protokollerklaerung,
        };
        let laender = laender_in(heading);
        if !laender.is_empty() || text.ends_with(':') {
            let section = Section {
                laender,
                ..section(kind, Some(heading))
            };
            return (Some(section), rest(&captures));
        }
    }
    (None, text.to_owned())
}

fn section(kind: SectionKind, heading: Option<&str>) -> Section {
    Section {
        kind,
        laender: Vec::new(),
        heading: heading.map(str::to_owned),
        paragraphs: Vec::new(),
    }
}

fn paragraph(number: u32, text: String, page: u32) -> Paragraph {
    Paragraph {
        number,
        marker: MARKER
            .captures(&text)
            .map(|captures| captures[1].to_owned()),
        text,
        page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use laendersache_model::Land;

    fn unit(text: &str) -> Unit {
        Unit {
            page: 2,
            text: text.to_owned(),
            prominent: false,
            continues: false,
        }
    }

    fn check(texts: &[&str], expected: &[(SectionKind, &[&str])]) {
        let units: Vec<_> = texts.iter().map(|text| unit(text)).collect();
        let sections = sections(&units);
        let read: Vec<(SectionKind, Vec<&str>)> = sections
            .iter()
            .map(|section| {
                (
                    section.kind,
                    section
                        .paragraphs
                        .iter()
                        .map(|paragraph| paragraph.text.as_str())
                        .collect(),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(kind, texts)| (*kind, texts.to_vec()))
            .collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn sections_begin_at_their_headings() {
        check(
            &[
                "Beschluss:",
                "1. Erstens",
                "Begründung:",
                "Weil es so ist.",
                "Protokollerklärung der Länder Hessen und Sachsen-Anhalt:",
                "Wir nicht.",
            ],
            &[
                (SectionKind::Decision, &["1. Erstens"]),
                (SectionKind::Reasons, &["Weil es so ist."]),
                (SectionKind::Protokollerklaerung, &["Wir nicht."]),
            ],
        );
    }

    #[test]
    fn text_without_a_heading_is_the_decision() {
        check(
            &["Die IntMK nimmt den Bericht zur Kenntnis."],
            &[(
                SectionKind::Decision,
                &["Die IntMK nimmt den Bericht zur Kenntnis."],
            )],
        );
        check(
            &["Beschluss: Die IntMK dankt."],
            &[(SectionKind::Decision, &["Die IntMK dankt."])],
        );
    }

    #[test]
    fn statements_know_their_laender() {
        let sections = sections(&[unit("Protokollnotiz Bayern"), unit("Bayern lehnt ab.")]);
        assert_eq!(sections[0].laender, [Land::By]);
        assert_eq!(sections[0].kind, SectionKind::Protokollnotiz);
    }

    #[test]
    fn sentences_about_statements_and_reasons_open_nothing() {
        let texts = [
            "Begründungen sind beigefügt.",
            "Protokollerklärungen wurden nicht abgegeben.",
            "Beschlussvorlagen folgen.",
        ];
        check(&texts, &[(SectionKind::Decision, &texts)]);
    }

    #[test]
    fn a_paragraph_goes_on_over_the_page() {
        let units = [
            unit("1. Die Länder mit Gewicht"),
            Unit {
                continues: true,
                page: 3,
                ..unit("liegen gut.")
            },
        ];
        let sections = sections(&units);
        assert_eq!(sections[0].paragraphs.len(), 1);
        assert_eq!(
            sections[0].paragraphs[0].text,
            "1. Die Länder mit Gewicht liegen gut."
        );
        assert_eq!(sections[0].paragraphs[0].marker.as_deref(), Some("1."));
    }
}
