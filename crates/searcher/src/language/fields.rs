//! The fields of the query language: their German and English names, and what their values mean.

use laendersache_indexer::{Key, codes};
use laendersache_model::{Land, TopLabel};

/// What `name:value` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Documents with one of the keys.
    Keys(Vec<(Key, String)>),
    /// Documents of these years.
    Years(u16, u16),
    /// The value as words of the title.
    Title,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Title,
    Applicant,
    Chair,
    Conference,
    Top,
    Year,
    YearFrom,
    YearTo,
    Vote,
    Statement,
    Kind,
    Addressee,
    State,
}

/// Names without umlauts, lower case; the first of each kind is the one shown in the help.
const NAMES: [(&str, Name); 36] = [
    ("titel", Name::Title),
    ("title", Name::Title),
    ("land", Name::Applicant),
    ("antragsteller", Name::Applicant),
    ("applicant", Name::Applicant),
    ("vorsitz", Name::Chair),
    ("chair", Name::Chair),
    ("konferenz", Name::Conference),
    ("conference", Name::Conference),
    ("top", Name::Top),
    ("jahr", Name::Year),
    ("jahre", Name::Year),
    ("year", Name::Year),
    ("von", Name::YearFrom),
    ("ab", Name::YearFrom),
    ("seit", Name::YearFrom),
    ("from", Name::YearFrom),
    ("bis", Name::YearTo),
    ("to", Name::YearTo),
    ("abstimmung", Name::Vote),
    ("votum", Name::Vote),
    ("vote", Name::Vote),
    ("erklaerung", Name::Statement),
    ("protokollerklaerung", Name::Statement),
    ("protokollnotiz", Name::Statement),
    ("statement", Name::Statement),
    ("art", Name::Kind),
    ("kind", Name::Kind),
    ("adressat", Name::Addressee),
    ("adressatin", Name::Addressee),
    ("adressaten", Name::Addressee),
    ("addressee", Name::Addressee),
    ("status", Name::State),
    ("stand", Name::State),
    ("state", Name::State),
    ("ergebnis", Name::State),
];

/// German words for the values of closed lists, folded; the words of the addresses are understood as well.
const VALUES: [(Key, &str, &str); 25] = [
    (Key::Vote, "einstimmig", "unanimous"),
    (Key::Vote, "mehrheitlich", "majority"),
    (Key::Vote, "mehrheit", "majority"),
    (Key::Vote, "unbekannt", "unknown"),
    (Key::Kind, "beschluss", "resolution"),
    (Key::Kind, "leitantrag", "leitantrag"),
    (Key::Kind, "bericht", "report"),
    (Key::State, "beschlossen", "decided"),
    (Key::State, "angenommen", "decided"),
    (Key::State, "kenntnis", "noted"),
    (Key::State, "zurueckgezogen", "withdrawn"),
    (Key::State, "vertagt", "postponed"),
    (Key::State, "ohne-beschluss", "no_decision"),
    (Key::State, "ohne beschluss", "no_decision"),
    (Key::Vote, "unanimous", "unanimous"),
    (Key::Vote, "majority", "majority"),
    (Key::Vote, "unknown", "unknown"),
    (Key::Kind, "resolution", "resolution"),
    (Key::Kind, "report", "report"),
    (Key::State, "decided", "decided"),
    (Key::State, "noted", "noted"),
    (Key::State, "withdrawn", "withdrawn"),
    (Key::State, "postponed", "postponed"),
    (Key::State, "no_decision", "no_decision"),
    (Key::State, "zurueckgestellt", "postponed"),
];

fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            _ => folded.push(character),
        }
    }
    folded
}

fn name(typed: &str) -> Option<Name> {
    let typed = folded(typed);
    NAMES
        .iter()
        .find(|(name, _)| *name == typed)
        .map(|(_, name)| *name)
}

/// Returns true if the word is the name of a field.
pub(crate) fn is_field(typed: &str) -> bool {
    name(typed).is_some()
}

/// Returns what a field with a value asks for, or `None` if the value is none of this field.
pub(crate) fn meaning(typed: &str, value: &str) -> Option<Meaning> {
    let one = |key: Key, value: String| Some(Meaning::Keys(vec![(key, value)]));
    let land = |key: Key| one(key, codes::land_word(Land::from_name(value)?));
    match name(typed)? {
        Name::Title => Some(Meaning::Title),
        Name::Applicant => land(Key::Applicant),
        Name::Chair => land(Key::Chair),
        Name::Statement => land(Key::Statement),
        Name::Conference => one(Key::Conference, value.to_lowercase()),
        Name::Top => one(Key::Label, TopLabel(value.to_owned()).slug()),
        Name::Addressee => one(Key::Addressee, value.to_lowercase()),
        Name::Year => years(value),
        Name::YearFrom => Some(Meaning::Years(year(value)?, u16::MAX)),
        Name::YearTo => Some(Meaning::Years(1, year(value)?)),
        Name::Vote => listed(Key::Vote, value),
        Name::Kind => listed(Key::Kind, value),
        Name::State => listed(Key::State, value),
    }
}

fn listed(key: Key, value: &str) -> Option<Meaning> {
    let value = folded(value);
    let found = VALUES
        .iter()
        .find(|(of, word, _)| *of == key && *word == value);
    found.map(|(_, _, word)| Meaning::Keys(vec![(key, (*word).to_owned())]))
}

/// `2018`, `2015..2020`, `2015-2020`, `..2020`, `2015..`.
fn years(value: &str) -> Option<Meaning> {
    if let Some(year) = year(value) {
        return Some(Meaning::Years(year, year));
    }
    let (from, to) = value
        .split_once("..")
        .or_else(|| value.split_once(['-', '–']))?;
    if from.is_empty() && to.is_empty() {
        return None;
    }
    let from = if from.is_empty() { 1 } else { year(from)? };
    let to = if to.is_empty() { u16::MAX } else { year(to)? };
    Some(Meaning::Years(from.min(to), from.max(to)))
}

fn year(text: &str) -> Option<u16> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        text.parse().ok().filter(|year| *year > 0)
    } else {
        None
    }
}
