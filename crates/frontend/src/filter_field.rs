//! The fields by which a result can be narrowed: their names in addresses, their headings, their values in words.

use laendersache_model::{Conferences, Land, ResolutionKind, ResolutionState};
use laendersache_searcher::{Filters, VoteFilter};

use crate::wording;

/// A field of the filters; years are a range and stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterField {
    /// The conference.
    Conference,
    /// The Land in the chair.
    Chair,
    /// A Land that moved or joined the motion.
    Applicant,
    /// The outcome of the vote.
    Vote,
    /// A Land that made a statement.
    Statement,
    /// The kind of paper.
    Kind,
    /// A body asked to act.
    Addressee,
    /// What became of the TOP.
    State,
}

/// Votes in addresses, in the searcher's facets, and in words.
const VOTES: [(&str, &str, &str, VoteFilter); 3] = [
    (
        "einstimmig",
        "unanimous",
        "einstimmig",
        VoteFilter::Unanimous,
    ),
    (
        "mehrheitlich",
        "majority",
        "mehrheitlich",
        VoteFilter::Majority,
    ),
    (
        "unbekannt",
        "unknown",
        "nicht angegeben",
        VoteFilter::Unknown,
    ),
];

/// Kinds in addresses and in the searcher's facets.
const KINDS: [(&str, &str, ResolutionKind); 3] = [
    ("beschluss", "resolution", ResolutionKind::Resolution),
    ("leitantrag", "leitantrag", ResolutionKind::Leitantrag),
    ("bericht", "report", ResolutionKind::Report),
];

/// States in addresses and in the searcher's facets.
const STATES: [(&str, &str, ResolutionState); 5] = [
    ("beschlossen", "decided", ResolutionState::Decided),
    ("kenntnis", "noted", ResolutionState::Noted),
    ("zurueckgezogen", "withdrawn", ResolutionState::Withdrawn),
    ("vertagt", "postponed", ResolutionState::Postponed),
    ("ohne-beschluss", "no_decision", ResolutionState::NoDecision),
];

impl FilterField {
    /// All fields in the order in which pages show them.
    pub const ALL: [Self; 8] = [
        Self::Conference,
        Self::Chair,
        Self::Applicant,
        Self::Vote,
        Self::Statement,
        Self::Kind,
        Self::Addressee,
        Self::State,
    ];

    /// Returns the name of the parameter in addresses.
    #[must_use]
    pub fn parameter(self) -> &'static str {
        match self {
            Self::Conference => "konferenz",
            Self::Chair => "vorsitz",
            Self::Applicant => "land",
            Self::Vote => "abstimmung",
            Self::Statement => "erklaerung",
            Self::Kind => "art",
            Self::Addressee => "adressat",
            Self::State => "stand",
        }
    }

    /// Returns the name of the field among the searcher's facets.
    #[must_use]
    pub fn facet(self) -> &'static str {
        match self {
            Self::Conference => "conference",
            Self::Chair => "chair",
            Self::Applicant => "applicant",
            Self::Vote => "vote",
            Self::Statement => "statement",
            Self::Kind => "kind",
            Self::Addressee => "addressee",
            Self::State => "state",
        }
    }

    /// Returns the heading for readers, in German.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Conference => "Konferenz",
            Self::Chair => "Vorsitz",
            Self::Applicant => "Antragsteller",
            Self::Vote => "Abstimmung",
            Self::Statement => "Protokollerklärung von",
            Self::Kind => "Art",
            Self::Addressee => "Adressat",
            Self::State => "Ergebnis",
        }
    }

    /// Returns the field of a parameter.
    #[must_use]
    pub fn from_parameter(parameter: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|field| field.parameter() == parameter)
    }

    /// Returns a value as it stands in addresses, from an address or from a facet, or `None` if it is no value
    /// of the field.
    #[must_use]
    pub fn address_value(self, value: &str) -> Option<String> {
        let value = value.trim();
        let lower = value.to_lowercase();
        let named = |address: &'static str, facet: &str| {
            (address == lower || facet == lower).then(|| address.to_owned())
        };
        match self {
            Self::Conference => is_slug(&lower).then_some(lower),
            Self::Chair | Self::Applicant | Self::Statement => Land::from_code(value)
                .or_else(|| Land::from_name(value))
                .map(|land| land.code().to_lowercase()),
            Self::Vote => VOTES.iter().find_map(|row| named(row.0, row.1)),
            Self::Kind => KINDS.iter().find_map(|row| named(row.0, row.1)),
            Self::State => STATES.iter().find_map(|row| named(row.0, row.1)),
            Self::Addressee => {
                (!value.is_empty() && value.chars().count() <= 80).then(|| value.to_owned())
            }
        }
    }

    /// Returns the chosen values as they stand in addresses.
    #[must_use]
    pub fn chosen(self, filters: &Filters) -> Vec<String> {
        let codes = |laender: &[Land]| {
            laender
                .iter()
                .map(|land| land.code().to_lowercase())
                .collect()
        };
        match self {
            Self::Conference => filters.conference.clone(),
            Self::Chair => codes(&filters.chair),
            Self::Applicant => codes(&filters.applicant),
            Self::Statement => codes(&filters.statement),
            Self::Addressee => filters.addressee.clone(),
            Self::Vote => addresses(&filters.vote, &VOTES.map(|row| (row.0, row.3))),
            Self::Kind => addresses(&filters.kind, &KINDS.map(|row| (row.0, row.2))),
            Self::State => addresses(&filters.state, &STATES.map(|row| (row.0, row.2))),
        }
    }

    /// Replaces the chosen values; each is one that [`FilterField::address_value`] returned.
    pub fn choose(self, filters: &mut Filters, values: &[String]) {
        let laender = || {
            values
                .iter()
                .filter_map(|code| Land::from_code(code))
                .collect()
        };
        match self {
            Self::Conference => filters.conference = values.to_vec(),
            Self::Chair => filters.chair = laender(),
            Self::Applicant => filters.applicant = laender(),
            Self::Statement => filters.statement = laender(),
            Self::Addressee => filters.addressee = values.to_vec(),
            Self::Vote => filters.vote = meant(values, &VOTES.map(|row| (row.0, row.3))),
            Self::Kind => filters.kind = meant(values, &KINDS.map(|row| (row.0, row.2))),
            Self::State => filters.state = meant(values, &STATES.map(|row| (row.0, row.2))),
        }
    }

    /// Returns an address value in words.
    #[must_use]
    pub fn words(self, conferences: &Conferences, value: &str) -> String {
        let word = match self {
            Self::Conference => return wording::conference_short(conferences, value),
            Self::Chair | Self::Applicant | Self::Statement => {
                Land::from_code(value).map(Land::name)
            }
            Self::Vote => VOTES.iter().find(|row| row.0 == value).map(|row| row.2),
            Self::Kind => KINDS
                .iter()
                .find(|row| row.0 == value)
                .map(|row| wording::resolution_kind(row.2)),
            Self::State => STATES
                .iter()
                .find(|row| row.0 == value)
                .map(|row| wording::resolution_state(row.2)),
            Self::Addressee => None,
        };
        word.unwrap_or(value).to_owned()
    }
}

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 20
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn addresses<T: PartialEq>(chosen: &[T], rows: &[(&str, T)]) -> Vec<String> {
    chosen
        .iter()
        .filter_map(|value| rows.iter().find(|row| row.1 == *value))
        .map(|row| row.0.to_owned())
        .collect()
}

