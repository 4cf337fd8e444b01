//! The schema of the index: the only file that knows the fields.
//!
//! Text is held in `title`, `body` and `context`. Each holds all layers of the analysis, told apart by the first
//! character of a term (`=` exact, `~` stem, `+` part, `#` citation), so that one pass over a text fills them.
//! `keys` holds everything that is matched as a whole (`meeting=intmk/13`); columns hold what is counted and sorted;
//! `payload` is the record itself, from which hits and excerpts are made.

use jiff::civil::Date;
use laendersache_analysis::{Analyzer, Layer};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{Index, TantivyDocument, Term};

use crate::Record;
use crate::codes::{
    KINDS, STATES, VOTES, kind_code, land_code, land_mask, land_word, state_code, vote_code, word,
};
use crate::order::{date_number, sort_id};
use crate::tokens::LayeredTokenizer;

/// Changes whenever an index of the earlier layout can no longer be read.
pub const FORMAT: u32 = 1;

const LAYERED: &str = "layered";

/// Names of the columns.
pub mod columns {
    /// The id in a form that sorts as people count ([`crate::sort_id`]); unique.
    pub const ORDER: &str = "order";
    /// Day of the decision as the number `yyyymmdd`; 0 if not known.
    pub const DATE: &str = "date";
    /// Year; 0 if not known.
    pub const YEAR: &str = "year";
    /// Slug of the conference.
    pub const CONFERENCE: &str = "conference";
    /// Land in the chair, coded from 1.
    pub const CHAIR: &str = "chair";
    /// Länder that moved or joined the motion, as bits.
    pub const APPLICANT: &str = "applicant";
    /// Länder that made a statement, as bits.
    pub const STATEMENT: &str = "statement";
    /// Outcome of the vote, coded from 1.
    pub const VOTE: &str = "vote";
    /// Kind of paper, coded from 1.
    pub const KIND: &str = "kind";
    /// What became of the TOP, coded from 1.
    pub const STATE: &str = "state";
    /// Bodies asked to act.
    pub const ADDRESSEE: &str = "addressee";
}

/// What a record can be looked up by as a whole.
#[allow(missing_docs)] // The names are those of the columns and of the record's fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    Id,
    Meeting,
    Conference,
    Label,
    /// Every day of the meeting.
    Day,
    Year,
    Chair,
    Applicant,
    Statement,
    Vote,
    Kind,
    State,
    Addressee,
}

impl Key {
    /// Returns the text under which a value is indexed; case does not matter.
    #[must_use]
    pub fn text(self, value: &str) -> String {
        format!("{}={}", self.name(), value.to_lowercase())
    }

    fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Meeting => "meeting",
            Self::Conference => "conference",
            Self::Label => "label",
            Self::Day => "day",
            Self::Year => "year",
            Self::Chair => "chair",
            Self::Applicant => "applicant",
            Self::Statement => "statement",
            Self::Vote => "vote",
            Self::Kind => "kind",
            Self::State => "state",
            Self::Addressee => "addressee",
        }
    }
}

/// Returns the first character of all terms of a layer.
#[must_use]
pub fn layer_prefix(layer: Layer) -> char {
    match layer {
        Layer::Exact => '=',
        Layer::Stem => '~',
        Layer::Part => '+',
        Layer::Citation => '#',
    }
}

/// The fields of an index; columns are asked for by name.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// The title.
    pub title: Field,
    /// The text; one value per paragraph.
    pub body: Field,
    /// Words of no text: place, chair, applicants, names of the conference.
    pub context: Field,
    /// What is matched as a whole.
    pub keys: Field,
    /// The record as JSON.
    pub payload: Field,
}

impl Fields {
    /// Finds the fields in the schema of an opened index.
    ///
    /// # Errors
    /// If the index has another schema.
    pub fn of(schema: &Schema) -> Result<Self, tantivy::TantivyError> {
        Ok(Self {
            title: schema.get_field("title")?,
            body: schema.get_field("body")?,
            context: schema.get_field("context")?,
            keys: schema.get_field("keys")?,
            payload: schema.get_field("payload")?,
        })
    }

    /// Returns the engine's term for an analysed term in a text field.
    #[must_use]
    pub fn term(field: Field, layer: Layer, text: &str) -> Term {
        let mut prefixed = String::with_capacity(text.len() + 1);
        prefixed.push(layer_prefix(layer));
        prefixed.push_str(text);
        Term::from_field_text(field, &prefixed)
    }

    /// Returns the engine's term for a key.
    #[must_use]
    pub fn key(&self, key: Key, value: &str) -> Term {
        Term::from_field_text(self.keys, &key.text(value))
    }
}

/// Builds the schema.
pub(crate) fn schema() -> Schema {
    let mut schema = Schema::builder();
    let layered = TextFieldIndexing::default()
        .set_tokenizer(LAYERED)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(layered);
    for name in ["title", "body", "context"] {
        schema.add_text_field(name, text.clone());
    }
    let whole = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    schema.add_text_field("keys", TextOptions::default().set_indexing_options(whole));
    schema.add_bytes_field("payload", STORED);
    for name in [columns::ORDER, columns::CONFERENCE, columns::ADDRESSEE] {
        schema.add_text_field(name, TextOptions::default().set_fast("raw"));
    }
    for name in [
        columns::DATE,
        columns::YEAR,
        columns::CHAIR,
        columns::APPLICANT,
        columns::STATEMENT,
        columns::VOTE,
        columns::KIND,
        columns::STATE,
    ] {
        schema.add_u64_field(name, FAST);
    }
    schema.build()
}

