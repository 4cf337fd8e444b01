//! The printed labels of protocols; each begins a block of its own.

use std::sync::LazyLock;

use regex::Regex;

/// Fields of an agenda item, with a colon or at the head of a table column.
const FIELD: &str = "(?:Mit)?[Aa]ntragstell(?:er(?:in(?:nen)?|\\*innen|:innen|/-innen)?|ende(?:s|r)?(?: (?:Land|Länder))?)\
|Antrag|Veröffentlichung|Freigabe|Abstimmungsergebnis|Abstimmung|Votum|Berichterstatt(?:er|erin|ung|ende)\
|Beschluss(?:vorschlag)?|Beschluß|Begründung|Vorgang|Ergebnis|Hinweis|Vorsitz|Bezug|Anlagen?";

/// Fields that have stood at the head of a table column.
const COLUMN_HEAD: &str = "(?:Mit)?[Aa]ntragstell(?:er(?:in(?:nen)?|\\*innen|:innen)?|ende(?:s|r)?(?: (?:Land|Länder))?)\
|Veröffentlichung|Freigabe|Abstimmungsergebnis|Abstimmung|Votum|Berichterstatt(?:er|erin|ung|ende)";

static FIELD_ALONE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^(?:{COLUMN_HEAD})$")));
static STARTS_WITH_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "^(?:(?:{FIELD})\\s*:|Protokoll(?:erklärung|notiz|vermerk)(?:en)?\\b.{{0,60}}:$)"
    ))
});
static STARTS_WITH_ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:TOP:? ?(?:[IVX]+\.|[A-Z])?\d+(?:\.\d+)*[a-z]?(?:\s|$|\s?[+/]\s?\d)|Punkt \d+(?:\.\d+)* der Tagesordnung)",
    )
});
static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\)?|\(\d{1,2}\)|\(?[a-z]{1,2}\)|[a-zA-Z]\.|[IVX]{1,5}\.|[•●▪‣–—*\-o·»>①-⑳])\s+\S",
    )
});
static ITEM_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:TOP:?\s*)?(?:[A-Z]?\d{1,2}(?:\.\d{1,2})*[a-z]?\.?|[A-Z]|[IVX]+\.\d+|\(?[a-z]{1,2}\)|\(\d+\)|[•●▪–—-])$",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is fixed and tested")
}

/// Tells whether a text is nothing but the name of a field, as at the head of a table column.
pub(super) fn is_field(text: &str) -> bool {
    FIELD_ALONE.is_match(text.trim_end_matches(':').trim())
}

/// Tells whether a line begins with the label of an agenda item, which running text may do too.
pub(super) fn starts_with_item(text: &str) -> bool {
    STARTS_WITH_ITEM.is_match(text)
}

/// Tells whether a line begins with a field and its colon.
pub(super) fn starts_with_label(text: &str) -> bool {
    STARTS_WITH_LABEL.is_match(text)
}

/// Tells whether a line begins with the marker of a list item or a numbered heading.
pub(super) fn starts_with_marker(text: &str) -> bool {
    MARKER.is_match(text)
}

/// Tells whether a text is nothing but a marker or the label of an agenda item, set apart by a tab.
pub(super) fn is_marker(text: &str) -> bool {
    ITEM_LABEL.is_match(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(test: fn(&str) -> bool, right: &[&str], wrong: &[&str]) {
        for text in right {
            assert!(test(text), "{text}");
        }
        for text in wrong {
            assert!(!test(text), "{text}");
        }
    }

    #[test]
    fn labels_begin_lines() {
        check(
            starts_with_label,
            &[
                "Antragsteller: Bayern",
                "Abstimmungsergebnis: einstimmig",
                "Beschluss:",
                "Begründung:",
                "Antragstellende Länder: HE",
                "Protokollerklärung Bayern:",
            ],
            &[
                "Der Antragsteller: er",
                "Topthema",
                "Begründung der Länder",
                "Die Beschlüsse: alle",
            ],
        );
    }

    #[test]
    fn labels_of_agenda_items_begin_lines() {
        check(
            starts_with_item,
            &[
                "TOP 2.9b Sprache",
                "TOP: 13.1",
                "TOP I.1 Recht",
                "TOP A3 Bericht",
                "TOP 7+8",
                "TOP 1",
            ],
            &[
                "TOP 3.1) und",
                "TOP 3.1, die",
                "TOPS",
                "Topthema 1",
                "der TOP 1",
            ],
        );
    }

    #[test]
    fn fields_stand_alone_at_the_head_of_columns() {
        check(
            is_field,
            &["Votum", "Antragsteller", "Mitantragsteller"],
            &["Berlin", "Der Votum"],
        );
    }

    #[test]
    fn markers_begin_items() {
        check(
            starts_with_marker,
            &[
                "1. Die",
                "a) der",
                "(2) Wer",
                "• Punkt",
                "II. Teil",
                "2.1 Titel",
                "aa) x",
                "– so",
            ],
            &["2018 wurde", "der 1. Mai", "1.", "z.B. dies", "Die"],
        );
        check(
            is_marker,
            &["TOP 2.9b", "A3", "1.", "a)", "A", "2.1", "•"],
            &["Votum", "2018", "TOP"],
        );
    }
}