fn meant<T: Copy>(values: &[String], rows: &[(&str, T)]) -> Vec<T> {
    values
        .iter()
        .filter_map(|value| rows.iter().find(|row| row.0 == value))
        .map(|row| row.1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_survives_the_way_through_the_filters() {
        let values: [(FilterField, &[&str]); 8] = [
            (FilterField::Conference, &["intmk", "gmk"]),
            (FilterField::Chair, &["by", "nw"]),
            (FilterField::Applicant, &["th"]),
            (
                FilterField::Vote,
                &["einstimmig", "mehrheitlich", "unbekannt"],
            ),
            (FilterField::Statement, &["sn"]),
            (FilterField::Kind, &["beschluss", "leitantrag", "bericht"]),
            (FilterField::Addressee, &["BAMF", "Bundesregierung"]),
            (
                FilterField::State,
                &[
                    "beschlossen",
                    "kenntnis",
                    "zurueckgezogen",
                    "vertagt",
                    "ohne-beschluss",
                ],
            ),
        ];
        for (field, values) in values {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            let mut filters = Filters::default();
            field.choose(&mut filters, &values);
            assert_eq!(field.chosen(&filters), values, "{field:?}");
            assert_eq!(FilterField::from_parameter(field.parameter()), Some(field));
            for value in &values {
                assert_eq!(field.address_value(value).as_ref(), Some(value));
            }
        }
    }

    #[test]
    fn values_of_facets_and_spelled_out_values_become_address_values() {
        for (field, given, expected) in [
            (FilterField::Vote, "unanimous", Some("einstimmig")),
            (FilterField::Kind, "report", Some("bericht")),
            (FilterField::State, "no_decision", Some("ohne-beschluss")),
            (FilterField::Chair, "BY", Some("by")),
            (FilterField::Chair, "Bayern", Some("by")),
            (FilterField::Chair, "Bund", None),
            (FilterField::Vote, "vielleicht", None),
            (FilterField::Conference, "../etc", None),
            (FilterField::Addressee, "", None),
        ] {
            assert_eq!(field.address_value(given).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn values_are_told_in_words() {
        let conferences = Conferences::embedded();
        for (field, value, expected) in [
            (FilterField::Conference, "intmk", "IntMK"),
            (FilterField::Chair, "nw", "Nordrhein-Westfalen"),
            (FilterField::Vote, "unbekannt", "nicht angegeben"),
            (FilterField::Kind, "bericht", "Bericht"),
            (FilterField::State, "kenntnis", "zur Kenntnis genommen"),
            (FilterField::Addressee, "BAMF", "BAMF"),
        ] {
            assert_eq!(field.words(&conferences, value), expected);
        }
    }
}