/// Makes the analyzer known to an index, which is needed for writing.
pub(crate) fn register_tokenizer(index: &Index) {
    let tokenizer = LayeredTokenizer::new(Analyzer::german());
    index.tokenizers().register(LAYERED, tokenizer);
}

/// Turns a record into the engine's document.
pub(crate) fn document(
    record: &Record,
    schema: &Schema,
) -> Result<TantivyDocument, tantivy::TantivyError> {
    let fields = Fields::of(schema)?;
    let mut document = TantivyDocument::default();
    document.add_text(fields.title, &record.title);
    for section in &record.sections {
        document.add_text(fields.body, &section.text);
    }
    for words in &record.context {
        document.add_text(fields.context, words);
    }
    for (key, value) in keys(record) {
        document.add_text(fields.keys, key.text(&value));
    }
    let payload = serde_json::to_vec(record)
        .map_err(|error| tantivy::TantivyError::InternalError(error.to_string()))?;
    document.add_bytes(fields.payload, &payload);
    document.add_text(schema.get_field(columns::ORDER)?, sort_id(&record.id));
    if let Some(meeting) = &record.meeting {
        document.add_text(schema.get_field(columns::CONFERENCE)?, &meeting.conference);
    }
    for addressee in &record.addressees {
        document.add_text(schema.get_field(columns::ADDRESSEE)?, addressee);
    }
    for (name, value) in numbers(record) {
        document.add_u64(schema.get_field(name)?, value);
    }
    Ok(document)
}

fn numbers(record: &Record) -> [(&'static str, u64); 8] {
    [
        (columns::DATE, record.date.map_or(0, date_number)),
        (
            columns::YEAR,
            record.year.map_or(0, |year| year.max(0) as u64),
        ),
        (columns::CHAIR, record.chair.map_or(0, land_code)),
        (columns::APPLICANT, land_mask(&record.applicants)),
        (columns::STATEMENT, land_mask(&record.statements)),
        (
            columns::VOTE,
            record
                .meeting
                .as_ref()
                .map_or(0, |_| vote_code(record.vote)),
        ),
        (columns::KIND, record.kind.map_or(0, kind_code)),
        (columns::STATE, record.state.map_or(0, state_code)),
    ]
}

fn keys(record: &Record) -> Vec<(Key, String)> {
    let mut keys = vec![(Key::Id, record.id.clone())];
    if let Some(meeting) = &record.meeting {
        keys.push((Key::Meeting, meeting.to_string()));
        keys.push((Key::Conference, meeting.conference.clone()));
    }
    keys.extend(record.label.iter().map(|label| (Key::Label, label.slug())));
    keys.extend(days(record).map(|day| (Key::Day, day.to_string())));
    keys.extend(record.year.map(|year| (Key::Year, year.to_string())));
    keys.extend(record.chair.map(|land| (Key::Chair, land_word(land))));
    keys.extend(
        record
            .applicants
            .iter()
            .map(|land| (Key::Applicant, land_word(*land))),
    );
    keys.extend(
        record
            .statements
            .iter()
            .map(|land| (Key::Statement, land_word(*land))),
    );
    for (column, value) in numbers(record) {
        let (key, list) = match column {
            columns::VOTE => (Key::Vote, VOTES.as_slice()),
            columns::KIND => (Key::Kind, KINDS.as_slice()),
            columns::STATE => (Key::State, STATES.as_slice()),
            _ => continue,
        };
        keys.extend(word(list, value).map(|word| (key, word.to_owned())));
    }
    keys.extend(
        record
            .addressees
            .iter()
            .map(|name| (Key::Addressee, name.clone())),
    );
    keys
}

/// The days of the meeting; a range that is no meeting (more than 31 days) is cut off.
fn days(record: &Record) -> impl Iterator<Item = Date> {
    let from = record.date_from.or(record.date);
    let to = record.date.or(record.date_from);
    from.into_iter()
        .flat_map(move |from| from.series(jiff::Span::new().days(1)))
        .take(31)
        .take_while(move |day| to.is_some_and(|to| *day <= to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_meeting_is_found_by_each_of_its_days() {
        let days_of = |from, to| {
            let record = Record {
                date_from: from,
                date: to,
                ..Record::default()
            };
            days(&record).map(|day| day.to_string()).collect::<Vec<_>>()
        };
        let both = days_of(Some(date(2018, 3, 15)), Some(date(2018, 3, 16)));
        assert_eq!(both, ["2018-03-15", "2018-03-16"]);
        assert_eq!(days_of(None, Some(date(2018, 3, 16))), ["2018-03-16"]);
        assert_eq!(days_of(Some(date(2018, 3, 15)), None), ["2018-03-15"]);
        assert_eq!(days_of(None, None), [""; 0]);
        assert_eq!(
            days_of(Some(date(2018, 1, 1)), Some(date(2019, 1, 1))).len(),
            31
        );
        assert_eq!(
            days_of(Some(date(2018, 3, 16)), Some(date(2018, 3, 15))),
            [""; 0]
        );
    }

    #[test]
    fn an_unknown_vote_is_a_key_only_for_resolutions() {
        let mut record = Record {
            id: "x".to_owned(),
            ..Record::default()
        };
        assert!(!keys(&record).iter().any(|(key, _)| *key == Key::Vote));
        record.meeting = "intmk/13".parse().ok();
        assert!(keys(&record).contains(&(Key::Vote, "unknown".to_owned())));
    }

    #[test]
    fn keys_know_no_case() {
        assert_eq!(Key::Addressee.text("BAMF"), "addressee=bamf");
    }
}
